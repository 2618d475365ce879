/** When a session began, as far as that is known: a board that plays by itself has no clock of day. */
import { historyWords } from './history.ts';
import { fill } from './text.ts';

type Began = Readonly<{
  startedAt: string;
  alone?: Readonly<{ startedAfter: string | null }> | null | undefined;
}>;

/** `whenWord`: how a moment is written. */
export function beganWord({ startedAt, alone }: Began, whenWord: (at: string) => string): string {
  const until = whenWord(startedAt);
  if (!alone) return until;
  return alone.startedAfter === null
    ? fill(historyWords.before, { until })
    : fill(historyWords.between, { from: whenWord(alone.startedAfter), until });
}
