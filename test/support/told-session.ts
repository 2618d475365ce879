/** A session under way on a board of its own, told to a broker: what its person, its broker and its machine do to it. */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { BoardProcess } from '../faults/support/board-process.ts';
import { pause, pinsAfter } from '../faults/support/pins-after.ts';
import { type BusySession, busySession } from './busy-session.ts';
import type { Lateness } from './starved.ts';
import { waited } from './waited.ts';

/** A machine that gives no processor for so long makes a session stand still. */
export const stallMs = 100;

const routine = join(packageRoot, 'test', 'faults', 'support', 'brisk.json');
const script = [
  { at: 0, intent: 'screen', complaint: false, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  // Where the machine gives the board no time it is not ready yet, and the next one counts; all others are refused.
  ...[500, 2500, 5000, 8000, 12_000].map(at => ({ at, intent: 'start' })),
];

export type ToldSession = BusySession &
  Readonly<{
    board: BoardProcess;
    /** How late the machine was for it. */
    lateness: Lateness;
    /** Presses STOP on the board; how soon both motor pins were low on the board's own clock, and what had been driven. */
    pressStop(): Promise<ReturnType<typeof pinsAfter>>;
  }>;

/**
 * `url`: of its broker; null without any. `name`: of the device there. `machine`: how late it was otherwise. `prepare`: what
 * is in its state folder before.
 */
export async function toldSession(
  url: string | null,
  name: string,
  machine: Lateness,
  prepare: (state: string) => void = () => {},
): Promise<ToldSession> {
  const board = await BoardProcess.start();
  onTestFinished(() => board.stop());
  const broker = url === null ? [] : ['--mqtt', url, '--mqtt-name', name];
  const words = ['--routine', routine, '--board', board.path, ...broker];
  const session = await busySession(0, script, words, prepare);
  onTestFinished(() => session.end());
  const threads = waited(session.controller.child.pid ?? 0);
  const lateness = (): number => Math.max(machine(), threads());
  await session.intend();
  // A machine that stalls stands still by itself, and this is not about that: somebody has it go on.
  const goingOn = setInterval(() => {
    if (session.state() === 'faulted' && lateness() > stallMs)
      void session.intend({ intent: 'acknowledge' }, { intent: 'resume' });
  }, 250);
  onTestFinished(() => clearInterval(goingOn));
  const pressStop = async (): Promise<ReturnType<typeof pinsAfter>> => {
    const from = board.lines.length;
    const marked = board.mark();
    board.say('press stop');
    const zero = await marked;
    await pause(300);
    board.say('release stop');
    await expect.poll(() => session.state(), { timeout: 20_000 }).toBe('stopped');
    return pinsAfter(board, from, zero);
  };
  return { ...session, board, lateness, pressStop };
}
