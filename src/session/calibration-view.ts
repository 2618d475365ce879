/** What is shown of a calibration: what is known of the board's motors, and the question that is open. */
import * as v from 'valibot';
import {
  answersOf,
  type CalibrationWalk,
  calibrationSteps,
  felts,
  playOf,
} from '../../machines/calibration.ts';
import { setupWords } from '../../machines/text/setup.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { BoardTuning } from './board-tuning.ts';
import type { Sessions } from './sessions.ts';

const words = catalogue.calibration;

const motorSchema = v.strictObject({ startDuty: v.number(), ratedDuty: v.number(), kickDuty: v.number() });
const tuningFields = {
  left: motorSchema,
  right: motorSchema,
  lagMs: v.strictObject({ left: v.number(), right: v.number() }),
  swapped: v.boolean(),
  glideMs: v.number(),
};

/** What is known of the board's motors, and the walk that finds it out; null where this board has none. */
export const calibrationSchema = v.nullable(
  v.strictObject({
    /** Why it can't begin now, in a sentence; null where it can, or is under way. */
    hindrance: v.nullable(v.string()),
    id: v.nullable(v.string()),
    keptFor: v.picklist(['board', 'port', 'kind', 'run']),
    known: v.nullable(v.strictObject({ at: v.string(), ...tuningFields })),
    usual: v.strictObject(tuningFields),
    walk: v.nullable(
      v.strictObject({
        step: v.picklist(calibrationSteps),
        place: v.number(),
        count: v.number(),
        /** Answers to this question so far. */
        rounds: v.number(),
        /** Which question this is: an answer names it. */
        question: v.number(),
        /** `asked`: waits to be played. `felt`: can be answered. */
        stage: v.picklist(['asked', 'playing', 'felt']),
        /** Whether there is anything to be played for it. */
        plays: v.boolean(),
        answers: v.array(v.picklist(felts)),
        problem: v.nullable(v.string()),
        notes: v.array(v.string()),
        mayGoBack: v.boolean(),
      }),
    ),
    /** How the last one ended, in a sentence. */
    ended: v.nullable(v.string()),
  }),
);

export type CalibrationView = Readonly<NonNullable<v.InferOutput<typeof calibrationSchema>>>;
export type WalkView = NonNullable<CalibrationView['walk']>;
export type WalkStage = WalkView['stage'];

/** Where what was found out is kept, as a sentence. */
export const keptWord = ({ keptFor }: Pick<BoardTuning, 'keptFor'>): string =>
  keptFor === 'kind' ? setupWords.kept.ofKind : words.ended[`kept.${keptFor}`];

/** Why a calibration can't begin, in a sentence; null where it can. */
export function hindranceOf({ mayBegin, run: { board } }: Pick<Sessions, 'mayBegin' | 'run'>): string | null {
  if (!mayBegin) return words.hindrances.session;
  if (board.state !== 'live' || board.identity === null) return words.hindrances.board;
  if (board.hindrance !== null) return words.hindrances[board.hindrance];
  if ((board.status?.pressed.length ?? 0) > 0) return words.hindrances.pressed;
  return null;
}

/** Why a pulse could not be felt as it was meant. */
export type Problem = keyof typeof words.problems;
type Open = Pick<WalkView, 'question' | 'stage' | 'mayGoBack'> & Readonly<{ problem: Problem | null }>;

/** The question that is open; null where there is none any more. */
export function walkView(
  walk: CalibrationWalk,
  { question, stage, problem, mayGoBack }: Open,
): WalkView | null {
  if (walk.step === 'done' || walk.step === 'refused') return null;
  return {
    step: walk.step,
    place: calibrationSteps.indexOf(walk.step) + 1,
    count: calibrationSteps.length,
    rounds: walk.rounds,
    question,
    stage,
    plays: playOf(walk) !== null,
    answers: [...answersOf(walk)],
    problem: problem && words.problems[problem],
    notes: walk.notes.map(note => words.notes[note]),
    mayGoBack,
  };
}
