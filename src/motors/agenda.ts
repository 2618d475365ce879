/**
 * The event loop of a session: one moment after another, and all that falls due or follows within one.
 *
 * A moment is handled as one: first what was due, then what arrived and whatever that leads to at the same instant,
 * then a single frame. So however many things fall on one millisecond, a board is told once. Should anything throw,
 * the motors are let go before anyone hears of it.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { Lateness } from '../time/lateness.ts';

/** What goes before and after everything else of a moment. */
export interface FrameSource {
  /** A moment begins; `scheduledAt`: when the timer was to go that was waited for, null where none was. */
  begin(at: Ms, scheduledAt: Ms | null): void;
  /** All that was to happen has: one frame for it. */
  finish(at: Ms): void;
  /** When this wants a moment of its own; null: not by itself. */
  next(): Ms | null;
  /** Silence, for good. */
  close(): void;
}

/** What an agenda is wired to. */
export type AgendaPorts<Waker extends string> = Readonly<{
  clock: Clock;
  motors: FrameSource;
  /** Who may ask to be called, in the order they are served at one moment. */
  wakers: readonly Waker[];
  /** A moment that a waker asked for, at its scheduled time; for one of `present`, now. */
  due(waker: Waker, at: Ms): void;
  /** Wakers that have nothing to make up for: what they missed while the loop was away is left out. */
  present?: readonly Waker[];
  /** Everything at one instant has happened: time to say who wants to be called next. */
  settled(): void;
  /** A moment is over; all it led to stands. */
  handled(): void;
}>;

/** More things than this within one moment, due or following, are a machine going round in circles. */
const mostAtOnce = 1000;

/**
 * One session's moments. `Waker` names who may ask to be called. Throws Error out of the moment, motors let go, where
 * anything within it throws or more than 1000 things fall on it.
 */
export class Agenda<Waker extends string> {
  /** How late its timer went. */
  readonly lateness = new Lateness();
  readonly #ports: AgendaPorts<Waker>;
  readonly #wakeAt = new Map<Waker, Ms>();
  /** What has arrived while a moment was being handled. */
  #queue: (() => void)[] = [];
  /** Things due or queued in this moment so far. */
  #count = 0;
  #isBusy = false;
  /** When the moment is handled; a waker's own instant within it may be earlier. */
  #momentAt: Ms = 0;
  #isInstant = false;
  #instantAt: Ms = 0;
  #cancel: Cancel | null = null;
  #scheduledAt: Ms | null = null;
  #isClosed = false;

  constructor(ports: AgendaPorts<Waker>) {
    this.#ports = ports;
  }

  /** The instant being handled, at its scheduled time, or now; whole ms. */
  now(): Ms {
    return this.#isInstant ? this.#instantAt : Math.floor(this.#ports.clock.now());
  }

  /** When the present moment is really handled, or now; whole ms. What goes to a board is dated by this. */
  handledAt(): Ms {
    return this.#isBusy ? this.#momentAt : Math.floor(this.#ports.clock.now());
  }

  /** The instant handled last, or being handled. */
  get instantAt(): Ms {
    return this.#instantAt;
  }

  /** Asks for `due` at this moment; a waker's newest replaces its last, null asks for nothing. */
  wake(waker: Waker, at: Ms | null): void {
    if (at === null) this.#wakeAt.delete(waker);
    else this.#wakeAt.set(waker, at);
  }

  /** When a waker asked to be called; null where it did not. */
  wakesAt(waker: Waker): Ms | null {
    return this.#wakeAt.get(waker) ?? null;
  }

  /** Lets something happen now: as a moment of its own, or within the one being handled. */
  happen(thing: () => void): void {
    if (!this.#isBusy) {
      this.#moment(Math.max(this.#instantAt, Math.floor(this.#ports.clock.now())), thing);
      return;
    }
    this.#countOne();
    this.#queue.push(thing);
  }

  /** Silence, and no more moments. */
  close(): void {
    this.#ports.motors.close();
    this.#isClosed = true;
    this.#wakeAt.clear();
    this.#cancel?.();
  }

  /** First what was due by `at`, then `thing`, then what fell due by that, then one frame. */
  #moment(at: Ms, thing: (() => void) | null): void {
    if (this.#isClosed) return;
    const { motors, handled } = this.#ports;
    this.#isBusy = true;
    this.#momentAt = at;
    this.#count = 0;
    try {
      motors.begin(at, this.#scheduledAt);
      // What that has found comes before anything that fell due meanwhile.
      if (this.#queue.length > 0) this.#instant(at, () => {});
      this.#serveDue(at);
      if (thing) this.#instant(at, thing);
      this.#serveDue(at);
      motors.finish(at);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.#isBusy = false;
    }
    this.#schedule();
    // What came of the moment's end itself: a board that answers a hush at once.
    if (this.#queue.length > 0) this.happen(() => {});
    handled();
  }

  /** Lets something, and all that it leads to, happen at `at`. */
  #instant(at: Ms, thing: () => void): void {
    this.#isInstant = true;
    this.#instantAt = Math.max(this.#instantAt, at);
    try {
      thing();
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next();
    } finally {
      this.#isInstant = false;
    }
    this.#ports.settled();
  }

  #serveDue(at: Ms): void {
    const { due, present = [] } = this.#ports;
    for (let waker = this.#soonest(); waker !== null; waker = this.#soonest()) {
      const wakesAt = this.#wakeAt.get(waker);
      if (wakesAt === undefined || wakesAt > at) return;
      const called = waker;
      const dueAt = present.includes(waker) ? at : wakesAt;
      this.#countOne();
      this.#wakeAt.delete(waker);
      this.#instant(dueAt, () => due(called, dueAt));
    }
  }

  #countOne(): void {
    this.#count += 1;
    if (this.#count > mostAtOnce)
      throw new Error(`more than ${mostAtOnce} things at one instant, ${this.#momentAt} ms`);
  }

  /** The waker to be called first, or null where nobody waits. */
  #soonest(): Waker | null {
    let soonest: Waker | null = null;
    let soonestAt: Ms = Number.POSITIVE_INFINITY;
    for (const waker of this.#ports.wakers) {
      const at = this.#wakeAt.get(waker) ?? Number.POSITIVE_INFINITY;
      if (at >= soonestAt) continue;
      soonest = waker;
      soonestAt = at;
    }
    return soonest;
  }

  /** One timer for everything. */
  #schedule(): void {
    const { clock, motors } = this.#ports;
    const waker = this.#soonest();
    const soonest = waker === null ? null : this.wakesAt(waker);
    const ofMotors = motors.next();
    const next = soonest === null || (ofMotors !== null && ofMotors < soonest) ? ofMotors : soonest;
    if (next === this.#scheduledAt && this.#cancel) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#scheduledAt = next;
    if (next === null || this.#isClosed) return;
    this.#cancel = clock.at(next, () => this.#fire(next));
  }

  #fire(scheduledAt: Ms): void {
    this.#cancel = null;
    const now = this.#ports.clock.now();
    this.lateness.note(now - scheduledAt);
    this.#moment(Math.floor(now), null);
  }
}
