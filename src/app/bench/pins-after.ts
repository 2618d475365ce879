/** What a board's motor pins did after a moment on its own clock. */
import { uno } from '../../../hardware/pins.ts';
import type { BoardLine, BoardProcess } from './board-process.ts';

const motorPins: readonly (number | undefined)[] = [uno.left, uno.right];

export const isDriven = ({ type, pin, duty }: BoardLine): boolean =>
  type === 'pin' && motorPins.includes(pin) && (duty ?? 0) > 0;

export type After = Readonly<{
  /** From `zero` until the last motor pin went low for good; infinite where one did not. */
  ms: number;
  /** Whether anything was driven at `zero` or after it. */
  driven: boolean;
}>;

/** Reads the board's trace from line `from` on; the lines before it tell what was driven at `zero`. */
export function pinsAfter(board: Pick<BoardProcess, 'lines'>, from: number, zero: number): After {
  const duty = new Map<number | undefined, number>();
  for (const line of board.lines.slice(0, from))
    if (line.type === 'pin' && motorPins.includes(line.pin)) duty.set(line.pin, line.duty ?? 0);
  let driven = [...duty.values()].some(value => value > 0);
  let lastLow = zero;
  for (const line of board.lines.slice(from)) {
    if (line.type !== 'pin' || !motorPins.includes(line.pin)) continue;
    duty.set(line.pin, line.duty ?? 0);
    driven = driven || isDriven(line);
    if (line.duty === 0) lastLow = Math.max(lastLow, line.at);
  }
  const isStill = [...duty.values()].every(value => value === 0);
  return { ms: isStill ? lastLow - zero : Number.POSITIVE_INFINITY, driven };
}
