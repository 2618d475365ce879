/**
 * The cues that are being played or wait to be: which may join, which gives way, and what the motors do by it.
 *
 * Where two cues meet the higher rank is played, and an answer to a person's press before either, but never before
 * STOP. Over any 10 s a motor runs at most its share of cues; STOP is reserved beside it, and within it a question that
 * is told again leaves room for the EASE that may answer it: the answer matters more. No motor starts within
 * `staggerMs` of the other: a cue that would break off another just after its second motor began waits that long.
 * Bounded: at most `mostCues` cues.
 */

import { motorLimits } from '../limits.ts';
import {
  type CueId,
  type CueWhy,
  type Motor,
  type Ms,
  motors,
  type Order,
  type Pulse,
} from '../vocabulary.ts';
import { expand, playMs } from './expand.ts';
import { type CueSet, cues as usualCues } from './library.ts';

type Play = Extract<Order, { type: 'play' }>;
type Planned = {
  readonly play: Play;
  readonly rank: number;
  readonly until: Ms;
  readonly pulses: readonly Pulse[];
  begun: boolean;
};

/** How the pulses of a cue are shaped for this hand and these motors. */
type Shape = (pulses: readonly Pulse[], cue: CueId) => readonly Pulse[];

/** Why a cue was not played. */
export type CueLimit = 'rank' | 'cueShare' | 'queue';
/** A cue that was not played, or not to its end. */
export type Dropped = Readonly<{ cue: CueId; why: CueWhy; limit: CueLimit }>;

const mostCues = 64;
/** Two pulses closer than this count as one, with the rest between them. */
const mergedMs = 20;
const { shareWindowMs, cueShare, staggerMs } = motorLimits;

const pulsesOf = (planned: readonly Planned[]): readonly Pulse[] => planned.flatMap(({ pulses }) => pulses);

/** STOP is reserved beside the share: it neither waits for one nor uses one up. */
const counted = (planned: readonly Planned[]): readonly Planned[] =>
  planned.filter(({ play }) => play.cue !== 'STOP');

/**
 * Most on-time of a motor in any window that ends with one of the given pulses: no other window has more. The pulses
 * of one motor never overlap, so that a window slides over them.
 */
function worstShare(pulses: readonly Pulse[], motor: Motor): number {
  const own = pulses.filter(pulse => pulse.motor === motor).toSorted((one, other) => one.until - other.until);
  let first = 0;
  let onMs = 0;
  let worstMs = 0;
  for (const { from, until } of own) {
    onMs += until - from;
    const begin = until - shareWindowMs;
    for (let gone = own[first]; gone && gone.until <= begin; gone = own[++first])
      onMs -= gone.until - gone.from;
    worstMs = Math.max(worstMs, onMs - Math.max(0, begin - (own[first]?.from ?? begin)));
  }
  return worstMs / shareWindowMs;
}

/**
 * The plans of one conductor. `shaped` may change the pulses of a cue for one hand; it must not make them longer.
 * Moments are told in order; none may be before the last.
 */
export class PlannedCues {
  /** Playing or to come. */
  #planned: readonly Planned[] = [];
  /** Their pulses: read at every beat, so listed only when the plans change. */
  #pulses: readonly Pulse[] = [];
  /** What has been driven within the last window: it counts against the share. */
  #past: Pulse[] = [];
  /** When each motor was last started by a cue that is not planned any more. */
  readonly #startedAt: Record<Motor, Ms> = {
    left: Number.NEGATIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
  };

  /** The latest moment of which this has been told. */
  #now: Ms = Number.NEGATIVE_INFINITY;

  /** How pulses are shaped for this hand and these motors, whenever a cue joins. */
  readonly #shaped: Shape;

  readonly #cues: CueSet;

  constructor(shaped: Shape = pulses => pulses, cues: CueSet = usualCues) {
    this.#shaped = shaped;
    this.#cues = cues;
  }

  /** Pulses that are not over. */
  pulses(): readonly Pulse[] {
    return this.#pulses;
  }

  #plan(planned: readonly Planned[]): void {
    this.#planned = planned;
    this.#pulses = pulsesOf(planned);
  }

  /**
   * Lets a cue join at its own moment; lists what was dropped for it, or the cue itself. Where an EASE that answers a
   * press does not fit into what a motor may still run, a TAP answers in its place: no press is met with silence.
   */
  add(play: Play): readonly Dropped[] {
    const gone = this.#add(play);
    const [first] = gone;
    const unanswered =
      play.answer && play.cue === 'EASE' && first?.cue === 'EASE' && first.limit === 'cueShare';
    return unanswered ? [...gone, ...this.#add({ ...play, cue: 'TAP' })] : gone;
  }

  #add(order: Play): readonly Dropped[] {
    const cue = this.#cues[order.cue];
    const asked = this.#shaped(expand(cue, order.at, order.from, order.times), order.cue);
    const waitMs = this.#waitMs(asked, order.at);
    const play = { ...order, at: order.at + waitMs };
    const pulses = asked.map(pulse => ({
      ...pulse,
      from: pulse.from + waitMs,
      until: pulse.until + waitMs,
    }));
    const newcomer: Planned = {
      play,
      rank: cue.rank,
      until: Math.max(play.at + playMs(cue, play.times), ...pulses.map(({ until }) => until)),
      pulses,
      begun: false,
    };
    const meets = (other: Planned): boolean =>
      other.play.at < newcomer.until && newcomer.play.at < other.until;
    const rivals = this.#planned.filter(meets);
    const outranks = (rival: Planned): boolean =>
      play.answer ? rival.play.cue === 'STOP' : rival.rank >= newcomer.rank;
    if (rivals.some(outranks)) return [dropped(newcomer, 'rank')];
    if (this.#planned.length >= mostCues) return [dropped(newcomer, 'queue')];

    // What has begun goes on until the newcomer is due, and counts as driven until then; what has not is gone.
    const cut = rivals
      .filter(({ begun }) => begun)
      .map((rival): Planned => {
        const pulses = rival.pulses
          .filter(({ from }) => from < order.at)
          .map(pulse => ({ ...pulse, until: Math.min(pulse.until, order.at) }));
        return { ...rival, until: order.at, pulses };
      });
    const kept = [...this.#planned.filter(other => !rivals.includes(other)), ...cut];
    const mostShare = play.again ? cueShare - this.#easeShare() : cueShare;
    const fits = (list: readonly Planned[]): boolean => {
      const all = this.#past.concat(pulsesOf(counted(list)));
      return motors.every(motor => worstShare(all, motor) <= mostShare);
    };
    const gone = rivals.map(rival => dropped(rival, 'rank'));
    const list = [...kept, newcomer];
    if (play.cue !== 'STOP')
      while (!fits(list)) {
        // The lowest rank that has not begun gives way, the latest first; at last the newcomer itself.
        const index = list.findLastIndex(
          other => other !== newcomer && other.rank < newcomer.rank && other.play.at > play.at,
        );
        const weaker = list[index];
        if (!weaker) return [dropped(newcomer, 'cueShare')];
        gone.push(dropped(weaker, 'cueShare'));
        list.splice(index, 1);
      }
    this.#plan(list);
    this.forget(this.#now);
    return gone;
  }

  /** What one EASE takes of the motor that it drives longest. */
  #easeShare(): number {
    const pulses = this.#shaped(expand(this.#cues.EASE, 0), 'EASE');
    return Math.max(...motors.map(motor => worstShare(pulses, motor)));
  }

  /** How much later pulses have to begin, so that none of them starts too soon after what has started by `at`. */
  #waitMs(pulses: readonly Pulse[], at: Ms): Ms {
    const started = { ...this.#startedAt };
    for (const { motor, from } of this.#pulses)
      if (from < at) started[motor] = Math.max(started[motor], from);
    // A motor that runs until this very moment goes on: that is no start, unless the cue has to wait anyway.
    const goesOn = ({ motor, from }: Pulse): boolean =>
      from === at &&
      [this.#past, this.#pulses].some(some =>
        some.some(one => one.motor === motor && one.from < at && one.until >= at),
      );
    const waitOf = (some: readonly Pulse[]): Ms =>
      Math.max(
        0,
        ...some.flatMap(({ motor, from }) =>
          motors.filter(other => other !== motor).map(other => started[other] + staggerMs - from),
        ),
      );
    return waitOf(pulses.filter(pulse => !goesOn(pulse))) === 0 ? 0 : waitOf(pulses);
  }

  /** The cues that begin at `now`, or began unnoticed before and still last. Each is listed once. */
  begin(now: Ms): readonly Play[] {
    this.#now = now;
    const begins = ({ play, begun }: Planned): boolean => !begun && play.at <= now;
    if (!this.#planned.some(begins)) return [];
    const beginning = this.#planned.filter(begins);
    for (const planned of beginning) planned.begun = true;
    return beginning.filter(({ until }) => now < until).map(({ play }) => play);
  }

  /** What is planned or playing of this cue is over. */
  drop(cue: CueId, now: Ms): void {
    this.#remember(
      this.#planned.filter(({ play }) => play.cue === cue),
      now,
    );
    this.#plan(this.#planned.filter(({ play }) => play.cue !== cue));
  }

  /** Forgets what is over; what was driven within the last window is remembered for the share. */
  forget(now: Ms): void {
    if (this.#planned.some(({ until }) => until <= now)) {
      const over = this.#planned.filter(({ until }) => until <= now);
      this.#remember(over, now);
      this.#plan(this.#planned.filter(({ until }) => until > now));
    }
    const isOld = ({ until }: Pulse): boolean => until <= now - shareWindowMs;
    if (this.#past.some(isOld)) this.#past = this.#past.filter(pulse => !isOld(pulse));
  }

  /** Drops every plan; what a dropped cue has driven until now still counts. */
  clear(now: Ms): void {
    this.#remember(this.#planned, now);
    this.#plan([]);
  }

  /** What these have driven until now counts against the share, STOP excepted; when each motor began is kept. */
  #remember(gone: readonly Planned[], now: Ms): void {
    for (const { motor, from } of pulsesOf(gone))
      if (from < now) this.#startedAt[motor] = Math.max(this.#startedAt[motor], from);
    for (const pulse of pulsesOf(counted(gone)))
      if (pulse.from < now) this.#note({ ...pulse, until: Math.min(pulse.until, now) });
  }

  /** Remembers what was driven. What follows at once is one with it, so that no haste can fill the memory. */
  #note(pulse: Pulse): void {
    const index = this.#past.findLastIndex(({ motor }) => motor === pulse.motor);
    const last = this.#past[index];
    if (last && pulse.from >= last.from && pulse.from - last.until < mergedMs)
      this.#past[index] = { ...last, until: Math.max(last.until, pulse.until) };
    else this.#past.push(pulse);
  }
}

const dropped = ({ play }: Planned, limit: CueLimit): Dropped => ({ cue: play.cue, why: play.why, limit });
