/** `bringup` in a terminal, on the emulated board behind a serial port, with one mistake after the other built in. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import type { Button } from '../../machines/vocabulary.ts';
import {
  type BoardKindOptions,
  type PluggedBoard,
  plugBoard,
  udevFolder,
  usbUno,
} from '../support/serial-board.ts';
import { openTerminal, type Terminal } from '../support/terminal.ts';

let plugged: PluggedBoard | null = null;

afterEach(() => {
  plugged?.unplug();
  plugged = null;
});

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

async function begin(
  options: BoardKindOptions = {},
  usb: object = {},
): Promise<{ at: Terminal; on: PluggedBoard }> {
  const on = await plugBoard(options);
  plugged = on;
  const front = udevFolder([{ ...usbUno(on.path), ...usb }]);
  const at = openTerminal(['bringup', '--http', '0'], { front });
  await at.until('pacemaker');
  at.type('n');
  await at.until('Raynaud');
  at.type('n');
  return { at, on };
}

async function press(on: PluggedBoard, button: Button): Promise<void> {
  on.board.button(button, true);
  await pause(120);
  on.board.button(button, false);
  await pause(60);
}

/** From the firmware being right to STOP being asked for. */
async function toStop(at: Terminal, on: PluggedBoard): Promise<void> {
  await at.until('The right firmware is on it.');
  await at.until('Do you see it?');
  at.type('y');
  await at.until('Now press GO');
  await press(on, 'go');
  await at.until('Now press LESS');
  await press(on, 'less');
}

async function toMotors(at: Terminal, on: PluggedBoard): Promise<void> {
  await toStop(at, on);
  await at.until('Now press STOP');
  await press(on, 'stop');
  await at.until('Motor A runs');
}

/** Which motor pins were ever driven. */
const driven = (on: PluggedBoard): readonly number[] => [
  ...new Set(
    on.events.flatMap(event =>
      event.type === 'scope' && event.event.type === 'duty' && event.event.duty > 0 ? [event.event.pin] : [],
    ),
  ),
];

describe('a board that is wired rightly', () => {
  test('is led through LED, GO, LESS, STOP, each motor and which is nearer, into first-touch', async () => {
    const { at, on } = await begin();
    await toMotors(at, on);
    at.type('');
    await at.until('Did you feel motor A?');
    expect(driven(on)).toEqual([pins.left]);
    at.type('y');
    await at.until('Motor B runs');
    at.type('');
    await at.until('Did you feel motor B?');
    at.type('y');
    await at.until('Which was nearer');
    // The second, by its button: LESS.
    await press(on, 'less');
    await at.until('the two change places');
    await at.until('kept for usb:95530343234351A0B0C1');
    await at.until('first-touch');
    at.type('y');
    await at.until(/ready http:\/\/127\.0\.0\.1:\d+\//);
    at.interrupt();
    expect(await at.ended()).toBe(130);
    const kept = JSON.parse(readFileSync(join(at.state, 'boards.json'), 'utf8'));
    expect(kept.boards['usb:95530343234351A0B0C1'].calibration.swapped).toBe(true);
  });

  test('and whoever holds it has a pacemaker: nothing is opened, nothing runs', async () => {
    const on = await plugBoard();
    plugged = on;
    const at = openTerminal(['bringup'], { front: udevFolder([usbUno(on.path)]) });
    await at.until('pacemaker');
    at.type('u');
    await at.until('15 cm');
    expect(await at.ended()).toBe(77);
    expect(on.events.filter(({ type }) => type === 'opened')).toEqual([]);
  });
});

/** The sentence that names it, the one thing to do, and the exit code. */
async function ends(at: Terminal, wrong: string | RegExp, todo: string | RegExp, code = 69): Promise<void> {
  await at.until(wrong);
  await at.until('The one thing to do:');
  await at.until(todo);
  expect(await at.ended()).toBe(code);
  expect(at.shown()).not.toMatch(/\n\s+at /);
}

describe('named in plain words, with the one thing to do', () => {
  test('no board at all', async () => {
    const at = openTerminal(['bringup'], { front: udevFolder([]) });
    for (const word of ['pacemaker', 'Raynaud']) {
      await at.until(word);
      at.type('n');
    }
    await ends(at, 'No board is plugged in', 'a cable that carries data');
  });

  test('an Uno R4: before anything is opened', async () => {
    const { at, on } = await begin({}, { product: '0069' });
    await ends(at, 'This is an Uno R4', 'take an Uno R3');
    expect(on.events.filter(({ type }) => type === 'opened')).toEqual([]);
  });

  test('a CH340 clone, which has no serial number: known by its port, and all else works', async () => {
    const { at, on } = await begin(
      {},
      { vendor: '1a86', product: '7523', maker: 'QinHeng', serial: undefined },
    );
    await at.until('A clone with a CH340');
    await at.until(`known by its port (${on.path})`);
    await toMotors(at, on);
    at.interrupt();
    expect(await at.ended()).toBeGreaterThan(0);
  });

  test('a bare board with the older bootloader: it is flashed, and that is said', async () => {
    const { at, on } = await begin({ bare: { kind: 'old' } });
    await at.until('It says nothing that can be understood', 30_000);
    at.type('y');
    await at.until(/at 57600 baud, read back and compared/, 60_000);
    await at.until('It has the older bootloader');
    await at.until('The right firmware is on it.', 30_000);
    expect(on.bootloader?.pagesWritten).toBeGreaterThan(60);
    at.interrupt();
    await at.ended();
  });

  test('a board whose firmware nobody wants replaced', async () => {
    const { at } = await begin({ bare: {} });
    await at.until('It says nothing that can be understood', 30_000);
    at.type('n');
    await ends(at, 'The right firmware is not on', 'tactus flash');
  });

  test('a STOP that closes when pressed', async () => {
    const { at, on } = await begin();
    on.uno.setPin(pins.stop, 'open');
    await toStop(at, on);
    await at.until('STOP looks pressed although nobody presses it');
    on.uno.setPin(pins.stop, false);
    await ends(at, 'closes its contact when it is pressed', '--stop normally-open');
    expect(driven(on)).toEqual([]);
  });

  test('LESS and GO in each other’s place', async () => {
    const { at, on } = await begin();
    await at.until('Do you see it?');
    at.type('y');
    await at.until('Now press GO');
    await press(on, 'less');
    await ends(at, 'LESS was heard instead of GO', 'GO belongs to D4, LESS to D7');
  });

  test('an LED that does not show', async () => {
    const { at } = await begin();
    await at.until('Do you see it?');
    at.type('n');
    await ends(at, 'its LED does not show', 'marked L');
  });

  test('a motor straight on a pin: the board falls over when it is to run', async () => {
    const { at, on } = await begin({
      heard: (event, board) => {
        if (event.type === 'scope' && event.event.type === 'duty' && event.event.duty > 0)
          setImmediate(() => board.reset());
      },
    });
    await toMotors(at, on);
    at.type('');
    await ends(at, 'fell over when motor A was to run', 'it needs a transistor');
  });

  test('a motor that is feeble, or not felt', async () => {
    const { at, on } = await begin();
    await toMotors(at, on);
    at.type('');
    await at.until('Did you feel motor A?');
    at.type('w');
    await ends(at, 'Motor A is feeble', 'a pin gives 20 mA, a motor takes 75');
  });

  test('a person who is not in the group dialout', async () => {
    const on = await plugBoard();
    plugged = on;
    chmodSync(on.path, 0o000);
    const front = udevFolder([usbUno(on.path)]);
    const at = openTerminal(['bringup'], { front, asNobodySpecial: true });
    for (const word of ['pacemaker', 'Raynaud']) {
      await at.until(word);
      at.type('n');
    }
    await at.until('add yourself to the group dialout');
    expect(await at.ended()).toBe(77);
  });
});
