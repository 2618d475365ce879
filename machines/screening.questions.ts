/**
 * The screening questions: which exist, what an answer other than "no" leads to, and on which card they stand.
 *
 * S: urgent care, no session. C: see a clinician first, no session. K: the session is adjusted.
 * Unsure counts as yes. Sources stand in README.md beside this file; a clinician has not reviewed them.
 */

/** A question by its id. S: a yes sends to urgent care, C: to a clinician, K: it makes the session milder. */
export type QuestionId =
  | `S${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | `C${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16}`
  | `K${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | 'giverC7'
  | 'giverK3';

/** In the order of gravity: where several answers lock out, the first one's advice is given. */
export const questionIds: readonly QuestionId[] = [
  ...(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'] as const),
  ...(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C11', 'C12'] as const),
  ...(['C13', 'C14', 'C15', 'C16'] as const),
  ...(['giverC7', 'K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'giverK3'] as const),
];

/** What can be answered. "unsure" counts as a yes. */
export type Answer = 'yes' | 'no' | 'unsure';
/** Answers so far. */
export type Answers = Readonly<Partial<Record<QuestionId, Answer>>>;

/** What an answer other than "no" means. */
export type Weight = 'urgent' | 'clinician' | 'caution';

export const weightOf = (id: QuestionId): Weight =>
  id.startsWith('S') ? 'urgent' : id.startsWith('C') || id === 'giverC7' ? 'clinician' : 'caution';

/** Asked only where there is a complaint today: they are about the complaint, and healthy people have none. */
const aboutComplaint: ReadonlySet<QuestionId> = new Set<QuestionId>(['C10', 'C11', 'K8']);

export const applies = (id: QuestionId, complaint: boolean): boolean => complaint || !aboutComplaint.has(id);

/** Cards whose questions are always asked in full; the others may be answered by "nothing has changed". */
export const stopCards: ReadonlySet<CardId> = new Set<CardId>(['urgent', 'unwell']);

/**
 * Whether "nothing has changed" can answer it: not on a stop card, and not where it is about a complaint of today, for
 * nobody knows whether there was one last time, when it was asked.
 */
export const mayBeUnchanged = (card: CardId, id: QuestionId): boolean =>
  !stopCards.has(card) && !aboutComplaint.has(id);

/**
 * At most seven questions a card that everybody is asked; the last card is for the person giving the massage. What is
 * about today stands with what is urgent: neither may ever be taken for unchanged.
 */
export const cards = [
  { id: 'urgent', questions: ['S1', 'S2', 'S3', 'S4', 'S5'] },
  { id: 'unwell', questions: ['S6', 'S7', 'S8', 'S9', 'C11', 'C16'] },
  { id: 'health', questions: ['C1', 'C13', 'C2', 'C3', 'C4', 'C5', 'C6'] },
  { id: 'care', questions: ['C7', 'C8', 'C15', 'C9', 'C10', 'C12', 'C14'] },
  { id: 'comfort', questions: ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K9', 'K8'] },
  { id: 'giver', questions: ['giverC7', 'giverK3', 'K7'] },
] as const satisfies readonly Readonly<{ id: string; questions: readonly QuestionId[] }>[];
export const cardIds = ['urgent', 'unwell', 'health', 'care', 'comfort', 'giver'] as const;
/** A card of questions, as they are asked together. */
export type CardId = (typeof cardIds)[number];

export const cardOf = (id: CardId): readonly QuestionId[] =>
  cards.find(card => card.id === id)?.questions ?? [];

/** What a session may do, from the caution answers. Only ever stricter than without them. */
export type Caps = Readonly<{
  pressureMax: number;
  bath: 'warm' | 'cool' | 'none';
  oil: 'any' | 'plain' | 'plainUnwarmed';
  light: 'blinking' | 'steady';
  cues: 'full' | 'gentle';
  /**
   * `noDeep`: nothing at the piriformis or the sacrum, where the nerve that hurts runs; `noButtock`: nor on the buttock
   * above them.
   */
  places: 'any' | 'noDeep' | 'noButtock';
  /** `notProne`: on the side wherever the routine has one lie face down. */
  position: 'any' | 'notProne';
}>;
