/** What others may read off a session's snapshot: its name in the trace, its place, its next deadline. All pure. */
import type { AnyStateNode, SnapshotFrom } from 'xstate';
import { totalMs } from './routine/timeline.ts';
import { type Deadline, deadlines, movedAt, passNow } from './session.time.ts';
import type { sessionMachine } from './session.ts';
import type { SessionContext } from './session.types.ts';
import type { Ms, Side } from './vocabulary.ts';

export type SessionSnapshot = SnapshotFrom<typeof sessionMachine>;

/** Every name that a state has in the trace. A check-in is named within its stage. */
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

/** Names of the states in the trace: stages by their own name, a check-in within its stage, the ends as outcomes. */
export function stateName(snapshot: SessionSnapshot): string {
  if (snapshot.matches({ underway: { strokes: 'checkIn' } })) return 'strokes.checkIn';
  if (snapshot.matches({ underway: { pressureRamp: 'checkIn' } })) return 'pressureRamp.checkIn';
  const value: unknown = snapshot.value;
  if (value === 'endedByStop') return 'stopped';
  if (value === 'endedByFault') return 'faulted';
  if (typeof value === 'string') return value;
  const [top, inner] = Object.entries(value as Record<string, unknown>)[0] ?? ['', ''];
  if (top !== 'underway') return top;
  return typeof inner === 'string' ? inner : (Object.keys(inner as object)[0] ?? top);
}

/** Where the session stands in its routine, once it has begun. */
export function placeOf(snapshot: SessionSnapshot): Readonly<{ phase: string; side: Side }> | null {
  const { context } = snapshot;
  const pass = passNow(context);
  return context.startedAt === null || !pass ? null : { phase: pass.phase, side: pass.side };
}

const watched = new WeakMap<AnyStateNode, readonly Deadline[]>();

/** The deadlines that a state's own `due` transitions wait for, read off their guards. */
function deadlinesOf(node: AnyStateNode): readonly Deadline[] {
  const known = watched.get(node);
  if (known) return known;
  const found = (node.transitions.get('due') ?? []).flatMap(({ guard }): Deadline[] => {
    const params = (guard as { params?: { deadline?: Deadline } } | undefined)?.params;
    return params?.deadline ? [params.deadline] : [];
  });
  watched.set(node, found);
  return found;
}

/** The earliest moment at which the session has something to do by itself; null where it waits for people only. */
export function nextDue(snapshot: SessionSnapshot): Ms | null {
  if (snapshot.status !== 'active') return null;
  let earliest: Ms | null = null;
  for (const node of snapshot._nodes)
    for (const deadline of deadlinesOf(node)) {
      const at = deadlines[deadline](snapshot.context);
      if (at !== null && (earliest === null || at < earliest)) earliest = at;
    }
  return earliest;
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
