/**
 * GO and LESS together, and LESS alone for long: what a person without a screen answers the printed card with.
 *
 * Both down for 3 s is one answer; it counts while they are held, so that the light can say so. LESS alone for 3 s
 * counts when it is let go, or when GO joins it. Pure: edges carry `at`, the hold is a deadline read off the snapshot.
 */
import { assign, emit, type SnapshotFrom, setup } from 'xstate';
import type { Ms } from './vocabulary.ts';

export const chordLimits = { holdMs: 3000 } as const;

export type ChordKind = 'together' | 'lessLong';
export type Chord = Readonly<{ type: 'chord'; kind: ChordKind; at: Ms }>;
export type ChordEvent = Readonly<{ type: 'go.down' | 'go.up' | 'less.down' | 'less.up' | 'due'; at: Ms }>;

export const chordMachine = setup({
  types: {
    context: {} as Readonly<{ sinceAt: Ms }>,
    events: {} as ChordEvent,
    emitted: {} as Chord,
  },
  guards: { heldLongEnough: ({ context, event }) => event.at >= context.sinceAt + chordLimits.holdMs },
  actions: {
    noteSince: assign({ sinceAt: ({ event }) => event.at }),
    tell: emit(({ event }, { kind }: { kind: ChordKind }) => ({
      type: 'chord' as const,
      kind,
      at: event.at,
    })),
  },
}).createMachine({
  id: 'chord',
  context: { sinceAt: 0 },
  initial: 'apart',
  states: {
    apart: {
      on: {
        'go.down': 'goAlone',
        'less.down': { target: 'lessAlone', actions: 'noteSince' },
      },
    },
    goAlone: {
      on: { 'go.up': 'apart', 'less.down': { target: 'together', actions: 'noteSince' } },
    },
    lessAlone: {
      on: {
        'less.up': 'apart',
        'go.down': { target: 'together', actions: 'noteSince' },
        due: { guard: 'heldLongEnough', target: 'lessLong' },
      },
    },
    lessLong: {
      on: {
        'less.up': { target: 'apart', actions: { type: 'tell', params: { kind: 'lessLong' } } },
        'go.down': {
          target: 'together',
          actions: [{ type: 'tell', params: { kind: 'lessLong' } }, 'noteSince'],
        },
      },
    },
    together: {
      on: {
        'go.up': 'lessLeft',
        'less.up': 'goLeft',
        due: {
          guard: 'heldLongEnough',
          target: 'counted',
          actions: { type: 'tell', params: { kind: 'together' } },
        },
      },
    },
    counted: { on: { 'go.up': 'lessLeft', 'less.up': 'goLeft' } },
    /** One finger has left: what the other still does begins nothing of its own. */
    lessLeft: {
      on: { 'less.up': 'apart', 'go.down': { target: 'together', actions: 'noteSince' } },
    },
    goLeft: {
      on: { 'go.up': 'apart', 'less.down': { target: 'together', actions: 'noteSince' } },
    },
  },
});

type ChordSnapshot = SnapshotFrom<typeof chordMachine>;

/** When held buttons become an answer, or null. */
export const nextChordDue = (snapshot: ChordSnapshot): Ms | null =>
  snapshot.matches('together') || snapshot.matches('lessAlone')
    ? snapshot.context.sinceAt + chordLimits.holdMs
    : null;

/** Whether what is held has counted, or will when it is let go: the light says so. */
export const hasCounted = (snapshot: ChordSnapshot): boolean =>
  snapshot.matches('counted') || snapshot.matches('lessLong');
