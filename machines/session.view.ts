/** What others may read off a session's snapshot: its name in the trace, its place, its next deadline. All pure. */
import type { AnyStateNode, SnapshotFrom } from 'xstate';
import { beginOf, type Pull, pullOf, returnAfter } from './routine/grid.ts';
import { totalMs } from './routine/timeline.ts';
import { still } from './session.place.ts';
import { type StateName, stateNames } from './session.states.ts';
import { type Deadline, deadlineOf, movedAt, paceNow, passNow } from './session.time.ts';
import type { sessionMachine } from './session.ts';
import type { SessionContext, Unfinished } from './session.types.ts';
import type { Ms, Side } from './vocabulary.ts';

/**
 * A snapshot of the session machine. Read it by the functions beside it and by its tags (`engaged`: motors may run;
 * `moving`, `still`): what its context holds may change from one version to the next.
 */
export type SessionSnapshot = SnapshotFrom<typeof sessionMachine>;

type Nodes = readonly AnyStateNode[];

/** What has been read off the active states: they stay the same list while the session stays where it is. */
const names = new WeakMap<Nodes, StateName>();
const watched = new WeakMap<Nodes, readonly Deadline[]>();

/** Names of the states in the trace: stages by their own name, a check-in within its stage, the ends as outcomes. */
export function stateName(snapshot: SessionSnapshot): StateName {
  const known = names.get(snapshot._nodes);
  if (known !== undefined) return known;
  const found = nameOf(snapshot);
  names.set(snapshot._nodes, found);
  return found;
}

const isStateName = (name: string): name is StateName => (stateNames as readonly string[]).includes(name);

/** Throws where the chart has a state without a name: each has one, and a test goes through all of them. */
function nameOf(snapshot: SessionSnapshot): StateName {
  if (snapshot.matches({ underway: { strokes: 'checkIn' } })) return 'strokes.checkIn';
  if (snapshot.matches({ underway: { pressureRamp: 'checkIn' } })) return 'pressureRamp.checkIn';
  const value: unknown = snapshot.value;
  if (value === 'endedByStop') return 'stopped';
  if (value === 'endedByFault') return 'faulted';
  const [top, inner] = typeof value === 'string' ? [value] : (Object.entries(value as object)[0] ?? ['']);
  const name = top !== 'underway' ? top : typeof inner === 'string' ? inner : Object.keys(inner ?? {})[0];
  if (name === undefined || !isStateName(name))
    throw new Error(`a state without a name: ${JSON.stringify(value)}`);
  return name;
}

/** Where the session stands in its routine, once it has begun. */
export function placeOf(snapshot: SessionSnapshot): Readonly<{ phase: string; side: Side }> | null {
  const { context } = snapshot;
  const pass = passNow(context);
  return context.startedAt === null || !pass ? null : { phase: pass.phase, side: pass.side };
}

/** The deadlines that the `due` transitions of these states wait for, read off their guards, each once. */
function deadlinesOf(nodes: Nodes): readonly Deadline[] {
  const known = watched.get(nodes);
  if (known) return known;
  const guards = nodes.flatMap(node => node.transitions.get('due') ?? []).map(({ guard }) => guard);
  const found = new Set<Deadline>();
  for (const guard of guards) {
    const deadline = (guard as { params?: { deadline?: Deadline } } | undefined)?.params?.deadline;
    if (deadline) found.add(deadline);
  }
  watched.set(nodes, [...found]);
  return [...found];
}

/** The earliest moment at which the session has something to do by itself; null where it waits for people only. */
export function nextDue(snapshot: SessionSnapshot): Ms | null {
  if (snapshot.status !== 'active') return null;
  let earliest: Ms | null = null;
  for (const deadline of deadlinesOf(snapshot._nodes)) {
    const at = deadlineOf(snapshot.context, deadline);
    if (at !== null && (earliest === null || at < earliest)) earliest = at;
  }
  return earliest;
}

/** The stroke under way: it began at `at`. `climb`: which pull of which ascent it is, where strokes climb. */
export type StrokeNow = Readonly<{ at: Ms; strokeMs: Ms; returnMs: Ms; number: number; climb?: Pull }>;

/** Null while hands rest. */
export function strokeNow(context: SessionContext): StrokeNow | null {
  const pace = paceNow(context);
  const { gridAt, stroke } = context;
  if (!pace || context.movingSince === null || stroke === 0) return null;
  const climb = pullOf(pace, stroke);
  return {
    at: gridAt + beginOf(pace, stroke),
    strokeMs: pace.strokeMs,
    returnMs: returnAfter(pace, stroke),
    number: stroke,
    ...(climb && { climb }),
  };
}

/** Moving time left in this pass, and in the whole routine, at `at`. */
export function timeLeft(context: SessionContext, at: Ms): Readonly<{ passMs: Ms; routineMs: Ms }> {
  const pass = passNow(context);
  if (context.startedAt === null || !pass) {
    const all = context.startedAt === null ? totalMs(context.passes) : 0;
    return { passMs: context.startedAt === null ? (pass?.durationMs ?? 0) : 0, routineMs: all };
  }
  const passMs = Math.max(0, context.passEndsMoved - movedAt(context, at));
  return { passMs, routineMs: passMs + totalMs(context.passes.slice(context.passIndex + 1)) };
}

/**
 * What is left of a session whose last event was at `brokeOffAt`, `goneMs` ago; null where there is nothing to go on
 * with: nothing had begun, it was over, it was ending, or it was stopped and nobody had said that it was a slip.
 */
export function unfinishedOf(snapshot: SessionSnapshot, brokeOffAt: Ms, goneMs: Ms): Unfinished | null {
  if (snapshot.status !== 'active') return null;
  const { unfinished, ...context } = snapshot.context;
  if (context.startedAt === null) return unfinished && { ...unfinished, goneMs: unfinished.goneMs + goneMs };
  if (snapshot.matches('stopped') || snapshot.matches('finishing')) return null;
  const { unfinished: _, ...left } = still({ ...context, unfinished: null }, brokeOffAt);
  return { context: left, brokeOffAt, goneMs };
}
