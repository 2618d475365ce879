/** How long a routine takes, what fits until then, and why it does not fit, in a sentence. */
import { catalogue, fill, listed } from '../text/text.ts';
import type { Scaled } from './scale.ts';
import type { Routine } from './schema.ts';
import { timeline, totalMs, turnNeeded } from './timeline.ts';
import { titleOf } from './titles.ts';

/** In tenths of a minute. */
export const minutesOf = (routine: Routine): number => Math.round(totalMs(timeline(routine)) / 6000) / 10;

const minutesUp = (seconds: number): number => Math.ceil(seconds / 60);

/** Why it does not fit, in a sentence, with what would have to go. */
export function scalingSentence(
  routine: Routine,
  minutes: number,
  result: Exclude<Scaled, { fits: true }>,
): string {
  const words = catalogue.scaling;
  const { title } = routine;
  switch (result.why) {
    case 'notFor':
      return fill(words.notFor, {
        routine: title,
        for: listed(result.for.map(user => catalogue.users[user])),
      });
    case 'phasesWouldGo':
      return fill(words.phasesWouldGo, {
        routine: title,
        least: minutesUp(result.leastS),
        minutes,
        phases: result.wouldGo.map(phase => titleOf(phase)).join(', '),
      });
    case 'tooShort':
      return fill(words.tooShort, { routine: title, least: minutesUp(result.leastS), minutes });
    case 'tooLong':
      return fill(words.tooLong, { routine: title, most: Math.floor(result.mostS / 60) });
  }
}

/** Time set aside for screening and preparation, for each turn, and for telling the end. [D] */
const beforeS = 240;
const turnS = 15;
const finishS = 30;

/** Minutes of a routine that are over at `endsAt`, begun with screening at `now` (both ms of the same clock). */
export function minutesUntil(routine: Routine, now: number, endsAt: number): number {
  const passes = timeline(routine);
  const turns = passes.filter((pass, index) => {
    const before = passes[index - 1];
    return before !== undefined && turnNeeded(before, pass);
  }).length;
  return Math.floor(((endsAt - now) / 1000 - beforeS - finishS - turns * turnS) / 60);
}
