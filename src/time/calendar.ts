/**
 * Days and weeks as a calendar has them, in the zone of whoever looks: counted by dates, never by 24 hours. A day may
 * have 23 or 25 of them, and in some zones some day has no midnight (America/Santiago, 2026-09-06).
 */

/** A date without a time: days since 1970-01-01 in the proleptic Gregorian calendar. */
export type Day = number;

const dayMs = 86_400_000;

/** The date that a moment (ms since 1970, or a text that Date reads) has here. */
export function dayOf(at: number | string | Date): Day {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
}

/** The Monday that a day's week begins with. 1970-01-01 was a Thursday. */
export const mondayOf = (day: Day): Day => day - ((((day + 3) % 7) + 7) % 7);

/** How many dates lie between two moments here: 1 from any time of one day to any time of the next. */
export const daysBetween = (from: number | string | Date, to: number | string | Date): number =>
  dayOf(to) - dayOf(from);

/** `2026-09-06`. */
export const isoDay = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);

/**
 * "2026-11-22 18:05", in the time of this machine: the one form that a moment is written in, on paper, in the page and
 * in the terminal. A day alone is its first ten letters.
 */
export function whenWord(at: number | string | Date): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${isoDay(dayOf(date))} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "11-22": a day among days of one year, where there is little room. */
export const shortDay = (at: number | string | Date): string => isoDay(dayOf(at)).slice(5);

/** The moment so many days before another one, at the same time of day; where that time is not there, just after. */
export function daysBefore(at: number, days: number): number {
  const date = new Date(at);
  date.setDate(date.getDate() - days);
  return date.getTime();
}
