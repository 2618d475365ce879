import { describe, expect, it } from 'vitest';
import { nextDue, placeOf, stateName, timeLeft } from '../../machines/session.view.ts';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { inputOf, started, TestSession } from '../support/session.ts';

describe('where a session stands', () => {
  it('is nowhere before it has begun', () => {
    expect(placeOf(new TestSession(inputOf(routine())).snapshot)).toBeNull();
  });
  it('is its phase and side', () => {
    expect(placeOf(started(routine()).snapshot)).toEqual({ phase: 'warmUp', side: 'together' });
  });
  it('is nowhere once the last phase is over', () => {
    expect(placeOf(started(routine()).untilState('finishing').snapshot)).toBeNull();
  });
});

describe('the time left', () => {
  it('is the whole routine before it begins', () => {
    const session = new TestSession(inputOf(routine()));
    expect(timeLeft(session.context, 0)).toEqual({ passMs: 40_000, routineMs: 240_000 });
  });
  it('runs down with the hands, and stands still with them', () => {
    const session = started(routine()).until(45_000);
    expect(timeLeft(session.context, 45_000)).toEqual({ passMs: 35_000, routineMs: 195_000 });
    session.send({ type: 'session.pause' });
    session.for(60_000);
    expect(timeLeft(session.context, session.at)).toEqual({ passMs: 35_000, routineMs: 195_000 });
  });
  it('is never less than nothing', () => {
    const session = started(routine()).until(39_000);
    expect(timeLeft(session.context, 99_000).passMs).toBe(0);
    expect(timeLeft(started(routine()).untilState('finishing').context, 999_000)).toEqual({
      passMs: 0,
      routineMs: 0,
    });
  });
});

describe('what a session waits for', () => {
  it('is a person before it begins', () => {
    expect(nextDue(new TestSession(inputOf(routine())).snapshot)).toBeNull();
  });
  it('is nothing once it has ended', () => {
    const session = started(routine());
    session.send({ type: 'session.end', reason: 'left' });
    expect(nextDue(session.snapshot)).toBeNull();
  });
  it('is the next stroke, the lease, or the end of the phase, whatever comes first', () => {
    const session = started(routine()).until(0);
    expect(nextDue(session.snapshot)).toBe(500);
    expect(nextDue(session.until(3999).snapshot)).toBe(4000);
    expect(nextDue(session.until(38_999).snapshot)).toBe(39_000);
  });
});

it('names states as the trace has them', () => {
  const long = routine(
    [warmUp({ durationS: 180 }), phaseFields({ durationS: 600 }), cooldown({ durationS: 180 })],
    {
      kind: 'full',
    },
  );
  const session = started(long);
  expect(stateName(session.snapshot)).toBe('warmUp');
  session.untilState('strokes.checkIn').untilState('paused');
  session.send({ type: 'session.stop' });
  expect(stateName(session.snapshot)).toBe('stopped');
  session.send({ type: 'session.afterStop', why: 'enough' });
  expect(stateName(session.snapshot)).toBe('stopped');
  session.send({ type: 'session.end', reason: 'left' });
  expect(stateName(session.snapshot)).toBe('stopped');
  const faulty = started(long);
  faulty.send({ type: 'session.fault', fault: 'linkLost' });
  faulty.send({ type: 'session.acknowledge' });
  expect(stateName(faulty.snapshot)).toBe('faulted');
  faulty.send({ type: 'session.end', reason: 'left' });
  expect(stateName(faulty.snapshot)).toBe('faulted');
});
