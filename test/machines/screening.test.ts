import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import {
  type Answer,
  type Answers,
  applies,
  type QuestionId,
  questionIds,
  weightOf,
} from '../../machines/screening.questions.ts';
import { openQuestions, screeningMachine } from '../../machines/screening.ts';

type Told = Readonly<{ complaint?: boolean; answers?: Answers; others?: Answer }>;

function screened(...told: Told[]) {
  const actor = createActor(screeningMachine).start();
  for (const one of told) actor.send({ type: 'screening.answer', at: 0, ...one });
  return actor.getSnapshot();
}

const lockingOut = questionIds.filter(id => weightOf(id) !== 'caution');
const cautions = questionIds.filter(id => weightOf(id) === 'caution');

describe('screening', () => {
  it('asks nine urgent, thirteen clinician and nine caution questions', () => {
    const count = (weight: string) => questionIds.filter(id => weightOf(id) === weight).length;
    expect([count('urgent'), count('clinician'), count('caution')]).toEqual([9, 13, 9]);
    expect(new Set(questionIds).size).toBe(31);
  });

  it.each(
    lockingOut.flatMap(id => [
      [id, 'yes'],
      [id, 'unsure'],
    ]) as [QuestionId, Answer][],
  )('declines for %s answered %s, whatever else is answered, and names it', (id, answer) => {
    for (const others of [undefined, 'no'] as const) {
      const { status, output } = screened({
        complaint: true,
        answers: { [id]: answer },
        ...(others && { others }),
      });
      expect(status).toBe('done');
      expect(output).toEqual({ cleared: false, question: id, weight: weightOf(id) });
    }
  });

  it.each(
    cautions.flatMap(id => [
      [id, 'yes'],
      [id, 'unsure'],
    ]) as [QuestionId, Answer][],
  )('clears with a caution for %s answered %s', (id, answer) => {
    const { output } = screened({ complaint: true, answers: { [id]: answer }, others: 'no' });
    expect(output).toMatchObject({ cleared: true, cautions: [id] });
  });

  it('clears without any caution where all is no', () => {
    const { output } = screened({ complaint: true, others: 'no' });
    expect(output).toMatchObject({ cleared: true, cautions: [] });
  });

  it('clears nobody while a single question is open', () => {
    for (const open of questionIds) {
      const answers = Object.fromEntries(questionIds.filter(id => id !== open).map(id => [id, 'no']));
      const { status, context } = screened({ complaint: true, answers });
      expect(status).toBe('active');
      expect(openQuestions(context)).toEqual([open]);
    }
  });

  it('clears nobody whose first question is open: is there a complaint today?', () => {
    const answers = Object.fromEntries(questionIds.map(id => [id, 'no'])) as Answers;
    expect(screened({ answers }).status).toBe('active');
    expect(screened({ others: 'no' }).status).toBe('active');
    expect(screened({ answers }, { complaint: false }).output).toMatchObject({ cleared: true });
  });

  it.each(['C10', 'C11'] as const)('does not ask %s where there is no complaint', id => {
    expect(applies(id, true)).toBe(true);
    expect(applies(id, false)).toBe(false);
    expect(screened({ complaint: false, answers: { [id]: 'yes' }, others: 'no' }).output).toMatchObject({
      cleared: true,
    });
    expect(screened({ complaint: false, others: 'no' }).output).toMatchObject({ cleared: true });
  });

  it('asks everything else whether there is a complaint or not', () => {
    const dropped = questionIds.filter(id => !applies(id, false));
    expect(dropped).toEqual(['C10', 'C11', 'K8']);
    for (const id of lockingOut.filter(one => !dropped.includes(one)))
      expect(screened({ complaint: false, answers: { [id]: 'yes' } }).output).toMatchObject({ question: id });
  });

  it('gives the advice of the gravest answer, S before C', () => {
    const { output } = screened({
      complaint: true,
      answers: { C3: 'yes', S8: 'unsure', C12: 'yes', S4: 'yes' },
    });
    expect(output).toMatchObject({ question: 'S4', weight: 'urgent' });
  });

  it('hears nothing more once it has declined', () => {
    const { output } = screened(
      { complaint: true, answers: { S1: 'yes' } },
      { answers: { S1: 'no' }, others: 'no' },
    );
    expect(output).toMatchObject({ cleared: false, question: 'S1' });
  });

  it('takes answers in any number of pieces', () => {
    const pieces = questionIds.map(id => ({ answers: { [id]: 'no' } as Answers }));
    expect(screened(...pieces, { complaint: true }).output).toMatchObject({ cleared: true });
  });
});

it('clears exactly those who answered no to every question that locks out, and answered every question', () => {
  const answer = fc.constantFrom<Answer>('yes', 'no', 'no', 'no', 'unsure');
  const some = fc.record(Object.fromEntries(questionIds.map(id => [id, answer])), { requiredKeys: [] });
  const mostlyNo = fc.dictionary(fc.constantFrom(...questionIds), answer, { maxKeys: 3 });
  fc.assert(
    fc.property(fc.oneof(some, mostlyNo), fc.boolean(), fc.boolean(), (given, complaint, all) => {
      const answers = given as Answers;
      const { status, output } = screened({ complaint, answers, ...(all && { others: 'no' as const }) });
      const asked = questionIds.filter(id => applies(id, complaint));
      const locked = asked.find(id => weightOf(id) !== 'caution' && (answers[id] ?? 'no') !== 'no');
      const complete = all || asked.every(id => answers[id] !== undefined);
      if (locked) expect(output).toMatchObject({ cleared: false, question: locked });
      else if (complete) expect(output).toMatchObject({ cleared: true });
      else expect(status).toBe('active');
    }),
    { numRuns: 500 },
  );
});
