import { describe, expect, it } from 'vitest';
import { symptoms } from '../../machines/session.lists.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, started, TestSession } from '../support/session.ts';

const turning = routine([warmUp(), phaseFields({ side: 'left' }), ramp({ durationS: 60 }), cooldown()]);

/** One session in every state there is while it lasts, reached as a person would. */
const everywhere: Readonly<Record<string, () => TestSession>> = {
  screening: () => new TestSession(inputOf(turning)),
  preparation: () => {
    const session = new TestSession(inputOf(turning));
    session.send({ type: 'screening.cleared', caps: noCaps });
    return session;
  },
  warmUp: () => started(turning).for(1000),
  strokes: () => started(routine()).until(50_000),
  'strokes.checkIn': () =>
    started(
      routine([warmUp({ durationS: 180 }), phaseFields({ durationS: 600 }), cooldown({ durationS: 180 })], {
        kind: 'full',
      }),
    ).untilState('strokes.checkIn'),
  pressureRamp: () => started(routine()).until(90_000),
  cooldown: () => started(routine()).toPhase('cooldown'),
  eased: () => {
    const session = started(turning).for(1000);
    session.answer('strong');
    return session;
  },
  transition: () => started(turning).untilState('transition'),
  pausing: () => {
    const session = started(turning).for(1000);
    session.send({ type: 'session.go', felt: true });
    return session;
  },
  paused: () => {
    const session = started(turning).for(1000);
    session.send({ type: 'session.pause' });
    return session;
  },
  stopped: () => {
    const session = started(turning).for(1000);
    session.send({ type: 'session.stop' });
    return session;
  },
  faulted: () => {
    const session = started(turning).for(1000);
    session.send({ type: 'session.fault', fault: 'linkLost' });
    return session;
  },
  finishing: () => started(routine()).untilState('finishing'),
};
const names = Object.keys(everywhere);
const reach = (name: string): TestSession => {
  const session = everywhere[name]?.();
  if (!session) throw new Error(name);
  expect(session.state).toBe(name);
  return session;
};
const stoppedIn = (name: string): TestSession => {
  const session = reach(name);
  session.send({ type: 'session.stop' });
  return session;
};

describe('stop', () => {
  it.each(names)('works from %s, at once: silence, disengaged', name => {
    const session = reach(name);
    const emitted = session.send({ type: 'session.stop' });
    expect(session.state).toBe('stopped');
    expect(session.engaged).toBe(false);
    expect(emitted).toContainEqual({ type: 'hush' });
    expect(emitted.some(({ type }) => ['arm', 'engage', 'play'].includes(type))).toBe(false);
  });

  it.each(['go', 'resume', 'start', 'next', 'skip', 'extend', 'less', 'pause', 'acknowledge'])(
    'is not undone by %s',
    what => {
      const session = stoppedIn('strokes');
      session.send(
        what === 'go' ? { type: 'session.go', felt: true } : ({ type: `session.${what}` } as never),
      );
      expect(session.state).toBe('stopped');
      expect(session.all('arm').length).toBe(1);
    },
  );
});

describe('after a stop', () => {
  it('nothing said for five minutes ends the session as stopped', () => {
    const session = stoppedIn('strokes');
    const { at } = session;
    expect(session.until(at + 299_999).outcome).toBeNull();
    session.until(at + 300_000);
    expect([session.outcome, session.reason]).toEqual(['stopped', 'unanswered']);
  });

  it('a second stop does not buy more time', () => {
    const session = stoppedIn('strokes');
    const { at } = session;
    session.for(200_000).send({ type: 'session.stop' });
    expect(session.until(at + 300_000).outcome).toBe('stopped');
  });

  it('a slip within five minutes leads to paused, and only a resume goes on', () => {
    const session = stoppedIn('strokes').for(299_999);
    const emitted = session.send({ type: 'session.afterStop', why: 'slip' });
    expect(session.state).toBe('paused');
    expect(emitted).toEqual([{ type: 'hush' }]);
    session.send({ type: 'session.resume' });
    expect(session.context.passes[session.context.passIndex]?.phase).toBe('steady');
    expect(session.state).toBe('strokes');
  });

  it.each(['pain', 'symptom'] as const)('%s ends it, and nothing brings it back', why => {
    const session = stoppedIn('strokes');
    session.send({ type: 'session.afterStop', why });
    expect([session.outcome, session.reason]).toEqual(['stopped', why]);
    session.send({ type: 'session.resume' });
    expect(session.all('arm')).toHaveLength(1);
  });

  it('enough offers the cooldown, which waits for a person', () => {
    const session = stoppedIn('strokes').for(1000);
    session.send({ type: 'session.afterStop', why: 'enough' });
    expect([session.state, session.engaged]).toEqual(['stopped', false]);
    session.for(60_000);
    const emitted = session.send({ type: 'session.go', felt: true });
    expect(emitted[0]).toEqual({ type: 'arm', at: session.at });
    expect(session.state).toBe('cooldown');
    session.untilState('completed');
    expect([session.outcome, session.reason]).toEqual(['completed', 'enough']);
  });

  it('the offered cooldown not taken up ends as stopped with enough, five minutes after the stop', () => {
    const session = stoppedIn('strokes');
    const { at } = session;
    session.for(100_000).send({ type: 'session.afterStop', why: 'enough' });
    session.until(at + 300_000);
    expect([session.outcome, session.reason]).toEqual(['stopped', 'enough']);
  });

  it.each([
    ['slip', 'paused', null],
    ['enough', 'stopped', null],
    ['pain', 'stopped', 'pain'],
    ['symptom', 'stopped', 'symptom'],
  ] as const)('%s said while the cooldown is offered means what it says: %s, %s', (why, state, reason) => {
    const session = stoppedIn('strokes');
    session.send({ type: 'session.afterStop', why: 'enough' });
    session.send({ type: 'session.afterStop', why });
    expect([session.state, session.reason]).toEqual([state, reason]);
    if (why === 'enough') {
      session.send({ type: 'session.go', felt: true });
      expect(session.state).toBe('cooldown');
    }
  });

  it('enough before anything began simply ends', () => {
    const session = stoppedIn('preparation');
    session.send({ type: 'session.afterStop', why: 'enough' });
    expect([session.outcome, session.reason]).toEqual(['stopped', 'enough']);
  });

  it.each([
    ['screening', 'screening'],
    ['preparation', 'preparation'],
    ['faulted', 'faulted'],
    ['transition', 'paused'],
    ['paused', 'paused'],
  ])('a slip in %s leads back to %s: nothing is skipped by it', (name, back) => {
    const session = stoppedIn(name);
    session.send({ type: 'session.afterStop', why: 'slip' });
    expect(session.state).toBe(back);
    expect(session.engaged).toBe(false);
  });

  it('the fault that came before is still to be acknowledged', () => {
    const session = stoppedIn('faulted');
    session.send({ type: 'session.afterStop', why: 'slip' });
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('faulted');
    session.send({ type: 'session.acknowledge' });
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('warmUp');
  });

  it('a board that went away meanwhile has to be there again', () => {
    const session = stoppedIn('strokes');
    session.send({ type: 'board.lost' });
    session.send({ type: 'session.fault', fault: 'linkLost' });
    expect(session.state).toBe('stopped');
    session.send({ type: 'session.afterStop', why: 'slip' });
    expect(session.send({ type: 'session.resume' })).toMatchObject([{ type: 'refusal', limit: 'board' }]);
    session.send({ type: 'board.ready' });
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('strokes');
  });

  it('the session left ends as stopped', () => {
    const session = stoppedIn('strokes');
    session.send({ type: 'session.end', reason: 'left' });
    expect([session.outcome, session.reason]).toEqual(['stopped', 'left']);
  });
});

describe('a symptom', () => {
  it.each(symptoms)('%s ends the session at once, with its own advice to come', id => {
    const session = reach('strokes');
    const emitted = session.send({ type: 'session.symptom', id });
    expect([session.outcome, session.reason]).toEqual(['stopped', id]);
    expect(emitted).toContainEqual({ type: 'hush' });
  });

  it.each(names)('ends it from %s too', name => {
    const session = reach(name);
    session.send({ type: 'session.symptom', id: 'numbness' });
    expect([session.outcome, session.reason]).toEqual(['stopped', 'numbness']);
    session.send({ type: 'session.afterStop', why: 'slip' });
    session.send({ type: 'session.resume' });
    expect(session.outcome).toBe('stopped');
  });
});

describe('leaving', () => {
  it.each([
    ['screening', 'interrupted'],
    ['preparation', 'interrupted'],
    ['strokes', 'interrupted'],
    ['transition', 'interrupted'],
    ['paused', 'interrupted'],
    ['stopped', 'stopped'],
    ['faulted', 'faulted'],
    ['finishing', 'completed'],
  ])('in %s ends the session as %s, in silence', (name, outcome) => {
    const session = reach(name);
    const emitted = session.send({ type: 'session.end', reason: 'left' });
    expect(session.outcome).toBe(outcome);
    expect(emitted).toContainEqual({ type: 'hush' });
  });
});
