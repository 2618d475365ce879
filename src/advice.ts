/** The one thing to tell a person when a session ends, from the catalogue. */
import type { Screened } from '../machines/screening.ts';
import type { SessionOutput } from '../machines/session.types.ts';
import { catalogue } from '../machines/text/text.ts';

export function adviceOf(output: SessionOutput, screened: Screened | null): string {
  const { outcomes, symptoms, faults, screening } = catalogue as Readonly<{
    outcomes: Readonly<Record<string, string>>;
    symptoms: Readonly<Record<string, string>>;
    faults: Readonly<Record<string, string>>;
    screening: Readonly<{ advice: Readonly<Record<string, string>> }>;
  }>;
  if (output.outcome === 'declined' && screened && !screened.cleared)
    return screening.advice[screened.question] ?? '';
  return outcomes[output.reason] ?? symptoms[output.reason] ?? faults[output.reason] ?? '';
}
