/** Days and weeks by their dates, in zones where a day has no midnight, or 23 hours. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  dayOf,
  daysBefore,
  daysBetween,
  isoDay,
  mondayOf,
  shortDay,
  whenWord,
} from '../../../src/time/calendar.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const zones = [
  'America/Santiago',
  'Europe/Berlin',
  'UTC',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Africa/Cairo',
];

describe.each(zones)('in %s', name => {
  it('every day of a year has its week, its noon and its date', () => {
    process.env.TZ = name;
    const first = dayOf(new Date(2026, 0, 1, 12));
    for (let day = first; day < first + 366; day++) {
      // A moment that every day of every zone has.
      const noon = new Date(2026, 0, 1 + day - first, 12);
      const date = [noon.getFullYear(), noon.getMonth() + 1, noon.getDate()]
        .map(part => String(part).padStart(2, '0'))
        .join('-');
      expect([dayOf(noon), isoDay(day)]).toEqual([day, date]);
      expect([whenWord(noon), shortDay(noon)]).toEqual([`${date} 12:00`, date.slice(5)]);
      expect(day - mondayOf(day)).toBe((noon.getDay() + 6) % 7);
    }
  });

  it('from one time of a day to any time of the next is one day, and back again', () => {
    process.env.TZ = name;
    for (let day = 0; day < 366; day++) {
      const late = new Date(2026, 0, 1 + day, 23, 59).getTime();
      const early = new Date(2026, 0, 2 + day, 1, 30).getTime();
      expect(daysBetween(late, early)).toBe(1);
      expect(daysBetween(daysBefore(early, 30), early)).toBe(30);
    }
  });
});

it('a week before 1970, as a clock without a battery has it, begins with its Monday too', () => {
  process.env.TZ = 'UTC';
  for (let day = -20; day <= 0; day++) {
    const noon = new Date(1970, 0, 1 + day, 12);
    expect(dayOf(noon)).toBe(day);
    expect(day - mondayOf(day)).toBe((noon.getDay() + 6) % 7);
  }
});

it('a week without a midnight keeps all its minutes', () => {
  process.env.TZ = 'America/Santiago';
  const week = [1, 2, 3, 4, 5, 6].map(day => mondayOf(dayOf(new Date(2026, 8, day, 9))));
  expect(new Set(week).size).toBe(1);
});
