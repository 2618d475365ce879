import { describe, expect, it } from 'vitest';
import type { Ms } from '../../machines/vocabulary.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const strokes = (): TestSession => started(routine()).until(45_000);
const paused = (): TestSession => {
  const session = strokes();
  session.send({ type: 'session.pause' });
  return session;
};
const minutes = (count: number): Ms => count * 60_000;

describe('a pause', () => {
  it('is disengaged and silent at once', () => {
    const session = strokes();
    expect(session.send({ type: 'session.pause' })).toContainEqual({ type: 'hush' });
    expect([session.state, session.engaged]).toEqual(['paused', false]);
  });

  it('by a press of GO is answered by TAP first, and once that is over silent, 210 ms later', () => {
    const session = strokes();
    expect(session.send({ type: 'session.go', felt: true })).toContainEqual(
      expect.objectContaining({ type: 'play', cue: 'TAP', at: 45_000, answer: true }),
    );
    expect([session.state, session.engaged]).toEqual(['pausing', true]);
    expect(session.until(45_209).state).toBe('pausing');
    expect([session.until(45_210).state, session.engaged]).toEqual(['paused', false]);
    expect(session.told.at(-1)).toMatchObject({ type: 'hush' });
  });

  it('by the page is silent at once: nobody has to feel it', () => {
    const session = strokes();
    session.send({ type: 'session.go', felt: false });
    expect(session.state).toBe('paused');
  });

  it('has no strokes, and none of its time counts for the phase', () => {
    const session = paused();
    const before = session.all('stroke').length;
    session.for(100_000);
    expect(session.all('stroke').length).toBe(before);
    session.send({ type: 'session.resume' });
    // 35 s of the phase are left.
    expect(session.until(45_000 + 100_000 + 34_999).state).toBe('strokes');
    expect(session.until(45_000 + 100_000 + 35_000).state).toBe('pressureRamp');
  });

  it.each(['resume', 'go', 'start'])('ends by %s, which arms', what => {
    const session = paused();
    const emitted = session.send(
      what === 'go' ? { type: 'session.go', felt: true } : { type: `session.${what as 'resume' | 'start'}` },
    );
    expect(emitted[0]).toEqual({ type: 'arm', at: 45_000 });
    expect(session.state).toBe('strokes');
  });

  it('never ends by itself: at the end of the session’s time it is interrupted', () => {
    const session = paused();
    // 240 s of routine and 15 minutes.
    expect(session.until(240_000 + minutes(15) - 1).state).toBe('paused');
    session.until(240_000 + minutes(15));
    expect([session.outcome, session.reason]).toEqual(['interrupted', 'pausedTooLong']);
    expect(session.all('arm')).toHaveLength(1);
  });

  it('does not go on without a board', () => {
    const session = paused();
    session.send({ type: 'board.lost' });
    expect(session.send({ type: 'session.resume' })).toMatchObject([{ type: 'refusal', limit: 'board' }]);
    expect(session.state).toBe('paused');
  });
});

describe('after a pause', () => {
  const firm = routine(
    [
      warmUp({ durationS: 180, pressureStart: 2, pressureMax: 2 }),
      phaseFields({ durationS: 900, pressureStart: 2, pressureMax: 2 }),
      cooldown({ durationS: 180 }),
    ],
    { kind: 'full' },
  );
  const resumedAfter = (ms: Ms): TestSession => {
    const session = started(firm).until(200_000);
    session.send({ type: 'session.pause' });
    session.for(ms).send({ type: 'session.resume' });
    return session;
  };

  it('of two minutes everything is as it was', () => {
    const session = resumedAfter(minutes(2));
    expect([session.state, session.context.pressure.left]).toEqual(['strokes', 2]);
  });

  it('of more the hands begin again one step lighter, which is told', () => {
    const session = resumedAfter(minutes(2) + 1);
    expect([session.state, session.context.pressure]).toEqual(['strokes', { left: 1, right: 1 }]);
    expect(session.all('pressure').slice(-2)).toMatchObject([
      { side: 'left', pressure: 1, why: 'pause' },
      { side: 'right', pressure: 1, why: 'pause' },
    ]);
    // Nobody has eased: an answer may raise it again, after its time.
    expect(session.context.ceiling.left).toBe(4);
    session.attended(({ context }) => context.pressure.left === 2, true);
    expect(session.at - (200_000 + minutes(2) + 1)).toBeGreaterThanOrEqual(180_000);
  });

  it('of ten minutes it is the same, of more only the cooldown is left', () => {
    expect(resumedAfter(minutes(10)).state).toBe('strokes');
    const session = resumedAfter(minutes(10) + 1);
    expect(session.state).toBe('cooldown');
    session.untilState('completed');
    expect([session.outcome, session.reason]).toEqual(['completed', 'longPause']);
  });

  it('made of a stop and a slip it is counted from the stop', () => {
    const session = started(firm).until(200_000);
    session.send({ type: 'session.stop' });
    session.for(100_000).send({ type: 'session.afterStop', why: 'slip' });
    session.for(30_000).send({ type: 'session.resume' });
    expect(session.context.pressure.left).toBe(1);
  });

  it('made of a fault it counts too', () => {
    const session = started(firm).until(200_000);
    session.send({ type: 'session.fault', fault: 'linkLost' });
    session.for(200_000).send({ type: 'session.acknowledge' });
    session.send({ type: 'session.resume' });
    expect(session.context.pressure.left).toBe(1);
  });
});

describe("the session's cap", () => {
  /** 180 + 600 + 180 s. */
  const one = (fields = {}) =>
    routine([warmUp({ durationS: 180 }), phaseFields({ durationS: 600 }), cooldown({ durationS: 180 })], {
      kind: 'full',
      ...fields,
    });

  it.each([
    ['the routine and 15 minutes', one(), 960 + 900],
    ['what the file says, where that is less', one({ sessionMaxMin: 20 }), 1200],
    [
      '90 minutes at most',
      routine(
        [
          warmUp({ durationS: 180 }),
          ...['a', 'b', 'c', 'd'].map(id => phaseFields({ id, durationS: 1200 })),
          cooldown({ durationS: 180 }),
        ],
        { kind: 'full' },
      ),
      5400,
    ],
  ])('is %s', (_, routineFile, capS) => {
    expect(started(routineFile).context.rules.capMs).toBe(capS * 1000);
  });

  it('makes the cooldown begin in time, and all of it end inside', () => {
    const session = started(one({ sessionMaxMin: 20 })).until(185_000);
    // Pauses of nine minutes each; 400 s are left of the strokes afterwards, and 1200 s of the session less.
    session.send({ type: 'session.pause' });
    session.for(minutes(9)).send({ type: 'session.resume' });
    session.attended(({ state }) => state === 'cooldown');
    expect(session.at).toBe(1_200_000 - 180_000 - 30_000);
    session.untilState('finishing');
    expect(session.at).toBe(1_200_000 - 30_000);
    session.untilState('completed');
    expect(session.at).toBe(1_200_000);
    expect(session.reason).toBe('sessionCap');
  });

  it.each([
    ['before the cooldown would have to begin', 1_200_000 - 211_000],
    ['when there is only half a cooldown left', 1_200_000 - 120_000],
    ['when there is only time to tell the end', 1_200_000 - 20_000],
  ])('holds where the pause ends %s', (_, resumeAt) => {
    const session = started(one({ sessionMaxMin: 20 })).until(1_200_000 - minutes(8));
    session.send({ type: 'session.pause' });
    session.until(resumeAt).send({ type: 'session.resume' });
    session.attended(({ outcome }) => outcome !== null);
    expect(session.outcome).toBe('completed');
    expect(session.at).toBeLessThanOrEqual(1_200_000);
    expect(session.reason).toBe('sessionCap');
  });

  it('holds where a turn is waited for', () => {
    const sides = routine(
      [warmUp({ durationS: 180 }), ramp({ durationS: 600, side: 'left' }), cooldown({ durationS: 180 })],
      { kind: 'full', sessionMaxMin: 16 },
    );
    const session = started(sides).untilState('transition');
    session.for(100_000).send({ type: 'session.go', felt: false });
    session.attended(({ state }) => state === 'transition' || state === 'cooldown');
    while (session.outcome === null) session.for(1000);
    expect(session.at).toBeLessThanOrEqual(16 * 60_000);
  });
});
