/**
 * Plays a few frames on a board outside any session: armed on a person's word, under the lease, silent at the end.
 *
 * Bounded in every way: how long, how often within any 10 s, and how late. A loop that stood still plays nothing to its
 * end; what it had begun the board has let go of by itself.
 */
import type { Driver } from '../../hardware/driver.ts';
import type { MotorPlay } from '../../machines/calibration.ts';
import { leaseLimits, motorLimits } from '../../machines/limits.ts';
import { type Frame, type Motor, type Ms, motors } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../time/clock.ts';

/** `played`: to its end. `cut`: somebody said stop. `stalled`: this process stood still meanwhile. */
export type Played = 'played' | 'cut' | 'stalled';

export type FramePlayerPorts = Readonly<{
  clock: Clock;
  driver: Pick<Driver, 'arm' | 'apply' | 'hush' | 'calibrate'>;
  /** What is asked from now on; null: nothing is. */
  framed?(frame: Frame): void;
}>;

/** Longest of all that is played here: two pairs of pulses. */
const mostMs: Ms = 2500;
const mostParts = 16;
/** From arming to the first pulse: the board takes up its first lease. */
const leadMs: Ms = 100;
/** As the conductor has it: a lease that was not renewed for longer tells of a stalled loop. */
const stalledMs: Ms = leaseLimits.leaseMs - 25;
/** A look at when there is room for more within any 10 s. */
const lookMs: Ms = 50;

type Stretch = Readonly<{ motor: Motor; from: Ms; until: Ms }>;
type Part = MotorPlay['parts'][number];

const still = { left: 0, right: 0 };
const lengthOf = (parts: readonly Part[]): Ms => parts.reduce((sum, { forMs }) => sum + forMs, 0);

/** How long a motor runs in this. */
const onMs = (parts: readonly Part[], motor: Motor): Ms =>
  lengthOf(parts.filter(({ frame }) => frame[motor] > 0));

export class FramePlayer {
  readonly #ports: FramePlayerPorts;
  #parts: readonly Part[] = [];
  #done: ((played: Played) => void) | null = null;
  #beganAt: Ms | null = null;
  #renewedAt: Ms = 0;
  #frame: Frame = null;
  #cancel: Cancel | null = null;
  /** What has run within the last window. */
  #past: Stretch[] = [];

  constructor(ports: FramePlayerPorts) {
    this.#ports = ports;
  }

  get isPlaying(): boolean {
    return this.#done !== null;
  }

  /**
   * Plays it as soon as no motor runs more than its share of any 10 s by it, and tells once it is over. One at a time.
   * Throws RangeError on what is longer than any question needs.
   */
  play({ parts, calibration }: MotorPlay, done: (played: Played) => void): void {
    if (this.#done) throw new Error('something is being played: cut it first');
    if (parts.length > mostParts || lengthOf(parts) > mostMs)
      throw new RangeError(`${parts.length} frames of ${lengthOf(parts)} ms: at most ${mostMs} ms`);
    this.#done = done;
    this.#parts = [{ frame: still, forMs: leadMs }, ...parts];
    this.#cancel = this.#ports.clock.at(this.#freeAt(parts), () => {
      this.#ports.driver.calibrate(calibration);
      this.#ports.driver.arm();
      this.#beganAt = this.#ports.clock.now();
      this.#renewedAt = this.#beganAt;
      this.#beat(this.#beganAt);
    });
  }

  /** Silence now. */
  cut(): void {
    if (this.#done) this.#end('cut');
  }

  /** Counts all that ran within 10 s before and all that is to come: no window has more than that. */
  #freeAt(parts: readonly Part[]): Ms {
    const now = this.#ports.clock.now();
    const { shareWindowMs, cueShare } = motorLimits;
    this.#past = this.#past.filter(({ until }) => until > now - shareWindowMs);
    const fits = (at: Ms): boolean =>
      motors.every(motor => {
        const before = this.#past
          .filter(past => past.motor === motor)
          .reduce((sum, { from, until }) => sum + Math.max(0, until - Math.max(from, at - shareWindowMs)), 0);
        return before + onMs(parts, motor) <= cueShare * shareWindowMs;
      });
    for (let at = now; at < now + shareWindowMs; at += lookMs) if (fits(at)) return at;
    return now + shareWindowMs;
  }

  #beat(scheduledAt: Ms): void {
    const { clock, driver, framed } = this.#ports;
    const now = clock.now();
    const beganAt = this.#beganAt ?? now;
    if (now - this.#renewedAt > stalledMs) {
      this.#end('stalled');
      return;
    }
    let from = beganAt;
    const part = this.#parts.find(({ forMs }) => {
      if (now < from + forMs) return true;
      from += forMs;
      return false;
    });
    if (!part) {
      this.#end('played');
      return;
    }
    this.#note(part.frame, scheduledAt);
    driver.apply(part.frame, leaseLimits.leaseMs);
    this.#renewedAt = now;
    if (this.#frame !== part.frame) framed?.(part.frame);
    this.#frame = part.frame;
    const next = Math.min(from + part.forMs, now + leaseLimits.beatMs);
    this.#cancel = clock.at(next, () => this.#beat(next));
  }

  /** From `at` on this runs. */
  #note(frame: Frame, at: Ms): void {
    this.#past = this.#past.map(past =>
      past.until === Number.POSITIVE_INFINITY ? { ...past, until: at } : past,
    );
    for (const motor of motors)
      if ((frame?.[motor] ?? 0) > 0) this.#past.push({ motor, from: at, until: Number.POSITIVE_INFINITY });
  }

  #end(played: Played): void {
    const done = this.#done;
    this.#cancel?.();
    this.#cancel = null;
    this.#done = null;
    if (this.#beganAt !== null) {
      this.#ports.driver.hush();
      this.#note(null, this.#ports.clock.now());
    }
    this.#beganAt = null;
    this.#frame = null;
    this.#ports.framed?.(null);
    done?.(played);
  }
}
