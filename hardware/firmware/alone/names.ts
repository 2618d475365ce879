/**
 * Writes the closed lists and the limits that the board alone shares with the machines, as C++, so that the two can not
 * come to differ.
 */
import { chordLimits } from '../../../machines/chord.ts';
import { gestureKinds, gestureLimits } from '../../../machines/gesture.ts';
import {
  inputGridMs,
  leaseLimits,
  motorLimits,
  routineLimits,
  sessionLimits,
} from '../../../machines/limits.ts';
import { hereBands, legBands } from '../../../machines/response.ts';
import { directions, positions, techniques, zones } from '../../../machines/routine/names.ts';
import { cardIds } from '../../../machines/screening.questions.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { endReasons, preparationSteps, questions, receiverMeans } from '../../../machines/session.lists.ts';
import { stateNames } from '../../../machines/session.states.ts';
import type { Origin, PressureChange } from '../../../machines/session.types.ts';
import { type LedPattern, ledHalfMs, type StopTrial } from '../../../machines/touch/led.ts';
import { hasteMs } from '../../../machines/touch/meaning.ts';
import {
  buttons,
  cueIds,
  cueWhys,
  faults,
  motors,
  movingStages,
  outcomes,
  sides,
} from '../../../machines/vocabulary.ts';

export const header = (purpose: string): string =>
  [
    `// ${purpose}`,
    '// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.',
    '#pragma once',
    '#include <stdint.h>',
    '',
  ].join('\n');

/** Words of C++ that a name of the machines may not be. */
const reserved: Readonly<Record<string, string>> = { double: 'doubled', switch: 'switchButton' };

/** A name of the machines as one of C++: `strokes.checkIn` is `strokesCheckIn`, `session.go` is `go`. */
export const identifier = (name: string): string =>
  reserved[name] ??
  name.replace(/^session\./, '').replace(/[.\s-]+(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a board by itself can be told: by hands, by the card, by its own time, by what watches it. */
export const boardEvents = [
  'due',
  'screening.cleared',
  'board.ready',
  'board.lost',
  'board.stopHeld',
  'board.stopFree',
  'session.start',
  'session.go',
  'session.hasty',
  'session.meaningless',
  'session.takeBack',
  'session.resume',
  'session.less',
  'session.next',
  'session.extend',
  'session.skip',
  'session.checkIn',
  'session.unfelt',
  'session.stop',
  'session.afterStop',
  'session.fault',
] as const satisfies readonly SessionEvent['type'][];

export const origins = [
  'preparation',
  'moving',
  'asking',
  'resting',
  'transition',
  'offering',
  'unacknowledged',
  'acknowledged',
] as const satisfies readonly Origin[];

export const pressureChanges = [
  'start',
  'phase',
  'rise',
  'ease',
  'pause',
  'undo',
] as const satisfies readonly PressureChange[];

const ledPatterns = [
  'dark',
  'steady',
  'going',
  'asking',
  'askingForStop',
  'stopped',
] as const satisfies readonly LedPattern[];

const stopTrials = ['wanted', 'held', 'done'] as const satisfies readonly StopTrial[];

export const enumOf = (name: string, names: readonly string[]): string =>
  `enum class ${name} : uint8_t { ${names.map(identifier).join(', ')} };\nconstexpr uint8_t ${name[0]?.toLowerCase()}${name.slice(1)}Count = ${names.length};\n`;

/** Each list by the name of its enum; a value's number is its place in it. */
export const lists: Readonly<Record<string, readonly string[]>> = {
  Stage: movingStages,
  Zone: zones,
  Side: sides,
  Position: positions,
  Direction: directions,
  Technique: techniques,
  Motor: motors,
  Button: buttons,
  CueId: cueIds,
  CueWhy: cueWhys,
  Fault: faults,
  Question: questions,
  Step: preparationSteps,
  Outcome: outcomes,
  Reason: endReasons,
  Receiver: receiverMeans,
  Origin: origins,
  PressureChange: pressureChanges,
  EventType: boardEvents,
  HereBand: hereBands,
  LegBand: legBands,
  StateName: stateNames,
  GestureKind: gestureKinds,
  LedPattern: ledPatterns,
  StopTrial: stopTrials,
};

/** The whole text of `names.h`. */
export const namesHeader = (): string =>
  [
    header('The closed lists of a session, in the order in which the machines have them.'),
    'namespace alone {\n',
    ...Object.entries(lists).map(([name, names]) => enumOf(name, names)),
    '}  // namespace alone\n',
  ].join('\n');

type Limits = Readonly<{ [name: string]: number | readonly number[] | Limits }>;

/** `turnMs: { usual }` is `turnMsUsual`. Only whole numbers, for the board has no others. */
function constants(limits: Limits, prefix = ''): readonly string[] {
  return Object.entries(limits).flatMap(([key, value]): readonly string[] => {
    const name = prefix === '' ? key : `${prefix}${key[0]?.toUpperCase()}${key.slice(1)}`;
    if (typeof value === 'number')
      return Number.isInteger(value) ? [`constexpr int32_t ${name} = ${value};`] : [];
    if (Array.isArray(value))
      return [`constexpr int32_t ${name}[] = {${(value as readonly number[]).join(', ')}};`];
    return constants(value as Limits, name);
  });
}

const space = (name: string, limits: Limits): string =>
  `namespace ${name} {\n${constants(limits).join('\n')}\n}  // namespace ${name}\n`;

/** The whole text of `bounds.h`. */
export const boundsHeader = (): string =>
  [
    header('The limits of a session, in ms unless a name says otherwise.'),
    'namespace alone {\n',
    space('bound', sessionLimits),
    space('motor', { ...motorLimits, cueSharePercent: Math.round(motorLimits.cueShare * 100) }),
    space('lease', leaseLimits),
    space('gesture', gestureLimits),
    space('chord', chordLimits),
    space('haste', hasteMs),
    space('card', { cards: cardIds.length }),
    space('blink', { halfMs: ledHalfMs }),
    space('routine', {
      pressureMost: routineLimits.pressureMax.max,
      checkInTimeoutLeastS: routineLimits.checkInTimeoutS.min,
      piriformisS: routineLimits.piriformisS,
      vibrationS: routineLimits.vibrationS,
      inputGridMs,
    }),
    '}  // namespace alone\n',
  ].join('\n');
