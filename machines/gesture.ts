/**
 * From the edges of one button to gestures: a press acts at once, a second one within 400 ms is a double, a button
 * still down after a second is a hold. Pure: edges carry `at`, the hold is a deadline read off the snapshot.
 */
import { assign, emit, type SnapshotFrom, setup } from 'xstate';
import type { Button, Ms } from './vocabulary.ts';

export const gestureLimits = { doubleMs: 400, holdMs: 1000 } as const;

export type GestureKind = 'press' | 'double' | 'hold';
export type Gesture = Readonly<{ type: 'gesture'; button: Button; kind: GestureKind; at: Ms }>;

export type GestureEvent = Readonly<{ type: 'edge.down' | 'edge.up' | 'due'; at: Ms }>;

type GestureContext = Readonly<{ button: Button; downAt: Ms; pressedAt: Ms | null }>;

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
    heldLongEnough: ({ context, event }) => event.at >= context.downAt + gestureLimits.holdMs,
  },
  actions: {
    noteDown: assign({ downAt: ({ event }) => event.at }),
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
  context: ({ input }) => ({ button: input.button, downAt: 0, pressedAt: null }),
  initial: 'up',
  states: {
    up: {
      on: {
        'edge.down': [
          {
            guard: 'followsAtOnce',
            target: 'down.again',
            actions: ['noteDown', 'forgetPress', { type: 'tell', params: { kind: 'double' } }],
          },
          {
            target: 'down.once',
            actions: ['noteDown', 'notePress', { type: 'tell', params: { kind: 'press' } }],
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
        again: {},
        held: {},
      },
    },
  },
});

/** When a held button becomes a hold, or null. */
export const nextGestureDue = (snapshot: SnapshotFrom<typeof gestureMachine>): Ms | null =>
  snapshot.matches({ down: 'once' }) ? snapshot.context.downAt + gestureLimits.holdMs : null;
