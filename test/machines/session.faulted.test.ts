import { describe, expect, it } from 'vitest';
import { type Fault, faults, finalFaults } from '../../machines/vocabulary.ts';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, started, TestSession } from '../support/session.ts';

const passing = faults.filter(fault => !finalFaults.has(fault));
const ending = faults.filter(fault => finalFaults.has(fault));
const turning = routine([warmUp(), phaseFields({ side: 'left' }), cooldown()]);

const strokes = (): TestSession => started(routine()).until(45_000);
const faulted = (fault: Fault = 'linkLost'): TestSession => {
  const session = strokes();
  session.send({ type: 'session.fault', fault });
  return session;
};

it('a board reset, a duty mismatch and a broken invariant are final, the others are not', () => {
  expect(ending).toEqual(['boardReset', 'dutyMismatch', 'invariantBroken']);
  expect(passing).toEqual(['linkLost', 'leaseLapsed', 'loopStalled', 'clockJumped']);
});

describe('a fault', () => {
  it.each(passing)('%s stands still at once, with the place kept', fault => {
    const session = strokes();
    const emitted = session.send({ type: 'session.fault', fault });
    expect([session.state, session.engaged]).toEqual(['faulted', false]);
    expect(emitted).toContainEqual({ type: 'hush' });
    expect(session.context).toMatchObject({ fault, passIndex: 1, movedMs: 45_000 });
  });

  it.each(ending)('%s ends the session at once', fault => {
    const session = strokes();
    const emitted = session.send({ type: 'session.fault', fault });
    expect([session.outcome, session.reason]).toEqual(['faulted', fault]);
    expect(emitted).toContainEqual({ type: 'hush' });
  });

  it.each([
    ['transition', () => started(turning).untilState('transition')],
    ['pausing', () => strokes()],
    ['paused', () => strokes()],
    ['eased', () => strokes()],
  ])('stands still in %s too', (name, begin) => {
    const session = begin();
    if (name === 'pausing') session.send({ type: 'session.go', felt: true });
    if (name === 'paused') session.send({ type: 'session.pause' });
    if (name === 'eased') session.answer('strong');
    expect(session.state).toBe(name);
    session.send({ type: 'session.fault', fault: 'leaseLapsed' });
    expect([session.state, session.engaged]).toEqual(['faulted', false]);
  });

  it('keeps the place where the hands were left alone, not where the fault was noticed', () => {
    const session = strokes().until(52_000);
    session.send({ type: 'session.fault', fault: 'loopStalled', since: 49_000 });
    expect(session.context.movedMs).toBe(49_000);
    session.send({ type: 'session.acknowledge' });
    session.send({ type: 'session.resume' });
    // 31 s of the phase are left.
    expect(session.until(52_000 + 30_999).state).toBe('strokes');
    expect(session.until(52_000 + 31_000).state).toBe('pressureRamp');
  });

  it('at the very end only ends the announcing', () => {
    const session = started(routine()).untilState('finishing');
    session.send({ type: 'session.fault', fault: 'linkLost' });
    expect([session.outcome, session.reason]).toEqual(['completed', 'routineDone']);
  });

  it.each(['screening', 'preparation'])(
    'in %s loses nothing; only a final one ends it, and a restart does not',
    name => {
      const fresh = (): TestSession => {
        const session = new TestSession(inputOf(routine()));
        if (name === 'preparation') session.send({ type: 'screening.cleared', caps: noCaps });
        return session;
      };
      for (const fault of [...passing, 'boardReset'] as const) {
        const session = fresh();
        session.send({ type: 'session.fault', fault });
        expect([session.state, session.outcome]).toEqual([name, null]);
      }
      for (const fault of ['dutyMismatch', 'invariantBroken'] as const) {
        const session = fresh();
        session.send({ type: 'session.fault', fault });
        expect([session.outcome, session.reason]).toEqual(['faulted', fault]);
      }
    },
  );
});

describe('going on after a fault', () => {
  it('takes an acknowledgement, then a person', () => {
    const session = faulted();
    for (const type of ['session.resume', 'session.start'] as const) {
      expect(session.send({ type })).toMatchObject([{ type: 'refusal', limit: 'fault' }]);
      expect(session.state).toBe('faulted');
    }
    session.send({ type: 'session.acknowledge' });
    expect([session.state, session.engaged]).toEqual(['faulted', false]);
    const emitted = session.send({ type: 'session.resume' });
    expect(emitted[0]).toEqual({ type: 'arm', at: session.at });
    expect(session.state).toBe('strokes');
    expect(session.context.fault).toBeNull();
  });

  it('takes two presses of GO', () => {
    const session = faulted();
    session.send({ type: 'session.go', felt: true });
    expect(session.state).toBe('faulted');
    session.send({ type: 'session.go', felt: true });
    expect(session.state).toBe('strokes');
  });

  it('takes a board that is ready', () => {
    const session = strokes();
    session.send({ type: 'board.lost' });
    session.send({ type: 'session.fault', fault: 'linkLost' });
    session.send({ type: 'session.acknowledge' });
    expect(session.send({ type: 'session.resume' })).toMatchObject([{ type: 'refusal', limit: 'board' }]);
    session.send({ type: 'board.ready' });
    expect(session.state).toBe('faulted');
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('strokes');
  });

  it('takes another acknowledgement where another fault came', () => {
    const session = faulted();
    session.send({ type: 'session.acknowledge' });
    session.send({ type: 'session.fault', fault: 'clockJumped' });
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('faulted');
    expect(session.context.fault).toBe('clockJumped');
  });

  it.each(ending)('is over where %s comes while it stands', fault => {
    const session = faulted();
    session.send({ type: 'session.acknowledge' });
    session.send({ type: 'session.fault', fault });
    expect([session.outcome, session.reason]).toEqual(['faulted', fault]);
  });

  it('never happens by itself, not by a board that comes back either', () => {
    const session = faulted();
    session.send({ type: 'session.acknowledge' });
    for (let second = 0; second < 590; second++) {
      session.for(1000).send({ type: second % 2 === 0 ? 'board.lost' : 'board.ready' });
      expect(session.engaged).toBe(false);
    }
    expect(session.all('arm')).toHaveLength(1);
  });

  it('is over after ten minutes', () => {
    const session = faulted('leaseLapsed');
    const { at } = session;
    expect(session.until(at + 599_999).outcome).toBeNull();
    session.until(at + 600_000);
    expect([session.outcome, session.reason]).toEqual(['faulted', 'leaseLapsed']);
  });

  it('is over when it is left', () => {
    const session = faulted('clockJumped');
    session.send({ type: 'session.end', reason: 'left' });
    expect([session.outcome, session.reason]).toEqual(['faulted', 'clockJumped']);
  });
});
