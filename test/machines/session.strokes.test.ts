import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ms } from '../../machines/vocabulary.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, type Fields, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const strokes = (session: TestSession): Ms[] => session.all('stroke').map(({ told }) => told);
const plays = (session: TestSession): string[] =>
  session
    .all('play')
    .map(({ cue, at, from, times }) => `${cue} ${at} ${from}${times > 1 ? ` x${times}` : ''}`);

/** A routine of one phase of interest: 40 s of warm-up before it. */
const only = (change: Fields): TestSession =>
  started(routine([warmUp(), phaseFields(change), cooldown()])).until(39_999);

describe('the grid', () => {
  it('begins with the phase; stroke n comes n − 1 periods later, and none that would not end in time', () => {
    const session = started(routine()).until(40_000);
    // 3 s of stroke and 1 s back: the tenth begins at 36 s and ends at 39 s.
    expect(
      session
        .all('stroke')
        .map(({ stroke, told, period, phase, side }) => [stroke, told, period, phase, side]),
    ).toEqual([
      ...Array.from({ length: 10 }, (_, index) => [index + 1, index * 4000, 4000, 'warmUp', 'together']),
      [1, 40_000, 4000, 'steady', 'together'],
    ]);
  });

  it('has no stroke that would reach beyond its phase', () => {
    const session = only({ strokeCm: 70, speedCmPerS: 10, returnMs: 500 });
    session.until(79_999);
    // 7.5 s each: the fifth ends at 37 s, the sixth would begin at 37.5 s.
    expect(strokes(session).filter(at => at >= 40_000)).toEqual([40_000, 47_500, 55_000, 62_500, 70_000]);
  });

  it('begins anew at the resume after a pause, and its strokes count from 1', () => {
    const session = started(routine()).until(9_300);
    session.send({ type: 'session.pause' });
    session.until(21_117).send({ type: 'session.resume' });
    session.until(30_000);
    expect(
      session
        .all('stroke')
        .slice(3)
        .map(({ told, stroke }) => [told, stroke]),
    ).toEqual([
      [21_117, 1],
      [25_117, 2],
      [29_117, 3],
    ]);
  });

  it('is exact on random grids: stroke n at start + (n − 1) × period, for every pause and period', () => {
    const pauses = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 30_000 })),
      {
        maxLength: 5,
      },
    );
    const pace = fc.record({
      strokeCm: fc.double({ min: 5, max: 80, noNaN: true }),
      speedCmPerS: fc.double({ min: 3, max: 15, noNaN: true }),
      returnMs: fc.integer({ min: 500, max: 3000 }),
    });
    fc.assert(
      fc.property(pace, pauses, (phase, stops) => {
        const session = started(routine([warmUp(), phaseFields({ ...phase, durationS: 120 }), cooldown()]));
        session.until(40_000);
        let gridAt = 40_000;
        const check = (until: Ms): void => {
          const from = gridAt;
          const own = session
            .all('stroke')
            .filter(({ told, phase: name }) => told >= from && told <= until && name === 'steady');
          for (const { stroke, told, period } of own) {
            if (told !== from + (stroke - 1) * period || !Number.isInteger(period))
              expect([told, period]).toEqual([from + (stroke - 1) * period, Math.round(period)]);
          }
        };
        for (const [go, stand] of stops) {
          session.for(go);
          if (!['strokes', 'strokes.checkIn'].includes(session.state)) break;
          check(session.at);
          session.send({ type: 'session.pause' });
          session.for(stand).send({ type: 'session.resume' });
          gridAt = session.at;
        }
        if (session.context.passIndex === 1) check(session.at);
      }),
      { numRuns: isLong ? 60 : 15 },
    );
  });
});

describe("a stroke's cues", () => {
  it('are GLIDE at its beginning and TAP at its end for six strokes, then GLIDE alone', () => {
    const session = only({ durationS: 80 }).until(40_000 + 31_999);
    const own = plays(session).filter(line => Number(line.split(' ')[1]) >= 40_000);
    const expected = Array.from({ length: 8 }, (_, index) => {
      const at = 40_000 + index * 4000;
      return index < 6 ? [`GLIDE ${at} left`, `TAP ${at + 3000} left`] : [`GLIDE ${at} left`];
    });
    expect(own).toEqual(expected.flat());
  });

  it.each([
    ['towardsHeart', 'left'],
    ['outward', 'left'],
    ['circles', 'left'],
    ['awayFromHeart', 'right'],
    ['inward', 'right'],
  ])('run %s from the %s motor', (direction, from) => {
    const session = only({ direction }).until(41_000);
    expect(session.all('play').findLast(({ cue }) => cue === 'GLIDE')).toMatchObject({ at: 40_000, from });
  });

  it('announce the last three with an extra TAP in the return', () => {
    const session = only({ durationS: 60 }).until(99_999);
    const last = session.all('play').filter(({ why, at }) => why === 'lastStrokes' && at > 40_000);
    // 15 strokes fit; the last begin at 88, 92 and 96 s; the extra TAP half a second after their ends.
    expect(last.map(({ cue, at }) => [cue, at])).toEqual([
      ['TAP', 91_500],
      ['TAP', 95_500],
    ]);
    // The very last would be told within the announcement of the next phase.
    expect(session.all('stroke').at(-1)?.told).toBe(96_000);
  });

  it('announce no last strokes where the return is too short for it', () => {
    const session = only({ returnMs: 999, durationS: 60 }).until(99_999);
    expect(session.all('play').filter(({ why, told }) => why === 'lastStrokes' && told >= 40_000)).toEqual(
      [],
    );
  });

  it('of fast strokes are TAP on eight beats, then each eighth', () => {
    // 1 s of stroke and 1 s back.
    const session = only({ strokeCm: 10, durationS: 60 }).until(99_999);
    const beats = session.all('play').filter(({ cue, at }) => cue === 'TAP' && at >= 40_000);
    expect(beats.map(({ at, why }) => [(at - 40_000) / 2000, why])).toEqual(
      // The first eight, then the sixteenth and the twenty-fourth.
      [0, 1, 2, 3, 4, 5, 6, 7, 15, 23].map(beat => [beat, 'strokeBegins']),
    );
  });

  it('never run two together: a stroke too short for its end to be felt apart has none told', () => {
    // 5 cm at 15 cm/s last 333 ms; a GLIDE lasts 311.
    const session = only({ strokeCm: 5, speedCmPerS: 15, returnMs: 5000 }).until(60_000);
    const own = session.all('play').filter(({ at }) => at >= 40_000);
    expect(new Set(own.map(({ cue }) => cue))).toEqual(new Set(['GLIDE']));
    const longer = only({ strokeCm: 8, speedCmPerS: 15, returnMs: 5000 }).until(60_000);
    expect(
      longer.all('play').some(({ cue, why, at }) => cue === 'TAP' && why === 'strokeEnds' && at >= 40_000),
    ).toBe(true);
  });

  it('are over before the phase is', () => {
    const session = only({ side: 'left' }).until(79_999);
    for (const { at, cue } of session.all('play'))
      expect(at + (cue === 'TAP' ? 150 : 311)).toBeLessThanOrEqual(80_000);
  });

  it('are full again after the technique is switched, for whoever has to learn another pace', () => {
    const otherTechnique = {
      technique: 'kneading',
      instruction: 'Knead.',
      strokeCm: 20,
      speedCmPerS: 5,
      returnMs: 1000,
    };
    const session = only({ durationS: 100, otherTechnique }).until(75_000);
    session.send({ type: 'session.switchTechnique' });
    session.for(5000);
    expect(session.all('stroke').at(-2)).toMatchObject({ stroke: 1, told: 75_000, period: 5000 });
    expect(plays(session).slice(-4)).toEqual([
      'GLIDE 75000 left',
      'TAP 79000 left',
      'GLIDE 80000 left',
      'TAP 84000 left',
    ]);
  });
});

describe('a stroke that is broken off', () => {
  const left = (how: (session: TestSession) => void): readonly string[] => {
    const session = started(
      routine([warmUp(), phaseFields({ durationS: 60 }), ramp({ durationS: 60, side: 'left' }), cooldown()]),
    ).until(45_000);
    const from = session.told.length;
    how(session);
    return session.told.slice(from).flatMap(one => (one.type === 'drop' ? [one.cue] : []));
  };

  it.each([
    ['next', (session: TestSession) => session.send({ type: 'session.next' })],
    ['skip', (session: TestSession) => session.send({ type: 'session.skip' })],
    ['a press of GO', (session: TestSession) => session.send({ type: 'session.go', felt: true })],
  ])('by %s has no end told', (_, how) => {
    expect(left(session => void how(session))).toEqual(['GLIDE', 'TAP']);
  });
});

describe('the next place', () => {
  it('is announced by NEXT a second before, where the hands simply move on', () => {
    const session = started(routine()).until(40_000);
    expect(
      session
        .all('play')
        .filter(({ cue }) => cue === 'NEXT')
        .map(({ at, why, times }) => [at, why, times]),
    ).toEqual([[39_000, 'nextPhase', 1]]);
  });

  it('is announced again where a minute was borrowed after that', () => {
    const session = started(
      routine(
        [
          warmUp({ durationS: 180 }),
          phaseFields({ durationS: 100 }),
          phaseFields({ id: 'b', durationS: 300 }),
          cooldown({ durationS: 180 }),
        ],
        {
          kind: 'full',
        },
      ),
    ).until(279_500);
    expect(session.all('play').at(-1)).toMatchObject({ cue: 'NEXT', at: 279_000 });
    session.send({ type: 'session.extend' });
    session.until(339_500);
    expect(session.all('play').findLast(({ cue }) => cue === 'NEXT')).toMatchObject({ at: 339_000 });
  });
});
