/** The answers that a routine is begun from: what they make, or why they make none. Pure. */
import { routineLimits as limits } from '../../../machines/limits.ts';
import { type ComposeAnswers, composed } from '../../../machines/routine/compose.ts';
import type { User, Zone } from '../../../machines/routine/names.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import { plainIssue } from './issue-words.ts';

const words = writeWords;
const fewestMin = 3;

/** As they stand in the form. */
export type BeginAnswers = Readonly<{
  name: string;
  whom: readonly User[];
  places: readonly Zone[];
  /** As it was typed. */
  minutes: string;
  firmest: number;
  oil: ComposeAnswers['oil'];
}>;

type Begun = Readonly<{ ok: true; routine: Routine } | { ok: false; why: string }>;

const not = (why: string): Begun => ({ ok: false, why });

export function begunFrom(answers: BeginAnswers): Begun {
  const minutes = Number(answers.minutes);
  const bounds = { min: fewestMin, max: limits.sessionMaxMin };
  if (answers.places.length === 0) return not(words.noPlaces);
  if (answers.whom.length === 0) return not(words.noWhom);
  if (!Number.isInteger(minutes) || minutes < bounds.min || minutes > bounds.max)
    return not(fill(catalogue.routines.wholeMinutes, { value: answers.minutes.trim() || '–', ...bounds }));
  const result = composed({
    title: answers.name.trim() || words.unnamed,
    for: answers.whom,
    zones: answers.places,
    minutes,
    pressureMax: answers.firmest,
    oil: answers.oil,
  });
  return result.ok ? result : not(plainIssue(result.why));
}
