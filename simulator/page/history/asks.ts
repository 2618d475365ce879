/** What the history's parts ask for, and how a refusal reads. */

import type { Reason } from '../../../machines/session.lists.ts';
import { historyWords } from '../../../machines/text/history.ts';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue, fill, named } from '../../../machines/text/text.ts';
import type { Outcome } from '../../../machines/vocabulary.ts';
import { type Answered, ask, isDone, keptIn, whyNot } from '../link/ask.ts';

const words = historyWords.page;

/** What was asked for, or why it was not to be had, in a sentence. */
export type Got<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; why: string; isGone: boolean }>;

function sentenceOf(answer: Answered): string {
  if (answer.status === 0) return words.lost;
  if (answer.status === 404) return words.gone;
  if (answer.status === 409) return words.underWay;
  if (answer.status === 429) return words.tooMany;
  // A browser says itself why it keeps nothing.
  if (answer.status === 507) return keptIn() === 'browser' ? whyNot(answer) : words.full;
  return fill(words.failed, { why: whyNot(answer) });
}

/** The controller is of our own build: what it says has the shape that its schemas and types give it. */
export async function got<T>(method: string, path: string, body?: unknown): Promise<Got<T>> {
  const answer = await ask(method, path, body);
  return isDone(answer)
    ? { ok: true, value: answer.body as T }
    : { ok: false, why: sentenceOf(answer), isGone: answer.status === 404 };
}

export const minutesAnswer = (minutes: number): string =>
  fill(words.minutes, { minutes: minutes < 10 ? minutes : Math.round(minutes) });

/** Whoever is turned away before the hands begin leaves nothing behind. */
type KeptReason = Exclude<Reason, 'urgent' | 'clinician'>;
const reasons = { ...catalogue.symptomNames, ...historyWords.reasons };

/** How it ended, and why as far as that is kept. */
export function endWord({ outcome, reason }: Readonly<{ outcome: string; reason: string | null }>): string {
  const why =
    reason === null || reason === 'routineDone' ? null : sentenceIn<KeptReason>(reasons, reason, reason);
  const end = sentenceIn<Outcome | 'brokeOff'>(historyWords.outcomes, outcome, outcome);
  return why === null ? end : named(end, why);
}
