import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { gestureMachine } from '../../machines/gesture.ts';
import { linkMachine } from '../../machines/link.ts';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { screeningMachine } from '../../machines/screening.ts';
import { sessionMachine } from '../../machines/session.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import {
  cooldown,
  phaseFields,
  routine,
  routineFields,
  routineOf,
  shortPhases,
  warmUp,
} from '../support/routines.ts';
import { inputOf, noCaps, started, TestSession, type Wish } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const fresh = (input = inputOf(routine())): TestSession => new TestSession(input);

it('every machine can be created and started', () => {
  const actors = [
    createActor(sessionMachine, { input: inputOf(routine()) }),
    createActor(screeningMachine),
    createActor(gestureMachine, { input: { button: 'go' } }),
    createActor(linkMachine, { input: { speaks: true } }),
  ];
  for (const actor of actors) {
    actor.start();
    expect(actor.getSnapshot().status).toBe('active');
    actor.stop();
  }
});

describe('the way of a session', () => {
  it.each(library().map(one => one.id))('%s passes through its six stages in order', id => {
    const one = fromLibrary(id);
    if (!one) throw new Error(id);
    const session = started(one);
    while (session.outcome === null) {
      session.for(200);
      if (session.state.endsWith('checkIn')) session.answer('light', true);
      if (session.state === 'transition') session.send({ type: 'session.go', felt: false });
      if (session.state === 'finishing') session.send({ type: 'session.acknowledge' });
    }
    const stages = ['screening', 'preparation', 'warmUp', 'strokes', 'pressureRamp', 'cooldown', 'completed'];
    const seen = session.states.map(({ state }) => state).filter(state => stages.includes(state));
    const order = seen.map(state => stages.indexOf(state));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(new Set(seen)).toEqual(new Set(stages));
    expect([session.outcome, session.reason]).toEqual(['completed', 'routineDone']);
  });

  it('lasts as long as its phases where nobody has to turn', () => {
    const session = started(routine()).untilState('finishing');
    expect(session.at).toBe((40 + 40 + 120 + 40) * 1000);
  });
});

describe('nothing begins', () => {
  it('before screening has cleared', () => {
    const session = fresh();
    for (const type of ['session.start', 'session.resume', 'session.next', 'session.pause'] as const)
      session.send({ type });
    session.send({ type: 'session.go', felt: true });
    for (const step of ['bath', 'oil', 'position', 'baseline'] as const)
      session.send({ type: 'session.confirm', step });
    expect(session.state).toBe('screening');
    expect(session.told.every(({ type }) => type === 'refusal')).toBe(true);
    expect(session.all('refusal').map(({ asked, limit }) => [asked, limit])).toContainEqual([
      'start',
      'screening',
    ]);
  });

  it('after screening has declined', () => {
    const session = fresh();
    session.send({ type: 'screening.declined', weight: 'urgent' });
    expect([session.outcome, session.reason]).toEqual(['declined', 'urgent']);
    session.send({ type: 'screening.cleared', caps: noCaps });
    session.send({ type: 'session.start' });
    expect(session.outcome).toBe('declined');
    expect(session.all('arm')).toEqual([]);
  });

  it.each([
    [{}, ['position', 'baseline']],
    [{ oil: { blend: 'plain', tempC: 37 } }, ['oil', 'position', 'baseline']],
    [{ bath: { tempC: 38, minutes: 12, restMin: 5 } }, ['bath', 'position', 'baseline']],
  ])('before each step of preparation %j is confirmed', (preparation, steps) => {
    const session = fresh(inputOf(routine(shortPhases, { preparation })));
    session.send({ type: 'screening.cleared', caps: noCaps });
    expect(session.context.steps).toEqual(steps);
    for (const step of session.context.steps) {
      session.send({ type: 'session.start' });
      expect(session.told.at(-1)).toMatchObject({ type: 'refusal', limit: 'preparation' });
      session.send({ type: 'session.confirm', step });
    }
    session.send({ type: 'session.start' });
    expect(session.state).toBe('warmUp');
  });

  it('in a bath that screening has ruled out, but everything else is still asked', () => {
    const bathed = routine(shortPhases, { preparation: { bath: { tempC: 38, minutes: 12, restMin: 5 } } });
    const session = fresh(inputOf(bathed));
    session.send({ type: 'screening.cleared', caps: { ...noCaps, bath: 'none' } });
    expect(session.context.steps).toEqual(['position', 'baseline']);
    const cool = fresh(inputOf(bathed));
    cool.send({ type: 'screening.cleared', caps: { ...noCaps, bath: 'cool' } });
    expect(cool.context.steps).toContain('bath');
  });

  it('without a board that is ready', () => {
    const session = fresh(inputOf(routine(), { boardReady: false }));
    session.send({ type: 'screening.cleared', caps: noCaps });
    for (const step of ['position', 'baseline'] as const) session.send({ type: 'session.confirm', step });
    session.send({ type: 'session.start' });
    expect(session.told.at(-1)).toMatchObject({ type: 'refusal', limit: 'board' });
    session.send({ type: 'board.ready' });
    session.send({ type: 'session.start' });
    expect(session.state).toBe('warmUp');
  });

  it('twice', () => {
    const session = started(routine()).for(1000);
    const emitted = session.send({ type: 'session.start' });
    expect(emitted).toMatchObject([{ type: 'refusal', asked: 'start', limit: 'notNow' }]);
    expect(session.context.startedAt).toBe(0);
  });
});

describe('GO in preparation', () => {
  it('confirms one step at a time, then begins', () => {
    const session = fresh();
    session.send({ type: 'screening.cleared', caps: noCaps });
    const steps = [];
    for (let press = 0; press < 3; press++) {
      session.send({ type: 'session.go', felt: true });
      steps.push([session.state, session.context.steps.length]);
    }
    expect(steps).toEqual([
      ['preparation', 1],
      ['preparation', 0],
      ['warmUp', 0],
    ]);
  });
});

it('a step that is not open is refused', () => {
  const session = fresh();
  session.send({ type: 'screening.cleared', caps: noCaps });
  session.send({ type: 'session.confirm', step: 'bath' });
  expect(session.told.at(-1)).toMatchObject({ type: 'refusal', asked: 'confirm' });
});

describe('what cannot be done now', () => {
  it.each([
    ['resume', 'warmUp'],
    ['acknowledge', 'warmUp'],
    ['confirm', 'warmUp'],
    ['afterStop', 'warmUp'],
  ])('%s in %s is refused and changes nothing', what => {
    const session = started(routine()).for(1000);
    const { value, context } = session.snapshot;
    const wish: Wish =
      what === 'confirm'
        ? ({ type: 'session.confirm', step: 'bath' } as const)
        : what === 'afterStop'
          ? ({ type: 'session.afterStop', why: 'slip' } as const)
          : ({ type: `session.${what as 'resume' | 'acknowledge'}` } as const);
    expect(session.send(wish)).toEqual([
      {
        type: 'refusal',
        asked: what,
        gave: 'nothing',
        limit: 'notNow',
        next: { key: 'lessStopAlways' },
      },
    ]);
    expect([session.snapshot.value, session.snapshot.context]).toEqual([value, context]);
  });
});

describe('the easier side', () => {
  it('comes first, and both sides get the same time', () => {
    const both = routineOf(
      routineFields([warmUp(), phaseFields({ side: 'both', durationS: 80 }), cooldown()]),
    );
    for (const easierSide of ['left', 'right'] as const) {
      const session = fresh(inputOf(both, { easierSide }));
      expect(session.context.passes.map(({ side }) => side)).toEqual([
        'together',
        easierSide,
        easierSide === 'left' ? 'right' : 'left',
        'together',
      ]);
    }
  });
});
