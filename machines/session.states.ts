/**
 * Every name that a state of a session has in the trace, on the wire and on the page; and of which kind each is.
 * Decided here, from the statechart's own tags where it has one, and read by everybody else. Pure.
 */

/** A check-in is named within its stage; the ends are named as outcomes. */
export const stateNames = [
  'screening',
  'preparation',
  'warmUp',
  'strokes',
  'strokes.checkIn',
  'pressureRamp',
  'pressureRamp.checkIn',
  'cooldown',
  'eased',
  'transition',
  'pausing',
  'halting',
  'paused',
  'stopped',
  'faulted',
  'finishing',
  'completed',
  'declined',
  'interrupted',
] as const;
/** Where a session stands. */
export type StateName = (typeof stateNames)[number];

/**
 * What a state is to whoever looks at it: `before`: nothing has begun; `working`: a stage as planned; `checkIn`: hands
 * go on while a question is open; `eased`: hands go on more lightly; `turning`: hands change place; `settling`: on the
 * way into a pause; `paused`; `stopped`: by a stop or a fault, and somebody is asked; `finishing`: the end is told;
 * `over`.
 */
type Kind =
  | 'before'
  | 'working'
  | 'checkIn'
  | 'eased'
  | 'turning'
  | 'settling'
  | 'paused'
  | 'stopped'
  | 'finishing'
  | 'over';

const kinds: Readonly<Record<StateName, Kind>> = {
  screening: 'before',
  preparation: 'before',
  warmUp: 'working',
  strokes: 'working',
  'strokes.checkIn': 'checkIn',
  pressureRamp: 'working',
  'pressureRamp.checkIn': 'checkIn',
  cooldown: 'working',
  eased: 'eased',
  transition: 'turning',
  pausing: 'settling',
  halting: 'settling',
  paused: 'paused',
  stopped: 'stopped',
  faulted: 'stopped',
  finishing: 'finishing',
  completed: 'over',
  declined: 'over',
  interrupted: 'over',
};

const isOf =
  (...wanted: readonly Kind[]) =>
  (state: StateName): boolean =>
    wanted.includes(kinds[state]);

export const isBefore = isOf('before');
/** A stage of the routine, and nothing asked in it. */
export const isWorking = isOf('working');
export const isCheckIn = (state: StateName): state is Extract<StateName, `${string}.checkIn`> =>
  kinds[state] === 'checkIn';
/** Hands move by the rhythm. */
export const isMoving = isOf('working', 'checkIn', 'eased');
/** Hands are still, with a place to go on at. */
export const isStill = isOf('settling', 'paused');
/** Hands are at a place, or will go on there. */
export const keepsPlace = (state: StateName): boolean =>
  isMoving(state) || kinds[state] === 'turning' || state === 'paused' || state === 'pausing';
/** Wants a word of a person before anything goes on. */
export const waits = (state: StateName): boolean =>
  isOf('checkIn', 'turning', 'paused', 'stopped', 'finishing')(state) || state === 'halting';
export const isOver = isOf('over');
