/** Taking back: what the first of two buttons did, and less by whoever said it. */
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../machines/session.events.ts';
import { stateName } from '../../machines/session.view.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, started, step, TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const firm = { pressureStart: 2, pressureMax: 2 };
/** At pressure 2 throughout, a turn in it, and a question in each phase. */
const turning = routine(
  [
    warmUp({ ...firm, durationS: 60 }),
    phaseFields({ ...firm, durationS: 120, side: 'left' }),
    cooldown(firm),
  ],
  { checkIn: { everyS: 60, timeoutS: 15 } },
);
/** The same without a turn, and with a rise planned. */
const rising = routine([warmUp(), phaseFields({ durationS: 200, pressureMax: 2 }), cooldown()], {
  riseDwellS: 120,
  checkIn: { everyS: 60, timeoutS: 15 },
});

const go = { type: 'session.go', felt: true } as const;
const less = { type: 'session.less' } as const;
const takeBack = (button: 'go' | 'less', pressedAt = 0) =>
  ({ type: 'session.takeBack', button, pressedAt }) as const;
const prepared = (): TestSession => {
  const session = new TestSession(inputOf(turning));
  session.send({ type: 'screening.cleared', caps: noCaps });
  return session;
};
const asked = (session: TestSession): TestSession => session.untilState('strokes.checkIn').for(3000);

/** Where a press may come, which button, and what of the context it must leave as it was. */
const places: readonly (readonly [string, 'go' | 'less', () => TestSession])[] = [
  ['a step of preparation', 'go', prepared],
  [
    'the beginning',
    'go',
    () => {
      const session = prepared();
      for (const one of session.context.steps) session.send({ type: 'session.confirm', step: one });
      return session;
    },
  ],
  ['strokes', 'less', () => started(turning).for(5000)],
  ['a question', 'go', () => asked(started(rising))],
  ['a question', 'less', () => asked(started(rising))],
  [
    'a pause',
    'go',
    () => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.pause' });
      return session.for(3000);
    },
  ],
  [
    'a long pause',
    'go',
    () => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.pause' });
      return session.for(150_000);
    },
  ],
  [
    'a pause',
    'less',
    () => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.pause' });
      return session.for(3000);
    },
  ],
  ['a turn', 'go', () => started(turning).untilState('transition').for(3000)],
  ['a turn', 'less', () => started(turning).untilState('transition').for(3000)],
  [
    'the offer after enough',
    'go',
    () => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.stop' });
      session.send({ type: 'session.afterStop', why: 'enough' });
      return session.for(3000);
    },
  ],
  [
    'a fault',
    'go',
    () => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.fault', fault: 'linkLost' });
      return session.for(3000);
    },
  ],
  [
    'a fault that was acknowledged',
    'go',
    () => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.fault', fault: 'linkLost' });
      session.send({ type: 'session.acknowledge' });
      return session.for(3000);
    },
  ],
];

/** What a person could tell apart, and what decides what follows. */
const standing = ({ snapshot }: TestSession) => {
  const { context } = snapshot;
  const { steps, passIndex, passes, pressure, ceiling, question, startedAt, fault, reason } = context;
  const { enteredAt, asks, handsOn, pausedFor, beginsLightly, easedUntilMoved, missed } = context;
  return {
    value: snapshot.value,
    ...{ steps, passIndex, passes, pressure, ceiling, question, startedAt, fault, reason },
    ...{ handsOn, pausedFor, beginsLightly, easedUntilMoved, missed },
    // Where hands move on meanwhile these go on.
    ...(context.movingSince === null && { enteredAt, asks }),
  };
};

describe('the first of two buttons that mean something together', () => {
  const meaning = places.filter(([name, button]) => button === 'go' && /beginning|offer/.test(name));

  it.each(meaning)('in %s: no motor runs for it', (_, __, reach) => {
    for (const gapMs of [0, 20, 60, 200, 280]) {
      const session = reach();
      const before = session.told.length;
      session.send(go);
      session.for(gapMs).send(takeBack('go', session.at - gapMs));
      session.for(2000);
      expect(session.engaged).toBe(false);
      expect(session.told.slice(before).filter(({ type }) => type === 'play')).toEqual([]);
    }
  });

  it.each(meaning)('in %s: where none comes to it the first stroke begins after 300 ms', (_, __, reach) => {
    const session = reach();
    const before = session.told.length;
    const { at } = session;
    session.send(go);
    session.for(2000);
    const [first] = session.told.slice(before).filter(({ type }) => type === 'stroke');
    expect([session.engaged, first?.told]).toEqual([true, at + 300]);
  });

  it.each(meaning)('in %s: on a page the first stroke begins at once', (_, __, reach) => {
    const session = reach();
    session.send({ ...go, felt: false });
    session.for(0);
    expect(session.all('stroke').at(-1)?.told).toBe(session.at);
  });

  it.each(meaning)('in %s: STOP meanwhile is STOP', (_, __, reach) => {
    const session = reach();
    session.send(go);
    session.for(100).send({ type: 'session.stop' });
    session.for(1000);
    expect([session.state, session.engaged]).toEqual(['stopped', false]);
  });
});

describe('the first of two buttons', () => {
  it.each(places)('in %s, %s: what it did is taken back', (_, button, reach) => {
    const session = reach();
    const before = standing(session);
    session.send(button === 'go' ? go : less);
    expect(standing(session)).not.toEqual(before);
    session.for(280).send(takeBack(button));
    expect(standing(session)).toEqual(before);
    // Taken back once, it is not taken back again.
    session.send(takeBack(button));
    expect(standing(session)).toEqual(before);
  });

  it.each(places)('in %s, %s: after 300 ms it stands', (_, button, reach) => {
    const session = reach();
    session.send(button === 'go' ? go : less);
    session.for(300);
    const before = standing(session);
    session.send(takeBack(button));
    expect(standing(session)).toEqual(before);
  });

  it('pauses nothing: the strokes go on', () => {
    const session = started(turning).for(5000);
    session.send(go);
    for (const ms of [100, 250]) {
      const paused = started(turning).for(5000);
      paused.send(go);
      expect(paused.for(ms).state).toBe(ms === 100 ? 'pausing' : 'paused');
      expect(paused.send(takeBack('go'))).toContainEqual({ type: 'arm', at: paused.at });
      expect(paused.state).toBe('warmUp');
    }
  });

  it('accepts no rise', () => {
    const session = asked(started(rising));
    while (session.context.question !== 'firmer') {
      session.send(go);
      session.for(2000);
      if (session.state === 'strokes') asked(session);
    }
    session.send(go);
    expect(session.context.pressure.left).toBe(2);
    session.for(100).send(takeBack('go'));
    expect(session.context.pressure.left).toBe(1);
    expect([session.state, session.context.question]).toEqual(['strokes.checkIn', 'firmer']);
    expect(session.all('pressure').at(-1)).toMatchObject({ pressure: 1, why: 'undo' });
  });

  it('lends no minute', () => {
    const session = started(
      routine([warmUp({ durationMaxS: 120 }), phaseFields({ durationS: 120, durationMinS: 30 }), cooldown()]),
    ).for(5000);
    const { passes, passEndsMoved } = session.context;
    session.send({ type: 'session.extend' });
    expect(session.context.passEndsMoved).toBe(passEndsMoved + 60_000);
    session.for(100).send(takeBack('go'));
    expect([session.context.passes, session.context.passEndsMoved]).toEqual([passes, passEndsMoved]);
  });

  it.each(['session.stop', 'session.fault'] as const)(
    'is taken back into nothing that moves after %s',
    type => {
      const session = started(turning).for(5000);
      session.send({ type: 'session.pause' });
      session.for(1000).send(go);
      session.send(type === 'session.stop' ? { type } : { type, fault: 'linkLost' });
      const { state } = session;
      for (const button of ['go', 'less'] as const) session.send(takeBack(button));
      expect([session.state, session.engaged]).toEqual([state, false]);
    },
  );
});

it('a press that did nothing takes back nothing that one before it did', () => {
  const session = asked(started(rising));
  session.send(go);
  const { question } = session.context;
  session.for(60).send(go);
  session.for(60).send(takeBack('go', session.at - 60));
  expect([session.state, session.context.question]).toEqual(['strokes.checkIn', question]);
});

describe('less at pressure 1', () => {
  it('says that it is the lightest, changes nothing, and costs no later rise', () => {
    const session = started(rising).for(50_000);
    const { pressure, ceiling, dwellFromMoved, checkInDueMoved } = session.context;
    expect(session.send(less)).toMatchObject([
      {
        type: 'refusal',
        asked: 'less',
        gave: 'pressure 1',
        limit: 'lightest',
        next: { key: 'alreadyLightest' },
      },
      { type: 'play', cue: 'EASE', why: 'lightest', answer: true },
    ]);
    expect(session.state).toBe('strokes');
    expect(session.context).toMatchObject({ pressure, ceiling, dwellFromMoved, checkInDueMoved });
    session.attended(({ context }) => context.pressure.left === 2, true);
  });

  it.each(['paused', 'transition', 'faulted'])('is refused in %s too', where => {
    const sided = routine([warmUp(), phaseFields({ side: 'left' }), cooldown()]);
    const session = started(sided);
    if (where === 'transition') session.untilState('transition');
    if (where === 'paused') session.for(1000).send({ type: 'session.pause' });
    if (where === 'faulted') session.for(1000).send({ type: 'session.fault', fault: 'linkLost' });
    session.send(less);
    expect(session.all('refusal').at(-1)).toMatchObject({ limit: 'lightest' });
    expect(session.context.ceiling).toEqual({ left: 4, right: 4 });
  });
});

describe('undo', () => {
  it('takes the last less back within 5 s, once, with all that hung on it', () => {
    const session = started(turning).for(5000);
    const { pressure, ceiling } = session.context;
    session.send(less);
    expect(session.state).toBe('eased');
    expect(session.for(5000).send({ type: 'session.undo' })).toMatchObject([
      { type: 'pressure', pressure: 2, why: 'undo' },
      { type: 'pressure', pressure: 2, why: 'undo' },
    ]);
    expect(session.context).toMatchObject({ pressure, ceiling, easedUntilMoved: null });
    expect(session.state).toBe('warmUp');
    expect(session.send({ type: 'session.undo' })).toMatchObject([{ type: 'refusal', limit: 'undo' }]);
  });

  it.each<[string, (session: TestSession) => unknown, Partial<SessionEvent>]>([
    ['a millisecond too late', session => session.for(5001), {}],
    ['by somebody else', session => session, { byReceiver: true }],
    ['where nothing was lowered', session => session.send(less), {}],
    ['after another phase has begun', session => session.send({ type: 'session.next' }), {}],
  ])('is refused %s', (name, then, by) => {
    const session = started(turning).for(5000);
    session.send(less);
    then(session);
    if (name === 'where nothing was lowered') {
      // At 1 by now: the second less did nothing, and the first may still be taken back, once.
      session.send({ type: 'session.undo' });
    }
    const { pressure } = session.context;
    const told = session.send({ type: 'session.undo', ...by } as { type: 'session.undo' });
    expect(told).toMatchObject([{ type: 'refusal', asked: 'undo' }]);
    expect(session.context.pressure).toEqual(pressure);
  });

  it('belongs to the receiver where they have said less', () => {
    const session = started(turning).for(5000);
    session.send({ type: 'session.less', byReceiver: true });
    expect(session.send({ type: 'session.undo' })).toMatchObject([{ type: 'refusal' }]);
    session.send({ type: 'session.undo', byReceiver: true });
    expect(session.context.pressure.left).toBe(2);
  });

  it('of an answer has the question asked anew', () => {
    const session = started(turning).untilState('transition');
    session.send(go);
    asked(session).send(less);
    session.for(1000).send({ type: 'session.undo' });
    expect([session.state, session.context.pressure.left]).toEqual(['strokes', 2]);
    const { at } = session;
    session.untilState('strokes.checkIn');
    expect(session.at - at).toBeLessThan(5000);
  });

  it('changes nothing after a stop', () => {
    const session = started(turning).for(5000);
    session.send(less);
    session.send({ type: 'session.stop' });
    const [next] = step(session.snapshot, { type: 'session.undo', at: session.at });
    expect([stateName(next), next.context.pressure.left]).toEqual(['stopped', 1]);
  });
});
