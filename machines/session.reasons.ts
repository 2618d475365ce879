/** Why the session ends, kept for whoever tells it: the actions of its ends, by name. */
import { because, faultOf, update } from './session.setup.ts';

export const reasons = {
  endWithFault: because(faultOf),
  endInFault: update(context => ({ ...context, reason: context.fault ?? 'left' })),
  endDone: update(context => ({ ...context, reason: context.reason ?? 'routineDone' })),
  endEnough: because(() => 'enough'),
  endMissed: because(() => 'checkInsMissed'),
  endAtCap: because(() => 'sessionCap'),
  endAfterLongPause: because(() => 'longPause'),
  endPausedTooLong: because(() => 'pausedTooLong'),
  endUnanswered: because(() => 'unanswered'),
  endAfterStop: because(event =>
    event.type === 'session.afterStop' && event.why === 'pain' ? 'pain' : 'symptom',
  ),
  endWithSymptom: because(event => (event.type === 'session.symptom' ? event.id : 'symptom')),
  endByScore: because(event =>
    event.type === 'session.checkIn' && event.leg === 'worse' ? 'legWorse' : 'scoreTooHigh',
  ),
  endLeft: because(event => (event.type === 'session.end' ? event.reason : 'left')),
};
