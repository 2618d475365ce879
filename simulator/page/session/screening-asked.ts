/** What the screening asks next, and how far one is. Pure: it follows from what is still open. */
import {
  applies,
  type CardId,
  cards,
  mayBeUnchanged,
  type QuestionId,
  weightOf,
} from '../../../machines/screening.questions.ts';
import type { ReopenedCard } from '../../../machines/screening.ts';
import type { View } from '../../../src/server/view-messages.ts';

export type CardAsked = Readonly<{ id: CardId; questions: readonly QuestionId[] }>;

/** From one question to the next: `place` counts from 0, `count` is how many cards there are. */
type Way = Readonly<{ place: number; count: number; back: ReopenedCard | null }>;

export type Asked =
  /** Before all cards: a complaint today? Of who returns at once also: anything new since last time? */
  | Readonly<{ kind: 'opening'; asksNews: boolean }>
  | Readonly<{ kind: 'news' }>
  | (Readonly<{ kind: 'full'; card: CardAsked }> & Way)
  /** Cards of who returns, to be read, with one answer: nothing has changed. */
  | (Readonly<{ kind: 'short'; cards: readonly CardAsked[] }> & Way);

/** As many cards share one page where nothing but a change is asked for. */
const shortTogether = 2;

type Screening = Pick<View['screening'], 'complaint' | 'open' | 'scope' | 'anythingNew'>;

/** The next thing to ask; null once all has been answered. `inFull`: cards in which something has changed. */
export function askedNow(
  { complaint, open, scope, anythingNew }: Screening,
  urgentOnly: boolean,
  inFull: readonly CardId[],
): Asked | null {
  const returns = scope === 'returning';
  if (complaint === null) return { kind: 'opening', asksNews: returns && anythingNew === null };
  if (returns && anythingNew === null) return { kind: 'news' };
  const all = cards.filter(card => !urgentOnly || weightOf(card.questions[0]) === 'urgent');
  const left: readonly CardAsked[] = all.map(({ id, questions }) => ({
    id,
    questions: questions.filter(question => applies(question, complaint) && open.includes(question)),
  }));
  const place = left.findIndex(({ questions }) => questions.length > 0);
  const card = left[place];
  if (!card) return null;
  const before = left[place - 1]?.id ?? null;
  const way: Way = { place, count: all.length, back: before ?? (urgentOnly ? null : 'opening') };
  // What cannot be unchanged is asked in full once the rest of its card has been.
  const short = (one: CardAsked): CardAsked => ({
    id: one.id,
    questions: one.questions.filter(question => mayBeUnchanged(one.id, question)),
  });
  const isShort = (one: CardAsked): boolean =>
    returns && anythingNew === 'no' && short(one).questions.length > 0 && !inFull.includes(one.id);
  if (!isShort(card)) return { kind: 'full', card, ...way };
  const next = left.slice(place).filter(({ questions }) => questions.length > 0);
  const end = next.findIndex(one => !isShort(one));
  const together = next.slice(0, Math.min(shortTogether, end < 0 ? next.length : end));
  return { kind: 'short', cards: together.map(short), ...way };
}

/** Where hands will be and down the leg, then the start. */
const pressesToStart = 3;

/** How many cards, and presses in all, lead from here to the hands, where every answer is no and there is a complaint. */
export function wayAhead(screening: Screening): Readonly<{ cards: number; presses: number }> {
  let at: Screening = screening;
  let shown = 0;
  let presses = pressesToStart;
  for (let asked = askedNow(at, false, []); asked !== null; asked = askedNow(at, false, [])) {
    presses += 1;
    if (asked.kind === 'opening') at = { ...at, complaint: !asked.asksNews, anythingNew: 'no' };
    else if (asked.kind === 'news') at = { ...at, anythingNew: 'no' };
    else {
      shown += 1;
      const answered = new Set(
        (asked.kind === 'full' ? [asked.card] : asked.cards).flatMap(
          ({ questions }) => questions as string[],
        ),
      );
      at = { ...at, open: at.open.filter(question => !answered.has(question)) };
    }
  }
  return { cards: shown, presses };
}
