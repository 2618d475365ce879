/** What a session of the machines comes to, as `host/session.cpp` prints it of the board's: three lines a step. */

import type { Emitted } from '../../../machines/session.types.ts';
import { nextDue, type SessionSnapshot, stateName } from '../../../machines/session.view.ts';
import { none, numberOf } from './context-text.ts';

const flag = (is: boolean): number => (is ? 1 : 0);

/** In the order of `Order::Type`. */
const types = ['arm', 'engage', 'play', 'drop', 'hush', 'stroke', 'pressure'] as const;

/** Its numbers; none of a refusal, for which a board has no words. */
function orderNumbers(one: Emitted): readonly number[] {
  if (one.type === 'refusal') return [];
  const type = types.indexOf(one.type);
  switch (one.type) {
    case 'arm':
      return [type, one.at];
    case 'engage':
      return [type, one.until];
    case 'play':
      return [
        type,
        one.at,
        numberOf('CueId', one.cue),
        numberOf('Motor', one.from),
        one.times,
        numberOf('CueWhy', one.why),
        flag(one.answer),
        flag(one.again === true),
      ];
    case 'drop':
      return [type, numberOf('CueId', one.cue)];
    case 'hush':
      return [type];
    case 'stroke':
      return [type, one.stroke, one.period, one.pull ?? 0, one.ascent ?? 0];
    case 'pressure':
      return [type, one.pressure, one.side === 'left' ? 0 : 1, numberOf('PressureChange', one.why)];
  }
}

export const orderText = (emitted: readonly Emitted[]): string => emitted.flatMap(orderNumbers).join(' ');

/** Its name, whether motors may run, when it is called next, and how it has ended. */
export const standingText = (snapshot: SessionSnapshot): string =>
  [
    numberOf('StateName', stateName(snapshot)),
    flag(snapshot.hasTag('engaged')),
    nextDue(snapshot) ?? none,
    ...(snapshot.status === 'active' ? [0] : [1, numberOf('Outcome', snapshot.output?.outcome ?? '')]),
  ].join(' ');
