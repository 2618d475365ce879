/** `bringup` on the emulated board in virtual time, with one mistake after the other built in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import type { Motor } from '../../machines/vocabulary.ts';
import type { MotorPath } from '../../simulator/avr/copper.ts';
import {
  type AtTheBench,
  driven,
  mayHold,
  press,
  toFirstTouch,
  toMotors,
  toStop,
} from '../support/bringup.ts';
import { type BoardKindOptions, usbUno } from '../support/serial-board.ts';
import type { Terminal } from '../support/terminal.ts';
import { World } from '../support/world.ts';

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

async function begin(options: BoardKindOptions = {}, usb: object = {}): Promise<AtTheBench> {
  const on = world.plug(options);
  const at = world.run(['bringup', '--http', '0'], { ports: [{ ...usbUno(on.path), ...usb }] });
  await mayHold(at);
  return { at, on, pause: ms => world.pass(ms) };
}

describe('a board that is wired rightly', () => {
  test('is led through LED, GO, LESS, STOP, each motor and which is nearer, into first-touch', async () => {
    const bench = await begin();
    const { at } = bench;
    await toMotors(bench);
    await toFirstTouch(bench, driven => expect(driven).toEqual([pins.left]));
    at.interrupt();
    expect(await at.ended()).toBe(130);
    const kept = JSON.parse(readFileSync(join(at.state, 'boards.json'), 'utf8'));
    expect(kept.boards['usb:95530343234351A0B0C1'].calibration.swapped).toBe(true);
  });

  test('and whoever holds it has a pacemaker: nothing is opened, nothing runs', async () => {
    const on = world.plug();
    const at = world.run(['bringup'], { ports: [usbUno(on.path)] });
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
    const at = world.run(['bringup']);
    await mayHold(at);
    await ends(at, 'No board is plugged in', 'a cable that carries data');
  });

  test('an Uno R4: before anything is opened', async () => {
    const { at, on } = await begin({}, { product: '0069' });
    await ends(at, 'This is an Uno R4', 'take an Uno R3');
    expect(on.events.filter(({ type }) => type === 'opened')).toEqual([]);
  });

  test('a CH340 clone, which has no serial number: known by its port, and all else works', async () => {
    const bench = await begin({}, { vendor: '1a86', product: '7523', maker: 'QinHeng', serial: undefined });
    const { at, on } = bench;
    await at.until('A clone with a CH340');
    await at.until(`known by its port (${on.path})`);
    await toMotors(bench);
    at.interrupt();
    expect(await at.ended()).toBeGreaterThan(0);
  });

  test('a bare board with the older bootloader: it is flashed, and that is said', async () => {
    const { at, on } = await begin({ bare: { kind: 'old' } });
    await at.until('It says nothing that can be understood', 30_000);
    at.type('y');
    await at.until(/at 57600 baud, read back and compared/, 60_000);
    await at.until('It has the older bootloader');
    await at.until('The Tactus firmware is on it.', 30_000);
    expect(on.bootloader?.pagesWritten).toBeGreaterThan(60);
    at.interrupt();
    await at.ended();
  });

  test('a board whose firmware nobody wants replaced', async () => {
    const { at } = await begin({ bare: {} });
    await at.until('It says nothing that can be understood', 30_000);
    at.type('n');
    await ends(at, 'The Tactus firmware is not on', 'tactus flash');
  });

  test('a STOP that closes when pressed', async () => {
    const bench = await begin();
    const { at, on } = bench;
    on.uno.setPin(pins.stop, 'open');
    await toStop(bench);
    await at.until('STOP looks pressed although nobody presses it');
    on.uno.setPin(pins.stop, false);
    await ends(at, 'closes its contact when it is pressed', '--stop normally-open');
    expect(driven(on)).toEqual([]);
  });

  test('LESS and GO in each other’s place', async () => {
    const bench = await begin();
    const { at } = bench;
    await at.until('Do you see it?');
    at.type('y');
    await at.until('Now press GO');
    await press(bench, 'less');
    await ends(at, 'LESS was heard instead of GO', 'GO belongs to D4, LESS to D7');
  });

  test('an LED that does not show', async () => {
    const { at } = await begin();
    await at.until('Do you see it?');
    at.type('n');
    await ends(at, 'its LED does not show', 'marked L');
  });

  test.each<[MotorPath, Motor, string, string]>([
    [
      'shorted',
      'right',
      'Motor B has no supply at rest, or its transistor always conducts',
      'open the master switch',
    ],
    [
      'torn',
      'right',
      'Motor B has no supply at rest, or its transistor always conducts',
      "motor's two wires first",
    ],
    ['noFeedback', 'left', 'Nothing leads from motor A to A0: R5 is missing', 'put R5, 100 kΩ'],
    ['noFeedback', 'right', 'Nothing leads from motor B to A1: R6 is missing', 'put R6, 100 kΩ'],
  ])('a path that is %s (%s), before any motor is to run', async (path, motor, wrong, todo) => {
    const bench = await begin();
    const { at, on } = bench;
    on.uno.copper.paths[motor] = path;
    await toStop(bench);
    await at.until('Now press STOP');
    await press(bench, 'stop');
    await ends(at, wrong, todo);
    expect(at.shown()).not.toContain('Motor A runs');
    expect(driven(on)).toEqual([]);
  });

  test('both paths at once: the master switch, and no transistor to be changed', async () => {
    const bench = await begin();
    const { at, on } = bench;
    on.uno.copper.masterSwitchClosed = false;
    await toStop(bench);
    await at.until('Now press STOP');
    await press(bench, 'stop');
    await ends(at, 'Neither motor has a supply at rest', 'close the master switch');
    expect(driven(on)).toEqual([]);
  });

  test('a motor straight on a pin: the board falls over when it is to run', async () => {
    const bench = await begin({
      heard: (event, board) => {
        if (event.type === 'scope' && event.event.type === 'duty' && event.event.duty > 0)
          setImmediate(() => board.reset());
      },
    });
    const { at } = bench;
    await toMotors(bench);
    at.type('');
    await ends(at, 'restarted when motor A was to run', 'it needs a transistor');
  });

  test('a motor that is feeble, or not felt', async () => {
    const bench = await begin();
    const { at } = bench;
    await toMotors(bench);
    at.type('');
    await at.until('Did you feel motor A?');
    at.type('w');
    await ends(at, 'Motor A is weak', 'a pin gives 20 mA, a motor takes 75');
  });
});
