/**
 * Sessions that a board alone could be in, on chance's way through them: what is remembered at each step, and what comes
 * next. Everything falls due at its time or is overtaken by what people, the card, the board and its watch may say.
 */
import fc from 'fast-check';
import { library } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline } from '../../../machines/routine/timeline.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { isCheckIn, type StateName } from '../../../machines/session.states.ts';
import { deadlines } from '../../../machines/session.time.ts';
import { sessionMachine } from '../../../machines/session.ts';
import type { SessionContext, SessionInput } from '../../../machines/session.types.ts';
import { nextDue, type SessionSnapshot, stateName } from '../../../machines/session.view.ts';
import { faults, type Ms } from '../../../machines/vocabulary.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { isReport } from '../../support/length.ts';
import { cooldown, inching, phaseFields, ramp, routine, warmUp } from '../../support/routines.ts';
import { inputOf, step, type Wish } from '../../support/session.ts';
import { firstOf } from '../../support/step.ts';
import { capsByCard } from './context-text.ts';

/** A number from 0 up to, but not including, 1. */
export type Chance = () => number;

/** Chance from the seed that all properties of this run draw from. `salt` tells those of one run apart. */
export const chanceOf = (salt: number): Chance => seeded((fc.readConfigureGlobal().seed ?? 0) + salt);

/** Each draws anew, a hundred apart so that no file draws as another one does. */
export const rounds: readonly number[] = Array.from({ length: isReport ? 40 : 1 }, (_, round) => 100 * round);

export const whole = (chance: Chance, least: number, most: number): number =>
  least + Math.floor(chance() * (most - least + 1));

export function oneOf<T>(chance: Chance, list: readonly T[]): T {
  const one = list[whole(chance, 0, list.length - 1)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

const otherTechnique = {
  technique: 'effleurage',
  strokeCm: 10,
  speedCmPerS: 5,
  returnMs: 1000,
  instruction: 'Slide.',
};

/** What no routine of the library has in so small a place: both sides as one phase and as two, ascents, other techniques. */
const small: readonly Routine[] = [
  routine(
    [
      warmUp({ durationS: 60 }),
      phaseFields({ side: 'left', durationS: 60, pressureMax: 2 }),
      ramp({
        durationS: 120,
        zone: 'calf',
        side: 'both',
        position: 'prone',
        technique: 'kneading',
        otherTechnique,
      }),
      cooldown({ durationS: 60, position: 'supine' }),
    ],
    { checkIn: { everyS: 60, timeoutS: 15 }, riseDwellS: 120 },
  ),
  routine(
    [
      warmUp({ durationS: 40, speedCmPerS: 3, returnMs: 10_000, position: 'prone' }),
      phaseFields({ id: 'together', zone: 'calf', technique: 'kneading', otherTechnique }),
      phaseFields({ id: 'lighter', zone: 'thighBack', otherTechnique: { ...otherTechnique, strokeCm: 20 } }),
      inching({ side: 'both', durationS: 80, otherTechnique }),
      phaseFields({ id: 'fast', strokeCm: 5, speedCmPerS: 15, returnMs: 500, durationS: 30 }),
      cooldown({ durationS: 40, position: 'prone' }),
    ],
    { preparation: { bath: { tempC: 38, minutes: 5, restMin: 10 }, oil: { blend: 'plain', tempC: 38 } } },
  ),
  routine(
    [
      warmUp({ durationS: 180, position: 'supine', pressureStart: 2, pressureMax: 2 }),
      phaseFields({ id: 'one', side: 'left', durationS: 80, pressureStart: 2, pressureMax: 2 }),
      phaseFields({ id: 'other', side: 'right', durationS: 80, pressureStart: 2, pressureMax: 2 }),
      ramp({ durationS: 60, zone: 'thighOuter', pressureStart: 2, pressureMax: 3 }),
      cooldown({ durationS: 180, position: 'supine', pressureStart: 2, pressureMax: 2 }),
    ],
    { kind: 'full', checkIn: { everyS: 60, timeoutS: 30 } },
  ),
];

/** A board keeps no more passes. */
const mostPasses = 20;

const routines: readonly Routine[] = [...small, ...library()].filter(
  one => timeline(one).length <= mostPasses,
);

export const randomInput = (chance: Chance): SessionInput =>
  inputOf(oneOf(chance, routines), {
    easierSide: oneOf(chance, ['left', 'right']),
    boardReady: chance() < 0.9,
    receiver: oneOf(chance, [null, null, 'squeeze', 'switch'] as const) ?? undefined,
    strokeCues: chance() < 0.8,
  });

/** What hands, card and watch may say, as often as it stands here. */
const wishes: readonly (readonly [times: number, Wish])[] = [
  [40, { type: 'session.go', felt: true }],
  [10, { type: 'session.go', felt: false }],
  [12, { type: 'session.less' }],
  [6, { type: 'session.less', byReceiver: true }],
  [3, { type: 'session.hasty' }],
  [2, { type: 'session.meaningless', what: 'together' }],
  [2, { type: 'session.meaningless', what: 'underStop' }],
  [8, { type: 'session.resume' }],
  [5, { type: 'session.next' }],
  [5, { type: 'session.extend' }],
  [1, { type: 'session.skip' }],
  [6, { type: 'session.start' }],
  [3, { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true }],
  [1, { type: 'session.checkIn', here: 'fine', leg: 'more', firmer: true }],
  [2, { type: 'session.checkIn', here: 'strong', leg: 'same', firmer: false }],
  [3, { type: 'session.unfelt', question: 'here' }],
  [2, { type: 'session.unfelt', question: 'leg' }],
  [2, { type: 'session.unfelt', question: 'firmer' }],
  [5, { type: 'session.afterStop', why: 'slip' }],
  [1, { type: 'session.stop' }],
  [1, { type: 'session.stop', byReceiver: true }],
  [2, { type: 'board.ready' }],
  [1, { type: 'board.lost' }],
  [1, { type: 'board.stopHeld' }],
  [3, { type: 'board.stopFree' }],
];
const drawn: readonly Wish[] = wishes.flatMap(([times, wish]) => Array.from({ length: times }, () => wish));
/** What ends a session, or nearly: seldom. */
const grave: readonly Wish[] = [
  { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: true },
  { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: true },
  ...faults.map((fault): Wish => ({ type: 'session.fault', fault })),
];

const stamped = (wish: Wish, at: Ms): SessionEvent => ({ ...wish, at }) as SessionEvent;

/** Any event that a board can be told, at `at`. */
export function randomEvent(chance: Chance, at: Ms, pressedAt: Ms): SessionEvent {
  const kind = chance();
  if (kind < 0.1) return { type: 'due', at };
  if (kind < 0.2)
    return {
      type: 'session.takeBack',
      button: oneOf(chance, ['go', 'less']),
      pressedAt: chance() < 0.8 ? pressedAt : at - whole(chance, 0, 500),
      at,
    };
  if (kind < 0.23) return { type: 'screening.cleared', caps: capsByCard(chance() < 0.5), by: 'touch', at };
  if (kind < 0.26) {
    const wish = oneOf(chance, grave);
    const hasSince = wish.type === 'session.fault' && chance() < 0.5;
    return stamped(hasSince ? { ...wish, since: Math.max(0, at - whole(chance, 0, 3000)) } : wish, at);
  }
  return stamped(oneOf(chance, drawn), at);
}

const pauseMs = (chance: Chance): Ms =>
  oneOf(chance, [
    0,
    whole(chance, 0, 40),
    whole(chance, 0, 400),
    whole(chance, 0, 3000),
    whole(chance, 0, 30_000),
    whole(chance, 0, 300_000),
  ]);

export type Moment = Readonly<{
  context: SessionContext;
  state: string;
  event: SessionEvent;
}>;

/** What leads on from where a session waits for people. */
function wishOn(chance: Chance, { context }: SessionSnapshot, state: StateName): Wish | null {
  const go: Wish = { type: 'session.go', felt: true };
  if (state === 'screening')
    return { type: 'screening.cleared', caps: capsByCard(chance() < 0.4), by: 'touch' };
  if (state === 'preparation') {
    if (!context.boardReady || context.stopHeld)
      return { type: context.boardReady ? 'board.stopFree' : 'board.ready' };
    const [first] = context.steps;
    if (first === undefined) return { type: 'session.start' };
    return first === 'receiver' ? { type: 'session.less', byReceiver: true } : go;
  }
  if (isCheckIn(state)) return chance() < 0.8 ? go : { type: 'session.less' };
  if (state === 'stopped') return { type: 'session.afterStop', why: 'slip' };
  return context.movingSince === null ? go : null;
}

/** When it is said: a question is answered once it can have been felt, and people rest before they go on. */
const onAfterMs = (chance: Chance, { context }: SessionSnapshot, state: StateName, at: Ms): Ms =>
  isCheckIn(state)
    ? Math.max(0, context.questionAt - at) + whole(chance, 900, 4000)
    : oneOf(chance, [40, 1200, whole(chance, 0, 20_000)]);

/** The next event of a walk: mostly what falls due, or what leads on; else something sooner; seldom a due comes late. */
function nextEvent(chance: Chance, snapshot: SessionSnapshot, at: Ms, pressedAt: Ms): SessionEvent {
  const due = nextDue(snapshot);
  const state = stateName(snapshot);
  const on = chance() < 0.7 ? wishOn(chance, snapshot, state) : null;
  if (on === null && due !== null && chance() < 0.8) return { type: 'due', at: Math.max(at, due) };
  const then = at + (on ? onAfterMs(chance, snapshot, state, at) : pauseMs(chance));
  if (due !== null && due < then && chance() < 0.97) return { type: 'due', at: Math.max(at, due) };
  if (on) return stamped(on, then);
  const event = randomEvent(chance, then, pressedAt);
  // What ends everything is met often enough as an event to a memory; a walk is to go on.
  const isGrave =
    event.type === 'session.stop' || event.type === 'session.fault' || event.type === 'session.checkIn';
  return isGrave && chance() < 0.8 ? { type: 'session.go', felt: true, at: then } : event;
}

/** Takes sessions on without renewing the lease twice a second: what a walk is for lies elsewhere. */
function withoutLease<T>(run: () => T): T {
  const { leaseIsRenewed } = deadlines;
  Object.assign(deadlines, { leaseIsRenewed: () => null });
  try {
    return run();
  } finally {
    Object.assign(deadlines, { leaseIsRenewed });
  }
}

/** All moments of one session, up to so many. */
export const walk = (chance: Chance, steps: number, input = randomInput(chance)): readonly Moment[] =>
  withoutLease(() => {
    const moments: Moment[] = [];
    let snapshot: SessionSnapshot = firstOf(sessionMachine, input);
    let at = 0;
    let pressedAt = 0;
    while (snapshot.status === 'active' && moments.length < steps) {
      const event = nextEvent(chance, snapshot, at, pressedAt);
      moments.push({ context: snapshot.context, state: stateName(snapshot), event });
      at = event.at;
      if (event.type === 'session.go' || event.type === 'session.less') pressedAt = at;
      [snapshot] = step(snapshot, event);
    }
    return moments;
  });
