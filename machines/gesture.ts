/**
 * From the edges of one button to gestures: a press acts at once, a second one within 400 ms is a double, a button
 * still down after a second is a hold, the third press within 3 s is a triple as well. The receiver's squeeze holds
 * sooner: it may have to stop in a cramped hand. Pure: edges carry `at`, the hold is a deadline read off the snapshot.
 */
import { assign, emit, enqueueActions, type SnapshotFrom, setup } from 'xstate';
import type { Button, Ms } from './vocabulary.ts';

export const gestureLimits = { doubleMs: 400, holdMs: 1000, receiverHoldMs: 800, tripleMs: 3000 } as const;

export type GestureKind = 'press' | 'double' | 'hold' | 'triple';
export type Gesture = Readonly<{ type: 'gesture'; button: Button; kind: GestureKind; at: Ms }>;

export type GestureEvent = Readonly<{ type: 'edge.down' | 'edge.up' | 'due'; at: Ms }>;

/** `before`: when the last two presses before this one came, the older first. */
type GestureContext = Readonly<{
  button: Button;
  downAt: Ms;
  pressedAt: Ms | null;
  before: readonly [Ms | null, Ms | null];
}>;

const heldAt = ({ button, downAt }: GestureContext): Ms =>
  downAt + (button === 'receiver' ? gestureLimits.receiverHoldMs : gestureLimits.holdMs);

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
  context: ({ input }) => ({ button: input.button, downAt: 0, pressedAt: null, before: [null, null] }),
  initial: 'up',
  states: {
    up: {
      on: {
        'edge.down': [
          {
            guard: 'followsAtOnce',
            target: 'down.again',
            actions: ['forgetPress', { type: 'tell', params: { kind: 'double' } }, 'tellTriple', 'noteDown'],
          },
          {
            target: 'down.once',
            actions: ['notePress', { type: 'tell', params: { kind: 'press' } }, 'tellTriple', 'noteDown'],
          },
        ],
      },
    },
    down: {
      initial: 'once',
      on: { 'edge.up': 'up' },
      states: {
        once: {
          on: {
            due: {
              guard: 'heldLongEnough',
              target: 'held',
              actions: { type: 'tell', params: { kind: 'hold' } },
            },
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
          },
        },
        held: {},
      },
    },
  },
});

/** When a held button becomes a hold, or null. */
export function nextGestureDue(snapshot: SnapshotFrom<typeof gestureMachine>): Ms | null {
  const { context } = snapshot;
  const waits =
    snapshot.matches({ down: 'once' }) ||
    (snapshot.matches({ down: 'again' }) && context.button === 'receiver');
  return waits ? heldAt(context) : null;
}
