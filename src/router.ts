/**
 * Who hears whom: gestures and intents become events of the session here, and nowhere else. Pure tables.
 */
import type { Gesture } from '../machines/gesture.ts';
import type { Intent } from '../machines/intent.ts';
import { bandsOf, type Scores } from '../machines/response.ts';
import type { Routine } from '../machines/routine/schema.ts';
import type { SessionEvent } from '../machines/session.types.ts';
import type { Ms } from '../machines/vocabulary.ts';

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never;
export type Wish = WithoutAt<SessionEvent>;

export const stamped = (wish: Wish, at: Ms): SessionEvent => ({ ...wish, at }) as SessionEvent;

/** Names of the intents that are events of the same name and carry nothing. */
const plain = {
  start: 'session.start',
  pause: 'session.pause',
  resume: 'session.resume',
  less: 'session.less',
  next: 'session.next',
  extend: 'session.extend',
  skip: 'session.skip',
  switchTechnique: 'session.switchTechnique',
  stop: 'session.stop',
  acknowledge: 'session.acknowledge',
} as const;

/** What the bands need to know, kept in memory only. */
export type Remembered = Readonly<{ routine: Routine; baseline: Scores | null }>;

/** The events of an intent. `screen` has none: answers go to the screening alone. */
export function wishesOf(
  intent: Exclude<Intent, { intent: 'screen' }>,
  remembered: Remembered,
): readonly Wish[] {
  switch (intent.intent) {
    case 'go':
      return [{ type: 'session.go', felt: false }];
    case 'end':
      return [{ type: 'session.end', reason: 'left' }];
    case 'confirm':
      return [{ type: 'session.confirm', step: intent.step }];
    case 'baseline':
      return [{ type: 'session.confirm', step: 'baseline' }];
    case 'checkIn':
      return [
        {
          type: 'session.checkIn',
          ...bandsOf(intent, remembered.baseline, remembered.routine),
          firmer: intent.firmer,
        },
      ];
    case 'symptom':
      return [{ type: 'session.symptom', id: intent.id }];
    case 'afterStop':
      return [{ type: 'session.afterStop', why: intent.why }];
    default:
      return [{ type: plain[intent.intent] }];
  }
}

const isStill = (state: string): boolean => state === 'paused' || state === 'pausing';
const isMoving = (state: string): boolean =>
  ['warmUp', 'strokes', 'pressureRamp', 'cooldown', 'eased', 'transition'].includes(state);
const isAsking = (state: string): boolean => state.endsWith('.checkIn');

/**
 * The events of a gesture, given the session's state now and when the button went down.
 *
 * GO acts at once, so a double or a hold of GO finds the session paused by its own first press and undoes that.
 */
export function wishesOfGesture(
  gesture: Pick<Gesture, 'button' | 'kind'>,
  now: string,
  atPress: string,
): readonly Wish[] {
  const resumed = (wish: Wish): readonly Wish[] => {
    if (isMoving(now)) return [wish];
    return isStill(now) ? [{ type: 'session.resume' }, wish] : [];
  };
  const tooMuch: Wish = { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: false };
  switch (`${gesture.button} ${gesture.kind}` as const) {
    case 'go press':
      return [{ type: 'session.go', felt: true }];
    case 'go double':
      // In a question two quick presses are no answer: haste is never consent.
      if (isAsking(now) || isAsking(atPress)) return [];
      return isMoving(now) || isStill(now)
        ? resumed({ type: 'session.extend' })
        : [{ type: 'session.go', felt: true }];
    case 'go hold':
      // A press that has just begun or acknowledged something is held for nothing: it skips no warm-up.
      return isMoving(atPress) || isStill(atPress) ? resumed({ type: 'session.next' }) : [];
    case 'less press':
    case 'less double':
    case 'receiver press':
    case 'receiver double':
      return [{ type: 'session.less' }];
    case 'less hold':
      return isAsking(atPress) ? [tooMuch] : isMoving(now) ? [{ type: 'session.skip' }] : [];
    case 'stop press':
    case 'stop double':
    case 'receiver hold':
    case 'receiver triple':
      return [{ type: 'session.stop' }];
    case 'go triple':
    case 'less triple':
    case 'stop triple':
    case 'stop hold':
      return [];
  }
}
