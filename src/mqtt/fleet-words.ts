/** A device of the list in plain words, all from the catalogue: nothing that a message holds is shown as it came. */
import { fleetWords } from '../../machines/text/fleet.ts';
import { catalogue, facts, fill } from '../../machines/text/text.ts';
import { whenWord } from '../time/calendar.ts';
import type { SeenDevice } from './fleet.ts';
import type { DeviceEvent, DeviceState } from './messages.ts';

const words = fleetWords;

/** "In progress · Strokes · phase 3 of 12 · Lower leg · left". */
function saidState({ activity, stage, phase, zone, side }: DeviceState): string {
  return facts([
    words.activities[activity],
    ...(stage ? [catalogue.stages[stage]] : []),
    ...(phase ? [fill(words.phase, phase)] : []),
    ...(zone ? [catalogue.zones[zone]] : []),
    ...(side ? [catalogue.sides[side]] : []),
  ]);
}

/** What it does, or since when it is silent. */
export function stateWord({ isLive, silentSince, state }: SeenDevice): string {
  if (isLive && state) return saidState(state);
  const silent =
    silentSince === null ? words.silentUnknown : fill(words.silent, { when: whenWord(silentSince) });
  return state ? fill(words.was, { silent, state: words.activities[state.activity] }) : silent;
}

function whatHappened(event: DeviceEvent): string {
  switch (event.type) {
    case 'began':
      return words.events.began;
    case 'activity':
      return words.activities[event.activity];
    case 'stage':
      return catalogue.stages[event.stage];
    case 'fault':
      return fill(words.events.fault, { fault: words.faults[event.fault] });
    case 'ended':
      return fill(words.events.ended, { outcome: words.outcomes[event.outcome] });
    case 'remoteStop':
      return event.confirmed ? words.events.remoteStop : words.events.remoteStopOpen;
    case 'dropped':
      return fill(words.events.dropped, { count: event.count });
  }
}

/** "18:05 ended: completed": it was today, or it would be no news. */
export const eventWord = (event: DeviceEvent): string =>
  `${whenWord(event.at).slice(-5)} ${whatHappened(event)}`;

/** "1:04:05", or "4:05"; a number that no session has is cut short. */
export function leftWord(seconds: number): string {
  const whole = Math.min(seconds, 359_999);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
