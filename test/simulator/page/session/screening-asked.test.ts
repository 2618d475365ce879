/** What the screening asks next, and how many presses lead to the hands. */
import { describe, expect, it } from 'vitest';
import {
  applies,
  cardIds,
  cardOf,
  questionIds,
  stopCards,
} from '../../../../machines/screening.questions.ts';
import { askedNow, wayAhead } from '../../../../simulator/page/session/screening-asked.ts';

type Screening = Parameters<typeof askedNow>[0];

const from = (fields: Partial<Screening> = {}): Screening => ({
  complaint: null,
  open: [...questionIds],
  scope: 'all',
  anythingNew: null,
  ...fields,
});

/** All pages in their order, each answered with no. */
function pages(screening: Screening, complaint: boolean): readonly (readonly string[])[] {
  const shown: (readonly string[])[] = [];
  let at = screening;
  for (let asked = askedNow(at, false, []); asked !== null; asked = askedNow(at, false, [])) {
    if (asked.kind === 'opening') at = { ...at, complaint, anythingNew: 'no' };
    else if (asked.kind === 'news') at = { ...at, anythingNew: 'no' };
    else {
      const of = asked.kind === 'full' ? [asked.card] : asked.cards;
      const questions = of.flatMap(card => card.questions) as string[];
      at = { ...at, open: at.open.filter(id => !questions.includes(id)) };
      shown.push(questions);
    }
    if (shown.length > 20) throw new Error('it goes round in circles');
  }
  return shown;
}

describe('what is asked', () => {
  it.each([true, false])(
    'is every question that applies, once, whoever comes, with a complaint %s',
    complaint => {
      const all = questionIds.filter(id => applies(id, complaint)).toSorted();
      for (const scope of ['all', 'returning'] as const)
        expect(pages(from({ scope }), complaint).flat().toSorted()).toEqual(all);
    },
  );

  it('of who returns: the stop cards each in full, the others two at a time', () => {
    const shown = pages(from({ scope: 'returning' }), false);
    expect(shown).toHaveLength(4);
    expect(shown.slice(0, 2)).toEqual(
      [...stopCards].map(id => cardOf(id).filter(question => applies(question, false))),
    );
  });

  it('is a card in full where something in it has changed', () => {
    const at = from({
      scope: 'returning',
      complaint: false,
      anythingNew: 'no',
      open: questionIds.filter(id => !cardOf('urgent').includes(id) && !cardOf('unwell').includes(id)),
    });
    expect(askedNow(at, false, ['health'])).toMatchObject({ kind: 'full', card: { id: 'health' } });
    expect(askedNow(at, false, ['care'])).toMatchObject({ kind: 'short', cards: [{ id: 'health' }] });
  });

  it('leads back from each card to the one before, and from the first to the opening question', () => {
    for (const [place, card] of cardIds.entries()) {
      const open = cardIds.slice(place).flatMap(id => [...cardOf(id)]);
      expect(askedNow(from({ complaint: true, open }), false, [])).toMatchObject({
        card: { id: card },
        back: cardIds[place - 1] ?? 'opening',
        place,
        count: cardIds.length,
      });
    }
    expect(askedNow(from({ complaint: true, scope: 'urgent' }), true, [])).toMatchObject({ back: null });
  });
});

it('eleven presses lead a stranger to the hands, nine whoever returns, with that of Begin', () => {
  expect(wayAhead(from()).presses + 1).toBe(11);
  expect(wayAhead(from({ scope: 'returning' })).presses + 1).toBe(9);
  expect([wayAhead(from()).cards, wayAhead(from({ scope: 'returning' })).cards]).toEqual([6, 4]);
});
