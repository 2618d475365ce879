/**
 * What may be told of a session, derived from it in this one place: closed words and numbers, and nothing that somebody
 * has answered, written or named. Pure reading.
 */
import type { Pass } from '../../machines/routine/timeline.ts';
import { pressureNow } from '../../machines/session.pressure.ts';
import type { StateName } from '../../machines/session.states.ts';
import { passNow } from '../../machines/session.time.ts';
import { timeLeft } from '../../machines/session.view.ts';
import { type Fault, faults, type Outcome } from '../../machines/vocabulary.ts';
import type { Run } from '../session/run.ts';
import { isUntouched } from '../session/screening-talk.ts';
import { type boards, type DeviceEvent, type DeviceState, type endings, pressures } from './messages.ts';

type Activity = DeviceState['activity'];
export type EndingWord = (typeof endings)[number];
export type BoardWord = (typeof boards)[number];

/** All that a viewer elsewhere may know, but for the times: what is compared to know whether anything has changed. */
export type DeviceFacts = Readonly<Omit<DeviceState, 'v' | 'at' | 'secondsLeft'> & { fault: Fault | null }>;

type WithoutStamp<Event> = Event extends DeviceEvent ? Omit<Event, 'v' | 'id' | 'at'> : never;
/** An event before it has a name and a time. */
export type EventBody = Readonly<WithoutStamp<DeviceEvent>>;

/** What was answered is nobody's business: a session that the questions did not let begin is one that nobody went on with. */
export const endingOf = (outcome: Outcome): EndingWord => (outcome === 'declined' ? 'interrupted' : outcome);

const activities: Readonly<Record<StateName, Activity>> = {
  screening: 'beginning',
  preparation: 'beginning',
  warmUp: 'underway',
  strokes: 'underway',
  'strokes.checkIn': 'asking',
  pressureRamp: 'underway',
  'pressureRamp.checkIn': 'asking',
  cooldown: 'underway',
  eased: 'eased',
  transition: 'transition',
  pausing: 'paused',
  halting: 'paused',
  paused: 'paused',
  stopped: 'stopped',
  faulted: 'faulted',
  finishing: 'underway',
  completed: 'idle',
  declined: 'idle',
  interrupted: 'idle',
};

/** Nothing more can happen in it; its outcome may still be on its way. */
const isOver = (run: Run): boolean => run.outcome !== null || run.snapshot.status !== 'active';

function activityOf(run: Run): Activity {
  if (isOver(run)) return 'idle';
  if (run.state === 'screening' && isUntouched(run.screening)) return 'idle';
  return activities[run.state];
}

/** Why it stands still, or has ended. */
const faultOf = (run: Run): Fault | null =>
  run.snapshot.context.fault ?? faults.find(fault => fault === run.outcome?.reason) ?? null;

/** Of each list of passes: which phase each belongs to, counted from 1. Worked out once for each list. */
const numbered = new WeakMap<readonly Pass[], ReadonlyMap<string, number>>();

function phasesOf(passes: readonly Pass[]): ReadonlyMap<string, number> {
  const known = numbered.get(passes);
  if (known) return known;
  const found = new Map<string, number>();
  for (const { phase } of passes) if (!found.has(phase)) found.set(phase, found.size + 1);
  numbered.set(passes, found);
  return found;
}

/** Nothing of a place: nobody's hands are anywhere. */
const nowhere = { stage: null, phase: null, zone: null, side: null, pressure: null } as const;

function placeOf(run: Run): Pick<DeviceFacts, keyof typeof nowhere> {
  const { context } = run.snapshot;
  if (isOver(run)) return nowhere;
  if (context.startedAt === null)
    return run.state === 'preparation' ? { ...nowhere, stage: 'preparation' } : nowhere;
  const pass = passNow(context);
  if (!pass) return { ...nowhere, stage: 'cooldown' };
  const phases = phasesOf(context.passes);
  const pressure = pressureNow(context);
  return {
    stage: pass.stage,
    phase: { number: phases.get(pass.phase) ?? 0, of: phases.size },
    zone: pass.zone,
    side: pass.side,
    pressure: pressure === null ? null : (pressures[pressure - 1] ?? null),
  };
}

export type Around = Readonly<{
  /** What the board is while its line is up. */
  board: Exclude<BoardWord, 'gone'>;
  /** How the session before this one has ended; null where there was none in this process. */
  before: EndingWord | null;
}>;

export function factsOf(run: Run, { board, before }: Around): DeviceFacts {
  const { context } = run.snapshot;
  return {
    activity: activityOf(run),
    ...placeOf(run),
    runs: !isOver(run) && context.movingSince !== null,
    board: run.board.state === 'live' ? board : 'gone',
    outcome: run.outcome === null ? before : endingOf(run.outcome.outcome),
    fault: faultOf(run),
  };
}

/** Until the routine is over; null where none is under way. */
export function secondsLeftOf(run: Run): number | null {
  const { context } = run.snapshot;
  if (isOver(run) || context.startedAt === null) return null;
  return Math.ceil(timeLeft(context, run.now()).routineMs / 1000);
}

/** Of a process that goes away while a session is open: nothing runs any more, and nobody will go on with it here. */
export const endedFacts = (facts: DeviceFacts): DeviceFacts => ({
  ...facts,
  ...nowhere,
  activity: 'idle',
  runs: false,
  outcome: hasBegun(facts) ? 'interrupted' : facts.outcome,
});

/** Whether hands were at work in this session, or will be. */
export const hasBegun = ({ activity, phase }: DeviceFacts): boolean => activity !== 'idle' && phase !== null;

/**
 * What has happened between two looks, in the order in which it is told. `hasEnded`: the session has come to its outcome
 * since the first, which may be the same as that of the session before it.
 */
export function happened(before: DeviceFacts, now: DeviceFacts, hasEnded: boolean): readonly EventBody[] {
  const events: EventBody[] = [];
  if (!hasBegun(before) && hasBegun(now)) events.push({ type: 'began' });
  if (now.fault !== null && before.fault !== now.fault) events.push({ type: 'fault', fault: now.fault });
  if (now.activity !== before.activity) events.push({ type: 'activity', activity: now.activity });
  if (now.stage !== null && now.stage !== before.stage) events.push({ type: 'stage', stage: now.stage });
  if (hasEnded && now.outcome !== null) events.push({ type: 'ended', outcome: now.outcome });
  return events;
}

/** As it is published. */
export const stateOf = (
  { fault: _, ...facts }: DeviceFacts,
  at: number,
  secondsLeft: number | null,
): DeviceState => ({ v: 1, at: new Date(at).toISOString(), ...facts, secondsLeft });

/** Whether somebody elsewhere would see a difference. */
export const isSame = (one: DeviceFacts, other: DeviceFacts): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
