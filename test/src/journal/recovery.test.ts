import { beforeEach, expect, test } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { recoverSession } from '../../../src/journal/recovery.ts';
import { Run } from '../../../src/session/run.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const routine = fromLibrary('first-touch');
if (!routine) throw new Error('the library has lost first-touch');

let clock: VirtualClock;
let lines: string[];
let run: Run;
let driver: StandInDriver;

beforeEach(() => {
  clock = new VirtualClock();
  lines = [];
  driver = new StandInDriver();
  run = new Run({
    routine,
    clock,
    driver,
    speaks: false,
    boardReady: true,
    product: 'test',
    journal: line => lines.push(line),
  });
  run.open();
  run.intend({ intent: 'screen', complaint: false, others: 'no' });
  run.intend({ intent: 'confirm', step: 'position' });
  run.intend({ intent: 'baseline', local: 3, leg: 2 });
});

test('a journal cut at any byte tells of the session up to its last whole record', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(50_000);
  const text = lines.join('');
  for (let end = text.length; end > text.length - 400; end -= 7)
    expect(recoverSession(text.slice(0, end), 1000)).toMatchObject({ phase: 'Keep the beat', goneMs: 1000 });
});

test('what was taken up goes on in a new run, silent until a person says so', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(50_000);
  const left = recoverSession(lines.join(''), 30_000);
  if (!left) throw new Error('nothing was left');
  const next = new Run({
    routine: left.routine,
    unfinished: left.unfinished,
    clock: new VirtualClock(),
    driver: new StandInDriver(),
    speaks: false,
    boardReady: true,
    product: 'test',
  });
  next.open();
  expect(next.screening.context.scope).toBe('urgent');
  next.intend({ intent: 'screen', others: 'no' });
  expect(next.state).toBe('paused');
  expect(next.conductor.frame).toBeNull();
});

test('an urgent answer ends it there', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(50_000);
  const left = recoverSession(lines.join(''), 30_000);
  if (!left) throw new Error('nothing was left');
  const next = new Run({
    ...left,
    clock: new VirtualClock(),
    driver,
    speaks: false,
    boardReady: true,
    product: 'test',
  });
  next.open();
  next.intend({ intent: 'screen', answers: { S8: 'unsure' } });
  expect(next.outcome?.outcome).toBe('declined');
});

test('a session that had not begun leaves nothing', () => {
  expect(recoverSession(lines.join(''), 0)).toBeNull();
});

test('what is older than half a day is another session', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(50_000);
  expect(recoverSession(lines.join(''), 13 * 3_600_000)).toBeNull();
});

test('a journal that was tampered with is not believed', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(50_000);
  const text = lines.join('').replace('"pressureMax":3', '"pressureMax":4');
  expect(recoverSession(text, 0)).toBeNull();
});

test('no score and no answer stands in a journal', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(100_000);
  const text = lines.slice(1).join('');
  expect(text).not.toMatch(/"local"|"S\d"|"C\d"|"answers"|"others"/);
});

test('what cannot be recorded is not begun, and one that is under way goes on', () => {
  let failure: string | null = null;
  const fallible = new Run({
    routine,
    clock: new VirtualClock(),
    driver: new StandInDriver(),
    speaks: false,
    boardReady: true,
    product: 'test',
    recordingFailure: () => failure,
  });
  const refused: string[] = [];
  fallible.listen({ refused: ({ limit }) => refused.push(limit) });
  fallible.open();
  fallible.intend({ intent: 'screen', complaint: false, others: 'no' });
  fallible.intend({ intent: 'confirm', step: 'position' });
  failure = 'ENOSPC';
  fallible.intend({ intent: 'go' });
  fallible.intend({ intent: 'go' });
  expect([fallible.state, refused]).toEqual(['preparation', ['recording']]);
  failure = null;
  fallible.intend({ intent: 'go' });
  failure = 'ENOSPC';
  fallible.intend({ intent: 'pause' });
  fallible.intend({ intent: 'resume' });
  expect(fallible.state).toBe('warmUp');
});

test('what was taken up and cannot be recorded is not gone on with either', () => {
  run.intend({ intent: 'start' });
  clock.runUntil(50_000);
  const left = recoverSession(lines.join(''), 30_000);
  if (!left) throw new Error('nothing was left');
  const next = new Run({
    routine: left.routine,
    unfinished: left.unfinished,
    clock: new VirtualClock(),
    driver: new StandInDriver(),
    speaks: false,
    boardReady: true,
    product: 'test',
    recordingFailure: () => 'ENOSPC',
  });
  const refused: string[] = [];
  next.listen({ refused: ({ limit }) => refused.push(limit) });
  next.open();
  next.intend({ intent: 'screen', others: 'no' });
  next.intend({ intent: 'resume' });
  expect([next.state, refused]).toEqual(['paused', ['recording']]);
});
