import { expect, it } from 'vitest';
import { applies, cards, questionIds, weightOf } from '../../machines/screening.questions.ts';
import { catalogue } from '../../machines/text/text.ts';

const { questions, advice } = catalogue.screening as Readonly<{
  questions: Readonly<Record<string, { ask: string; note?: string }>>;
  advice: Readonly<Record<string, string>>;
}>;
const care = catalogue.care as Readonly<Record<string, string>>;

it('every question has a sentence of at most twelve words that ends as a question', () => {
  expect(Object.keys(questions).toSorted()).toEqual([...questionIds].toSorted());
  for (const id of questionIds) {
    const ask = questions[id]?.ask ?? '';
    expect([id, ask.split(/\s+/).length <= 12, ask.endsWith('?')]).toEqual([id, true, true]);
  }
});

it('every note and every instruction of the printed card is in sentences of at most twelve words', () => {
  const { title: _, ...instructions } = catalogue.screening.touch;
  const notes = Object.values(questions).flatMap(({ note }) => (note === undefined ? [] : [note]));
  const sentences = [...notes, ...Object.values(instructions)].flatMap(text => text.split(/(?<=[.!?;])\s+/));
  expect(sentences.filter(sentence => sentence.split(/\s+/).length > 12)).toEqual([]);
});

it('every card holds at most seven questions, all cards each question once', () => {
  // Of each card those that everybody is asked; one more where there is a complaint.
  for (const card of cards) {
    expect(card.questions.filter(id => applies(id, false)).length).toBeLessThanOrEqual(7);
    expect(card.questions.length).toBeLessThanOrEqual(8);
  }
  expect(cards.flatMap(card => card.questions as readonly string[]).toSorted()).toEqual(
    [...questionIds].toSorted(),
  );
});

it('five cards are for the person being massaged, one short one for the person giving it', () => {
  expect(cards.map(({ id }) => id)).toEqual(['urgent', 'unwell', 'health', 'care', 'comfort', 'giver']);
  expect(cards.at(-1)?.questions).toEqual(['giverC7', 'giverK3', 'K7']);
  expect(Object.keys(catalogue.screening.cards).toSorted()).toEqual(
    cards.map(({ id }) => id as string).toSorted(),
  );
});

it('every question that locks out has its advice, every caution its care', () => {
  for (const id of questionIds) {
    if (weightOf(id) !== 'caution') expect([id, (advice[id] ?? '').length > 20]).toEqual([id, true]);
    else expect([id, (care[id.replace('giver', '')] ?? '').length > 20]).toEqual([id, true]);
  }
});

it('the urgent advice says where to go, the clinician advice not to start today', () => {
  for (const id of questionIds.filter(one => weightOf(one) === 'urgent'))
    expect(advice[id]).toMatch(/hospital|doctor|ambulance|examined/);
  for (const id of questionIds.filter(one => weightOf(one) === 'clinician'))
    expect(advice[id]).toMatch(/Not today|Please do not/);
});

it('the five ids of a pressed nerve send to a hospital within hours', () => {
  for (const id of ['S1', 'S2', 'S3', 'S4', 'S5']) expect(advice[id]).toMatch(/hospital within hours/);
});

it('the journey question says from when on and why', () => {
  expect(questions.C2?.note).toMatch(/A journey: 8 hours or more, within 2 weeks/);
  expect(advice.C2).toMatch(/clot/);
});
