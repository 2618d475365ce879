/**
 * From the edges of one button to gestures: a press acts at once, a second one within 400 ms is a double, a button
 * still down after a second is a hold, the third press within 3 s is a triple as well. The receiver's squeeze holds
 * sooner: it may have to stop in a cramped hand. Limits are met when they are reached: a button let go exactly after
 * a second was held.
 *
 * A contact bounces: what is up for less than `chatterMs` was never let go. A button that is `joined` by another, or
 * `blocked` from the outset, tells nothing of its own until it has been let go. Pure: edges carry `at`, the hold is a
 * deadline read off the snapshot.
 */
import { assign, emit, enqueueActions, type SnapshotFrom, setup } from 'xstate';
import type { Button, Ms } from './vocabulary.ts';

export const gestureLimits = {
  doubleMs: 400,
  holdMs: 1000,
  receiverHoldMs: 800,
  tripleMs: 3000,
  /** A contact bounces for some ms, and edges count on a grid: what is up for less than this was never let go. [D] */
  chatterMs: 40,
  /** Longest press that counts as a tap, where one counts when it is let go. [D] */
  tapMs: 800,
} as const;

/** A `tap` is a short press that was let go; only LESS tells it. */
export const gestureKinds = ['press', 'double', 'hold', 'triple', 'tap'] as const;
/** How a button was used. */
export type GestureKind = (typeof gestureKinds)[number];
/** A gesture of one button, at the moment at which it counts. */
export type Gesture = Readonly<{ type: 'gesture'; button: Button; kind: GestureKind; at: Ms }>;

/** `edge.blocked`: it goes down, and tells nothing. `joined`: it is down, and tells nothing more. */
export type GestureEvent = Readonly<{
  type: 'edge.down' | 'edge.blocked' | 'edge.up' | 'joined' | 'due';
  at: Ms;
}>;

/** `before`: when the last two presses before this one came, the older first. */
type GestureContext = Readonly<{
  button: Button;
  downAt: Ms;
  upAt: Ms;
  pressedAt: Ms | null;
  before: readonly [Ms | null, Ms | null];
}>;

const heldAt = ({ button, downAt }: GestureContext): Ms =>
  downAt + (button === 'receiver' ? gestureLimits.receiverHoldMs : gestureLimits.holdMs);

/** From when on it has surely been let go. */
const releasedAt = ({ upAt }: GestureContext): Ms => upAt + gestureLimits.chatterMs;

const isTap = ({ button, downAt, upAt }: GestureContext): boolean =>
  button === 'less' && upAt - downAt <= gestureLimits.tapMs;

const pressed = [
  {
    guard: 'followsAtOnce',
    target: '#gesture.down.again',
    actions: ['forgetPress', { type: 'tell', params: { kind: 'double' } }, 'tellTriple', 'noteDown'],
  },
  {
    target: '#gesture.down.once',
    actions: ['notePress', { type: 'tell', params: { kind: 'press' } }, 'tellTriple', 'noteDown'],
  },
] as const;
const blocked = { target: '#gesture.down.spent', actions: 'forgetAll' } as const;
const tap = {
  guard: 'wasATap',
  target: '#gesture.up',
  actions: { type: 'tell', params: { kind: 'tap' } },
} as const;

export const gestureMachine = setup({
  types: {
    context: {} as GestureContext,
    events: {} as GestureEvent,
    input: {} as Readonly<{ button: Button }>,
    emitted: {} as Gesture,
  },
  guards: {
    followsAtOnce: ({ context, event }) =>
      context.pressedAt !== null && event.at - context.pressedAt <= gestureLimits.doubleMs,
    heldLongEnough: ({ context, event }) => event.at >= heldAt(context),
    bounces: ({ context, event }) => event.at < releasedAt(context),
    wasATap: ({ context, event }) => event.at >= releasedAt(context) && isTap(context),
    squeezedLongEnough: ({ context, event }) => context.button === 'receiver' && event.at >= heldAt(context),
  },
  actions: {
    noteDown: assign(({ context, event }) => ({
      ...context,
      downAt: event.at,
      before: [context.before[1], event.at] as const,
    })),
    tellTriple: enqueueActions(({ context, event, enqueue }) => {
      const [third] = context.before;
      if (third !== null && event.at - third <= gestureLimits.tripleMs)
        enqueue.emit({ type: 'gesture', button: context.button, kind: 'triple', at: event.at });
    }),
    noteUp: assign({ upAt: ({ event }) => event.at }),
    forgetAll: assign({ pressedAt: null, before: [null, null] }),
    notePress: assign({ pressedAt: ({ event }) => event.at }),
    // A third press begins anew: it is no second double.
    forgetPress: assign({ pressedAt: null }),
    tell: emit(({ context, event }, { kind }: { kind: GestureKind }) => ({
      type: 'gesture' as const,
      button: context.button,
      kind,
      at: event.at,
    })),
  },
}).createMachine({
  id: 'gesture',
  context: ({ input }) => ({
    button: input.button,
    downAt: 0,
    upAt: 0,
    pressedAt: null,
    before: [null, null],
  }),
  initial: 'up',
  states: {
    up: { on: { 'edge.down': pressed, 'edge.blocked': blocked } },
    down: {
      initial: 'once',
      on: { joined: { target: '.spent', actions: 'forgetAll' } },
      states: {
        once: {
          on: {
            due: {
              guard: 'heldLongEnough',
              target: 'held',
              actions: { type: 'tell', params: { kind: 'hold' } },
            },
            'edge.up': { target: '#gesture.lifting.once', actions: 'noteUp' },
          },
        },
        // A second press held is no hold, for then GO would mean two things; a squeeze always is.
        again: {
          on: {
            due: {
              guard: 'squeezedLongEnough',
              target: 'held',
              actions: { type: 'tell', params: { kind: 'hold' } },
            },
            'edge.up': { target: '#gesture.lifting.again', actions: 'noteUp' },
          },
        },
        held: { on: { 'edge.up': { target: '#gesture.lifting.spent', actions: 'noteUp' } } },
        spent: { on: { 'edge.up': { target: '#gesture.lifting.spent', actions: 'noteUp' } } },
      },
    },
    /** Up, but perhaps only bouncing: down again within `chatterMs` it goes on as what it was. */
    lifting: {
      initial: 'once',
      on: { 'edge.blocked': blocked, joined: { target: '.spent', actions: 'forgetAll' } },
      states: {
        once: {
          on: { due: tap, 'edge.down': [{ guard: 'bounces', target: '#gesture.down.once' }, ...pressed] },
        },
        again: {
          on: { due: tap, 'edge.down': [{ guard: 'bounces', target: '#gesture.down.again' }, ...pressed] },
        },
        spent: { on: { 'edge.down': [{ guard: 'bounces', target: '#gesture.down.spent' }, ...pressed] } },
      },
    },
  },
});

export type GestureSnapshot = SnapshotFrom<typeof gestureMachine>;

/** When this wants to be called: a held button becomes a hold, a tap has surely been let go. Null: never. */
export function nextGestureDue(snapshot: GestureSnapshot): Ms | null {
  const { context } = snapshot;
  if (snapshot.matches({ lifting: 'once' }) || snapshot.matches({ lifting: 'again' }))
    return isTap(context) ? releasedAt(context) : null;
  const waits =
    snapshot.matches({ down: 'once' }) ||
    (snapshot.matches({ down: 'again' }) && context.button === 'receiver');
  return waits ? heldAt(context) : null;
}

/** Whether a finger is on it: down, or up for so short a time that it may only be bouncing. */
export const isHeld = (snapshot: GestureSnapshot, at: Ms): boolean =>
  snapshot.matches('down') || (snapshot.matches('lifting') && at < releasedAt(snapshot.context));

/** Whether what it does is told: it went down by itself, and no other has joined it. */
export const isOwn = (snapshot: GestureSnapshot): boolean =>
  !snapshot.matches({ down: 'spent' }) && !snapshot.matches({ lifting: 'spent' });
