/** Every way in which a controller ends by itself or is told to: silent first, then gone, with its own exit code. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { note, percentile, sized } from './figures.ts';
import { BoardProcess } from './support/board-process.ts';
import { isDriven, pause, pinsAfter } from './support/pins-after.ts';
import { startVictim, type Victim } from './support/victim.ts';

/** A STOP goes out at once; an escalated one would take longer than this. */
const boundMs = 100;

const ends: readonly Readonly<{
  name: string;
  code: number;
  strike(victim: Victim): void;
}>[] = [
  { name: 'SIGTERM', code: 143, strike: ({ child }) => void child.kill('SIGTERM') },
  { name: 'SIGINT', code: 130, strike: ({ child }) => void child.kill('SIGINT') },
  {
    name: 'SIGINT twice',
    code: 130,
    strike: ({ child }) => {
      child.kill('SIGINT');
      child.kill('SIGINT');
    },
  },
  { name: 'SIGHUP', code: 129, strike: ({ child }) => void child.kill('SIGHUP') },
  {
    name: 'an uncaught exception',
    code: 70,
    strike: ({ child }) => void child.kill('SIGUSR2'),
  },
  {
    name: 'an unhandled rejection',
    code: 70,
    strike: ({ child }) => void child.kill('SIGWINCH'),
  },
];

test.each(ends)('$name: off within 100 ms, exit $code, and no stack', async ({ name, code, strike }) => {
  const worst: number[] = [];
  for (let count = 0; count < sized(10, 1); count++) {
    const board = await BoardProcess.start();
    const victim = await startVictim(board.path);
    try {
      await board.next(isDriven);
      const from = board.lines.length;
      const zero = await board.mark();
      const gone = once(victim.child, 'exit');
      strike(victim);
      const [exitCode, signal] = await gone;
      expect({ exitCode, signal, errors: victim.errors() }).toMatchObject({ exitCode: code, signal: null });
      expect(victim.errors()).not.toMatch(/\n\s+at /);
      await pause(400);
      worst.push(pinsAfter(board, from, zero).ms);
    } finally {
      await victim.end();
      await board.stop();
    }
  }
  const ms = Math.max(...worst);
  note({
    id: `end-${name.replace(/\W+/g, '-')}`,
    what: `${name}: both motor pins low after`,
    value: ms,
    unit: 'ms',
    bound: boundMs,
    of: `worst of ${worst.length}`,
  });
  expect(ms).toBeLessThanOrEqual(boundMs);
});

test('stopped in its tracks and woken again it drives nothing until a person says so', async () => {
  const board = await BoardProcess.start();
  const victim = await startVictim(board.path);
  try {
    await board.next(isDriven);
    victim.child.kill('SIGSTOP');
    await pause(3000);
    const from = board.lines.length;
    victim.child.kill('SIGCONT');
    // Strokes come every 3 s: were it to go on by itself, this would show it.
    await pause(7000);
    expect(board.lines.slice(from).filter(isDriven)).toEqual([]);
    expect(victim.child.exitCode).toBeNull();
  } finally {
    await victim.end();
    await board.stop();
  }
});

test('a board that starts anew in mid-session is not driven again', async () => {
  const board = await BoardProcess.start();
  const victim = await startVictim(board.path);
  try {
    await board.next(isDriven);
    const from = board.lines.length;
    board.say('reset');
    await board.next(({ type }) => type === 'reset');
    await pause(7000);
    expect(board.lines.slice(from + 1).filter(isDriven)).toEqual([]);
  } finally {
    await victim.end();
    await board.stop();
  }
});

test("the board's own STOP is heard, and nothing is driven until a person explains and starts", async () => {
  const board = await BoardProcess.start();
  const victim = await startVictim(board.path);
  const all: number[] = [];
  try {
    await board.next(isDriven);
    const from = board.lines.length;
    const zero = await board.mark();
    board.say('press stop');
    await pause(300);
    board.say('release stop');
    await pause(6500);
    const { ms } = pinsAfter(board, from, zero);
    all.push(ms);
    note({
      id: 'stop-button-over-pty',
      what: 'STOP pressed, from the word to both pins low',
      value: ms,
      unit: 'ms',
      bound: 50,
    });
    expect(percentile(all, 1)).toBeLessThanOrEqual(50);
  } finally {
    await victim.end();
    await board.stop();
  }
});
