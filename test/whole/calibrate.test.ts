/** `calibrate` in virtual time, by a person who feels what the emulated board's pins do; and `doctor` on boards of all kinds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { usbUno } from '../support/serial-board.ts';
import { World } from '../support/world.ts';

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Where this person's motors begin to turn. */
const turnsAt = { [pins.left]: 95, [pins.right]: 120 } as const;

test('finds where each motor begins to turn, matches them, and keeps it with the board', async () => {
  const { path: port, events } = world.plug();
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
  const at = world.run(['calibrate'], { ports: [usbUno(port)] });
  await at.until('a pacemaker');
  at.type('n');
  await at.until('carpal tunnel');
  at.type('n');
  for (const [name, pin] of [
    ['A', pins.left],
    ['B', pins.right],
  ] as const) {
    // Of B it was heard when A was done.
    if (name === 'A') await at.until('Motor A: short pulses');
    let from = events.length;
    at.type('');
    const next = new RegExp(`Did motor ${name} turn\\?|Motor B: short pulses|equally strong`);
    while ((await at.until(next)).startsWith('Did')) {
      const felt = strongest(pin, from) >= (turnsAt[pin] ?? 0);
      from = events.length;
      at.type(felt ? 'y' : 'n');
    }
  }
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
  await at.until('Last one: one motor');
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
});

describe('doctor', () => {
  const doctor = async (port: string, usb: object = {}) =>
    world.ran(['doctor', port], { ports: [{ ...usbUno(port), ...usb }] });

  test('has nothing to say of a board that is well', async () => {
    const { code, out } = await doctor(world.plug().path);
    expect(out).not.toContain('wrong');
    expect(out).toContain('no button is down');
    expect(code).toBe(0);
  });

  test('names a STOP that is down, an R4, a bare board; each with one thing to do', async () => {
    const plugged = world.plug();
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
    const { path: blank } = world.plug({ bare: {} });
    const bare = await doctor(blank);
    expect([bare.code, bare.out]).toEqual([69, expect.stringContaining(`run tactus flash ${blank}`)]);
  });

  test('names a port that is not there', async () => {
    const { code, out } = await world.ran(['doctor', '/dev/ttyNowhere']);
    expect([code, out]).toEqual([69, expect.stringContaining('there is no such port')]);
  });
});
