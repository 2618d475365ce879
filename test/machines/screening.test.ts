import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import {
  type Answer,
  type Answers,
  applies,
  type CardId,
  cardIds,
  cardOf,
  type QuestionId,
  questionIds,
  stopCards,
  weightOf,
} from '../../machines/screening.questions.ts';
import { openQuestions, screeningMachine } from '../../machines/screening.ts';
import { isLong } from '../support/length.ts';

type Told = Readonly<{ complaint?: boolean; answers?: Answers; others?: Answer }>;

function screened(...told: Told[]) {
  const actor = createActor(screeningMachine).start();
  for (const one of told) actor.send({ type: 'screening.answer', at: 0, ...one });
  return actor.getSnapshot();
}

const lockingOut = questionIds.filter(id => weightOf(id) !== 'caution');
const cautions = questionIds.filter(id => weightOf(id) === 'caution');

describe('screening', () => {
  it('asks nine urgent, seventeen clinician and ten caution questions', () => {
    const count = (weight: string) => questionIds.filter(id => weightOf(id) === weight).length;
    expect([count('urgent'), count('clinician'), count('caution')]).toEqual([9, 17, 10]);
    expect(new Set(questionIds).size).toBe(36);
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
    { numRuns: isLong ? 500 : 100 },
  );
});

describe('whoever returns', () => {
  const returning = (...told: (Told & { anythingNew?: Answer; unchanged?: CardId[] })[]) => {
    const actor = createActor(screeningMachine, { input: { scope: 'returning' } }).start();
    for (const one of told) actor.send({ type: 'screening.answer', at: 0, ...one });
    return actor.getSnapshot();
  };
  /** On a stop card, and asked of everyone. */
  const stands = (id: QuestionId): boolean =>
    applies(id, false) && [...stopCards].some(card => cardOf(card).includes(id));
  const stopCardsClear = Object.fromEntries(questionIds.filter(stands).map(id => [id, 'no'])) as Answers;
  const others: CardId[] = ['health', 'care', 'comfort', 'giver'];

  it('is cleared by the stop cards in full and by nothing having changed in each of the others', () => {
    const { output } = returning(
      { complaint: false },
      { anythingNew: 'no' },
      { answers: stopCardsClear },
      ...others.map(id => ({ unchanged: [id] })),
    );
    expect(output).toMatchObject({ cleared: true, caps: { pressureMax: 3 }, cautions: [], by: 'returning' });
  });

  it.each([true, false])(
    'is asked what is about a complaint of today, whenever it is named: %s before the cards',
    first => {
      const short = [{ anythingNew: 'no' }, { answers: stopCardsClear }, { unchanged: others }] as const;
      const { status, context } = first
        ? returning({ complaint: true }, ...short)
        : returning(
            { complaint: false },
            ...short.slice(0, 1),
            { unchanged: others },
            { complaint: true },
            {
              answers: stopCardsClear,
            },
          );
      expect(status).toBe('active');
      expect(openQuestions(context)).toEqual(['C10', 'C11', 'K8']);
      const answered = (answer: Answer) =>
        returning({ complaint: true }, ...short, { answers: { C10: 'no', C11: answer, K8: 'yes' } }).output;
      expect(answered('yes')).toMatchObject({ cleared: false, question: 'C11' });
      expect(answered('no')).toMatchObject({ cleared: true, caps: { pressureMax: 1 }, by: 'returning' });
    },
  );

  it.each(['yes', 'unsure'] as const)(
    'who finds something new after all (%s) is asked every card that was unchanged',
    anythingNew => {
      const { status, context } = returning(
        { complaint: false },
        { anythingNew: 'no' },
        { unchanged: others },
        { answers: { C4: 'no' } },
        { anythingNew },
        { answers: stopCardsClear },
      );
      expect(status).toBe('active');
      const asked = questionIds.filter(id => !stands(id) && applies(id, false));
      expect(openQuestions(context)).toEqual(asked.filter(id => id !== 'C4'));
    },
  );

  it.each(['yes', 'unsure', undefined] as const)(
    'is asked everything where "anything new?" is answered %s',
    anythingNew => {
      const { status, context } = returning(
        { complaint: true },
        { ...(anythingNew && { anythingNew }) },
        { answers: stopCardsClear },
        { unchanged: others },
      );
      expect(status).toBe('active');
      expect(openQuestions(context)).toEqual(questionIds.filter(id => !stands(id)));
    },
  );

  it('keeps what was answered otherwise, whatever is said of the card after', () => {
    const { context } = returning(
      { complaint: false, answers: { K5: 'yes' } },
      { anythingNew: 'no' },
      { unchanged: others },
    );
    expect(context.answers.K5).toBe('yes');
    expect(context.unchanged).not.toContain('K5');
  });

  it('cannot answer a stop card by nothing having changed', () => {
    const { context } = returning(
      { complaint: false },
      { anythingNew: 'no' },
      { unchanged: ['urgent', 'unwell', ...others] },
    );
    expect(openQuestions(context)).toEqual(questionIds.filter(stands));
  });

  it('leaves one card open while one card has not been asked', () => {
    const { status } = returning(
      { complaint: true },
      { anythingNew: 'no' },
      { answers: stopCardsClear },
      { unchanged: ['health', 'care', 'comfort'] },
    );
    expect(status).toBe('active');
  });

  it('is declined by a stop answer like anyone, and by a card asked in full', () => {
    expect(returning({ complaint: true }, { answers: { S3: 'unsure' } }).output).toMatchObject({
      cleared: false,
      question: 'S3',
    });
    expect(
      returning({ complaint: true }, { anythingNew: 'no' }, { answers: { C4: 'yes' } }).output,
    ).toMatchObject({ cleared: false, question: 'C4' });
  });

  it('is not recognised where nothing is remembered: nothing counts as unchanged', () => {
    const { context } = screened({ complaint: true }, {
      answers: stopCardsClear,
      anythingNew: 'no',
      unchanged: others,
    } as Told);
    expect(openQuestions(context)).toEqual(questionIds.filter(id => !stands(id)));
  });
});

describe('by touch', () => {
  const touched = (...events: ('none' | 'caution' | 'again')[]) => {
    const actor = createActor(screeningMachine).start();
    for (const one of events)
      actor.send({
        type:
          one === 'none'
            ? 'screening.noneOfCard'
            : one === 'caution'
              ? 'screening.someCaution'
              : 'screening.again',
        at: 0,
      });
    return actor.getSnapshot();
  };
  const six = Array.from({ length: 6 }, () => 'none' as const);

  it('clears after six cards, each by itself, at pressure 2 at most', () => {
    for (let count = 0; count < 6; count++) expect(touched(...six.slice(0, count)).status).toBe('active');
    expect(touched(...six).output).toMatchObject({
      cleared: true,
      caps: { pressureMax: 2, bath: 'warm', oil: 'any' },
      by: 'touch',
    });
  });

  it.each([0, 3, 4, 5])(
    'a caution before card %i + 1 takes the heat and all that a caution may take',
    index => {
      const { output } = touched(...six.slice(0, index), 'caution', ...six.slice(index));
      expect(output).toMatchObject({
        cleared: true,
        caps: {
          pressureMax: 1,
          bath: 'none',
          oil: 'plainUnwarmed',
          light: 'steady',
          cues: 'gentle',
          places: 'noButtock',
          position: 'notProne',
        },
      });
    },
  );

  it('begins with the first card again where it was stopped', () => {
    expect(touched(...six.slice(0, 5), 'again', 'none').status).toBe('active');
    expect(touched(...six.slice(0, 5), 'again', ...six).status).toBe('done');
  });

  it('cannot finish what was begun on a screen, nor a screen what was begun by touch', () => {
    const actor = createActor(screeningMachine).start();
    actor.send({ type: 'screening.answer', at: 0, complaint: true });
    for (const _ of six) actor.send({ type: 'screening.noneOfCard', at: 0 });
    expect(actor.getSnapshot().status).toBe('active');
    const other = createActor(screeningMachine).start();
    for (const _ of six.slice(1)) other.send({ type: 'screening.noneOfCard', at: 0 });
    other.send({ type: 'screening.answer', at: 0, complaint: true });
    other.send({ type: 'screening.noneOfCard', at: 0 });
    expect(other.getSnapshot().status).toBe('active');
  });

  it('does not stand for the urgent questions of a session that broke off', () => {
    const actor = createActor(screeningMachine, { input: { scope: 'urgent' } }).start();
    for (const _ of six) actor.send({ type: 'screening.noneOfCard', at: 0 });
    expect(actor.getSnapshot().status).toBe('active');
  });
});

describe('a card that is asked again', () => {
  const reopened = (card: CardId | 'opening', ...told: Told[]) => {
    const actor = createActor(screeningMachine).start();
    for (const one of told) actor.send({ type: 'screening.answer', at: 0, ...one });
    actor.send({ type: 'screening.reopen', at: 0, card });
    return actor.getSnapshot();
  };

  it.each(cardIds)('%s: its questions are open, and all other answers stand', card => {
    const others = questionIds.filter(id => !cardOf(card).includes(id)).slice(1);
    const answers = Object.fromEntries([...others, ...cardOf(card)].map(id => [id, 'no']));
    const { context, status } = reopened(card, { complaint: true, answers });
    expect(status).toBe('active');
    expect(cardOf(card).every(id => context.answers[id] === undefined)).toBe(true);
    expect(others.every(id => context.answers[id] === 'no')).toBe(true);
    expect(openQuestions(context)).toEqual(expect.arrayContaining([...cardOf(card)]));
  });

  it('the opening question is asked again, and what was taken for unchanged with it', () => {
    const actor = createActor(screeningMachine, { input: { scope: 'returning' } }).start();
    actor.send({
      type: 'screening.answer',
      at: 0,
      complaint: false,
      anythingNew: 'no',
      unchanged: ['health'],
    });
    actor.send({ type: 'screening.reopen', at: 0, card: 'opening' });
    const { context } = actor.getSnapshot();
    expect(context).toMatchObject({ complaint: null, anythingNew: null, answers: {}, unchanged: [] });
  });

  it('clears nobody before it has been answered anew, also after all had been', () => {
    const cleared = screened({ complaint: true, others: 'no' });
    const actor = createActor(screeningMachine, {
      input: { scope: 'all', reopened: { context: cleared.context, card: 'unwell' } },
    }).start();
    expect(actor.getSnapshot().status).toBe('active');
    expect(openQuestions(actor.getSnapshot().context)).toEqual(cardOf('unwell'));
    actor.send({ type: 'screening.answer', at: 0, answers: { S7: 'yes' } });
    expect(actor.getSnapshot().output).toMatchObject({ cleared: false, question: 'S7' });
  });
});
