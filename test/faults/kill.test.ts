/**
 * The controller dies in five ways in the middle of a session; the board, in another process behind a
 * pseudo-terminal, is silent within 300 ms of its own clock. Zero is before the blow.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { seeded } from '../../src/time/virtual-clock.ts';
import { note, sized } from './figures.ts';
import { BoardProcess } from './support/board-process.ts';
import { type After, isDriven, pause, pinsAfter } from './support/pins-after.ts';
import { startVictim, type Victim } from './support/victim.ts';

/** Lease 250 ms, one PWM period, and the beat it was renewed on. */
const boundMs = 300;
/** How long after the blow the pins are watched. */
const watchedMs = 900;
type Way = Readonly<{ name: string; strike(victim: Victim, board: BoardProcess): Promise<void> | void }>;
const ways: readonly Way[] = [
  { name: 'kill -9', strike: ({ child }) => void child.kill('SIGKILL') },
  { name: 'SIGSTOP', strike: ({ child }) => void child.kill('SIGSTOP') },
  { name: 'a blocked loop', strike: victim => victim.evaluate('for (;;);') },
  {
    name: 'heap death',
    strike: victim =>
      victim.evaluate('{ const heap = []; for (;;) heap.push(new Array(1e5).fill(Math.random())); }'),
  },
  { name: 'a closed port', strike: (_, board) => board.say('unplug') },
];

/** How long after the mark the last motor pin went low, on the board's clock; infinite where one did not. */
async function silenceAfter(
  way: Way,
  random: () => number,
  words: readonly string[],
  isWithinCue: boolean,
): Promise<After> {
  const board = await BoardProcess.start(...words);
  const victim = await startVictim(board.path);
  try {
    await board.next(isDriven);
    // A GLIDE lasts 311 ms; the rest is for the debugger to be at hand.
    if (isWithinCue) await pause(random() * 200);
    else await pause(300 + random() * 2600);
    await victim.attach();
    const from = board.lines.length;
    const zero = await board.mark();
    await way.strike(victim, board);
    await pause(watchedMs);
    const end = await board.mark();
    expect(end - zero).toBeGreaterThanOrEqual(boundMs * 2);
    return pinsAfter(board, from, zero);
  } finally {
    await victim.end();
    await board.stop();
  }
}

/** Moments that are tried besides, where none so far lay in mid-drive. */
const mostMore = 5;

describe.each(ways)('after $name', way => {
  const count = sized(40, 3);
  test(`both motor pins are low within ${boundMs} ms, ${count} of ${count} times`, async () => {
    const random = seeded(way.name.length * 7919);
    const all: After[] = [];
    // Half of the moments lie within a cue, half anywhere between two.
    for (let moment = 0; moment < count; moment++)
      all.push(await silenceAfter(way, random, [], moment % 2 === 0));
    // On a busy machine the debugger may be at hand only when each of those cues is over.
    for (let more = 0; more < mostMore && !all.some(one => one.driven); more++)
      all.push(await silenceAfter(way, random, [], true));
    const worst = Math.max(...all.map(({ ms }) => ms));
    const driven = all.filter(one => one.driven).length;
    note({
      id: `kill-${way.name.replace(/\W+/g, '-')}`,
      what: `${way.name}: both motor pins low after`,
      value: worst,
      unit: 'ms',
      bound: boundMs,
      of: `worst of ${all.length}, ${driven} of them in mid-drive`,
    });
    expect(all.filter(({ ms }) => ms > boundMs)).toEqual([]);
    expect(driven).toBeGreaterThan(0);
  });
});

test('without the dead-man the same harness finds a motor that goes on: it can fail', async () => {
  const firmware = join(packageRoot, 'test', 'faults', 'no-dead-man.hex');
  const [killed] = ways;
  if (!killed) throw new Error('there is no way to die');
  // In mid-drive, always: what happened to be silent would stay so on any firmware.
  const { ms, driven } = await silenceAfter(killed, () => 0.1, ['--firmware', firmware], true);
  expect(driven).toBe(true);
  expect(ms).toBe(Number.POSITIVE_INFINITY);
});
