/**
 * The controller dies in five ways in the middle of a session; the board, in another process behind a
 * pseudo-terminal, is silent within 300 ms of its own clock. Zero is before the blow.
 */
import { describe, expect, test } from 'vitest';
import { uno } from '../../hardware/pins.ts';
import { seeded } from '../../src/virtual-clock.ts';
import { note, sized } from './figures.ts';
import { BoardProcess } from './support/board-process.ts';
import { startVictim, type Victim } from './support/victim.ts';

/** Lease 250 ms, one PWM period, and the beat it was renewed on. */
const boundMs = 300;
/** How long after the blow the pins are watched. */
const watchedMs = 900;
const motorPins: readonly (number | undefined)[] = [uno.left, uno.right];

const isDriven = ({ type, pin, duty }: { type: string; pin?: number; duty?: number }): boolean =>
  type === 'pin' && motorPins.includes(pin) && (duty ?? 0) > 0;

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

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
): Promise<{ ms: number; driven: boolean }> {
  const board = await BoardProcess.start(...words);
  const victim = await startVictim(board.path);
  try {
    // Half of the moments lie within a cue, half anywhere between two.
    await board.next(isDriven);
    if (random() < 0.5) await pause(random() * 280);
    else await pause(300 + random() * 2600);
    const from = board.lines.length;
    const zero = await board.mark();
    await way.strike(victim, board);
    await pause(watchedMs);
    const end = await board.mark();
    expect(end - zero).toBeGreaterThanOrEqual(boundMs * 2);
    return measured(board, from, zero);
  } finally {
    await victim.end();
    await board.stop();
  }
}

function measured(board: BoardProcess, from: number, zero: number): { ms: number; driven: boolean } {
  const duty = new Map<number, number>();
  for (const line of board.lines.slice(0, from))
    if (line.type === 'pin') duty.set(line.pin ?? 0, line.duty ?? 0);
  let lastLow = zero;
  let driven = [...duty].some(([pin, value]) => motorPins.includes(pin) && value > 0);
  for (const line of board.lines.slice(from)) {
    if (line.type !== 'pin' || !motorPins.includes(line.pin)) continue;
    duty.set(line.pin ?? 0, line.duty ?? 0);
    driven = driven || (line.duty ?? 0) > 0;
    if (line.duty === 0) lastLow = Math.max(lastLow, line.at);
  }
  const stillDriven = motorPins.some(pin => (duty.get(pin ?? 0) ?? 0) > 0);
  return { ms: stillDriven ? Number.POSITIVE_INFINITY : lastLow - zero, driven };
}

describe.each(ways)('after $name', way => {
  const count = sized(40, 8);
  test(`both motor pins are low within ${boundMs} ms, ${count} of ${count} times`, async () => {
    const random = seeded(way.name.length * 7919);
    const all: { ms: number; driven: boolean }[] = [];
    for (let moment = 0; moment < count; moment++) all.push(await silenceAfter(way, random, []));
    const worst = Math.max(...all.map(({ ms }) => ms));
    const driven = all.filter(one => one.driven).length;
    note({
      id: `kill-${way.name.replace(/\W+/g, '-')}`,
      what: `${way.name}: both motor pins low after`,
      value: worst,
      unit: 'ms',
      bound: boundMs,
      of: `worst of ${count}, ${driven} of them in mid-drive`,
    });
    expect(all.filter(({ ms }) => ms > boundMs)).toEqual([]);
    expect(driven).toBeGreaterThan(0);
  });
});
