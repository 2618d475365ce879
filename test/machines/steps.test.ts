/** A step with nobody around it is the step that xstate takes. */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { fromLibrary } from '../../machines/routine/library.ts';
import { screeningMachine } from '../../machines/screening.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import { type StepAction, stepOf } from '../../machines/steps.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { simulated } from '../support/simulated.ts';

/** All of a step that others see: where it leads, what is held there, and what it does. */
const seenOf = (
  { value, context, status, output }: SessionSnapshot,
  did: readonly StepAction[],
): Readonly<Record<string, unknown>> => ({
  value,
  context,
  status,
  output,
  did: did.map(({ type, params }) => ({ type, params })),
});
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
    const is = seenOf(next, did);
    const wants = seenOf(expected, wanted);
    if (!isDeepStrictEqual(is, wants)) expect(is).toEqual(wants);
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
