import { expect, it } from 'vitest';
import { cards, questionIds } from '../../../machines/screening.questions.ts';
import { screeningCard } from '../../../machines/text/card.ts';
import { catalogue } from '../../../machines/text/text.ts';

const { screening } = catalogue;
const page = screeningCard();
const plain = page.replace(/&quot;/g, '"').replace(/&amp;/g, '&');
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

it('asks every question there is, on the card it stands on, in order', () => {
  let from = 0;
  for (const { id, questions } of cards) {
    from = plain.indexOf(screening.cards[id], from);
    expect([id, from > 0]).toEqual([id, true]);
    for (const question of questions) {
      from = plain.indexOf(screening.questions[question].ask, from);
      expect([question, from > 0]).toEqual([question, true]);
    }
  }
  expect(page.match(/<li>/g)).toHaveLength(questionIds.length);
});

it('says how it is answered with two buttons, what a yes means, and when to seek help', () => {
  for (const sentence of [...Object.values(screening.touch), catalogue.seekHelp])
    expect([sentence, plain.includes(sentence)]).toEqual([sentence, true]);
});

it('is one page to print that loads nothing and runs nothing', () => {
  expect(page).toMatch(/@page \{ size: A4/);
  expect(page).not.toMatch(/<script|<img|<link|https?:|@import|url\(/);
});

it('is read aloud in under two minutes, at the 183 words a minute of reading aloud (Brysbaert 2019)', () => {
  // [M]: English prose read aloud; each card's heading and each question once, the notes only where someone asks.
  const read = [
    screening.opening,
    ...cards.flatMap(({ id, questions }) => [
      screening.cards[id],
      ...questions.map(question => screening.questions[question].ask),
    ]),
  ];
  const count = read.reduce((sum, sentence) => sum + words(sentence), 0);
  expect((count / 183) * 60).toBeLessThan(120);
});

it('changes its version whenever a question changes', () => {
  // A screening that is remembered counts only for the questions it was asked with: a new wording is a new version.
  const asked = questionIds.map(id => screening.questions[id].ask).join('\n');
  let sum = 0;
  for (const character of asked) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007;
  expect([screening.version, sum]).toEqual(['4', 683430950]);
});
