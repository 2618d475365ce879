import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fromLibrary, library } from '../../../machines/routine/library.ts';
import { users } from '../../../machines/routine/names.ts';
import { findings } from '../../../machines/routine/rules.ts';
import { type Scaled, scaled } from '../../../machines/routine/scale.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { sharedLengths } from '../../../machines/routine/shared-lengths.ts';
import { boundsOf, timeline, totalMs } from '../../../machines/routine/timeline.ts';
import { faultsOf, fileOf } from '../../support/files.ts';
import { isLong } from '../../support/length.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../../support/routines.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

const of = (id: string): Routine => {
  const found = fromLibrary(id);
  if (!found) throw new Error(`no routine ${id}`);
  return found;
};
const minutesOf = (made: Routine): number => totalMs(timeline(made)) / 60_000;
const lengths = (made: Routine): Record<string, number> =>
  Object.fromEntries(made.phases.map(({ id, durationS }) => [id, durationS]));
function fitting(result: Scaled): Extract<Scaled, { fits: true }> {
  if (!result.fits) throw new Error(JSON.stringify(result));
  return result;
}
const full = (between: readonly Readonly<Record<string, unknown>>[]): Routine =>
  routine([warmUp({ durationS: 180 }), ...between, cooldown({ durationS: 200 })], { kind: 'full' });

/** What must hold of a routine that was made from another, whatever was asked. */
function expectSound(before: Routine, result: Extract<Scaled, { fits: true }>, seconds: number): void {
  const { routine: after } = result;
  expect(faultsOf(fileOf(after))).toEqual([]);
  expect(result.seconds).toBe(totalMs(timeline(after)) / 1000);
  expect(result.seconds).toBeLessThanOrEqual(seconds);
  const gone = new Set(result.dropped.map(({ id }) => id));
  expect(after.phases.map(({ id }) => id)).toEqual(
    before.phases.map(({ id }) => id).filter(id => !gone.has(id)),
  );
  for (const phase of after.phases) {
    const was = before.phases.find(({ id }) => id === phase.id);
    if (!was) throw new Error(`${phase.id} came from nowhere`);
    const { minS, maxS } = boundsOf(was);
    expect(phase.durationS).toBeGreaterThanOrEqual(Math.min(minS, was.durationS));
    expect(phase.durationS).toBeLessThanOrEqual(Math.max(maxS, was.durationS));
    if (was.stage === 'cooldown') expect(phase.durationS).toBe(was.durationS);
    const { durationS: _, durationMinS: __, durationMaxS: ___, ...rest } = phase;
    expect(was).toMatchObject(rest);
  }
  for (const { phase, side, durationMs } of timeline(after))
    if (side === 'left')
      for (const other of timeline(after))
        if (other.phase === phase) expect([phase, other.durationMs]).toEqual([phase, durationMs]);
}

describe('a length shared out', () => {
  const stretch = (length: number, least: number, most: number, unit = 1) => ({ length, least, most, unit });

  it('goes to all by one factor, and past a bound to the others', () => {
    expect(sharedLengths([stretch(100, 50, 200), stretch(200, 100, 400)], 150)).toEqual([50, 100]);
    expect(sharedLengths([stretch(100, 90, 200), stretch(200, 100, 400)], 210)).toEqual([90, 120]);
    expect(sharedLengths([stretch(100, 50, 110), stretch(200, 100, 400)], 400)).toEqual([110, 290]);
  });

  it('is whole units, and never more than there is', () => {
    expect(sharedLengths([stretch(100, 50, 200, 2), stretch(100, 50, 200, 2)], 151)).toEqual([76, 74]);
    expect(sharedLengths([stretch(10, 1, 20), stretch(10, 1, 20), stretch(10, 1, 20)], 20)).toEqual([
      7, 7, 6,
    ]);
  });

  it('is the least lengths where they are more than there is, and the most where they are less', () => {
    expect(sharedLengths([stretch(100, 50, 200)], 10)).toEqual([50]);
    expect(sharedLengths([stretch(100, 50, 200)], 1000)).toEqual([200]);
  });
});

describe('"I have N minutes"', () => {
  it('makes every phase but the cooldown shorter by one factor', () => {
    const made = fitting(scaled(of('evening-legs'), { seconds: 15 * 60 }));
    expect(lengths(made.routine)).toEqual({
      warmUp: 180,
      thighs: 154,
      calves: 154,
      wholeLeg: 232,
      cooldown: 180,
    });
    expect(made.seconds).toBe(900);
    expect(made.dropped).toEqual([]);
  });

  it('makes it longer, within the bounds', () => {
    const made = fitting(scaled(of('evening-legs'), { seconds: 30 * 60 }));
    expect(made.seconds).toBe(1800);
    expect(lengths(made.routine).cooldown).toBe(180);
  });

  it('says first which phases would have to go, and leaves them out only where that was agreed to', () => {
    const whole = of('leg-and-back');
    const first = scaled(whole, { seconds: 30 * 60 });
    expect(first).toMatchObject({ fits: false, why: 'phasesWouldGo' });
    const wouldGo = !first.fits && first.why === 'phasesWouldGo' ? first.wouldGo : [];
    expect(wouldGo.map(({ id }) => id)).not.toContain('kneeToHip');
    const agreed = fitting(scaled(whole, { seconds: 30 * 60, mayDrop: true }));
    expect(agreed.dropped).toEqual(wouldGo);
    expectSound(whole, agreed, 30 * 60);
  });

  it('gives up the longest phase where nothing else helps, and keeps what then fits', () => {
    const result = scaled(of('leg-and-back'), { seconds: 20 * 60 });
    const wouldGo = !result.fits && result.why === 'phasesWouldGo' ? result.wouldGo.map(({ id }) => id) : [];
    expect(wouldGo).toContain('kneeToHip');
    expect(wouldGo).not.toContain('thighBack');
  });

  it('says how long a routine can be at most, and how short at least', () => {
    expect(scaled(of('first-touch'), { seconds: 15 * 60 })).toEqual({
      fits: false,
      why: 'tooLong',
      mostS: 300,
    });
    expect(scaled(of('evening-legs'), { seconds: 120 })).toEqual({
      fits: false,
      why: 'tooShort',
      leastS: 480,
    });
  });

  it('offers nobody what was made for others', () => {
    expect(scaled(of('leg-and-back'), { seconds: 3600, for: 'self' })).toEqual({
      fits: false,
      why: 'notFor',
      for: ['partner', 'therapist'],
    });
  });

  it('keeps two phases of one side each as long as each other', () => {
    const made = fitting(
      scaled(
        full([
          phaseFields({ id: 'a', side: 'left', durationS: 101 }),
          phaseFields({ id: 'b', side: 'right', durationS: 101 }),
          phaseFields({ id: 'c', durationS: 300 }),
        ]),
        { seconds: 777 },
      ),
    );
    const { a, b } = lengths(made.routine);
    expect(a).toBe(b);
    expect(made.seconds).toBeGreaterThanOrEqual(776);
  });

  it('keeps to what a side may have in one session of work that stands there twice', () => {
    const twice = full([
      phaseFields({ id: 'a', zone: 'piriformis', technique: 'broadPress', durationS: 90 }),
      phaseFields({ id: 'b', zone: 'piriformis', technique: 'broadPress', durationS: 90 }),
      phaseFields({ id: 'c', durationS: 200 }),
    ]);
    const made = fitting(scaled(twice, { seconds: 1000 }));
    expect(findings(made.routine)).toEqual([]);
    expect((lengths(made.routine).a ?? 0) + (lengths(made.routine).b ?? 0)).toBeLessThanOrEqual(180);
  });

  it('keeps the hard end that a file sets', () => {
    const tight = routine(
      [warmUp({ durationS: 180 }), phaseFields({ durationS: 600 }), cooldown({ durationS: 180 })],
      { kind: 'full', sessionMaxMin: 18 },
    );
    expect(scaled(tight, { seconds: 30 * 60 })).toEqual({ fits: false, why: 'tooLong', mostS: 1080 });
    const shorter = fitting(scaled(tight, { seconds: 11 * 60 }));
    expect(shorter.routine.sessionMaxMin).toBe(18);
  });
});

describe('every routine of the library, for everyone, in 15, 20, 30, 45 and 60 minutes', () => {
  const cases = library().flatMap(({ id }) =>
    users.flatMap(user => [15, 20, 30, 45, 60].map(minutes => [id, user, minutes] as const)),
  );

  it.each(cases)('%s for %s in %d minutes scales, or says why not', (id, user, minutes) => {
    const before = of(id);
    const result = scaled(before, { seconds: minutes * 60, for: user });
    if (result.fits) {
      expectSound(before, result, minutes * 60);
      expect(minutesOf(result.routine)).toBeGreaterThan(minutes - 0.6);
      return;
    }
    expect(['notFor', 'phasesWouldGo', 'tooShort', 'tooLong']).toContain(result.why);
    expect(result.why === 'notFor').toBe(!before.for.includes(user));
    if (result.why !== 'phasesWouldGo') return;
    expect(result.wouldGo.length).toBeGreaterThan(0);
    expectSound(before, fitting(scaled(before, { seconds: minutes * 60, mayDrop: true })), minutes * 60);
  });
});

it('any routine in any time is within every rule, or is refused with a reason', () => {
  const sides = ['left', 'right', 'both', 'together'] as const;
  const work = fc
    .record({
      zone: fc.constantFrom('thighFront', 'calf', 'thighOuter', 'lowerBack'),
      side: fc.constantFrom(...sides),
      half: fc.integer({ min: 30, max: 300 }),
    })
    .map(({ half, ...rest }) => ({ ...rest, durationS: half * 2 }));
  fc.assert(
    fc.property(
      fc.array(work, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 60, max: 6000 }),
      fc.boolean(),
      (phases, seconds, mayDrop) => {
        const before = full([
          ...phases.map((phase, index) => phaseFields({ id: `p${index}`, ...phase })),
          ramp({ id: 'r', durationS: 120 }),
        ]);
        const result = scaled(before, { seconds, mayDrop });
        if (result.fits) expectSound(before, result, seconds);
        else expect(result.why).not.toBe('notFor');
      },
    ),
    { numRuns: isLong ? 300 : 60 },
  );
});

describe('sides that were written apart', () => {
  const side = (fields: Readonly<Record<string, unknown>>) =>
    phaseFields({ zone: 'thighOuter', durationS: 300, ...fields });
  const spent = (made: Routine): Record<string, readonly [number, number]> =>
    Object.fromEntries(
      timeline(made)
        .filter(({ stage }) => stage === 'strokes')
        .reduce((all, pass) => {
          const [left, right] = all.get(pass.zone) ?? [0, 0];
          return all.set(pass.zone, [
            left + (pass.side === 'right' ? 0 : pass.durationMs),
            right + (pass.side === 'left' ? 0 : pass.durationMs),
          ]);
        }, new Map<string, readonly [number, number]>()),
    );

  it('stay equal, whatever bounds and techniques each of them has', () => {
    const made = full([
      side({ id: 'a', side: 'left', durationMinS: 200, durationMaxS: 310 }),
      side({ id: 'b', side: 'right', technique: 'kneading', durationMinS: 100 }),
      phaseFields({ id: 'c', durationS: 300 }),
    ]);
    for (let minutes = 12; minutes <= 30; minutes++) {
      const result = scaled(made, { seconds: minutes * 60 });
      if (!result.fits) continue;
      const [left = 0, right = 0] = spent(result.routine).thighOuter ?? [];
      expect([minutes, left]).toEqual([minutes, right]);
    }
  });

  it('go together, also where one of them has more time than the other', () => {
    const made = full([
      side({ id: 'a', side: 'left', durationS: 240 }),
      side({ id: 'b', side: 'right', durationS: 300 }),
      side({ id: 'c', side: 'both', zone: 'calf', durationS: 120 }),
      side({ id: 'd', side: 'right', zone: 'calf', durationS: 120 }),
      phaseFields({ id: 'e', durationS: 600, durationMinS: 300 }),
    ]);
    let dropped = 0;
    for (let seconds = 400; seconds <= 1800; seconds += 10) {
      const result = scaled(made, { seconds, mayDrop: true });
      if (!result.fits) continue;
      dropped += result.dropped.length;
      for (const [zone, [left, right]] of Object.entries(spent(result.routine)))
        expect([seconds, zone, left > 0]).toEqual([seconds, zone, right > 0]);
    }
    expect(dropped).toBeGreaterThan(0);
  });
});
