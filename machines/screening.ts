/**
 * The questions before a session. Output: cleared with caps, or declined with the one advice that matters most.
 *
 * Answers live in this machine's context and nowhere else: the session is told only what may be done.
 */
import { assign, setup } from 'xstate';
import { capsOf, cautionsOf } from './screening.caps.ts';
import {
  type Answer,
  type Answers,
  applies,
  type Caps,
  type QuestionId,
  questionIds,
  weightOf,
} from './screening.questions.ts';
import type { Ms } from './vocabulary.ts';

export type ScreeningEvent = Readonly<{
  type: 'screening.answer';
  at: Ms;
  /** Is there a pain or complaint today? */
  complaint?: boolean | undefined;
  answers?: Answers | undefined;
  /** What every question that is still open is answered with. There is no default. */
  others?: Answer | undefined;
}>;

export type Screened =
  | Readonly<{ cleared: true; caps: Caps; cautions: readonly QuestionId[] }>
  | Readonly<{ cleared: false; question: QuestionId; weight: 'urgent' | 'clinician' }>;

/** `urgent`: only the stop questions, when a session that broke off is taken up again. */
export type ScreeningScope = 'all' | 'urgent';

type ScreeningContext = Readonly<{ scope: ScreeningScope; complaint: boolean | null; answers: Answers }>;

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
export const openQuestions = (context: ScreeningContext): readonly QuestionId[] =>
  questionIds.filter(
    id =>
      (context.scope === 'all' || weightOf(id) === 'urgent') &&
      applies(id, context.complaint ?? true) &&
      context.answers[id] === undefined,
  );

function answered(context: ScreeningContext, event: ScreeningEvent): ScreeningContext {
  const complaint = event.complaint ?? context.complaint;
  const answers: Partial<Record<QuestionId, Answer>> = { ...context.answers, ...event.answers };
  if (event.others !== undefined && complaint !== null)
    for (const id of openQuestions({ ...context, complaint, answers })) answers[id] = event.others;
  return { ...context, complaint, answers };
}

export const screeningMachine = setup({
  types: {
    context: {} as ScreeningContext,
    events: {} as ScreeningEvent,
    /** Without it everything is asked. */
    input: {} as Readonly<{ scope: ScreeningScope }> | undefined,
    output: {} as Screened,
  },
  guards: {
    someAnswerLocksOut: ({ context }) => lockedOut(context) !== undefined,
    everyQuestionIsAnswered: ({ context }) =>
      context.complaint !== null && openQuestions(context).length === 0,
  },
  actions: {
    keepAnswers: assign(({ context, event }) => answered(context, event)),
  },
}).createMachine({
  id: 'screening',
  context: ({ input }) => ({
    scope: input?.scope ?? 'all',
    // The stop questions are asked of everyone: with them alone there is no opening question.
    complaint: input?.scope === 'urgent' ? true : null,
    answers: {},
  }),
  initial: 'asking',
  states: {
    asking: {
      always: [
        { guard: 'someAnswerLocksOut', target: 'declined' },
        { guard: 'everyQuestionIsAnswered', target: 'cleared' },
      ],
      on: { 'screening.answer': { actions: 'keepAnswers' } },
    },
    cleared: { type: 'final' },
    declined: { type: 'final' },
  },
  output: ({ context }) => {
    const question = lockedOut(context);
    return question === undefined
      ? { cleared: true, caps: capsOf(context.answers), cautions: cautionsOf(context.answers) }
      : { cleared: false, question, weight: weightOf(question) === 'urgent' ? 'urgent' : 'clinician' };
  },
});
