/**
 * What a session would be, before anybody chooses it: the routine in the time there is, by the same arithmetic as the
 * controller's. Pure.
 */
import type { User } from '../../../machines/routine/names.ts';
import { type Going, scaled } from '../../../machines/routine/scale.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { minutesOf, minutesUntil, scalingSentence } from '../../../machines/routine/time.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { nextTimeOfDay } from '../../../src/time/wall-clock.ts';

const words = catalogue.routines;

/** What a controller takes; a routine has bounds of its own besides. */
const minutesBounds = { min: 3, max: 90 } as const;

/** As a person fills it in. */
export type Time =
  | Readonly<{ kind: 'asWritten' }>
  | Readonly<{ kind: 'minutes'; text: string }>
  | Readonly<{ kind: 'endAt'; text: string }>;

export type Plan = Readonly<{
  /** How it would be given; null where no time that was named allows any. */
  routine: Routine | null;
  /** To be asked for; null for as long as the routine is. */
  minutes: number | null;
  /** Phases that it would be without. */
  gone: readonly Going[];
  /** Whether somebody still has to agree to that. */
  mustAgree: boolean;
  /** Why this time does not do. */
  refusal: string | null;
  /** What else there is to say about the time. */
  note: string | null;
}>;

type Wish = Readonly<{ user: User | null; mayDrop: boolean; now: number }>;

const none = { routine: null, minutes: null, gone: [], mustAgree: false, refusal: null, note: null } as const;

export function planOf(routine: Routine, time: Time, { user, mayDrop, now }: Wish): Plan {
  if (time.kind === 'asWritten') return { ...none, routine };
  const found = time.kind === 'minutes' ? asked(time.text) : untilEnd(routine, time.text, now);
  if (typeof found.minutes !== 'number') return { ...none, refusal: found.why };
  const { minutes, note } = found;
  const seconds = minutes * 60;
  const result = scaled(routine, { seconds, ...(user && { for: user }), mayDrop: true });
  if (!result.fits) {
    const why = scalingSentence(routine, minutes, result);
    return { ...none, refusal: note === null ? why : `${note} ${why}` };
  }
  return {
    routine: result.routine,
    minutes,
    gone: result.dropped,
    mustAgree: result.dropped.length > 0 && !mayDrop,
    refusal: null,
    note,
  };
}

type Minutes = Readonly<{ minutes: number; note: string | null }> | Readonly<{ minutes: null; why: string }>;

function asked(text: string): Minutes {
  const value = text.trim();
  if (value === '') return { minutes: null, why: fill(words.noMinutes, minutesBounds) };
  const minutes = Number(value);
  if (!Number.isInteger(minutes) || minutes < minutesBounds.min || minutes > minutesBounds.max)
    return { minutes: null, why: fill(words.wholeMinutes, { value, ...minutesBounds }) };
  return { minutes, note: null };
}

/** With more time than the routine takes it lasts as long as it does. */
function untilEnd(routine: Routine, text: string, now: number): Minutes {
  const endsAt = nextTimeOfDay(text, now);
  if (endsAt === null) return { minutes: null, why: words.noTime };
  const left = Math.max(0, minutesUntil(routine, now, endsAt));
  const minutes = Math.min(left, Math.round(minutesOf(routine)));
  if (minutes < minutesBounds.min)
    return { minutes: null, why: fill(words.tooSoon, { time: text, minutes: left }) };
  return { minutes, note: fill(words.overBy, { time: text, minutes }) };
}

/** The times that this routine can be given in, in a sentence. */
export function rangeSentence(routine: Routine): string {
  // Longer than any session, and shorter than any: the refusals say what would do.
  const longest = scaled(routine, { seconds: 24 * 3600 });
  const shortest = scaled(routine, { seconds: 1 });
  const mostS = !longest.fits && longest.why === 'tooLong' ? longest.mostS : 0;
  const leastS = !shortest.fits && 'leastS' in shortest ? shortest.leastS : 0;
  const whole = wholeFrom(routine, Math.ceil(leastS / 60), Math.floor(mostS / 60));
  return fill(whole > Math.ceil(leastS / 60) ? words.range : words.rangeWhole, {
    least: whole,
    most: Math.floor(mostS / 60),
  });
}

/** The fewest minutes in which no phase has to go. */
function wholeFrom(routine: Routine, least: number, most: number): number {
  for (let minutes = Math.max(least, minutesBounds.min); minutes < most; minutes++) {
    const result = scaled(routine, { seconds: minutes * 60 });
    if (result.fits) return minutes;
  }
  return most;
}
