/** The clock on the wall, where people say when it has to be over. */

/** The next moment at which a clock on the wall shows this; null where it is no time of day. */
export function nextTimeOfDay(text: string, now: number): number | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!found) return null;
  const date = new Date(now);
  date.setHours(Number(found[1]), Number(found[2]), 0, 0);
  if (date.getTime() <= now) date.setDate(date.getDate() + 1);
  return date.getTime();
}
