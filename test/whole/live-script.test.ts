/** Scripts on a live board: the same words as in `simulate`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Ended, scratch } from '../support/cli.ts';
import { tactusHere } from '../support/in-process.ts';
import { begun, type RawStep } from '../support/simulated.ts';
import { World } from '../support/world.ts';

const { path, file } = scratch();

beforeEach(() => {
  const before = process.env.TACTUS_STATE;
  process.env.TACTUS_STATE = mkdtempSync(join(tmpdir(), 'tactus-'));
  onTestFinished(() => {
    if (before === undefined) delete process.env.TACTUS_STATE;
    else process.env.TACTUS_STATE = before;
  });
});

const live = async (name: string, steps: readonly RawStep[]): Promise<Ended> => {
  const world = new World();
  onTestFinished(() => world.close());
  const script = file(name, [...begun, ...steps]);
  return world.ran(['start', '--headless', '--routine', 'first-touch', '--script', script]);
};

describe('a script on a live board', () => {
  it('presses the board’s own buttons, STOP above all', async () => {
    const ended = await live('stop.json', [
      { at: 1000, button: 'stop', down: true },
      { at: 1200, button: 'stop', down: false },
      { at: 2500, expect: 'stopped' },
      { at: 2600, intent: 'afterStop', why: 'pain' },
    ]);
    expect([ended.code, ended.err]).toEqual([0, '']);
  });

  it('that expects what is not so ends with 65, motors off first, naming the step', async () => {
    const ended = await live('wrong.json', [{ at: 500, expect: 'cooldown' }]);
    expect(ended.code).toBe(65);
    expect(ended.err).toMatch(/^tactus: step 5: expected state cooldown at \d+ ms, found warmUp\n/);
    expect(ended.err).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['with nothing more to expect: 69', [], 69, ''],
    [
      'that had something to expect: 65',
      [{ at: 60_000, expect: 'cooldown' }],
      65,
      'step 5: what it expects at 60000 ms was never put to the test; a fault had ended the session (boardReset)',
    ],
  ] as const)('that a fault of the board cuts short, %s', async (_, steps, code, said) => {
    const world = new World();
    onTestFinished(() => world.close());
    const board = world.plug();
    const script = file('short.json', [...begun, ...steps]);
    const words = ['start', '--headless', '--routine', 'first-touch', '--script', script];
    const running = world.run([...words, '--board', board.path]);
    await running.until('ready');
    await world.pass(2000);
    board.board.reset();
    expect(await running.ended()).toBe(code);
    expect(running.err()).toContain(said);
  });

  it('that asks for a fault is told that only simulate can do that: 65', async () => {
    const ended = await live('fault.json', [{ at: 500, fault: 'unplug' }]);
    expect([ended.code, ended.err.split('\n')[0]]).toEqual([
      65,
      'tactus: fault unplug: only simulate can do that',
    ]);
  });
});

it('a state folder that can’t be: 73, with what to do', async () => {
  process.env.TACTUS_STATE = path('a-file/folder');
  file('a-file', 'x');
  const ended = await tactusHere(['start', '--headless']);
  expect([ended.code, ended.err]).toEqual([
    73,
    expect.stringMatching(/^tactus: .*a-file\/folder: ENOTDIR; set TACTUS_STATE/),
  ]);
});
