/**
 * The session machine explored: every state it can be in, seen coarsely, and every event that may come there.
 *
 * Times would make infinitely many states, so a state is what a person could tell apart: where it stands, what it
 * asks, which limits hold, but not the milliseconds. The clock may jump to any deadline that the state waits for,
 * the earliest or a later one: more than ever happens, never less. Persons may do anything at any time, and late.
 */
import { initialTransition } from 'xstate';
import { sessionLimits } from '../../machines/limits.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { SessionEvent } from '../../machines/session.events.ts';
import { lessTakesLighter, lighterPace } from '../../machines/session.lighter.ts';
import { afterStops, preparationSteps } from '../../machines/session.lists.ts';
import { riseNow } from '../../machines/session.pressure.ts';
import { cooldownForcedAt, type Deadline, deadlines } from '../../machines/session.time.ts';
import type { Emitted, SessionInput } from '../../machines/session.types.ts';
import { nextDue, type SessionSnapshot, unfinishedOf } from '../../machines/session.view.ts';
import { stepOf } from '../../machines/steps.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { finalFaults } from '../../machines/vocabulary.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from './routines.ts';
import { emittedBy, inputOf, noCaps, started } from './session.ts';
import { WatchedChart } from './watched-chart.ts';

/** A side, a turn, two rises: small, but with everything that makes a difference. */
export const everything = routine(
  [
    warmUp({ durationS: 60 }),
    phaseFields({
      side: 'left',
      durationS: 60,
      pressureMax: 2,
    }),
    ramp({ durationS: 120, zone: 'calf' }),
    cooldown({ durationS: 60, position: 'supine' }),
  ],
  { checkIn: { everyS: 60, timeoutS: 15 }, riseDwellS: 120 },
);

/** Two places to choose from, two techniques, both sides, and everything that is prepared. */
export const choices = routine(
  [
    // Strokes so slow that their last is soon reached.
    warmUp({ durationS: 40, speedCmPerS: 3, returnMs: 10_000 }),
    phaseFields({
      id: 'together',
      zone: 'calf',
      technique: 'kneading',
      otherTechnique: {
        technique: 'effleurage',
        strokeCm: 10,
        speedCmPerS: 5,
        returnMs: 1000,
        instruction: 'Slide.',
      },
    }),
    phaseFields({ id: 'inTurn', side: 'both', durationS: 80 }),
    cooldown({ durationS: 40 }),
  ],
  { preparation: { bath: { tempC: 38, minutes: 5, restMin: 10 }, oil: { blend: 'plain', tempC: 38 } } },
);

const firm = { pressureStart: 2, pressureMax: 2 };
/** Places that hands go on to without a turn, so that a question goes on with them; less has something to take away. */
export const onward = routine(
  [
    warmUp({ durationS: 180, position: 'supine', ...firm }),
    phaseFields({ id: 'one', durationS: 80, ...firm }),
    phaseFields({ id: 'other', zone: 'calf', durationS: 64, ...firm }),
    ramp({ durationS: 60, zone: 'thighOuter', pressureStart: 2, pressureMax: 3 }),
    cooldown({ durationS: 180, position: 'supine', ...firm }),
  ],
  { kind: 'full', checkIn: { everyS: 60, timeoutS: 30 } },
);

export type Scene = Readonly<{ name: string; input: SessionInput; grain: Grain }>;

/** A session that broke off while a squeeze's yes was waited for, under a board of another process. */
function recoverSession(of: Routine): SessionInput {
  const session = started(of);
  const unfinished = unfinishedOf(session.for(30_000).snapshot, session.at, 60_000);
  if (!unfinished) throw new Error('nothing was left');
  return inputOf(of, { unfinished, boardReady: false });
}

/** Each begins differently; together they have everything that an input can make different. */
const scenes: readonly Scene[] = [
  { name: 'everything', input: inputOf(everything, { receiver: 'squeeze' }), grain: 'middle' },
  { name: 'choices', input: inputOf(choices, { boardReady: false, endsAt: 400_000 }), grain: 'coarse' },
  { name: 'switch', input: inputOf(choices, { receiver: 'switch' }), grain: 'coarse' },
  { name: 'onward', input: inputOf(onward), grain: 'coarse' },
  { name: 'broken off', input: recoverSession(choices), grain: 'coarse' },
];

/** As little as can be taken up again. */
const few = routine([warmUp(), phaseFields(), cooldown()]);
/** All of the chart is seen from these, too: a switch of the receiver's has nothing that a squeeze has not. */
const fewerScenes: readonly Scene[] = [
  ...scenes.filter(({ name }) => name !== 'switch' && name !== 'broken off'),
  { name: 'broken off', input: recoverSession(few), grain: 'coarse' },
];

/** No event comes before this: what the machine has last been told of. */
export function latest({ context }: SessionSnapshot): Ms {
  const { enteredAt, engagedAt, questionAt, movingSince, gridAt, startedAt, stillSince } = context;
  return Math.max(enteredAt, engagedAt, questionAt, movingSince ?? 0, gridAt, startedAt ?? 0, stillSince);
}

/** What the active states wait for, read off the chart. */
const deadlinesOf = ({ _nodes }: SessionSnapshot): readonly Deadline[] =>
  _nodes.flatMap(node =>
    (node.transitions.get('due') ?? []).flatMap(({ guard }) => {
      const { deadline } = (guard as { params?: { deadline?: Deadline } } | undefined)?.params ?? {};
      return deadline ? [deadline] : [];
    }),
  );

/** Every deadline that any of the active states waits for, and the next one alone. */
function dues(snapshot: SessionSnapshot): readonly SessionEvent[] {
  const times = new Set<Ms>();
  const next = nextDue(snapshot);
  if (next === null) return [];
  times.add(Math.max(next, latest(snapshot)));
  // A little too early, as well: then nothing may come of it.
  if (next - 1 > latest(snapshot)) times.add(next - 1);
  for (const deadline of Object.values(deadlines)) {
    const at = deadline(snapshot.context);
    if (at !== null && at >= next) times.add(Math.max(at, latest(snapshot)));
  }
  // The earliest first: of states that are not told apart the one with the most time left is gone on with.
  return [...times].toSorted((one, other) => one - other).map(at => ({ type: 'due', at }));
}

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never;
export type Wish = WithoutAt<SessionEvent>;
type WishOf<T extends SessionEvent['type']> = Extract<Wish, { type: T }>;

/** What people, the board and fate may do: of each event that the machine knows, whatever makes a difference. */
const wishesByType: Readonly<{
  [T in Exclude<SessionEvent['type'], 'due'>]: readonly [WishOf<T>, ...WishOf<T>[]];
}> = {
  'screening.cleared': [{ type: 'screening.cleared', caps: noCaps }],
  'screening.reopened': [{ type: 'screening.reopened' }],
  'screening.declined': [{ type: 'screening.declined', weight: 'urgent' }],
  'board.ready': [{ type: 'board.ready' }],
  'board.lost': [{ type: 'board.lost' }],
  'board.stopHeld': [{ type: 'board.stopHeld' }],
  'board.stopFree': [{ type: 'board.stopFree' }],
  'session.confirm': [
    { type: 'session.confirm', step: 'baseline', tooMuch: true },
    ...preparationSteps.map((step): WishOf<'session.confirm'> => ({ type: 'session.confirm', step })),
  ],
  'session.spare': [
    { type: 'session.spare', caps: {}, gentle: ['calf'] },
    { type: 'session.spare', caps: { position: 'notProne', pressureMax: 2 }, gentle: [] },
  ],
  'session.bringBack': [{ type: 'session.bringBack', zones: ['thighFront'] }],
  'session.leaveOut': [
    { type: 'session.leaveOut', zones: ['calf'] },
    { type: 'session.leaveOut', zones: ['thighFront'] },
  ],
  'session.lie': [
    { type: 'session.lie', onSide: true },
    { type: 'session.lie', onSide: false },
  ],
  'session.receiverHere': [{ type: 'session.receiverHere' }],
  'session.receiverGone': [{ type: 'session.receiverGone' }],
  'session.start': [{ type: 'session.start' }],
  'session.go': [
    { type: 'session.go', felt: true },
    { type: 'session.go', felt: false },
  ],
  'session.hasty': [{ type: 'session.hasty' }],
  'session.unfelt': [
    { type: 'session.unfelt', question: 'here' },
    { type: 'session.unfelt', question: 'leg' },
    { type: 'session.unfelt', question: 'firmer' },
  ],
  'session.meaningless': [
    { type: 'session.meaningless', what: 'together' },
    { type: 'session.meaningless', what: 'underStop' },
  ],
  // Of a press that did nothing, later than any that did; what a press did is taken back right after it.
  'session.takeBack': [{ type: 'session.takeBack', button: 'go', pressedAt: 2 ** 31 - 1 }],
  'session.undo': [{ type: 'session.undo' }],
  'session.pause': [{ type: 'session.pause' }, { type: 'session.pause', why: 'cramp' }],
  'session.resume': [{ type: 'session.resume' }],
  'session.less': [{ type: 'session.less' }, { type: 'session.less', byReceiver: true }],
  'session.next': [{ type: 'session.next' }],
  'session.extend': [{ type: 'session.extend' }],
  'session.skip': [{ type: 'session.skip' }],
  'session.switchTechnique': [{ type: 'session.switchTechnique' }],
  'session.tryLighter': [{ type: 'session.tryLighter' }],
  'session.checkIn': [
    { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true },
    { type: 'session.checkIn', here: 'light', leg: 'same', firmer: false },
    { type: 'session.checkIn', here: 'strong', leg: 'same', firmer: true },
    { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: true },
    { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: true },
  ],
  'session.symptom': [{ type: 'session.symptom', id: 'numbness' }],
  'session.stop': [{ type: 'session.stop' }, { type: 'session.stop', byReceiver: true }],
  'session.afterStop': [
    { type: 'session.afterStop', why: afterStops[0] },
    ...afterStops.slice(1).map((why): WishOf<'session.afterStop'> => ({ type: 'session.afterStop', why })),
  ],
  'session.acknowledge': [{ type: 'session.acknowledge' }],
  'session.end': [{ type: 'session.end', reason: 'left' }],
  'session.fault': [
    { type: 'session.fault', fault: 'linkLost' },
    { type: 'session.fault', fault: 'boardReset' },
    { type: 'session.fault', fault: 'dutyMismatch' },
  ],
};
const wishes: readonly Wish[] = Object.values(wishesByType).flat();

/** What is explored: how sessions begin, and what they may be told besides what falls due. */
export type World = Readonly<{ scenes: readonly Scene[]; wishes: readonly Wish[] }>;

/** All that any session may be told. */
const anywhere: World = { scenes, wishes };
/** What the quick answer begins with. */
const quickly: World = { scenes: fewerScenes, wishes };

/** Of all that may be told, what `hears` lets through, and the clearances of this screening alone. */
export const worldOf = (
  ofScenes: readonly Scene[],
  hears: (wish: Wish) => boolean,
  clearances: readonly WishOf<'screening.cleared'>[],
): World => ({
  scenes: ofScenes,
  wishes: [...clearances, ...wishes.filter(wish => wish.type !== 'screening.cleared' && hears(wish))],
});

/** What means something else when it comes late: an answer that can have been felt, hands that rested long. */
const lateWishes: readonly Wish[] = [
  { type: 'session.go', felt: false },
  { type: 'session.less' },
  { type: 'session.resume' },
  { type: 'session.start' },
  { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true },
  // A question goes on to the next place as it is, once it has been told.
  { type: 'session.next' },
];

/** Length of the open question's cue. */
const cueMs = ({ question, rules }: SessionSnapshot['context']): Ms =>
  rules.cueMs[question === 'firmer' ? 'GLIDE' : 'ASK'];

/** Later moments at which a person's word means something else, before anything else falls due. */
function lateMoments(snapshot: SessionSnapshot): readonly Ms[] {
  const { context } = snapshot;
  // Moving hands are led: only a question and an offer are answered later than they are made.
  if (context.movingSince !== null)
    return [
      context.questionAt + cueMs(context) + sessionLimits.soonestAnswerMs,
      (context.lighterOfferedAt ?? 0) + context.rules.cueMs.EASE + sessionLimits.soonestAnswerMs,
    ].filter(at => at > latest(snapshot));
  const { longPauseMs, longestPauseMs } = sessionLimits;
  const due = nextDue(snapshot) ?? Number.POSITIVE_INFINITY;
  return [
    context.stillSince + longPauseMs + 1,
    context.stillSince + longestPauseMs + 1,
    cooldownForcedAt(context) ?? 0,
  ].filter(at => at > latest(snapshot) && at < due);
}

/** What takes back what this event has just done, by the same hand. */
function backFrom(
  from: SessionSnapshot,
  event: SessionEvent,
  { status, context }: SessionSnapshot,
): readonly SessionEvent[] {
  if (status !== 'active' || (event.type !== 'session.go' && event.type !== 'session.less')) return [];
  const button = event.type === 'session.go' ? 'go' : 'less';
  const { at } = event;
  // Of two presses at one moment there is but one to take back.
  if (context.before[button]?.at !== at || from.context.before[button]?.at === at) return [];
  const back: SessionEvent = { type: 'session.takeBack', button, pressedAt: at, at };
  return button === 'go' ? [back] : [back, { type: 'session.undo', at }];
}

const eventsOf = (snapshot: SessionSnapshot, told: readonly Wish[]): readonly SessionEvent[] =>
  snapshot.status !== 'active'
    ? []
    : [
        ...told.map(wish => ({ ...wish, at: latest(snapshot) }) as SessionEvent),
        ...lateMoments(snapshot).flatMap(at => lateWishes.map(wish => ({ ...wish, at }) as SessionEvent)),
        ...dues(snapshot),
      ];

/**
 * How closely states are looked at: the quick answer tells fewer apart than the long run. `middle` tells apart what a
 * question is about, and of what is waited for only that without which a guard of the chart would be seen from one side.
 */
export type Grain = 'coarse' | 'middle' | 'usual';

/** For `middle`: see above. */
const tellingDeadlines: readonly Deadline[] = ['nextIsAnnounced', 'leaseIsRenewed', 'capIsReached'];

/** What can be told apart without a watch. */
export function keyOf(snapshot: SessionSnapshot, grain: Grain): string {
  const { value, status, output, context } = snapshot;
  const { steps, boardReady, stopHeld, passIndex, question, missed, fault } = context;
  const { handsOn, startedAt, easedUntilMoved } = context;
  const mayRise = startedAt !== null && riseNow(context, latest(snapshot)).allowed;
  const always = [
    value,
    status,
    output?.outcome,
    steps.length,
    boardReady && !stopHeld,
    passIndex,
    fault !== null && finalFaults.has(fault) ? 'final' : fault !== null,
    context.receiver,
    context.askThem,
    // Where there is one to offer: how near the offer is, and whether it can be felt by now.
    lighterPace(context) !== null && context.easesHere,
    context.lighterOfferedAt !== null,
    lessTakesLighter(context, latest(snapshot)),
  ];
  // Of what it waits for, what there still is a time for, and what is due.
  const isTold = (deadline: Deadline): boolean => grain === 'usual' || tellingDeadlines.includes(deadline);
  const awaited = deadlinesOf(snapshot)
    .filter(isTold)
    .map(deadline => {
      const at = deadlines[deadline](context);
      return at === null ? 0 : at <= latest(snapshot) ? 2 : 1;
    });
  // Hands at rest are asked nothing.
  const isMoving = snapshot.hasTag('moving');
  const asked = [isMoving && question, Math.min(missed, 1), isMoving && mayRise, awaited];
  const usually = [
    handsOn === null,
    easedUntilMoved !== null,
    value === 'paused' && context.pausedFor === 'cramp',
  ];
  return JSON.stringify([always, grain === 'coarse' ? [] : asked, grain === 'usual' ? usually : []]);
}

/** Which state leads to which, by their places among the states. `taken`: transitions of the chart, in order. */
export type Way = Readonly<{ fromId: number; toId: number; taken: readonly string[] }>;
/** One step of the machine. */
export type Edge = Way &
  Readonly<{
    from: SessionSnapshot;
    event: SessionEvent;
    to: SessionSnapshot;
    emitted: readonly Emitted[];
  }>;
export type Explored = Readonly<{
  states: readonly SessionSnapshot[];
  /** The states in which the scenes begin. */
  roots: readonly number[];
  /** Of each state, the scene it belongs to. */
  sceneOf: readonly Scene[];
  ways: readonly Way[];
  chart: WatchedChart;
}>;

/**
 * `finely`: every scene as closely as can be. Throws where there are more states than this: then something counts up
 * without end. `look` sees each edge once, as it is found: there are so many that keeping them takes longer than looking.
 */
export function explore(
  look: (edge: Edge) => void,
  finely = false,
  mostStates = finely ? 80_000 : 10_000,
  world: World = finely ? anywhere : quickly,
): Explored {
  const chart = new WatchedChart();
  const told = new Set<string>(world.wishes.map(({ type }) => type));
  const states: SessionSnapshot[] = [];
  const ids = new Map<string, number>();
  const sceneOf: Scene[] = [];
  const idOf = (scene: Scene, snapshot: SessionSnapshot): number => {
    const key = `${scene.name} ${keyOf(snapshot, finely ? 'usual' : scene.grain)}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    if (states.length >= mostStates)
      throw new Error(`more than ${mostStates} states: something counts up without end`);
    ids.set(key, states.length);
    sceneOf.push(scene);
    return states.push(snapshot) - 1;
  };
  const roots = world.scenes.map(scene => idOf(scene, initialTransition(chart.machine, scene.input)[0]));
  const ways: Way[] = [];
  const goOn = (
    from: SessionSnapshot,
    fromId: number,
    event: SessionEvent,
    scene: Scene,
  ): SessionSnapshot => {
    const [next, actions] = stepOf(chart.machine, from, event);
    // Half of all events are refused, and leave everything as it was: the state is the one that it was.
    const isSame = next.context === from.context && next.value === from.value && next.status === from.status;
    const to = isSame ? from : next;
    const toId = isSame ? fromId : idOf(scene, to);
    const taken = chart.takenBy(actions);
    ways.push({ fromId, toId, taken });
    look({ from, event, to, emitted: emittedBy(actions), taken, fromId, toId });
    return to;
  };
  /** Told anew and unfelt again, until it is given up: how often that was is nothing that states are told apart by. */
  const goOnUntold = (
    from: SessionSnapshot,
    fromId: number,
    event: Extract<SessionEvent, { type: 'session.unfelt' }>,
    scene: Scene,
  ): void => {
    let [untold, untoldId] = [from, fromId];
    while (untold.status === 'active' && untold.context.isAsked && untold.context.asks === 0) {
      for (const next of ['due', 'session.unfelt'] as const) {
        if (untold.status !== 'active') return;
        const at = untold.context.questionAt;
        untold = goOn(untold, untoldId, next === 'due' ? { type: 'due', at } : { ...event, at }, scene);
        untoldId = ways.at(-1)?.toId ?? untoldId;
      }
    }
  };
  for (let fromId = 0; fromId < states.length; fromId++) {
    const from = states[fromId];
    const scene = sceneOf[fromId];
    if (!from || scene === undefined) break;
    for (const event of eventsOf(from, world.wishes)) {
      const to = goOn(from, fromId, event, scene);
      const pressedId = ways.at(-1)?.toId ?? fromId;
      if (event.type === 'session.unfelt') goOnUntold(to, pressedId, event, scene);
      const backs = backFrom(from, event, to).filter(({ type }) => told.has(type));
      for (const back of backs) goOn(to, pressedId, back, scene);
      // A pause has begun in earnest before the second of two buttons comes.
      const due = backs.length > 0 ? nextDue(to) : null;
      if (due === null || due - event.at >= sessionLimits.takeBackMs) continue;
      const rested = goOn(to, pressedId, { type: 'due', at: due }, scene);
      const restedId = ways.at(-1)?.toId ?? fromId;
      if (rested.status !== 'active') continue;
      for (const back of backs) goOn(rested, restedId, { ...back, at: due }, scene);
    }
  }

  return { states, roots, sceneOf, ways, chart };
}
