/** The clock on the wall, where people say when it has to be over. */

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
