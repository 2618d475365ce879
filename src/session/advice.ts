/** The one thing to tell a person when a session ends, from the catalogue. */
import type { Screened } from '../../machines/screening.ts';
import type { SessionOutput } from '../../machines/session.types.ts';
import { endSentence, symptomAdvice } from '../../machines/text/ends.ts';
import { catalogue } from '../../machines/text/text.ts';

const { advice: lockAdvice } = catalogue.screening;
const locks = (question: string): question is keyof typeof lockAdvice => Object.hasOwn(lockAdvice, question);

/** What is said of this end itself; of a symptom or a locking answer, that is all there is to say. */
export function adviceOf({ outcome, reason }: SessionOutput, screened: Screened | null): string {
  const { seekHelp } = catalogue;
  if (outcome === 'declined' && screened && !screened.cleared)
    return locks(screened.question) ? lockAdvice[screened.question] : seekHelp;
  const advice = symptomAdvice(reason);
  if (advice !== null) return advice;
  // Every other end names the signs to watch for: they may come later.
  return [endSentence(reason), seekHelp].filter(Boolean).join(' ');
}
