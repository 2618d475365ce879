/**
 * The session machine explored: every state it can be in, seen coarsely, and every event that may come there.
 *
 * Times would make infinitely many states, so a state is what a person could tell apart: where it stands, what it
 * asks, which limits hold, but not the milliseconds. The clock may jump to any deadline that the state waits for,
 * the earliest or a later one: more than ever happens, never less. Persons may do anything at any time.
 */
import type { AnyStateMachine } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { riseNow } from '../../machines/session.pressure.ts';
import { deadlines } from '../../machines/session.time.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { SessionEvent } from '../../machines/session.types.ts';
import { nextDue, type SessionSnapshot } from '../../machines/session.view.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { finalFaults } from '../../machines/vocabulary.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from './routines.ts';
import { inputOf, noCaps } from './session.ts';

/** A side, a turn, two rises: small, but with everything that makes a difference. */
const everything = routine(
  [
    warmUp({ durationS: 60 }),
    phaseFields({
      side: 'left',
      durationS: 60,
      pressureMax: 2,
    }),
    ramp({ durationS: 90, zone: 'calf' }),
    cooldown({ durationS: 60, position: 'supine' }),
  ],
  { checkIn: { everyS: 60, timeoutS: 15 }, riseDwellS: 120 },
);

/** No event comes before this: what the machine has last been told of. */
export function latest({ context }: SessionSnapshot): Ms {
  const { enteredAt, engagedAt, questionAt, movingSince, gridAt, startedAt, stillSince } = context;
  return Math.max(enteredAt, engagedAt, questionAt, movingSince ?? 0, gridAt, startedAt ?? 0, stillSince);
}

/** Every deadline that any of the active states waits for, and the next one alone. */
function dues(snapshot: SessionSnapshot): readonly SessionEvent[] {
  const times = new Set<Ms>();
  const next = nextDue(snapshot);
  if (next === null) return [];
  times.add(Math.max(next, latest(snapshot)));
  for (const deadline of Object.values(deadlines)) {
    const at = deadline(snapshot.context);
    if (at !== null && at >= next) times.add(Math.max(at, latest(snapshot)));
  }
  return [...times].map(at => ({ type: 'due', at }));
}

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never;

/** What people, the board and fate may do. */
const wishes: readonly WithoutAt<SessionEvent>[] = [
  { type: 'screening.cleared', caps: noCaps },
  { type: 'screening.declined', weight: 'urgent' },
  { type: 'board.ready' },
  { type: 'board.lost' },
  { type: 'session.confirm', step: 'position' },
  { type: 'session.confirm', step: 'baseline' },
  { type: 'session.confirm', step: 'baseline', tooMuch: true },
  { type: 'session.start' },
  { type: 'session.go', felt: true },
  { type: 'session.go', felt: false },
  { type: 'session.pause' },
  { type: 'session.pause', why: 'cramp' },
  { type: 'session.less', byReceiver: true },
  { type: 'session.resume' },
  { type: 'session.less' },
  { type: 'session.next' },
  { type: 'session.extend' },
  { type: 'session.skip' },
  { type: 'session.switchTechnique' },
  { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true },
  { type: 'session.checkIn', here: 'light', leg: 'same', firmer: false },
  { type: 'session.checkIn', here: 'strong', leg: 'same', firmer: true },
  { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: true },
  { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: true },
  { type: 'session.symptom', id: 'numbness' },
  { type: 'session.stop' },
  { type: 'session.afterStop', why: 'slip' },
  { type: 'session.afterStop', why: 'enough' },
  { type: 'session.afterStop', why: 'pain' },
  { type: 'session.acknowledge' },
  { type: 'session.end', reason: 'left' },
  { type: 'session.fault', fault: 'linkLost' },
  { type: 'session.fault', fault: 'boardReset' },
  { type: 'session.fault', fault: 'dutyMismatch' },
];

const eventsOf = (snapshot: SessionSnapshot): readonly SessionEvent[] =>
  snapshot.status !== 'active'
    ? []
    : [...wishes.map(wish => ({ ...wish, at: latest(snapshot) }) as SessionEvent), ...dues(snapshot)];

/** What can be told apart without a watch. */
export function coarse(snapshot: SessionSnapshot): string {
  const { value, status, output, context } = snapshot;
  const { steps, boardReady, passIndex, pressure, ceiling, question, asks, missed, fault } = context;
  const { handsOn, startedAt, easedUntilMoved } = context;
  const mayRise = startedAt !== null && riseNow(context, latest(snapshot)).allowed;
  return JSON.stringify([
    value,
    status,
    output?.outcome,
    steps.length,
    boardReady,
    passIndex,
    context.passes.length,
    pressure,
    ceiling.left < 4 || ceiling.right < 4,
    question,
    Math.min(asks, 2),
    Math.min(missed, 1),
    fault !== null && finalFaults.has(fault) ? 'final' : fault !== null,
    handsOn === null,
    easedUntilMoved !== null,
    mayRise,
    context.askThem,
    value === 'paused' && context.pausedFor,
  ]);
}

export type Edge = Readonly<{ from: SessionSnapshot; event: SessionEvent; to: SessionSnapshot }>;
export type Explored = Readonly<{ states: readonly SessionSnapshot[]; edges: readonly Edge[] }>;

type Found = Readonly<{
  state: SessionSnapshot;
  transitions: Readonly<Record<string, { event: SessionEvent; state: SessionSnapshot }>>;
}>;

/** Throws where there are more states than this: then something counts up without end. */
export function explore(mostStates = 40_000): Explored {
  // xstate's own types do not know that a snapshot of this machine is the snapshot of this machine.
  const map = getAdjacencyMap(sessionMachine as AnyStateMachine, {
    input: inputOf(everything, { receiver: 'squeeze' }),
    events: snapshot => eventsOf(snapshot as SessionSnapshot),
    serializeState: snapshot => coarse(snapshot as SessionSnapshot),
    limit: mostStates * 40,
  }) as unknown as Readonly<Record<string, Found>>;
  const found = Object.values(map);
  return {
    states: found.map(({ state }) => state),
    edges: found.flatMap(({ state: from, transitions }) =>
      Object.values(transitions).map(({ event, state: to }) => ({ from, event, to })),
    ),
  };
}
