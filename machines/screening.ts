/**
 * The questions before a session. Output: cleared with caps, or declined with the one advice that matters most.
 *
 * Answers live in this machine's context and nowhere else: the session is told only what may be done. Without a screen
 * the questions are asked from a printed card and answered card by card with two buttons; then nobody has seen an
 * answer, and the caps are those of a person about whom nothing is known.
 */
import { assign, setup } from 'xstate';
import { byTouch, byTouchWithCare, capsOf, cautionsOf, noCaution, strictest } from './screening.caps.ts';
import {
  type Answer,
  type Answers,
  applies,
  type Caps,
  type CardId,
  cardIds,
  cardOf,
  mayBeUnchanged,
  type QuestionId,
  questionIds,
  weightOf,
} from './screening.questions.ts';
import type { Ms } from './vocabulary.ts';

/** What a screening can be told. */
export type ScreeningEvent =
  | Readonly<{
      type: 'screening.answer';
      at: Ms;
      /** Is there a pain or complaint today? */
      complaint?: boolean | undefined;
      answers?: Answers | undefined;
      /** Who returns: anything new since last time, or a worse next morning? Yes and unsure ask everything. */
      anythingNew?: Answer | undefined;
      /** Who returns: cards in which nothing has changed. Never the stop cards. */
      unchanged?: readonly CardId[] | undefined;
      /** What every question that is still open is answered with. There is no default. */
      others?: Answer | undefined;
    }>
  /** By touch: none of the next card's questions. `someCaution`: the one before was answered with a caution. */
  | Readonly<{ type: 'screening.noneOfCard'; at: Ms }>
  | Readonly<{ type: 'screening.someCaution'; at: Ms }>
  /** By touch: back to the first card. */
  | Readonly<{ type: 'screening.again'; at: Ms }>
  /** What was answered on this card, or to the opening question, is taken back: it is asked again. */
  | Readonly<{ type: 'screening.reopen'; at: Ms; card: ReopenedCard }>;

/** What can be asked again: a card, or the question before all cards. */
export type ReopenedCard = CardId | 'opening';

/** How the questions were asked: `full` on a screen, `returning` with "has anything changed?", `touch` from the card. */
export const askedBy = ['full', 'urgent', 'returning', 'touch'] as const;
export type AskedBy = (typeof askedBy)[number];

/** How a screening ended: what the session may do, or the one question that keeps it from beginning. */
export type Screened =
  | Readonly<{ cleared: true; caps: Caps; cautions: readonly QuestionId[]; by: AskedBy }>
  | Readonly<{ cleared: false; question: QuestionId; weight: 'urgent' | 'clinician' }>;

/**
 * `urgent`: only the stop questions, when a session that broke off is taken up again. `returning`: all was clear
 * within the last 14 days and the person agreed to have that remembered.
 */
export type ScreeningScope = 'all' | 'urgent' | 'returning';

export type ScreeningContext = Readonly<{
  scope: ScreeningScope;
  complaint: boolean | null;
  answers: Answers;
  /** Asked of those who return, before anything may count as unchanged. */
  anythingNew: Answer | null;
  /** Questions answered by "nothing has changed", and by nothing else. */
  unchanged: readonly QuestionId[];
  /** Cards answered by touch so far, in their order; null where the screen is used. */
  touched: number | null;
  someCaution: boolean;
}>;

/** Which questions are asked. */
export type ScreeningInput = Readonly<{
  scope: ScreeningScope;
  /** A screening that was over already, of which one card is asked again. */
  reopened?: Readonly<{ context: ScreeningContext; card: ReopenedCard }>;
}>;

/** The gravest answer other than "no", S before C, in the order of the questions. */
function lockedOut(context: ScreeningContext): QuestionId | undefined {
  return questionIds.find(
    id =>
      weightOf(id) !== 'caution' &&
      (context.answers[id] ?? 'no') !== 'no' &&
      applies(id, context.complaint ?? true),
  );
}

/** Questions without an answer. Without the opening answer every question counts as asked. */
export const openQuestions = (
  context: Pick<ScreeningContext, 'scope' | 'complaint' | 'answers'>,
): readonly QuestionId[] =>
  questionIds.filter(
    id =>
      (context.scope !== 'urgent' || weightOf(id) === 'urgent') &&
      applies(id, context.complaint ?? true) &&
      context.answers[id] === undefined,
  );

function answered(context: ScreeningContext, event: ScreeningEvent): ScreeningContext {
  if (event.type !== 'screening.answer') return context;
  const complaint = event.complaint ?? context.complaint;
  const anythingNew = event.anythingNew ?? context.anythingNew;
  const given = event.answers ?? {};
  const answers: Partial<Record<QuestionId, Answer>> = { ...context.answers, ...given };
  // Something new after all: what was taken for unchanged is asked.
  const stands = anythingNew === 'no';
  if (!stands) for (const id of context.unchanged) if (given[id] === undefined) delete answers[id];
  const unchanged = new Set(stands ? context.unchanged.filter(id => given[id] === undefined) : []);
  const short = context.scope === 'returning' && stands && complaint !== null;
  for (const card of short ? (event.unchanged ?? []) : [])
    for (const id of cardOf(card)) {
      if (!mayBeUnchanged(card, id) || answers[id] !== undefined) continue;
      answers[id] = 'no';
      unchanged.add(id);
    }
  if (event.others !== undefined && complaint !== null)
    for (const id of openQuestions({ ...context, complaint, answers })) answers[id] = event.others;
  return { ...context, complaint, anythingNew, answers, unchanged: [...unchanged] };
}

/** Without the answers of one card; without the opening answer nothing counts as unchanged any more. */
function reopened(context: ScreeningContext, card: ReopenedCard): ScreeningContext {
  const isOpening = card === 'opening';
  const gone: ReadonlySet<QuestionId> = new Set(isOpening ? context.unchanged : cardOf(card));
  return {
    ...context,
    ...(isOpening && { complaint: context.scope === 'urgent' ? true : null, anythingNew: null }),
    answers: Object.fromEntries(questionIds.flatMap(id => answerIn(context.answers, id, gone))),
    unchanged: context.unchanged.filter(id => !gone.has(id)),
    touched: null,
    someCaution: false,
  };
}

const answerIn = (
  answers: Answers,
  id: QuestionId,
  gone: ReadonlySet<QuestionId>,
): readonly (readonly [QuestionId, Answer])[] => {
  const answer = answers[id];
  return answer === undefined || gone.has(id) ? [] : [[id, answer]];
};

/** Cards by touch are for whoever has no screen: they begin only where nothing has been answered on one. */
const mayTouch = ({ scope, complaint, answers, touched }: ScreeningContext): boolean =>
  touched !== null || (scope !== 'urgent' && complaint === null && Object.keys(answers).length === 0);

const untouched = (scope: ScreeningScope): ScreeningContext => ({
  scope,
  // The stop questions are asked of everyone: with them alone there is no opening question.
  complaint: scope === 'urgent' ? true : null,
  answers: {},
  anythingNew: null,
  unchanged: [],
  touched: null,
  someCaution: false,
});

/**
 * The screening as a machine. It is done once every question that applies is answered; its output is Screened. There is
 * no default: what nobody has answered stays open.
 */
export const screeningMachine = setup({
  types: {
    context: {} as ScreeningContext,
    events: {} as ScreeningEvent,
    /** Without it everything is asked. */
    input: {} as ScreeningInput | undefined,
    output: {} as Screened,
  },
  guards: {
    someAnswerLocksOut: ({ context }) => lockedOut(context) !== undefined,
    everyQuestionIsAnswered: ({ context }) =>
      context.complaint !== null && openQuestions(context).length === 0,
    everyCardIsTouched: ({ context }) => context.touched === cardIds.length,
    cardsMayBeTouched: ({ context }) => mayTouch(context),
  },
  actions: {
    keepAnswers: assign(({ context, event }) => answered(context, event)),
    countCard: assign({ touched: ({ context }) => (context.touched ?? 0) + 1 }),
    noteCaution: assign({ someCaution: true }),
    beginAgain: assign({ touched: null, someCaution: false }),
    reopenCard: assign(({ context, event }) =>
      event.type === 'screening.reopen' ? reopened(context, event.card) : context,
    ),
  },
}).createMachine({
  id: 'screening',
  context: ({ input }) =>
    input?.reopened
      ? reopened(input.reopened.context, input.reopened.card)
      : untouched(input?.scope ?? 'all'),
  initial: 'asking',
  states: {
    asking: {
      always: [
        { guard: 'someAnswerLocksOut', target: 'declined' },
        { guard: 'everyQuestionIsAnswered', target: 'cleared' },
        { guard: 'everyCardIsTouched', target: 'cleared' },
      ],
      on: {
        'screening.answer': { actions: ['beginAgain', 'keepAnswers'] },
        'screening.noneOfCard': { guard: 'cardsMayBeTouched', actions: 'countCard' },
        'screening.someCaution': { guard: 'cardsMayBeTouched', actions: 'noteCaution' },
        'screening.again': { actions: 'beginAgain' },
        'screening.reopen': { actions: 'reopenCard' },
      },
    },
    cleared: { type: 'final' },
    declined: { type: 'final' },
  },
  output: ({ context }): Screened => {
    const question = lockedOut(context);
    if (question !== undefined)
      return { cleared: false, question, weight: weightOf(question) === 'urgent' ? 'urgent' : 'clinician' };
    if (context.touched !== null)
      return {
        cleared: true,
        caps: strictest(noCaution, context.someCaution ? byTouchWithCare : byTouch),
        cautions: [],
        by: 'touch',
      };
    const by = context.scope === 'urgent' ? 'urgent' : context.unchanged.length > 0 ? 'returning' : 'full';
    return { cleared: true, caps: capsOf(context.answers), cautions: cautionsOf(context.answers), by };
  },
});
