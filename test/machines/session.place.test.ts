import { describe, expect, it } from 'vitest';
import { passNow } from '../../machines/session.time.ts';
import { timeLeft } from '../../machines/session.view.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, type Fields, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const full = (between: readonly Fields[], root: Fields = {}) =>
  routine([warmUp({ durationS: 180 }), ...between, cooldown({ durationS: 180 })], { kind: 'full', ...root });
const lengths = (session: TestSession): Record<string, Ms> =>
  Object.fromEntries(
    session.context.passes.map(({ phase, side, durationMs }) => [`${phase} ${side}`, durationMs / 1000]),
  );
const phaseNow = (session: TestSession): string | undefined =>
  session.context.passes[session.context.passIndex]?.phase;
const refusalOf = (session: TestSession) => session.all('refusal').at(-1);

describe('one more minute', () => {
  const three = full([
    phaseFields({ id: 'a', durationS: 120 }),
    phaseFields({ id: 'b', durationS: 200 }),
    ramp({ id: 'c', durationS: 100 }),
  ]);

  it('is lent by the latest phase that has some to give, down to half of it, never by the cooldown', () => {
    const session = started(three).until(190_000);
    session.send({ type: 'session.extend' });
    // The last gives 50 of its 100 s, the one before it 10 of its 200.
    expect(lengths(session)).toEqual({
      'warmUp together': 180,
      'a together': 180,
      'b together': 190,
      'c together': 50,
      'cooldown together': 180,
    });
    expect(session.all('refusal')).toEqual([]);
  });

  it('keeps the length of the whole', () => {
    const session = started(three).until(190_000);
    const before = timeLeft(session.context, session.at).routineMs;
    session.send({ type: 'session.extend' });
    expect(timeLeft(session.context, session.at).routineMs).toBe(before);
    session.attended(({ state }) => state === 'finishing');
    expect(session.at).toBe((180 + 120 + 200 + 100 + 180) * 1000);
  });

  it('leaves the strokes where they are: one that had no room begins at its own time or not at all', () => {
    // 7.5 s each: the last that ends within the pass begins at 292.5 s, the next would at 300.
    const long = { durationS: 125, strokeCm: 70, speedCmPerS: 10, returnMs: 500 };
    for (const at of [299_999, 300_000, 300_001, 303_000, 304_999]) {
      const session = started(
        full([phaseFields({ id: 'a', ...long }), phaseFields({ id: 'b', durationS: 300 })]),
      ).until(at);
      session.send({ type: 'session.extend' });
      session.attended(() => session.at > 330_000);
      const told = session.all('stroke').filter(({ phase }) => phase === 'a');
      for (const one of told) expect(one.told).toBe(180_000 + (one.stroke - 1) * 7500);
      expect(told.some(one => one.told === 300_000)).toBe(at <= 300_000);
      expect(told.some(one => one.told === 307_500)).toBe(true);
    }
  });

  it('is refused where a phase would be more than twice its length', () => {
    const session = started(three).until(190_000);
    for (let count = 0; count < 2; count++) session.send({ type: 'session.extend' });
    expect(session.all('refusal')).toEqual([]);
    const emitted = session.send({ type: 'session.extend' });
    expect(emitted).toMatchObject([
      { type: 'refusal', asked: 'extend', gave: 'nothing', limit: 'routine' },
      { type: 'play', cue: 'EASE', why: 'refused', answer: true },
    ]);
  });

  it('is refused where nobody has anything to lend, or beyond what the file allows', () => {
    const last = started(full([phaseFields({ durationS: 100 })])).until(190_000);
    last.send({ type: 'session.extend' });
    expect(refusalOf(last)).toMatchObject({ asked: 'extend', limit: 'routine' });
    const bounded = started(
      full([
        phaseFields({ id: 'a', durationS: 120, durationMaxS: 179 }),
        phaseFields({ id: 'b', durationS: 300 }),
      ]),
    ).until(190_000);
    bounded.send({ type: 'session.extend' });
    expect(refusalOf(bounded)).toMatchObject({ asked: 'extend', limit: 'routine' });
  });

  it('is refused in the cooldown', () => {
    const session = started(three).toPhase('cooldown');
    session.send({ type: 'session.extend' });
    expect(refusalOf(session)).toMatchObject({ asked: 'extend' });
  });

  it('may be asked for while paused or turning, in silence', () => {
    const session = started(three).until(190_000);
    session.send({ type: 'session.pause' });
    session.send({ type: 'session.extend' });
    expect(lengths(session)['a together']).toBe(180);
    for (let count = 0; count < 2; count++) session.send({ type: 'session.extend' });
    expect(session.told.at(-1)).toMatchObject({ type: 'refusal' });
    expect(session.state).toBe('paused');
  });

  it('does not go beyond what a side may have of piriformis or vibration in one session', () => {
    const piriformis = (id: string, durationS: number): Fields =>
      phaseFields({ id, zone: 'piriformis', technique: 'broadPress', durationS });
    const two = full([piriformis('a', 60), piriformis('b', 90), phaseFields({ id: 'c', durationS: 300 })]);
    const session = started(two).until(190_000);
    session.send({ type: 'session.extend' });
    // 60 + 90 s of at most 180 leave no whole minute.
    expect(refusalOf(session)).toMatchObject({ asked: 'extend', limit: 'routine' });
    const one = started(full([piriformis('a', 60), phaseFields({ id: 'c', durationS: 300 })])).until(190_000);
    one.send({ type: 'session.extend' });
    expect(lengths(one)['a together']).toBe(120);
    one.send({ type: 'session.extend' });
    // Twice its length is the end of it.
    expect(lengths(one)['a together']).toBe(120);
  });

  it('gives it to both sides, and borrows from both, where a file writes them apart', () => {
    const side = (id: string, zone: string, of: string) =>
      phaseFields({ id, zone, side: of, position: 'prone', durationS: 300 });
    const apart = full([
      side('a', 'calf', 'left'),
      side('b', 'calf', 'right'),
      side('c', 'thighOuter', 'right'),
      side('d', 'thighOuter', 'left'),
    ]);
    const session = started(apart).toPhase('a').for(5000);
    session.send({ type: 'session.extend' });
    expect(lengths(session)).toMatchObject({ 'a left': 360, 'b right': 360, 'c right': 240, 'd left': 240 });
    const next = started(apart).toPhase('b').for(5000);
    next.send({ type: 'session.extend' });
    expect(refusalOf(next)).toMatchObject({ asked: 'extend', limit: 'sides' });
    // One side of the last place has begun: the other has nothing to lend by itself.
    const late = started(apart).toPhase('c').for(5000);
    late.send({ type: 'session.extend' });
    expect(refusalOf(late)).toMatchObject({ asked: 'extend', limit: 'routine' });
  });

  it('gives the other side of the phase its minute too, and refuses where that side has had its time', () => {
    const sides = full([
      phaseFields({ id: 'a', zone: 'piriformis', technique: 'broadPress', side: 'both', durationS: 240 }),
      phaseFields({ id: 'c', durationS: 300 }),
    ]);
    const session = started(sides).toPhase('a').for(5000);
    session.send({ type: 'session.extend' });
    expect(lengths(session)).toMatchObject({ 'a left': 180, 'a right': 180, 'c together': 180 });
    session.attended(({ context }) => context.passes[context.passIndex]?.side === 'right');
    session.send({ type: 'session.go', felt: false });
    session.send({ type: 'session.extend' });
    expect(refusalOf(session)).toMatchObject({ asked: 'extend', limit: 'sides' });
    expect(lengths(session)).toMatchObject({ 'a left': 180, 'a right': 180 });
  });

  it('is lent by both sides of a later phase alike', () => {
    const sides = full([
      phaseFields({ id: 'a', durationS: 120 }),
      phaseFields({ id: 'b', durationS: 200 }),
      phaseFields({ id: 'c', side: 'both', durationS: 120 }),
    ]);
    const session = started(sides).until(190_000);
    session.send({ type: 'session.extend' });
    expect(lengths(session)).toMatchObject({
      'a together': 180,
      'b together': 200,
      'c left': 30,
      'c right': 30,
    });
  });
});

describe('the next phase', () => {
  const three = full([
    phaseFields({ id: 'a', durationS: 120 }),
    phaseFields({ id: 'b', durationS: 200, zone: 'calf' }),
    phaseFields({ id: 'c', durationS: 100 }),
  ]);

  it('begins at once with a grid of its own', () => {
    const session = started(three).until(193_000);
    session.send({ type: 'session.next' });
    session.for(1);
    expect(phaseNow(session)).toBe('b');
    expect(session.all('stroke').at(-1)).toMatchObject({ phase: 'b', stroke: 1, told: 193_000 });
  });

  it('after the last is the end', () => {
    const session = started(three).until(190_000);
    for (let count = 0; count < 4; count++) session.send({ type: 'session.next' });
    expect(session.state).toBe('finishing');
  });

  it.each(['paused', 'stopped', 'faulted'])('cannot be had in %s', where => {
    const session = started(three).until(190_000);
    if (where === 'paused') session.send({ type: 'session.pause' });
    if (where === 'stopped') session.send({ type: 'session.stop' });
    if (where === 'faulted') session.send({ type: 'session.fault', fault: 'linkLost' });
    const before = session.context.passIndex;
    for (const type of ['session.next', 'session.switchTechnique'] as const)
      expect(session.send({ type })).toMatchObject([{ type: 'refusal', limit: 'notNow' }]);
    if (where === 'stopped')
      expect(session.send({ type: 'session.skip' })).toMatchObject([{ type: 'refusal', limit: 'notNow' }]);
    expect(session.context.passIndex).toBe(before);
  });
});

describe('a zone that is left', () => {
  const zones = full([
    phaseFields({ id: 'a', zone: 'calf', durationS: 120 }),
    phaseFields({ id: 'b', zone: 'thighBack', durationS: 120 }),
    phaseFields({ id: 'c', zone: 'calf', durationS: 120 }),
    ramp({ id: 'd', zone: 'calf', durationS: 120 }),
  ]);

  it('does not come again today, on neither side; the cooldown stays', () => {
    const session = started(zones).until(190_000);
    session.send({ type: 'session.skip' });
    expect(phaseNow(session)).toBe('b');
    expect(session.context.passes.map(({ phase }) => phase)).toEqual(['warmUp', 'a', 'b', 'cooldown']);
    session.attended(({ outcome }) => outcome !== null);
    expect(session.outcome).toBe('completed');
  });

  it('is not where the cooldown goes: it goes where hands were last', () => {
    const session = started(
      routine([warmUp({ zone: 'thighBack' }), phaseFields({ zone: 'calf' }), cooldown({ zone: 'calf' })]),
    ).until(45_000);
    session.send({ type: 'session.skip' });
    expect([session.state, phaseNow(session)]).toEqual(['cooldown', 'cooldown']);
    const pass = session.context.passes[session.context.passIndex];
    expect([pass?.zone, pass?.stage, pass?.durationMs]).toEqual(['thighBack', 'cooldown', 40_000]);
  });

  it('nor is one that was left before it', () => {
    const session = started(
      routine([
        warmUp({ zone: 'thighBack' }),
        phaseFields({ id: 'a', zone: 'calf' }),
        phaseFields({ id: 'b', zone: 'thighOuter' }),
        cooldown({ zone: 'calf' }),
      ]),
    ).until(45_000);
    session.send({ type: 'session.skip' });
    session.for(1000).send({ type: 'session.skip' });
    expect(session.context.passes[session.context.passIndex]).toMatchObject({
      stage: 'cooldown',
      zone: 'thighBack',
    });
  });

  it('keeps both sides in its cooldown, and never lengthens what is deep or has a limit of its own', () => {
    const session = started(
      full([
        phaseFields({ id: 'a', zone: 'thighBack', side: 'left', durationS: 60 }),
        phaseFields({ id: 'b', zone: 'piriformis', technique: 'broadPress', side: 'left', durationS: 60 }),
        phaseFields({ id: 'c', zone: 'sacralEdge', side: 'left', durationS: 60 }),
        phaseFields({ id: 'd', zone: 'thighFront', side: 'left', durationS: 60 }),
      ]),
    );
    session.attended(({ context }) => passNow(context)?.phase === 'd');
    session.for(1000).send({ type: 'session.skip' });
    expect(passNow(session.context)).toMatchObject({
      stage: 'cooldown',
      zone: 'thighBack',
      side: 'together',
    });
  });

  it('leaves no cooldown where no other place is left, and the end is told', () => {
    const session = started(
      routine([warmUp({ zone: 'calf' }), phaseFields({ zone: 'calf' }), cooldown({ zone: 'legBack' })]),
    ).until(45_000);
    session.send({ type: 'session.skip' });
    expect(session.state).toBe('finishing');
    session.untilState('completed');
    expect(session.outcome).toBe('completed');
  });

  it('is not come back to in the cooldown by any other way: a stop, a long pause, two questions missed', () => {
    const left = (): TestSession => {
      const session = started(
        full([
          phaseFields({ id: 'a', zone: 'thighFront', durationS: 120 }),
          phaseFields({ id: 'b', zone: 'thighOuter', durationS: 600 }),
        ]),
      ).until(190_000);
      session.send({ type: 'session.skip' });
      return session;
    };
    const cooling = ({ state, context }: TestSession) => [state, passNow(context)?.zone, context.reason];
    const paused = left();
    paused.send({ type: 'session.pause' });
    paused.for(601_000).send({ type: 'session.resume' });
    expect(cooling(paused)).toEqual(['cooldown', 'thighOuter', 'longPause']);
    const stopped = left();
    stopped.send({ type: 'session.stop' });
    stopped.send({ type: 'session.afterStop', why: 'enough' });
    stopped.send({ type: 'session.go', felt: false });
    expect(cooling(stopped)).toEqual(['cooldown', 'thighOuter', 'enough']);
    const silent = left().untilState('halting').untilState('paused');
    silent.send({ type: 'session.resume' });
    silent.untilState('cooldown');
    expect(cooling(silent)).toEqual(['cooldown', 'thighOuter', 'checkInsMissed']);
  });

  it.each(['pausing', 'paused', 'faulted'])(
    'may be left in %s, and hands go on with the next place',
    where => {
      const session = started(
        routine([
          warmUp({ zone: 'thighBack' }),
          phaseFields({ id: 'a', zone: 'calf' }),
          phaseFields({ id: 'b', zone: 'thighOuter', side: 'left' }),
          cooldown({ zone: 'calf' }),
        ]),
      ).until(45_000);
      if (where === 'pausing') session.send({ type: 'session.go', felt: true });
      if (where === 'paused') session.send({ type: 'session.pause' });
      if (where === 'faulted') session.send({ type: 'session.fault', fault: 'linkLost' });
      session.send({ type: 'session.skip' });
      expect([session.state, phaseNow(session)]).toEqual([where, 'b']);
      if (where === 'faulted') session.send({ type: 'session.acknowledge' });
      session.for(50).send({ type: 'session.resume' });
      // The side is another: hands turn first.
      expect(session.state).toBe('transition');
      session.send({ type: 'session.go', felt: true });
      expect(session.context.passes.map(({ zone }) => zone)).toEqual([
        'thighBack',
        'calf',
        'thighOuter',
        'thighBack',
      ]);
    },
  );

  it('left in a pause, the last place there is, leaves the end to be told', () => {
    const session = started(
      routine([warmUp({ zone: 'calf' }), phaseFields({ zone: 'calf' }), cooldown({ zone: 'calf' })]),
    ).until(45_000);
    session.send({ type: 'session.pause' });
    session.send({ type: 'session.skip' });
    session.for(1000).send({ type: 'session.resume' });
    expect(session.state).toBe('finishing');
  });
});

describe('another technique', () => {
  const otherTechnique = {
    technique: 'kneading',
    instruction: 'Knead.',
    strokeCm: 20,
    speedCmPerS: 5,
    returnMs: 1000,
  };
  const two = full([
    phaseFields({ id: 'a', durationS: 200, otherTechnique }),
    phaseFields({ id: 'b', durationS: 200, otherTechnique }),
  ]);

  it('is switched to and back, each time on a grid of its own', () => {
    const session = started(two).until(191_000);
    session.send({ type: 'session.switchTechnique' });
    session.for(9_000).send({ type: 'session.switchTechnique' });
    session.for(1);
    const own = session.all('stroke').filter(({ told }) => told >= 191_000);
    expect(own.map(({ told, stroke, period }) => [told, stroke, period])).toEqual([
      [191_000, 1, 5000],
      [196_000, 2, 5000],
      [200_000, 1, 4000],
    ]);
  });

  it('lasts for its phase, not for the next', () => {
    const session = started(two).until(191_000);
    session.send({ type: 'session.switchTechnique' });
    session.toPhase('b').for(1);
    expect(session.all('stroke').at(-1)).toMatchObject({ phase: 'b', period: 4000 });
  });

  it('takes nothing from the phase’s time', () => {
    const session = started(two).until(191_000);
    session.send({ type: 'session.switchTechnique' });
    session.toPhase('b');
    expect(session.at).toBe(380_000);
  });

  it('is refused where there is none, with EASE', () => {
    const session = started(routine()).until(45_000);
    expect(session.send({ type: 'session.switchTechnique' })).toMatchObject([
      { type: 'refusal', asked: 'switchTechnique', limit: 'routine' },
      { type: 'play', cue: 'EASE', why: 'refused' },
    ]);
    expect(session.context.usesOtherTechnique).toBe(false);
  });
});
