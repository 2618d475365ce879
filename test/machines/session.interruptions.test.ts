/** Interruptions with a reason, places left out, a baseline that is too much. */
import { describe, expect, it } from 'vitest';
import type { Zone } from '../../machines/routine/names.ts';
import { pauseReasons } from '../../machines/session.lists.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, started, TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const firmer = routine([warmUp({ durationS: 60 }), ramp({ durationS: 180 }), cooldown()], {
  riseDwellS: 120,
  checkIn: { everyS: 60 },
});
/** Under way at pressure 2. */
const atTwo = (): TestSession => started(firmer).attended(({ context }) => context.pressure.left === 2, true);

describe('a pause with a reason', () => {
  it.each(pauseReasons)('%s pauses and is remembered until the hands go on', why => {
    const session = started(routine()).for(5000);
    session.send({ type: 'session.pause', why });
    expect([session.state, session.context.pausedFor]).toEqual(['paused', why]);
    session.for(30_000).send({ type: 'session.resume' });
    expect([session.state, session.context.pausedFor]).toEqual(['warmUp', null]);
  });

  it('may be said later in the pause', () => {
    const session = started(routine()).for(5000);
    session.send({ type: 'session.pause' });
    session.send({ type: 'session.pause', why: 'toilet' });
    expect([session.state, session.context.pausedFor]).toEqual(['paused', 'toilet']);
  });

  it('cramp is one step lighter, once, however long it lasts and however often it is said', () => {
    const session = atTwo();
    session.send({ type: 'session.pause', why: 'cramp' });
    session.send({ type: 'session.pause', why: 'cramp' });
    expect(session.context.pressure).toEqual({ left: 1, right: 1 });
    session.for(180_000).send({ type: 'session.resume' });
    expect(session.context.pressure).toEqual({ left: 1, right: 1 });
  });

  it('cramp said twice at 3 leaves 2, and not 1', () => {
    const rising = routine(
      [
        warmUp({ durationS: 180 }),
        phaseFields({ durationS: 400, pressureStart: 2, pressureMax: 3 }),
        cooldown({ durationS: 180 }),
      ],
      { kind: 'full', riseDwellS: 120, checkIn: { everyS: 60 } },
    );
    const session = started({
      ...rising,
      phases: rising.phases.map(phase => ({ ...phase, pressureStart: 2 })),
    }).attended(({ context }) => context.pressure.left === 3, true);
    session.send({ type: 'session.pause', why: 'cramp' });
    session.for(5000).send({ type: 'session.pause', why: 'cramp' });
    session.for(180_000).send({ type: 'session.resume' });
    expect(session.context.pressure).toEqual({ left: 2, right: 2 });
  });

  it('toilet and call leave the pressure, until two minutes have gone', () => {
    for (const why of ['toilet', 'call'] as const) {
      const session = atTwo();
      session.send({ type: 'session.pause', why });
      session.for(60_000).send({ type: 'session.resume' });
      expect(session.context.pressure.left).toBe(2);
      session.send({ type: 'session.pause', why });
      session.for(121_000).send({ type: 'session.resume' });
      expect([session.context.pressure.left, session.context.beginsLightly]).toEqual([1, true]);
    }
  });

  it('begins lightly only after a long rest, and only until the hands rest again', () => {
    const session = started(routine()).for(5000);
    session.send({ type: 'session.pause' });
    session.for(60_000).send({ type: 'session.resume' });
    expect(session.context.beginsLightly).toBe(false);
    session.send({ type: 'session.pause' });
    session.for(150_000).send({ type: 'session.resume' });
    expect(session.context.beginsLightly).toBe(true);
    session.for(1000).send({ type: 'session.pause' });
    expect(session.context.beginsLightly).toBe(false);
  });
});

describe('places left out', () => {
  const places = routine([
    warmUp(),
    phaseFields({ id: 'calf', zone: 'calf' }),
    phaseFields({ id: 'sacrum', zone: 'sacralEdge' }),
    ramp({ durationS: 120, zone: 'thighOuter' }),
    cooldown(),
  ]);
  const prepared = (caps = noCaps): TestSession => {
    const session = new TestSession(inputOf(places));
    session.send({ type: 'screening.cleared', caps });
    return session;
  };
  const zones = ({ context }: TestSession): string[] => context.passes.map(({ zone }) => zone);

  it('are never come to', () => {
    const session = prepared();
    session.send({ type: 'session.leaveOut', zones: ['calf'] });
    expect(zones(session)).toEqual(['thighFront', 'sacralEdge', 'thighOuter', 'thighFront']);
  });

  it('are not where it warms up and cools down either: that is where the others are worked', () => {
    const session = prepared();
    expect(session.send({ type: 'session.leaveOut', zones: ['thighFront'] })).toEqual([]);
    expect(zones(session)).toEqual(['calf', 'calf', 'sacralEdge', 'thighOuter', 'thighOuter']);
    const [first, second] = session.context.passes;
    expect(first).toMatchObject({ stage: 'warmUp', durationMs: 40_000, pace: second?.pace });
  });

  it('cannot be so many that nothing is left to warm up, to work and to cool down: it says to choose another', () => {
    const session = prepared();
    const broad = ['thighFront', 'calf', 'thighOuter'] as const;
    expect(session.send({ type: 'session.leaveOut', zones: broad })).toEqual([
      expect.objectContaining({ type: 'refusal', limit: 'places', next: { key: 'otherRoutine' } }),
    ]);
    expect(zones(session)).toHaveLength(5);
  });

  it('take with them what contains them, and what they contain', () => {
    const legs = routine([
      warmUp(),
      phaseFields({ id: 'whole', zone: 'legBack' }),
      phaseFields({ id: 'thigh', zone: 'thighBack' }),
      phaseFields({ id: 'outer', zone: 'thighOuter' }),
      cooldown(),
    ]);
    const without = (zone: Zone): string[] => {
      const session = new TestSession(inputOf(legs));
      session.send({ type: 'screening.cleared', caps: noCaps });
      session.send({ type: 'session.leaveOut', zones: [zone] });
      return session.context.passes.map(({ phase }) => phase).slice(1, -1);
    };
    expect(without('calf')).toEqual(['thigh', 'outer']);
    expect(without('thighBack')).toEqual(['outer']);
    expect(without('legBack')).toEqual(['outer']);
  });

  it('that leave no routine let nothing begin until one is brought back', () => {
    const session = prepared();
    for (const step of ['position', 'baseline'] as const) session.send({ type: 'session.confirm', step });
    session.send({ type: 'session.leaveOut', zones: ['calf', 'thighFront', 'thighOuter'] });
    expect(session.send({ type: 'session.start' })).toEqual([
      expect.objectContaining({ type: 'refusal', limit: 'places', next: { key: 'otherRoutine' } }),
    ]);
    session.send({ type: 'session.bringBack', zones: ['thighFront', 'thighOuter'] });
    expect(zones(session)).toEqual(['thighFront', 'sacralEdge', 'thighOuter', 'thighFront']);
    session.send({ type: 'session.start' });
    expect(session.state).toBe('warmUp');
  });

  it('are to be named where the screening says so, by no button: then none is an answer too', () => {
    const asking = (): TestSession => {
      const session = new TestSession(inputOf(places));
      session.send({ type: 'screening.cleared', caps: noCaps, asksPlaces: true });
      return session;
    };
    const session = asking();
    for (const wish of [
      { type: 'session.go', felt: true },
      { type: 'session.confirm', step: 'places' },
    ] as const)
      expect(session.send(wish)).toEqual([
        expect.objectContaining({ type: 'refusal', limit: 'places', next: { key: 'namePlaces' } }),
      ]);
    session.send({ type: 'session.leaveOut', zones: ['calf'] });
    expect(session.context.steps).toEqual(['position', 'baseline']);
    // Brought back, nothing has been said any more.
    session.send({ type: 'session.bringBack', zones: ['calf'] });
    expect(session.context.steps).toEqual(['places', 'position', 'baseline']);
    const none = asking();
    none.send({ type: 'session.leaveOut', zones: [] });
    expect([none.context.steps, zones(none).length]).toEqual([['position', 'baseline'], 5]);
  });

  it('include the sacrum where pain goes below the knee', () => {
    expect(zones(prepared({ ...noCaps, places: 'noDeep' }))).toEqual([
      'thighFront',
      'calf',
      'thighOuter',
      'thighFront',
    ]);
  });

  it('include the buttock where the screening leaves that out, too', () => {
    const kneaded = routine([
      warmUp(),
      phaseFields({ id: 'calf', zone: 'calf' }),
      phaseFields({ id: 'buttocks', zone: 'buttocks' }),
      phaseFields({ id: 'sacrum', zone: 'sacralEdge' }),
      cooldown(),
    ]);
    const left = (caps: typeof noCaps): string[] => {
      const session = new TestSession(inputOf(kneaded));
      session.send({ type: 'screening.cleared', caps });
      return zones(session);
    };
    expect(left({ ...noCaps, places: 'noDeep' })).toEqual(['thighFront', 'calf', 'buttocks', 'thighFront']);
    expect(left({ ...noCaps, places: 'noButtock' })).toEqual(['thighFront', 'calf', 'thighFront']);
  });

  it('are worked on the side by whoever cannot lie face down, and face down again without that', () => {
    const lying = routine([
      warmUp({ position: 'prone' }),
      phaseFields({ id: 'calf', zone: 'calf', position: 'prone' }),
      phaseFields({ id: 'front', zone: 'thighFront', position: 'supine' }),
      cooldown({ position: 'prone' }),
    ]);
    const session = new TestSession(inputOf(lying));
    const positions = (): string[] => session.context.passes.map(({ position }) => position);
    session.send({ type: 'screening.cleared', caps: { ...noCaps, position: 'notProne' } });
    expect(positions()).toEqual(['sideLying', 'sideLying', 'supine', 'sideLying']);
    session.send({ type: 'session.leaveOut', zones: ['calf'] });
    expect(positions()).toEqual(['sideLying', 'supine', 'sideLying']);
    const other = new TestSession(inputOf(lying));
    other.send({ type: 'screening.cleared', caps: noCaps });
    expect(other.context.passes.map(({ position }) => position)).toEqual([
      'prone',
      'prone',
      'supine',
      'prone',
    ]);
  });

  it('do not begin a routine of which the screening leaves no work', () => {
    const deep = routine([
      warmUp(),
      phaseFields({ zone: 'piriformis', technique: 'broadPress', durationS: 120 }),
      cooldown(),
    ]);
    const session = new TestSession(inputOf(deep));
    session.send({ type: 'screening.cleared', caps: { ...noCaps, places: 'noDeep' } });
    for (const step of ['position', 'baseline'] as const) session.send({ type: 'session.confirm', step });
    expect(session.send({ type: 'session.start' })).toEqual([
      expect.objectContaining({ type: 'refusal', limit: 'places' }),
    ]);
    expect(session.state).toBe('preparation');
  });

  it('are chosen before the start only', () => {
    const session = started(places).for(1000);
    expect(session.send({ type: 'session.leaveOut', zones: ['calf'] })).toEqual([
      expect.objectContaining({ type: 'refusal', limit: 'notNow' }),
    ]);
  });
});

it('a baseline that is too much ends it before anything begins', () => {
  const session = new TestSession(inputOf(routine()));
  session.send({ type: 'screening.cleared', caps: noCaps });
  session.send({ type: 'session.confirm', step: 'position' });
  session.send({ type: 'session.confirm', step: 'baseline', tooMuch: true });
  expect([session.outcome, session.reason]).toEqual(['stopped', 'scoreTooHigh']);
});
