import { describe, expect, it } from 'vitest';
import type { Caps } from '../../machines/screening.questions.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, type Fields, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const full = (...between: Fields[]) =>
  routine([warmUp({ durationS: 180 }), ...between, cooldown({ durationS: 180 })], { kind: 'full' });

/** Twenty minutes in which pressure may go from 1 to 3, asked every three. */
const climbing = full(ramp({ durationS: 1200, pressureMax: 3 }));

const answerNext = (session: TestSession, firmer = true) => {
  session.untilState('pressureRamp.checkIn');
  return session.answer('light', firmer);
};
const go = (session: TestSession): void => void session.send({ type: 'session.go', felt: false });
const now = (session: TestSession) => [session.context.pressure.left, session.context.pressure.right];
const marks = (session: TestSession): string[] =>
  session.all('pressure').map(({ side, pressure, why }) => `${side} ${pressure} ${why}`);

describe('pressure', () => {
  it('is told for the first time at the warm-up, for each side as it begins', () => {
    const session = started(full(phaseFields({ side: 'both', durationS: 120 }))).for(1000);
    expect(marks(session)).toEqual(['left 1 start', 'right 1 start']);
    const sided = started(routine([warmUp({ side: 'both', durationS: 80 }), phaseFields(), cooldown()]));
    expect(marks(sided)).toEqual(['left 1 start']);
    sided.untilState('transition');
    expect(marks(sided)).toEqual(['left 1 start', 'right 1 start']);
  });

  it('rises by one, only with the answer that asks for it', () => {
    const session = started(climbing);
    answerNext(session, false);
    expect(now(session)).toEqual([1, 1]);
    answerNext(session);
    expect(now(session)).toEqual([2, 2]);
    expect(marks(session).slice(2)).toEqual(['left 2 rise', 'right 2 rise']);
    answerNext(session);
    expect(now(session)).toEqual([3, 3]);
  });

  it('rises no further than the phase plans', () => {
    const session = started(full(ramp({ durationS: 1200, pressureMax: 2 })));
    answerNext(session);
    expect(answerNext(session)).toContainEqual({
      type: 'refusal',
      asked: 'pressure 3',
      gave: 'pressure 2',
      limit: 'planned',
      next: { key: 'planAllows', values: { pressure: 2 } },
    });
    expect(now(session)).toEqual([2, 2]);
  });

  it.each([
    [1, 'screening'],
    [2, 'screening'],
  ])('rises no further than the cap %i of the screening', (pressureMax, limit) => {
    const session = started(climbing, { pressureMax } as Partial<Caps>);
    for (let count = 1; count < pressureMax; count++) answerNext(session);
    expect(answerNext(session)).toContainEqual(expect.objectContaining({ type: 'refusal', limit }));
    expect(now(session)).toEqual([pressureMax, pressureMax]);
  });

  it('rises only after its time at the present pressure, and says how long that is', () => {
    const slow = routine(
      [warmUp({ durationS: 180 }), ramp({ durationS: 1200, pressureMax: 3 }), cooldown({ durationS: 180 })],
      { kind: 'full', riseDwellS: 600, checkIn: { everyS: 300 } },
    );
    const session = started(slow);
    const emitted = answerNext(session);
    // The warm-up of the same place counts.
    const waitS = Math.ceil((600_000 - session.at) / 1000);
    const wait = `${Math.floor(waitS / 60)}:${String(waitS % 60).padStart(2, '0')}`;
    expect(emitted).toContainEqual(
      expect.objectContaining({
        limit: 'dwell',
        next: { key: 'nextCheckIn', values: { wait } },
      }),
    );
    expect(now(session)).toEqual([1, 1]);
  });

  it('does not count the rest of a side as getting used to it', () => {
    const sides = full(
      phaseFields({ id: 'one', side: 'left', durationS: 60, pressureMax: 2 }),
      phaseFields({ id: 'two', side: 'right', durationS: 300, pressureMax: 2 }),
      phaseFields({ id: 'three', side: 'left', durationS: 300, pressureMax: 2 }),
    );
    const session = started(sides).toPhase('three');
    const began = session.at;
    session.attended(({ context }) => context.pressure.left === 2, true);
    expect(session.at - began).toBeGreaterThanOrEqual(180_000);
  });

  it('is kept by a pause, and by the next phase of the same start', () => {
    const session = started(full(ramp({ durationS: 600, pressureMax: 2, side: 'left' })));
    session.untilState('transition');
    go(session);
    answerNext(session);
    session.send({ type: 'session.pause' });
    session.for(60_000).send({ type: 'session.resume' });
    expect(session.context.pressure.left).toBe(2);
  });

  it('falls to the start of the next phase, and never rises to it', () => {
    const falling = full(
      phaseFields({ id: 'a', durationS: 400, pressureMax: 2 }),
      phaseFields({ id: 'b', durationS: 60, pressureStart: 1, pressureMax: 1 }),
      phaseFields({ id: 'c', durationS: 60, pressureStart: 2, pressureMax: 2 }),
    );
    const session = started(falling);
    session.attended(({ context }) => context.pressure.left === 2, true).toPhase('b');
    expect(now(session)).toEqual([1, 1]);
    expect(marks(session).slice(-2)).toEqual(['left 1 phase', 'right 1 phase']);
    expect(now(session.toPhase('c'))).toEqual([1, 1]);
  });

  it('begins at 2 where the first phase says so, unless screening says 1', () => {
    const firm = full(phaseFields({ durationS: 60, pressureStart: 2, pressureMax: 2 }));
    const begun = (caps: Partial<Caps>): TestSession => {
      const session = started(
        routine(
          [
            warmUp({ durationS: 180, pressureStart: 2, pressureMax: 2 }),
            phaseFields({ durationS: 60 }),
            cooldown({ durationS: 180 }),
          ],
          { kind: 'full' },
        ),
        caps,
      );
      return session;
    };
    expect(now(begun({}))).toEqual([2, 2]);
    expect(now(begun({ pressureMax: 1 }))).toEqual([1, 1]);
    expect(now(started(firm))).toEqual([1, 1]);
  });
});

describe('easing', () => {
  it('is immediate, by one step, answered by EASE, and lasts 60 s', () => {
    const session = started(climbing);
    for (let count = 0; count < 2; count++) answerNext(session);
    session.for(1000);
    const emitted = session.send({ type: 'session.less' });
    expect(emitted).toContainEqual(
      expect.objectContaining({ type: 'play', cue: 'EASE', at: session.at, answer: true }),
    );
    expect(now(session)).toEqual([2, 2]);
    const { at } = session;
    expect(session.until(at + 59_999).state).toBe('eased');
    expect(session.until(at + 60_000).state).toBe('pressureRamp');
  });

  it('leaves the lower pressure as the ceiling of the session', () => {
    const session = started(climbing);
    answerNext(session);
    session.send({ type: 'session.less' });
    for (let count = 0; count < 3; count++)
      expect(answerNext(session)).toContainEqual(
        expect.objectContaining({ type: 'refusal', limit: 'eased' }),
      );
    expect(now(session)).toEqual([1, 1]);
  });

  it('can be done again and again, down to 1, never below', () => {
    const session = started(climbing);
    for (let count = 0; count < 2; count++) answerNext(session);
    for (const expected of [2, 1, 1, 1]) {
      session.send({ type: 'session.less' });
      expect(now(session)).toEqual([expected, expected]);
      session.for(500);
    }
    expect(session.state).toBe('eased');
  });

  it('counts its 60 s in moving time: a pause does not use it up', () => {
    const session = started(climbing);
    answerNext(session);
    session.send({ type: 'session.less' });
    session.for(20_000).send({ type: 'session.pause' });
    session.for(90_000).send({ type: 'session.resume' });
    expect(session.state).toBe('eased');
    expect(session.for(39_999).state).toBe('eased');
    expect(session.for(1).state).toBe('pressureRamp');
  });

  it('holds for its own side only', () => {
    const sides = full(ramp({ durationS: 800, pressureMax: 2, side: 'both' }));
    const session = started(sides).untilState('transition');
    go(session);
    session.for(5000).answer('strong');
    expect(session.context.ceiling).toEqual({ left: 1, right: 4 });
    session.attended(({ context }) => context.pressure.right === 2, true);
    expect(session.context.pressure).toEqual({ left: 1, right: 2 });
  });

  it.each(['paused', 'pausing', 'transition', 'faulted'])(
    'is possible in %s too, and the motors stay as they are',
    where => {
      const sided = full(ramp({ durationS: 600, pressureStart: 2, pressureMax: 3, side: 'left' }));
      const session = started(where === 'transition' ? sided : climbing);
      if (where === 'transition') session.untilState('transition');
      else answerNext(session);
      if (where === 'paused') session.send({ type: 'session.pause' });
      if (where === 'pausing') session.send({ type: 'session.go', felt: true });
      if (where === 'faulted') session.send({ type: 'session.fault', fault: 'linkLost' });
      const { engaged } = session;
      if (where === 'transition') session.answer('strong');
      else session.send({ type: 'session.less' });
      expect(session.state).toBe(where);
      expect(session.engaged).toBe(engaged);
      expect(session.context.pressure.left).toBe(1);
      expect(session.context.ceiling.left).toBe(1);
    },
  );

  it('lasts no longer than its phase', () => {
    const session = started(routine()).until(35_000);
    session.answer('strong');
    expect(session.until(39_999).state).toBe('eased');
    expect(session.until(40_000).state).toBe('strokes');
  });
});
