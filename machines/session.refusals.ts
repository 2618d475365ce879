/** What the session machine says where something is not possible now: what was asked, what was given, which limit. */

import type { SessionEvent } from './session.events.ts';
import { lightestCue, refusal, refusedCue, riseRefusal } from './session.orders.ts';
import * as place from './session.place.ts';
import { pressureNow } from './session.pressure.ts';
import { asked, emitAll, prepared, verdict } from './session.setup.ts';
import type { Emitted, SessionContext } from './session.types.ts';

type Context = SessionContext;
type Event = SessionEvent;

const boardRefusal = (context: Context, event: Event): Emitted =>
  context.stopHeld
    ? refusal(asked(event), 'nothing', 'stopButton', { key: 'releaseStop' })
    : refusal(asked(event), 'nothing', 'board', { key: 'connectBoard' });

export const refusals = {
  sayLightest: emitAll((context, event) => [
    refusal('less', `pressure ${pressureNow(context) ?? 1}`, 'lightest', { key: 'alreadyLightest' }),
    lightestCue(event.at),
  ]),
  refuseMeaningless: emitAll((_, event) =>
    event.type === 'session.meaningless' && event.what === 'underStop'
      ? [refusal('press', 'nothing', 'stopButton', { key: 'releaseStop' }), refusedCue(event.at)]
      : [refusal('together', 'nothing', 'notNow', { key: 'oneButton' }), refusedCue(event.at)],
  ),
  refuseHaste: emitAll((_, event) => [
    refusal('go', 'nothing', 'haste', { key: 'calmly' }),
    refusedCue(event.at),
  ]),
  refuseUndo: emitAll(() => [refusal('undo', 'nothing', 'undo', { key: 'undoTooLate' })]),
  refuse: emitAll((_, event) => [refusal(asked(event), 'nothing', 'notNow', { key: 'lessStopAlways' })]),
  refuseStart: emitAll((context, event) => [
    context.caps === null
      ? refusal(asked(event), 'nothing', 'screening', { key: 'answerScreening' })
      : !place.isRoutine(context)
        ? refusal(asked(event), 'nothing', 'places', { key: 'otherRoutine' })
        : prepared(context)
          ? boardRefusal(context, event)
          : context.steps[0] === 'places' || (event.type === 'session.confirm' && event.step === 'places')
            ? refusal(asked(event), 'nothing', 'places', { key: 'namePlaces' })
            : context.steps[0] === 'receiver' ||
                (event.type === 'session.confirm' && event.step === 'receiver')
              ? refusal(asked(event), 'nothing', 'receiver', { key: 'tryReceiver' })
              : refusal(asked(event), 'nothing', 'preparation', {
                  key: 'confirmSteps',
                  values: { steps: context.steps.join(', ') },
                }),
  ]),
  refuseUnasked: emitAll((_, event) => [refusal(asked(event), 'nothing', 'receiver', { key: 'askThem' })]),
  sayWhetherSomeIsLeft: emitAll((context, event) =>
    place.isRoutine(context) ? [] : [refusal(asked(event), 'nothing', 'places', { key: 'otherRoutine' })],
  ),
  refuseForBoard: emitAll((context, event) => [boardRefusal(context, event)]),
  refuseFault: emitAll((_, event) => [refusal(asked(event), 'nothing', 'fault', { key: 'acknowledge' })]),
  refuseExtend: emitAll((context, event) => [
    place.otherSideIsDone(context)
      ? refusal('extend', 'nothing', 'sides', { key: 'sidesEqual' })
      : refusal('extend', 'nothing', 'routine', { key: 'nothingToBorrow' }),
    ...(context.movingSince === null ? [] : [refusedCue(event.at)]),
  ]),
  refuseTechnique: emitAll((_, event) => [
    refusal('switchTechnique', 'nothing', 'routine', { key: 'goOn' }),
    refusedCue(event.at),
  ]),
  refuseLighter: emitAll((_, event) => [
    refusal('tryLighter', 'nothing', 'notNow', { key: 'goOn' }),
    refusedCue(event.at),
  ]),
  refuseFirmer: emitAll((context, event) => {
    if (event.type !== 'session.checkIn' || !event.firmer) return [];
    const found = riseRefusal(context, event.at, verdict(event) === 'rise' ? 'rise' : 'hold');
    return found.length === 0 ? [] : [...found, refusedCue(event.at)];
  }),
  refuseUnaskedFirmer: emitAll((context, event) =>
    event.type === 'session.checkIn' && event.firmer
      ? [
          refusal('firmer', `pressure ${pressureNow(context) ?? 1}`, 'unasked', { key: 'answerFirst' }),
          refusedCue(event.at),
        ]
      : [],
  ),
};
