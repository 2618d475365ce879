/**
 * What guards and actions of the session machine are made with: the machine's types, how something is kept or said, and
 * what several of them ask of a context or an event.
 */
import { setup } from 'xstate';
import { sessionLimits } from './limits.ts';
import { verdictOf } from './response.ts';
import type { SessionEvent } from './session.events.ts';
import type { Reason } from './session.lists.ts';
import { dropStroke, leavesUnfelt, pressureMarks } from './session.orders.ts';
import * as place from './session.place.ts';
import type {
  Before,
  Emitted,
  PressureChange,
  SessionContext,
  SessionInput,
  SessionOutput,
} from './session.types.ts';
import { pressToTakeBack } from './session.undo.ts';
import type { Fault, Ms } from './vocabulary.ts';

type Context = SessionContext;
type Event = SessionEvent;

export const base = setup({
  types: {
    context: {} as Context,
    events: {} as Event,
    input: {} as SessionInput,
    output: {} as SessionOutput,
    emitted: {} as Emitted,
    tags: {} as 'engaged' | 'moving' | 'still',
  },
});

/** Keeps what a pure function makes of the context. */
export const update = (change: (context: Context, event: Event) => Context) =>
  base.assign(({ context, event }) => change(context, event));

/** Emits one thing. */
export const emitOne = (of: (context: Context, event: Event) => Emitted) =>
  base.emit(({ context, event }) => of(context, event));

/** Emits what a pure function lists. */
export const emitAll = (list: (context: Context, event: Event) => readonly Emitted[]) =>
  base.enqueueActions(({ context, event, enqueue }) => {
    for (const emitted of list(context, event)) enqueue.emit(emitted);
  });

/**
 * A change of pressure as it is told: its marks, and, where hands go on with another technique, that the stroke under way
 * is broken off and has no end to be told.
 */
const toldOf = (context: Context, changed: Context, why: PressureChange): readonly Emitted[] => [
  ...(changed.movingSince !== null && changed.usesOtherTechnique !== context.usesOtherTechnique
    ? dropStroke
    : []),
  ...pressureMarks(context.pressure, changed, why),
];

/** Keeps a change of pressure and marks it. */
export const updatePressure = (change: (context: Context, at: Ms) => Context, why: PressureChange) =>
  base.enqueueActions(({ context, event, enqueue }) => {
    const changed = change(context, event.at);
    enqueue.assign(changed);
    for (const told of toldOf(context, changed, why)) enqueue.emit(told);
  });

/** Takes back what the button of this event has done, and marks what that does to the pressure. */
export const updateTaken = (change: (context: Context, button: 'go' | 'less', at: Ms) => Context) =>
  base.enqueueActions(({ context, event, enqueue }) => {
    if (event.type !== 'session.takeBack') return;
    const changed = change(context, event.button, event.at);
    enqueue.assign(changed);
    for (const told of toldOf(context, changed, 'undo')) enqueue.emit(told);
  });

export const because = (reasonOf: (event: Event) => Reason) =>
  update((context, event) => ({ ...context, reason: reasonOf(event) }));

export const faultOf = (event: Event): Fault =>
  event.type === 'session.fault' ? event.fault : 'invariantBroken';

/** Whether nothing is left to confirm. */
export const prepared = (context: Context): boolean => context.steps.length === 0;

/** Whether the board is there and would let itself be armed. */
export const canArm = (context: Context): boolean => context.boardReady && !context.stopHeld;

/** Whether nothing stands in the way of the start. */
export const isPrepared = (context: Context): boolean =>
  prepared(context) && place.isRoutine(context) && canArm(context);

/** The event's name as a person would say it: `session.switchTechnique` is "switchTechnique". */
export const asked = (event: Event): string => event.type.replace(/^session\./, '');

export const verdict = (event: Event) =>
  event.type === 'session.checkIn' ? verdictOf(event.here, event.leg, event.firmer) : 'hold';

/** The press that this event takes back. */
export const takenPress = (context: Context, event: Event): Before | null =>
  event.type === 'session.takeBack'
    ? pressToTakeBack(context, event.button, event.pressedAt, event.at)
    : null;

/** Whether a cue that was not played leaves the open question unfelt. */
export const leftUnfelt = (context: Context, event: Event): boolean =>
  event.type === 'session.unfelt' && leavesUnfelt(context, event.question, event.at);

/** When a question that nobody can have felt is told anew; null where it has given way too often. */
export function toldAnewAt({ unfelt = 0 }: Context, at: Ms): Ms | null {
  const waitMs = sessionLimits.toldAnewMs[unfelt];
  return waitMs === undefined ? null : at + waitMs;
}

export const slipped = (event: Event): boolean => event.type === 'session.afterStop' && event.why === 'slip';
