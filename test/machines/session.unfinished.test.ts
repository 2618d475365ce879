import { expect, test } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { pressureNow } from '../../machines/session.pressure.ts';
import { passNow } from '../../machines/session.time.ts';
import { unfinishedOf } from '../../machines/session.view.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { inputOf, noCaps, started, TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const routine = fromLibrary('evening-legs');
if (!routine) throw new Error('the library has lost evening-legs');

/** The session as the next process finds it, `goneMs` later. */
const nextProcess = (session: TestSession, goneMs: number): TestSession | null => {
  const unfinished = unfinishedOf(session.snapshot, session.at, goneMs);
  return unfinished && new TestSession(inputOf(routine, { unfinished }));
};

const takenUp = (session: TestSession, goneMs: number, caps = {}): TestSession => {
  const next = nextProcess(session, goneMs);
  if (!next) throw new Error('nothing was left');
  next.until(5000);
  next.send({ type: 'screening.cleared', caps: { ...noCaps, ...caps } });
  return next;
};

test('after screening it stands paused where it was, with the time it had left there', () => {
  const before = started(routine).toPhase('calves').for(30_000);
  const after = takenUp(before, 20_000);
  expect(after.state).toBe('paused');
  expect(passNow(after.context)?.phase).toBe('calves');
  const left =
    before.context.passEndsMoved - before.context.movedMs - (before.at - (before.context.movingSince ?? 0));
  expect(after.context.passEndsMoved - after.context.movedMs).toBe(left);
});

test('nothing is ordered until a person goes on, and then a new grid begins', () => {
  const after = takenUp(started(routine).toPhase('thighs').for(7000), 20_000);
  expect(after.all('arm')).toEqual([]);
  expect(after.engaged).toBe(false);
  after.for(3000).send({ type: 'session.resume' });
  expect(after.all('arm')).toHaveLength(1);
  after.for(0);
  expect(after.all('stroke').map(({ stroke, told }) => [stroke, told])).toEqual([[1, 8000]]);
});

test('a process that died in screening still knows what the one before it left', () => {
  const before = started(routine).toPhase('thighs');
  const between = nextProcess(before, 10_000);
  const after = between && nextProcess(between, 5000);
  expect(after?.context.unfinished?.goneMs).toBe(15_000);
  after?.send({ type: 'screening.cleared', caps: noCaps });
  expect(after?.state).toBe('paused');
});

test('pressure is never more than before, and the stricter caps hold', () => {
  const before = started(routine).toPhase('wholeLeg');
  before.attended(({ context }) => pressureNow(context) === 2, true);
  expect(pressureNow(takenUp(before, 10_000).context)).toBe(2);
  expect(pressureNow(takenUp(before, 10_000, { pressureMax: 1 }).context)).toBe(1);
  const cautious = started(routine, { pressureMax: 1 }).toPhase('thighs');
  expect(takenUp(cautious, 10_000).context.caps?.pressureMax).toBe(1);
});

test('gone for long it goes on more lightly, gone for very long only with the cooldown', () => {
  const before = started(routine).toPhase('wholeLeg');
  before.attended(({ context }) => pressureNow(context) === 2, true);
  const lighter = takenUp(before, 3 * 60_000);
  lighter.send({ type: 'session.resume' });
  expect(pressureNow(lighter.context)).toBe(1);
  const over = takenUp(before, 11 * 60_000);
  over.send({ type: 'session.resume' });
  expect(over.state).toBe('cooldown');
});

test("the time that it was gone counts for the session's cap", () => {
  const before = started(routine).toPhase('thighs');
  const after = takenUp(before, 50 * 60_000);
  after.for(0);
  expect([after.outcome, after.reason]).toEqual(['interrupted', 'pausedTooLong']);
});

test.each([
  ['in preparation', (session: TestSession) => session.send({ type: 'screening.cleared', caps: noCaps })],
  [
    'after a stop that nobody has explained',
    (session: TestSession) => session.start().send({ type: 'session.stop' }),
  ],
  [
    'when it was over',
    (session: TestSession) => session.start().send({ type: 'session.end', reason: 'left' }),
  ],
])('a session that broke off %s leaves nothing to go on with', (_, come) => {
  const session = new TestSession(inputOf(routine));
  come(session);
  expect(unfinishedOf(session.snapshot, session.at, 0)).toBeNull();
});
