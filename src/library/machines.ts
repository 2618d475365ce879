/**
 * The machines: screening, session, touch and link. They are pure: every event carries `at`, every wait is a deadline
 * that can be asked for, every effect is emitted. They run in any XState 5 actor, or by `transition` alone.
 *
 * @packageDocumentation
 */
export type { Chord } from '../../machines/chord.ts';
export type { Gesture, GestureKind } from '../../machines/gesture.ts';
export { type Intent, intentSchema } from '../../machines/intent.ts';
export { type LinkEvent, type LinkNews, linkMachine, nextLinkDue } from '../../machines/link.ts';
export {
  type Answer,
  type Answers,
  type Caps,
  type CardId,
  type QuestionId,
  questionIds,
} from '../../machines/screening.questions.ts';
export {
  openQuestions,
  type Screened,
  type ScreeningEvent,
  type ScreeningInput,
  screeningMachine,
} from '../../machines/screening.ts';
export { type SessionEvent, sessionEventSchema } from '../../machines/session.events.ts';
export type { Reason } from '../../machines/session.lists.ts';
export { type StateName, stateNames } from '../../machines/session.states.ts';
export { sessionMachine } from '../../machines/session.ts';
export type { Emitted, Mark, SessionInput, SessionOutput } from '../../machines/session.types.ts';
export { nextDue, placeOf, type SessionSnapshot, stateName, timeLeft } from '../../machines/session.view.ts';
export {
  type Edge,
  felt,
  type Hands,
  nextTouchDue,
  restingHands,
  type Word,
} from '../../machines/touch/hands.ts';
export {
  type Button,
  buttons,
  type Fault,
  faults,
  type Ms,
  type Order,
  type Outcome,
  outcomes,
  type Side,
} from '../../machines/vocabulary.ts';
export { type Line, type TraceLine, written } from '../session/trace.ts';
