/**
 * Holds every deadline of a session, plays its cues, and reduces what is live to whole frames under a short lease.
 *
 * One moment is handled as one: first what was due, then what arrived, then a single frame. So however many things
 * fall on one millisecond, a board is told once. Whatever the machine planned, a frame goes out only while its
 * snapshot is healthy and tagged `engaged`; otherwise there is no lease and every plan is dropped.
 */
import type { Driver } from '../hardware/driver.ts';
import type { CueSet } from '../machines/cues/library.ts';
import { leaseLimits } from '../machines/limits.ts';
import type { CueId, Frame, Ms, Order, Pulse } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from './clock.ts';
import { frameAt, nextChange, sameFrame } from './frame.ts';
import { Lateness } from './lateness.ts';
import { type Dropped, PlannedCues } from './planned-cues.ts';

type Play = Extract<Order, { type: 'play' }>;

export type ConductorPorts = Readonly<{
  /** Session time. */
  clock: Clock;
  driver: Pick<Driver, 'arm' | 'apply' | 'hush'>;
  /** Whether the machine is alive and means the motors to run. Read anew at every beat. */
  engaged(): boolean;
  /** The cues to play; those that come with Tactus where they are left out. */
  cues?: CueSet;
  /** How a cue's pulses are shaped for this hand and these motors; as they are where it is left out. */
  shaped?(pulses: readonly Pulse[], cue: CueId): readonly Pulse[];
  /** A moment that one of the wakers asked for, at its scheduled time; for the lamp, now. */
  due(waker: Waker, at: Ms): void;
  /** A cue begins. */
  played(play: Play, at: Ms): void;
  dropped(dropped: Dropped, at: Ms): void;
  framed(frame: Frame, at: Ms): void;
  /** The loop was away from `since` on, while motors could run. */
  stalled(since: Ms, at: Ms): void;
  /** A moment is over; all it led to stands. */
  handled(): void;
}>;

/**
 * Who may ask to be called, in the order they are served at one moment. Hands come first: what was pressed before a
 * limit was over counts before it.
 */
export const wakers = ['input', 'session', 'link', 'lamp'] as const;
export type Waker = (typeof wakers)[number];

/** A moment at which more than this is due is a machine going round in circles. */
const mostDuesAtOnce = 1000;
/**
 * A lease that was not renewed for longer tells of a stalled loop: the board has let go or is about to. The rest of
 * the lease is for the wire, and for the 16 ms that a USB adapter may wait before it passes bytes on.
 */
const stalledMs = leaseLimits.leaseMs - 25;

export class Conductor {
  readonly lateness = new Lateness();
  readonly #ports: ConductorPorts;
  readonly #cues: PlannedCues;
  readonly #wakeAt: Record<Waker, Ms | null> = {
    input: null,
    session: null,
    link: null,
    lamp: null,
  };
  #engagedUntil: Ms | null = null;
  #frame: Frame = null;
  #beatAt: Ms = 0;
  /** When the board was last told a frame of this engagement. */
  #renewedAt: Ms | null = null;
  #cancel: Cancel | null = null;
  #scheduledAt: Ms | null = null;
  #busy = false;
  #at: Ms = 0;
  #closed = false;

  constructor(ports: ConductorPorts) {
    this.#ports = ports;
    this.#cues = new PlannedCues((pulses, cue) => ports.shaped?.(pulses, cue) ?? pulses, ports.cues);
  }

  /** What the motors are asked to do now. */
  get frame(): Frame {
    return this.#frame;
  }

  /** Whether a moment is being handled: what comes now has to wait for its end. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Asks for `due` at this moment; a waker's newest replaces its last, null asks for nothing. */
  wake(waker: Waker, at: Ms | null): void {
    this.#wakeAt[waker] = at;
  }

  /** Takes an order of the machine's. To be called within `moment`. */
  accept(order: Order): void {
    switch (order.type) {
      case 'arm':
        this.#cues.clear(order.at);
        this.#ports.driver.arm();
        break;
      case 'engage':
        this.#engagedUntil = order.until;
        break;
      case 'play':
        // Nobody would feel it, and by the time anyone could it would be over.
        if (this.#engagedUntil === null) break;
        for (const dropped of this.#cues.add(order)) this.#ports.dropped(dropped, this.#now());
        break;
      case 'drop':
        this.#cues.drop(order.cue, this.#now());
        break;
      case 'hush':
        this.#disengage();
        break;
    }
  }

  /** Handles one moment: what was due by `at`, then `happen`, then what fell due by that, then one frame. */
  moment(at: Ms, happen: () => void): void {
    if (this.#busy) throw new Error('one moment within another: events have to be queued');
    if (this.#closed) return;
    this.#busy = true;
    this.#at = at;
    try {
      this.#noticeStall(at);
      this.#runDues(at);
      happen();
      this.#runDues(at);
      this.#refresh(at);
    } catch (error) {
      // Whatever went wrong, the motors are let go before anyone hears of it.
      this.close();
      throw error;
    } finally {
      this.#busy = false;
    }
    this.#schedule();
    this.#ports.handled();
  }

  /** Silence now, without asking anyone. The board is told even where nothing should run: what should not run may. */
  hush(): void {
    if (this.#engagedUntil === null) this.#ports.driver.hush();
    else this.#disengage();
    this.#show(null, this.#now());
  }

  /** Silence, and no more deadlines. */
  close(): void {
    this.hush();
    this.#closed = true;
    for (const waker of wakers) this.#wakeAt[waker] = null;
    this.#cancel?.();
  }

  /** The waker to be called first, or null where nobody waits. */
  #soonest(): Readonly<{ waker: Waker; at: Ms }> | null {
    let soonest: { waker: Waker; at: Ms } | null = null;
    for (const waker of wakers) {
      const at = this.#wakeAt[waker];
      if (at !== null && (soonest === null || at < soonest.at)) soonest = { waker, at };
    }
    return soonest;
  }

  #runDues(at: Ms): void {
    for (let count = 0; ; count++) {
      const soonest = this.#soonest();
      if (soonest === null || soonest.at > at) return;
      if (count >= mostDuesAtOnce)
        throw new Error(`more than ${mostDuesAtOnce} moments were due by ${at} ms`);
      this.#wakeAt[soonest.waker] = null;
      // The lamp wants to shine as it does now, not to make up for every blink of a night asleep.
      this.#ports.due(soonest.waker, soonest.waker === 'lamp' ? at : soonest.at);
    }
  }

  /** Whoever comes first after a standstill of the loop: nothing that fell due meanwhile may happen as if led. */
  #noticeStall(at: Ms): void {
    const since = this.#scheduledAt;
    const renewedAt = this.#renewedAt;
    if (since === null || renewedAt === null || at - renewedAt <= stalledMs) return;
    this.#disengage();
    this.#show(null, at);
    this.#ports.stalled(since, at);
  }

  #disengage(): void {
    if (this.#engagedUntil === null) return;
    this.#engagedUntil = null;
    this.#renewedAt = null;
    this.#cues.clear(this.#now());
    this.#ports.driver.hush();
  }

  #refresh(at: Ms): void {
    if (this.#engagedUntil !== null && (this.#closed || at >= this.#engagedUntil || !this.#ports.engaged()))
      this.#disengage();
    if (this.#engagedUntil === null) {
      this.#show(null, at);
      return;
    }
    for (const play of this.#cues.begin(at)) this.#ports.played(play, at);
    const frame = frameAt(this.#cues.pulses(), at);
    if (!sameFrame(frame, this.#frame) || at >= this.#beatAt) {
      this.#beatAt = (Math.floor(at / leaseLimits.beatMs) + 1) * leaseLimits.beatMs;
      this.#ports.driver.apply(frame, leaseLimits.leaseMs);
      this.#renewedAt = at;
    }
    this.#show(frame, at);
    this.#cues.forget(at);
  }

  #show(frame: Frame, at: Ms): void {
    if (sameFrame(frame, this.#frame)) return;
    this.#frame = frame;
    this.#ports.framed(frame, at);
  }

  /** Whole milliseconds of session time; within a moment, the moment's. */
  #now(): Ms {
    return this.#busy ? this.#at : Math.floor(this.#ports.clock.now());
  }

  /** One timer for everything: the next wake, the next edge of a pulse, the next beat, the end of the engagement. */
  #schedule(): void {
    let next = this.#soonest()?.at ?? null;
    const sooner = (at: Ms | null): void => {
      if (at !== null && (next === null || at < next)) next = at;
    };
    if (this.#engagedUntil !== null) {
      sooner(this.#beatAt);
      sooner(this.#engagedUntil);
      sooner(nextChange(this.#cues.pulses(), this.#ports.clock.now()));
    }
    if (next === this.#scheduledAt && this.#cancel) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#scheduledAt = next;
    if (next === null || this.#closed) return;
    const at: Ms = next;
    this.#cancel = this.#ports.clock.at(at, () => this.#fire(at));
  }

  #fire(scheduledAt: Ms): void {
    this.#cancel = null;
    const now = this.#ports.clock.now();
    this.lateness.note(now - scheduledAt);
    this.moment(Math.floor(now), () => {});
  }
}
