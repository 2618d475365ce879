import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strokeNow } from '../../machines/session.view.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, type Fields, inching, phaseFields, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

/** Pulls of 2 s and 1.5 s to the next, five of them, then 4 s back to the knee: an ascent takes 20 s. */
const only = (change: Fields = {}): TestSession =>
  started(routine([warmUp(), inching({ durationS: 120, ...change }), cooldown()])).until(40_000);

type Pulled = Readonly<{ told: number; pull?: number; ascent?: number; stroke: number; period: number }>;
const pulls = (session: TestSession): readonly Pulled[] =>
  session.all('stroke').filter(({ phase }) => phase === 'inching');
const told = (session: TestSession): readonly string[] =>
  pulls(session).map(({ told, pull, ascent }) => `${told / 1000} ${pull} of ascent ${ascent}`);

describe('inching', () => {
  it('has each pull on the grid, and after the last of an ascent the way back to the knee', () => {
    expect(told(only().until(70_000))).toEqual([
      '40 1 of ascent 1',
      '43.5 2 of ascent 1',
      '47 3 of ascent 1',
      '50.5 4 of ascent 1',
      '54 5 of ascent 1',
      '60 1 of ascent 2',
      '63.5 2 of ascent 2',
      '67 3 of ascent 2',
    ]);
  });

  it('says of each pull how long it is to the next one', () => {
    const some = pulls(only().until(100_000));
    for (const [index, { told, period }] of some.slice(0, -1).entries())
      expect(some[index + 1]?.told).toBe(told + period);
    expect(new Set(some.map(({ period }) => period))).toEqual(new Set([3500, 6000]));
  });

  it('tells every pull by GLIDE, and by TAP where the last pull of an ascent ends', () => {
    const session = only().until(99_000);
    const plays = session.all('play').filter(({ at }) => at >= 40_000 && at < 99_000);
    expect(plays.filter(({ cue }) => cue === 'GLIDE').map(({ at }) => at)).toEqual(
      pulls(session).map(({ told }) => told),
    );
    expect(plays.filter(({ why }) => why === 'strokeEnds').map(({ at }) => at)).toEqual([
      56_000, 76_000, 96_000,
    ]);
  });

  it('begins a new ascent at the knee after a pause', () => {
    const session = only().until(48_000);
    session.send({ type: 'session.pause' });
    session.until(51_117).send({ type: 'session.resume' });
    expect(told(session.until(60_000)).slice(3)).toEqual([
      '51.117 1 of ascent 1',
      '54.617 2 of ascent 1',
      '58.117 3 of ascent 1',
    ]);
  });

  it('goes on in its ascent when it is eased', () => {
    const session = only({ pressureStart: 2, pressureMax: 2 }).until(48_000);
    session.send({ type: 'session.less' });
    expect(told(session.until(54_000)).slice(-2)).toEqual(['50.5 4 of ascent 1', '54 5 of ascent 1']);
  });

  it('begins anew where the technique is switched to it, and is plain strokes where it is switched away', () => {
    const otherTechnique = {
      technique: 'effleurage',
      strokeCm: 40,
      speedCmPerS: 10,
      returnMs: 1000,
      instruction: 'Slide.',
    };
    const session = only({ otherTechnique }).until(48_000);
    session.send({ type: 'session.switchTechnique' });
    session.until(59_000).send({ type: 'session.switchTechnique' });
    expect(told(session.until(63_000)).slice(3)).toEqual([
      '48 undefined of ascent undefined',
      '53 undefined of ascent undefined',
      '58 undefined of ascent undefined',
      '59 1 of ascent 1',
      '62.5 2 of ascent 1',
    ]);
  });

  it('goes on in its ascent where a minute is lent when there was no room for another pull', () => {
    // Pull 4 of the last ascent would begin at 1,090.5 s and end after the phase, which ends at 1,092.
    const session = started(
      routine(
        [
          warmUp({ durationS: 180 }),
          inching({ durationS: 912 }),
          phaseFields({ id: 'later', durationS: 300 }),
          cooldown({ durationS: 180 }),
        ],
        { kind: 'full' },
      ),
    )
      .attended(({ at }) => at >= 1_087_000)
      .until(1_091_500);
    session.send({ type: 'session.extend' });
    expect(told(session.until(1_101_000)).slice(-3)).toEqual([
      '1087 3 of ascent 46',
      '1094 5 of ascent 46',
      '1100 1 of ascent 47',
    ]);
  });

  it('shows the pull under way, with the time back to the knee after the last of an ascent', () => {
    const session = only().until(56_500);
    expect(strokeNow(session.context)).toEqual({
      at: 54_000,
      strokeMs: 2000,
      returnMs: 4000,
      number: 5,
      climb: { pull: 5, pulls: 5, ascent: 1 },
    });
    session.until(60_000);
    expect(strokeNow(session.context)).toMatchObject({ at: 60_000, returnMs: 1500, number: 6 });
  });

  it('asks beside a pull that has just begun', () => {
    const session = started(
      routine([warmUp(), inching({ durationS: 200 }), cooldown()], { checkIn: { everyS: 80 } }),
    ).until(170_000);
    const asked = session.all('play').find(({ why }) => why === 'howIsItHere');
    expect(pulls(session).map(({ told }) => told)).toContain((asked?.at ?? 0) - 600);
  });

  it('is exact whatever its numbers, after every pause', () => {
    const pace = fc.record({
      strokeCm: fc.integer({ min: 5, max: 15 }),
      returnMs: fc.integer({ min: 2000, max: 4000 }),
      ascent: fc.record({
        pulls: fc.integer({ min: 3, max: 8 }),
        stepCm: fc.constant(6),
        returnMs: fc.integer({ min: 1000, max: 8000 }),
      }),
    });
    const stops = fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 9000 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(pace, stops, (fields, pauses) => {
        fc.pre(fields.ascent.pulls * fields.ascent.stepCm >= 20);
        const session = only({ ...fields, speedCmPerS: 5 });
        let from = 40_000;
        const check = (): void => {
          const { strokeCm, returnMs, ascent } = fields;
          let at = from;
          for (const one of pulls(session).filter(({ told }) => told >= from)) {
            expect(one.told).toBe(at);
            at += strokeCm * 200 + (one.pull === ascent.pulls ? ascent.returnMs : returnMs);
          }
        };
        for (const [go, stand] of pauses) {
          session.for(go);
          if (session.state !== 'strokes') return;
          check();
          session.send({ type: 'session.pause' });
          session.for(stand).send({ type: 'session.resume' });
          from = session.at;
        }
        session.for(15_000);
        check();
      }),
      { numRuns: isLong ? 60 : 15 },
    );
  });

  it('has strokes of one glide where nothing climbs', () => {
    const session = started(routine([warmUp(), phaseFields(), cooldown()])).until(60_000);
    for (const line of session.all('stroke'))
      expect([line.pull, line.ascent]).toEqual([undefined, undefined]);
  });
});
