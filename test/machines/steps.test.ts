/** A step with nobody around it is the step that xstate takes. */
import { expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { fromLibrary } from '../../machines/routine/library.ts';
import { screeningMachine } from '../../machines/screening.ts';
import { sessionMachine } from '../../machines/session.ts';
import { stepOf } from '../../machines/steps.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { simulated } from '../support/simulated.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('of a session they are the same, action for action, from its beginning to its end', async () => {
  const routine = fromLibrary('first-touch');
  const journal = readJournal((await simulated({ ...(routine && { routine }) })).journal);
  if (!journal.ok) throw new Error(journal.message);
  let [ours] = initialTransition(sessionMachine, journal.header.input);
  let theirs = ours;
  const kinds = new Set<string>();
  for (const event of journal.events) {
    const [next, did] = stepOf(sessionMachine, ours, event);
    const [expected, wanted] = transition(sessionMachine, theirs, event);
    expect(did.map(({ type, params }) => ({ type, params }))).toEqual(
      wanted.map(({ type, params }) => ({ type, params })),
    );
    expect(next.value).toEqual(expected.value);
    expect(next.context).toEqual(expected.context);
    expect([next.status, next.output]).toEqual([expected.status, expected.output]);
    for (const { type } of did) kinds.add(type);
    [ours, theirs] = [next, expected];
  }
  expect(ours.status).toBe('done');
  expect(kinds).toContain('xstate.emit');
});

test('a step leaves what it was taken from as it was', () => {
  const [first] = initialTransition(screeningMachine, { scope: 'all' });
  const before = plain(first);
  stepOf(screeningMachine, first, { type: 'screening.answer', at: 1, complaint: true, others: 'no' });
  expect(plain(first)).toEqual(before);
});
