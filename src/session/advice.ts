/** The one thing to tell a person when a session ends, from the catalogue. */
import type { Screened } from '../../machines/screening.ts';
import type { SessionOutput } from '../../machines/session.types.ts';
import { catalogue } from '../../machines/text/text.ts';

/** What is said of this end itself; of a symptom or a locking answer, that is all there is to say. */
export function adviceOf({ outcome, reason }: SessionOutput, screened: Screened | null): string {
  const { outcomes, symptoms, faults, screening, seekHelp } = catalogue as Readonly<{
    outcomes: Readonly<Record<string, string>>;
    symptoms: Readonly<Record<string, string>>;
    faults: Readonly<Record<string, string>>;
    screening: Readonly<{ advice: Readonly<Record<string, string>> }>;
    seekHelp: string;
  }>;
  if (outcome === 'declined' && screened && !screened.cleared)
    return screening.advice[screened.question] ?? seekHelp;
  const symptom = symptoms[reason];
  if (symptom !== undefined) return symptom;
  // Every other end names the signs to watch for: they may come later.
  return [outcomes[reason] ?? faults[reason], seekHelp].filter(Boolean).join(' ');
}
