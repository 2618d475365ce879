/** Lengths of time as people are told them, one way everywhere. */
import type { Ms } from '../vocabulary.ts';
import { catalogue, fill } from './text.ts';

const { lengths } = catalogue;
const minuteMs = 60_000;
/** Above this nobody wants to know it to a tenth. */
const exactBelowMin = 10;
/** From here on hours say it better. */
const hoursFromMin = 90;

/** So many minutes: to a tenth while there are few, else whole. */
export function shownMinutes(ms: Ms): number {
  const tenths = Math.round(ms / (minuteMs / 10)) / 10;
  return tenths < exactBelowMin ? tenths : Math.round(ms / minuteMs);
}

/** "1.5 min". */
export const minutesWord = (ms: Ms): string => fill(lengths.minutes, { minutes: shownMinutes(ms) });

/** How seconds are counted: those that remain, those that have passed, or the nearest whole one. */
const wholeSeconds = { remaining: Math.ceil, passed: Math.floor, nearest: Math.round } as const;

/** "4:05", minutes and seconds; never below 0:00. */
export function clockFace(ms: Ms, counted: keyof typeof wholeSeconds = 'remaining'): string {
  const seconds = Math.max(0, wholeSeconds[counted](ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long something was ago: "20 min", "3 h"; never "0". */
export function agoWord(ms: Ms): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  return minutes < hoursFromMin
    ? fill(lengths.minutes, { minutes })
    : fill(lengths.hours, { hours: Math.round(minutes / 60) });
}
