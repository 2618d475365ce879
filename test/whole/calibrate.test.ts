/** `calibrate` in a terminal, by a person who feels what the emulated board's pins do; and `doctor` on boards of all kinds. */
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { tactus } from '../support/cli.ts';
import { type PluggedBoard, plugBoard, udevFolder, usbUno } from '../support/serial-board.ts';
import { openTerminal } from '../support/terminal.ts';

let plugged: PluggedBoard | null = null;
const path = process.env.PATH;
afterEach(() => {
  plugged?.unplug();
  plugged = null;
  process.env.PATH = path;
});

/** Where this person's motors begin to turn. */
const turnsAt = { [pins.left]: 95, [pins.right]: 120 } as const;

test('finds where each motor begins to turn, matches them, and keeps it with the board', async () => {
  plugged = await plugBoard();
  const { path: port, events } = plugged;
  const strongest = (pin: number, from: number): number =>
    Math.max(
      0,
      ...events
        .slice(from)
        .flatMap(event =>
          event.type === 'scope' && event.event.type === 'duty' && event.event.pin === pin
            ? [event.event.duty]
            : [],
        ),
    );
  const at = openTerminal(['calibrate'], { front: udevFolder([usbUno(port)]) });
  await at.until('a pacemaker');
  at.type('n');
  await at.until('carpal tunnel');
  at.type('n');
  for (const [name, pin] of [
    ['A', pins.left],
    ['B', pins.right],
  ] as const) {
    await at.until(`Motor ${name}: short pulses`);
    let from = events.length;
    at.type('');
    for (;;) {
      await at.until(new RegExp(`Did motor ${name} turn\\?`));
      const felt = strongest(pin, from) >= (turnsAt[pin] ?? 0);
      const asked = strongest(pin, from);
      from = events.length;
      at.type(felt ? 'y' : 'n');
      if (Math.abs(asked - (turnsAt[pin] ?? 0)) <= 5) {
        await new Promise(resolve => setTimeout(resolve, 100));
        if (/short pulses|equally strong/.test(at.shown().slice(-300).split('turn?').at(-1) ?? '')) break;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
      if (/short pulses|equally strong/.test(at.shown().split('turn?').at(-1) ?? '')) break;
    }
  }
  await at.until('equally strong');
  at.type('');
  await at.until('Which was stronger?');
  at.type('1');
  await at.until('Which was stronger?');
  at.type('s');
  await at.until('Now two pairs');
  at.type('');
  await at.until('In which pair was the gap longer?');
  at.type('1');
  await at.until('In which pair was the gap longer?');
  at.type('s');
  await at.until('from one motor to the other');
  at.type('');
  await at.until('something that moves');
  at.type('2');
  await at.until('something that moves');
  at.type('m');
  await at.until('At last: one motor');
  at.type('');
  await at.until('Which was nearer');
  at.type('1');
  await at.until('Kept for usb:95530343234351A0B0C1');
  expect(await at.ended()).toBe(0);
  const { calibration } = JSON.parse(readFileSync(join(at.state, 'boards.json'), 'utf8')).boards[
    'usb:95530343234351A0B0C1'
  ];
  expect(calibration.left.startDuty).toBeGreaterThanOrEqual(95);
  expect(calibration.left.startDuty).toBeLessThanOrEqual(95 + 12);
  expect(calibration.right.startDuty).toBeGreaterThanOrEqual(120);
  expect(calibration.right.startDuty).toBeLessThanOrEqual(120 + 12);
  expect(calibration.left.ratedDuty).toBe(138);
  expect(calibration).toMatchObject({ lagMs: { left: 0, right: 10 }, swapped: false, glideMs: 103 });
}, 120_000);

describe('doctor', () => {
  const doctor = async (port: string, usb: object = {}) => {
    process.env.PATH = `${udevFolder([{ ...usbUno(port), ...usb }])}${delimiter}${path}`;
    return tactus(['doctor', port]);
  };

  test('has nothing to say of a board that is well', async () => {
    plugged = await plugBoard();
    const { code, out } = await doctor(plugged.path);
    expect(out).not.toContain('wrong');
    expect(out).toContain('no button is down');
    expect(code).toBe(0);
  });

  test('names a STOP that is down, an R4, a bare board; each with one thing to do', async () => {
    plugged = await plugBoard();
    plugged.uno.setPin(pins.stop, 'open');
    const down = await doctor(plugged.path);
    expect([down.code, down.out]).toEqual([
      69,
      expect.stringContaining('down although nobody presses: STOP'),
    ]);
    expect(down.out.match(/The one thing to do:/g)).toHaveLength(1);
    const r4 = await doctor(plugged.path, { product: '1002' });
    expect([r4.code, r4.out]).toEqual([69, expect.stringContaining('This is an Uno R4')]);
    plugged.unplug();
    plugged = await plugBoard({ bare: {} });
    const bare = await doctor(plugged.path);
    expect([bare.code, bare.out]).toEqual([69, expect.stringContaining(`run tactus flash ${plugged.path}`)]);
  }, 60_000);

  test('names a port that is not there', async () => {
    const { code, out } = await tactus(['doctor', '/dev/ttyNowhere']);
    expect([code, out]).toEqual([69, expect.stringContaining('there is no such port')]);
  });
});
