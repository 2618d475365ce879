/** What a session is begun with: a routine, scaled to the time there is, for whom, and how it is to be felt. */
import { type Scaled, scaled } from '../machines/routine/scale.ts';
import type { Routine, User } from '../machines/routine/schema.ts';
import { timeline, totalMs, turnNeeded } from '../machines/routine/timeline.ts';
import { catalogue, fill } from '../machines/text/text.ts';

export type Choice = Readonly<{
  routine: Routine;
  /** "I have N minutes." */
  minutes?: number | undefined;
  for?: User | undefined;
  /** Whether whole phases may go, after that has been said. */
  mayDrop?: boolean | undefined;
}>;

export type Chosen = Readonly<{ ok: true; routine: Routine; said: string | null }> | NotChosen;
type NotChosen = Readonly<{ ok: false; why: string; mayDrop: boolean }>;

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
      return fill(words.notFor, { routine: title, for: result.for.join(', ') });
    case 'phasesWouldGo':
      return fill(words.phasesWouldGo, {
        routine: title,
        least: minutesUp(result.leastS),
        minutes,
        phases: result.wouldGo.map(phase => phase.title).join(', '),
      });
    case 'tooShort':
      return fill(words.tooShort, { routine: title, least: minutesUp(result.leastS), minutes });
    case 'tooLong':
      return fill(words.tooLong, { routine: title, most: Math.floor(result.mostS / 60) });
  }
}

/** The routine as it will be given, or why it can't be. */
export function chosen({ routine, minutes, for: user, mayDrop }: Choice): Chosen {
  if (minutes === undefined) {
    if (!user || routine.for.includes(user)) return { ok: true, routine, said: null };
    const result = { fits: false, why: 'notFor', for: routine.for } as const;
    return { ok: false, why: scalingSentence(routine, 0, result), mayDrop: false };
  }
  const result = scaled(routine, { seconds: minutes * 60, for: user, mayDrop });
  if (!result.fits)
    return {
      ok: false,
      why: scalingSentence(routine, minutes, result),
      mayDrop: result.why === 'phasesWouldGo',
    };
  const { dropped } = result;
  const said =
    dropped.length === 0
      ? null
      : fill(catalogue.scaling.dropped, { phases: dropped.map(({ title }) => title).join(', ') });
  return { ok: true, routine: result.routine, said };
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

const minuteMs = 60_000;

/**
 * The next moment at which a clock on the wall shows this; null where it is no time of day. In the night in which
 * clocks are put back that may be the second time it does; a time that they skip is as far from now as it sounds.
 */
export function nextTimeOfDay(text: string, now: number): number | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  const date = new Date(now);
  date.setHours(hour, minute, 0, 0);
  if (date.getTime() <= now) date.setDate(date.getDate() + 1);
  const byDate = date.getTime();
  // Between now and then the clock may show it earlier; every zone's offset is whole minutes.
  for (let at = (Math.floor(now / minuteMs) + 1) * minuteMs; at < byDate; at += minuteMs) {
    const shown = new Date(at);
    if (shown.getHours() === hour && shown.getMinutes() === minute) return at;
  }
  return byDate;
}

export const minutesOf = (routine: Routine): number => Math.round(totalMs(timeline(routine)) / 6000) / 10;
