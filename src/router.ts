/**
 * Who hears whom: gestures and intents become events of the session here, and nowhere else. Pure tables.
 */

import type { ChordKind } from '../machines/chord.ts';
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
  resume: 'session.resume',
  next: 'session.next',
  extend: 'session.extend',
  skip: 'session.skip',
  switchTechnique: 'session.switchTechnique',
  acknowledge: 'session.acknowledge',
} as const;

/** What the bands need to know, kept in memory only. */
export type Remembered = Readonly<{ routine: Routine; baseline: Scores | null }>;

/** The events of an intent. `screen` and `after` have none: answers go to the screening, the end is no event. */
export function wishesOf(
  intent: Exclude<Intent, { intent: 'screen' | 'after' }>,
  remembered: Remembered,
  byReceiver = false,
): readonly Wish[] {
  switch (intent.intent) {
    case 'go':
      return [{ type: 'session.go', felt: false }];
    case 'end':
      return [{ type: 'session.end', reason: 'left' }];
    case 'confirm':
      return [{ type: 'session.confirm', step: intent.step }];
    case 'leaveOut':
      return [{ type: 'session.leaveOut', zones: intent.zones }];
    case 'bringBack':
      return [{ type: 'session.bringBack', zones: intent.zones }];
    case 'pause':
      return [{ type: 'session.pause', ...(intent.why && { why: intent.why }) }];
    case 'less':
      return [{ type: 'session.less', ...(byReceiver && { byReceiver }) }];
    case 'stop':
      return [{ type: 'session.stop', ...(byReceiver && { byReceiver }) }];
    case 'baseline': {
      const { here } = bandsOf(intent, intent, remembered.routine);
      return [
        { type: 'session.confirm', step: 'baseline', ...(here === 'tooMuch' && { tooMuch: true as const }) },
      ];
    }
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

const isStill = (state: string): boolean => ['paused', 'pausing', 'halting'].includes(state);
const isMoving = (state: string): boolean =>
  ['warmUp', 'strokes', 'pressureRamp', 'cooldown', 'eased', 'transition'].includes(state);
const isAsking = (state: string): boolean => state.endsWith('.checkIn');

/**
 * The events of a gesture, given the session's state now and when the button went down.
 *
 * GO acts at once, so a double or a hold of GO finds the session paused by its own first press and undoes that.
 * `isHurried`: this press follows the one before it as closely as a double does, be it the third or the tenth.
 */
export function wishesOfGesture(
  gesture: Pick<Gesture, 'button' | 'kind'>,
  now: string,
  atPress: string,
  questionAtPress: 'here' | 'leg' | 'firmer' = 'here',
  isHurried = false,
): readonly Wish[] {
  const resumed = (wish: Wish): readonly Wish[] => {
    if (isMoving(now)) return [wish];
    return isStill(now) ? [{ type: 'session.resume' }, wish] : [];
  };
  // Which question was held against decides what it means: too much here, or clearly more down the leg.
  const tooMuch: Wish =
    questionAtPress === 'leg'
      ? { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: false }
      : { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: false };
  switch (`${gesture.button} ${gesture.kind}` as const) {
    case 'go press':
      // However many follow each other in a question, none but the first answers.
      return isHurried && isAsking(now) ? [] : [{ type: 'session.go', felt: true }];
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
      return [{ type: 'session.less' }];
    case 'receiver press':
    case 'receiver double':
      return [{ type: 'session.less', byReceiver: true }];
    case 'less hold':
      return isAsking(atPress) ? [tooMuch] : isMoving(now) ? [{ type: 'session.skip' }] : [];
    case 'stop press':
    case 'stop double':
      return [{ type: 'session.stop' }];
    case 'receiver hold':
    case 'receiver triple':
      return [{ type: 'session.stop', byReceiver: true }];
    case 'go triple':
    case 'less triple':
    case 'stop triple':
    case 'stop hold':
      return [];
  }
}

/**
 * GO and LESS together for 3 s: begin; after a stop: it was a slip. In screening, where it answers the printed card,
 * it is no event of the session's.
 */
export function wishesOfChord(kind: ChordKind, now: string): readonly Wish[] {
  if (kind !== 'together') return [];
  if (now === 'preparation') return [{ type: 'session.start' }];
  return now === 'stopped' ? [{ type: 'session.afterStop', why: 'slip' }] : [];
}
