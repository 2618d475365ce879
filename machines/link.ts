/**
 * The link to the board: absent, opening, live, lost. Silence is noticed by a deadline, not by a timer of its own.
 */
import { assign, emit, type SnapshotFrom, setup } from 'xstate';
import { linkLimits } from './limits.ts';
import type { Ms } from './vocabulary.ts';

/** What a link can be told; `at` is in ms and never goes back. */
export type LinkEvent = Readonly<{ at: Ms }> &
  Readonly<
    | { type: 'link.opened' }
    | { type: 'link.ready' }
    | { type: 'link.heard'; armed: boolean }
    | { type: 'link.closed' }
    | { type: 'link.restarted' }
    | { type: 'due' }
  >;

/** What the rest of the house is told. */
export type LinkNews = Readonly<{ type: 'link.isLive' | 'link.isLost' | 'link.isReset'; at: Ms }>;

/** `closed`: the line itself is gone, so that only a board that comes ready anew is live again. */
type LinkContext = Readonly<{ since: Ms; armed: boolean; speaks: boolean; closed: boolean }>;

/**
 * The link as a machine. Input `speaks`: the board reports its status, so that its silence means something. It emits
 * LinkNews; to be called in time, `nextLinkDue` says when to send `due`.
 */
export const linkMachine = setup({
  types: {
    context: {} as LinkContext,
    events: {} as LinkEvent,
    /** `speaks`: the board sends STATUS, so its silence means something. */
    input: {} as Readonly<{ speaks: boolean }>,
    emitted: {} as LinkNews,
  },
  guards: {
    waitedTooLong: ({ context, event }) => event.at >= context.since + linkLimits.openingMs,
    silentTooLong: ({ context, event }) => context.speaks && event.at >= silentAt(context),
    lineStayed: ({ context }) => !context.closed,
  },
  actions: {
    noteHeard: assign(({ context, event }) => ({
      ...context,
      since: event.at,
      armed: event.type === 'link.heard' ? event.armed : false,
      closed: false,
    })),
    noteClosed: assign({ closed: true }),
    tell: emit(({ event }, { news }: { news: LinkNews['type'] }) => ({ type: news, at: event.at })),
  },
}).createMachine({
  id: 'link',
  context: ({ input }) => ({ since: 0, armed: false, speaks: input.speaks, closed: false }),
  initial: 'absent',
  states: {
    absent: { on: { 'link.opened': { target: 'opening', actions: 'noteHeard' } } },
    opening: {
      on: {
        'link.ready': {
          target: 'live',
          actions: ['noteHeard', { type: 'tell', params: { news: 'link.isLive' } }],
        },
        'link.closed': 'absent',
        due: { guard: 'waitedTooLong', target: 'absent' },
      },
    },
    live: {
      on: {
        'link.heard': { actions: 'noteHeard' },
        'link.closed': {
          target: 'lost',
          actions: ['noteClosed', { type: 'tell', params: { news: 'link.isLost' } }],
        },
        'link.restarted': {
          actions: ['noteHeard', { type: 'tell', params: { news: 'link.isReset' } }],
        },
        due: {
          guard: 'silentTooLong',
          target: 'lost',
          actions: { type: 'tell', params: { news: 'link.isLost' } },
        },
      },
    },
    lost: {
      on: {
        'link.opened': { target: 'opening', actions: 'noteHeard' },
        'link.closed': { actions: 'noteClosed' },
        // What was silent may have been starting anew: that is told whenever it is learned.
        'link.restarted': { actions: { type: 'tell', params: { news: 'link.isReset' } } },
        // A line that was only silent speaks again.
        'link.heard': {
          guard: 'lineStayed',
          target: 'live',
          actions: ['noteHeard', { type: 'tell', params: { news: 'link.isLive' } }],
        },
      },
    },
  },
});

const silentAt = (context: LinkContext): Ms =>
  context.since + (context.armed ? linkLimits.silentMs : linkLimits.silentDisarmedMs);

/** When the link's next deadline is, or null. */
export function nextLinkDue(snapshot: SnapshotFrom<typeof linkMachine>): Ms | null {
  const { context, value } = snapshot;
  if (value === 'opening') return context.since + linkLimits.openingMs;
  return value === 'live' && context.speaks ? silentAt(context) : null;
}
