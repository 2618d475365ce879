/**
 * GO and LESS together, and LESS alone for long: what a person without a screen answers the printed card with.
 *
 * Both down for 3 s is one answer; it counts while they are held, so that the light can say so. LESS alone for 3 s
 * counts when it is let go, or when GO joins it. A contact that bounces has not let go. STOP spoils whatever is held:
 * it counts no more. Pure: edges carry `at`, the hold is a deadline read off the snapshot.
 */
import { assign, emit, type SnapshotFrom, setup } from 'xstate';
import { gestureLimits } from './gesture.ts';
import type { Ms } from './vocabulary.ts';

export const chordLimits = { holdMs: 3000 } as const;

/** `together`: GO and LESS, held for 3 s. `lessLong`: LESS alone, as long. */
export type ChordKind = 'together' | 'lessLong';
/** Something held long enough to count, told once. */
export type Chord = Readonly<{ type: 'chord'; kind: ChordKind; at: Ms }>;
export type ChordEvent = Readonly<{
  type: 'go.down' | 'go.up' | 'less.down' | 'less.up' | 'spoiled' | 'due';
  at: Ms;
}>;

export const chordMachine = setup({
  types: {
    context: {} as Readonly<{ sinceAt: Ms; leftAt: Ms }>,
    events: {} as ChordEvent,
    emitted: {} as Chord,
  },
  guards: {
    heldLongEnough: ({ context, event }) => event.at >= context.sinceAt + chordLimits.holdMs,
    bounces: ({ context, event }) => event.at < context.leftAt + gestureLimits.chatterMs,
  },
  actions: {
    noteSince: assign({ sinceAt: ({ event }) => event.at }),
    noteLeft: assign({ leftAt: ({ event }) => event.at }),
    tell: emit(({ event }, { kind }: { kind: ChordKind }) => ({
      type: 'chord' as const,
      kind,
      at: event.at,
    })),
  },
}).createMachine({
  id: 'chord',
  context: { sinceAt: 0, leftAt: Number.NEGATIVE_INFINITY },
  initial: 'apart',
  states: {
    apart: {
      on: {
        'go.down': 'goAlone',
        'less.down': { target: 'lessAlone', actions: 'noteSince' },
      },
    },
    goAlone: {
      on: { 'go.up': 'apart', 'less.down': { target: 'together', actions: 'noteSince' }, spoiled: 'goLeft' },
    },
    lessAlone: {
      on: {
        'less.up': { target: 'lessLifted', actions: 'noteLeft' },
        'go.down': { target: 'together', actions: 'noteSince' },
        due: { guard: 'heldLongEnough', target: 'lessLong' },
        spoiled: 'lessLeft',
      },
    },
    /** Let go, or bouncing. */
    lessLifted: {
      on: {
        'less.down': [
          { guard: 'bounces', target: 'lessAlone' },
          { target: 'lessAlone', actions: 'noteSince' },
        ],
        'go.down': 'goAlone',
        spoiled: 'apart',
      },
    },
    lessLong: {
      on: {
        'less.up': { target: 'apart', actions: { type: 'tell', params: { kind: 'lessLong' } } },
        'go.down': {
          target: 'together',
          actions: [{ type: 'tell', params: { kind: 'lessLong' } }, 'noteSince'],
        },
        spoiled: 'lessLeft',
      },
    },
    together: {
      on: {
        'go.up': { target: 'goLifted', actions: 'noteLeft' },
        'less.up': { target: 'lessLiftedFirst', actions: 'noteLeft' },
        due: {
          guard: 'heldLongEnough',
          target: 'counted',
          actions: { type: 'tell', params: { kind: 'together' } },
        },
        spoiled: 'bothLeft',
      },
    },
    /** One of both has let go, or bounces: then the time goes on as if it had not. */
    goLifted: {
      on: {
        'less.up': 'apart',
        'go.down': [
          { guard: 'bounces', target: 'together' },
          { target: 'together', actions: 'noteSince' },
        ],
        spoiled: 'lessLeft',
      },
    },
    lessLiftedFirst: {
      on: {
        'go.up': 'apart',
        'less.down': [
          { guard: 'bounces', target: 'together' },
          { target: 'together', actions: 'noteSince' },
        ],
        spoiled: 'goLeft',
      },
    },
    counted: {
      on: {
        'go.up': { target: 'lessLeft', actions: 'noteLeft' },
        'less.up': { target: 'goLeft', actions: 'noteLeft' },
        spoiled: 'bothLeft',
      },
    },
    /** What is held has counted or was spoiled; what it still does begins nothing of its own. */
    bothLeft: { on: { 'go.up': 'lessLeft', 'less.up': 'goLeft' } },
    lessLeft: {
      on: {
        'less.up': 'apart',
        'go.down': [
          { guard: 'bounces', target: 'counted' },
          { target: 'together', actions: 'noteSince' },
        ],
      },
    },
    goLeft: {
      on: {
        'go.up': 'apart',
        'less.down': [
          { guard: 'bounces', target: 'counted' },
          { target: 'together', actions: 'noteSince' },
        ],
      },
    },
  },
});

export type ChordSnapshot = SnapshotFrom<typeof chordMachine>;

/** When held buttons become an answer, or null. */
export const nextChordDue = (snapshot: ChordSnapshot): Ms | null =>
  snapshot.matches('together') || snapshot.matches('lessAlone')
    ? snapshot.context.sinceAt + chordLimits.holdMs
    : null;

/** Whether what is held has counted, or will when it is let go: the light says so. */
export const hasCounted = (snapshot: ChordSnapshot): boolean =>
  snapshot.matches('counted') || snapshot.matches('lessLong');
