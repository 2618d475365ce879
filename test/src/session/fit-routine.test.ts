import { describe, expect, it } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { minutesOf, minutesUntil } from '../../../machines/routine/time.ts';
import { fitRoutine } from '../../../src/session/fit-routine.ts';
import { nextTimeOfDay } from '../../../src/time/wall-clock.ts';

const of = (id: string) => {
  const found = fromLibrary(id);
  if (!found) throw new Error(`no routine ${id}`);
  return found;
};
const why = (result: ReturnType<typeof fitRoutine>): string => (result.ok ? '' : result.why);

describe('what a session is begun with', () => {
  it('is the routine as it is, where nobody said how long', () => {
    expect(fitRoutine({ routine: of('evening-legs') })).toEqual({
      ok: true,
      routine: of('evening-legs'),
      said: null,
    });
  });

  it('is scaled to the minutes there are', () => {
    const result = fitRoutine({ routine: of('evening-legs'), minutes: 15 });
    expect(result.ok && minutesOf(result.routine)).toBe(15);
  });

  it('says first what would have to go, and afterwards what went', () => {
    const routine = of('leg-and-back');
    expect(fitRoutine({ routine, minutes: 40 })).toMatchObject({
      ok: false,
      mayDrop: true,
      why: expect.stringMatching(
        /takes at least 43 min\. To fit 40 min, these would be dropped: .*Gentle shaking/,
      ),
    });
    expect(fitRoutine({ routine, minutes: 40, mayDrop: true })).toMatchObject({
      ok: true,
      said: expect.stringMatching(/^Dropped: .*Gentle shaking/),
    });
  });

  it('says for whom it is made, and how long or short it can be', () => {
    expect(why(fitRoutine({ routine: of('lower-back'), for: 'self' }))).toBe(
      'Lower back is made for a partner, for therapists.',
    );
    expect(why(fitRoutine({ routine: of('first-touch'), minutes: 30 }))).toBe(
      'First touch lasts at most 5 min.',
    );
    expect(why(fitRoutine({ routine: of('evening-legs'), minutes: 3 }))).toMatch(
      /takes at least 8 min, even with one phase/,
    );
  });
});

describe('"end at HH:MM"', () => {
  const noon = new Date(2026, 2, 1, 12, 0, 0).getTime();

  it('is the next time that the clock on the wall shows that', () => {
    expect(nextTimeOfDay('12:30', noon)).toBe(noon + 30 * 60_000);
    expect(new Date(nextTimeOfDay('9:50', noon) ?? 0).getDate()).toBe(2);
    expect(nextTimeOfDay('12:00', noon)).toBe(noon + 24 * 3_600_000);
  });

  it('is soon, around midnight and in the nights in which clocks are changed', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      for (const [now, text, minutes] of [
        ['2026-03-01T23:50+01:00', '00:10', 20],
        ['2026-12-31T23:59:30+01:00', '0:00', 0.5],
        // Put back from 3 to 2: 2:30 comes twice.
        ['2026-10-25T02:10+02:00', '02:30', 20],
        ['2026-10-25T02:40+02:00', '02:30', 50],
        ['2026-10-25T02:10+01:00', '02:30', 20],
        ['2026-10-25T01:50+02:00', '03:10', 140],
        // Put on from 2 to 3: 2:30 never comes.
        ['2026-03-29T01:50+01:00', '02:30', 40],
        ['2026-03-29T01:50+01:00', '03:10', 20],
        ['2026-03-28T12:00+01:00', '12:00', 23 * 60],
      ] as const) {
        const at = nextTimeOfDay(text, Date.parse(now)) ?? 0;
        expect([now, text, (at - Date.parse(now)) / 60_000]).toEqual([now, text, minutes]);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it.each(['', '24:00', '12:60', '12', 'noon', '12:5', '-1:00'])('%j is no time of day', text => {
    expect(nextTimeOfDay(text, noon)).toBeNull();
  });

  it('leaves room for the questions, for each turn and for the end', () => {
    // 7 changes of side in evening-legs, and one to both hands: 4 min, 8 × 15 s, 30 s.
    expect(minutesUntil(of('evening-legs'), 0, 30 * 60_000)).toBe(23);
  });
});
