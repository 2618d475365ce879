/** Every command that has a board ends in one way: motors off at once and confirmed, and a code that tells what happened. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { driven, mayHold, toMotors } from '../support/bringup.ts';
import type { Signal } from '../support/in-process.ts';
import { type PluggedBoard, usbUno } from '../support/serial-board.ts';
import type { Terminal } from '../support/terminal.ts';
import { type Running, World } from '../support/world.ts';

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** What is driven now. */
const dutyNow = ({ uno }: PluggedBoard): number => Math.max(uno.duty(pins.left), uno.duty(pins.right));

/** Each command that runs motors, up to the moment at which one runs. */
const commands = {
  'cues play': async (on: PluggedBoard): Promise<Running> =>
    world.run(['cues', 'play', 'EASE', '--times', '3', '--board', on.path]),
  calibrate: async (on: PluggedBoard): Promise<Running> => {
    const at = world.run(['calibrate', on.path], { ports: [usbUno(on.path)] });
    await mayHold(at as Terminal);
    await at.until('Motor A: short pulses');
    at.type('');
    return at;
  },
  bringup: async (on: PluggedBoard): Promise<Running> => {
    const at = world.run(['bringup', on.path, '--http', '0'], { ports: [usbUno(on.path)] });
    await mayHold(at);
    await toMotors({ at, on, pause: ms => world.pass(ms) });
    at.type('');
    return at;
  },
} as const;
type Command = keyof typeof commands;
const names = Object.keys(commands) as Command[];

async function running(command: Command): Promise<{ at: Running; on: PluggedBoard }> {
  const on = world.plug();
  const at = await commands[command](on);
  expect(await world.until(() => dutyNow(on) > 0, 60_000)).toBe(true);
  return { at, on };
}

const ended: readonly [Command, Signal, number][] = [
  ['cues play', 'SIGINT', 130],
  ['cues play', 'SIGTERM', 143],
  ['calibrate', 'SIGINT', 130],
  ['calibrate', 'SIGQUIT', 131],
  ['bringup', 'SIGINT', 130],
  ['bringup', 'SIGHUP', 129],
];

it.each(ended)(
  '%s, while a motor runs, %s: the motors are off within 40 ms and it ends with %i within 100',
  async (command, signal, code) => {
    const { at, on } = await running(command);
    const began = world.clock.now();
    at.signal(signal);
    await world.until(() => dutyNow(on) === 0, 1000);
    expect(world.clock.now() - began).toBeLessThanOrEqual(40);
    expect(await at.ended()).toBe(code);
    expect(world.clock.now() - began).toBeLessThanOrEqual(100);
    expect(at.err()).toBe('');
  },
);

describe.each(names)('%s, while a motor runs', command => {
  it('a board whose line dies: it does not end as if all had been well', async () => {
    const { at, on } = await running(command);
    on.unplug();
    at.type('y');
    expect(await at.ended()).toBeGreaterThan(0);
  });
});

describe.each(['calibrate', 'bringup'] as const)('%s, while a motor runs', command => {
  it('its standard input is closed: the motors are off within 40 ms, and it ends with 64', async () => {
    const { at, on } = await running(command);
    const began = world.clock.now();
    at.hangUp();
    await world.until(() => dutyNow(on) === 0, 1000);
    expect(world.clock.now() - began).toBeLessThanOrEqual(40);
    expect(await at.ended()).toBe(64);
    expect(at.err()).toBe('tactus: nobody answers: this wants a terminal\n');
  });

  it('its terminal is hung up, which closes it as well: a signal counts more', async () => {
    const { at } = await running(command);
    at.hangUp();
    await world.step();
    at.signal('SIGHUP');
    expect(await at.ended()).toBe(129);
  });
});

describe('cues play tells by its exit code what happened', () => {
  const play = (board: string): Running =>
    world.run(['cues', 'play', 'EASE', '--times', '3', '--board', board]);

  it('0 where it was played to its end', async () => {
    const on = world.plug();
    const at = play(on.path);
    expect(await at.ended()).toBe(0);
    expect(at.out()).toMatch(/^EASE: .*; motors off, confirmed\n$/);
    expect(driven(on)).toEqual([pins.left, pins.right]);
  });

  it('75 where a person pressed STOP, and says so', async () => {
    const { at, on } = await running('cues play');
    on.board.button('stop', true);
    expect(await at.ended()).toBe(75);
    expect(at.err()).toBe(
      'tactus: EASE: STOP was pressed; release it, and try again; motors off, confirmed\n',
    );
    expect(at.out()).toBe('');
  });

  it('69 where the line went away', async () => {
    const { at, on } = await running('cues play');
    on.unplug();
    expect(await at.ended()).toBe(69);
    expect(at.err()).toMatch(/^tactus: EASE: the connection to the board is gone/);
  });

  it('69 where the board started anew', async () => {
    const { at, on } = await running('cues play');
    on.board.reset();
    expect(await at.ended()).toBe(69);
    expect(at.err()).toMatch(/^tactus: EASE: the board restarted/);
  });

  it('69 where STOP was down all the time: nothing was played', async () => {
    const on = world.plug();
    on.board.button('stop', true);
    const at = play(on.path);
    expect(await at.ended()).toBeGreaterThan(0);
    expect(driven(on)).toEqual([]);
  });
});
