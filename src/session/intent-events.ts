/** Intents become events of the session here, and nowhere else; what hands do becomes them in `machines/touch`. */
import { sparedFor } from '../../machines/causes.ts';
import type { Intent } from '../../machines/intent.ts';
import { bandsOf, type Scores } from '../../machines/response.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { SessionEvent } from '../../machines/session.events.ts';
import type { UnstampedEvent } from '../../machines/touch/meaning.ts';
import type { Ms } from '../../machines/vocabulary.ts';

export const stamped = (wish: UnstampedEvent, at: Ms): SessionEvent => ({ ...wish, at }) as SessionEvent;

/** Names of the intents that are events of the same name and carry nothing. */
const plain = {
  start: 'session.start',
  resume: 'session.resume',
  next: 'session.next',
  extend: 'session.extend',
  skip: 'session.skip',
  switchTechnique: 'session.switchTechnique',
  tryLighter: 'session.tryLighter',
  acknowledge: 'session.acknowledge',
} as const;

/** What the bands need to know, kept in memory only. */
export type ScoreContext = Readonly<{ routine: Routine; baseline: Scores | null }>;

/** The events of an intent. `screen`, `reopen` and `after` have none: answers are the screening's, the end is no event. */
export function wishesOf(
  intent: Exclude<Intent, { intent: 'screen' | 'reopen' | 'after' }>,
  remembered: ScoreContext,
  byReceiver = false,
): readonly UnstampedEvent[] {
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
    case 'lie':
      return [{ type: 'session.lie', onSide: intent.onSide }];
    case 'pause':
      return [{ type: 'session.pause', ...(intent.why && { why: intent.why }) }];
    case 'less':
      return [{ type: 'session.less', ...(byReceiver && { byReceiver }) }];
    case 'undo':
      return [{ type: 'session.undo', ...(byReceiver && { byReceiver }) }];
    case 'stop':
      return [{ type: 'session.stop', ...(byReceiver && { byReceiver }) }];
    case 'causes':
      // The answers go no further than this: what follows from them is all that is told.
      return [{ type: 'session.spare', ...sparedFor(intent) }];
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
