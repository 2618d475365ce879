/**
 * Plays the cues of a session, and reduces what is live to whole frames under a short lease.
 *
 * Whatever the machine planned, a frame goes out only while its snapshot is healthy and tagged `engaged`; otherwise
 * there is no lease and every plan is dropped. When anything happens is the agenda's affair: once for each moment
 * this is asked for one frame.
 */
import type { Driver } from '../../hardware/driver.ts';
import { type Dropped, PlannedCues } from '../../machines/cues/arbitration.ts';
import { frameAt, nextChange, sameFrame } from '../../machines/cues/frame.ts';
import type { CueSet } from '../../machines/cues/library.ts';
import { leaseLimits } from '../../machines/limits.ts';
import type { CueId, Frame, Ms, Order, Pulse } from '../../machines/vocabulary.ts';
import type { Clock } from '../time/clock.ts';
import type { FrameSource } from './agenda.ts';

type Play = Extract<Order, { type: 'play' }>;

/** What a conductor is wired to. */
export type ConductorPorts = Readonly<{
  /** Session time. */
  clock: Pick<Clock, 'now'>;
  /** When the present moment is handled, or now; whole ms. */
  now(): Ms;
  driver: Pick<Driver, 'arm' | 'apply' | 'hush'>;
  /** Whether the machine is alive and means the motors to run. Read anew at every beat. */
  engaged(): boolean;
  /** The cues to play; those that come with Tactus where they are left out. */
  cues?: CueSet;
  /** How a cue's pulses are shaped for this hand; as they are where it is left out. */
  shaped?(pulses: readonly Pulse[], cue: CueId): readonly Pulse[];
  /** A cue begins. */
  played(play: Play, at: Ms): void;
  dropped(dropped: Dropped, at: Ms): void;
  framed(frame: Frame, at: Ms): void;
  /** The loop was away from `since` on, while motors could run. */
  stalled(since: Ms): void;
}>;

/**
 * A lease that was not renewed for longer tells of a stalled loop: the board has let go or is about to. The rest of
 * the lease is for the wire, and for the 16 ms that a USB adapter may wait before it passes bytes on.
 */
const stalledMs = leaseLimits.leaseMs - 25;

/**
 * The motors of one session. An agenda calls `begin` and `finish` round each moment; within it `accept` takes what the
 * machine emits. A lease lasts 250 ms and is renewed on a grid of 100 ms.
 */
export class Conductor implements FrameSource {
  readonly #ports: ConductorPorts;
  readonly #cues: PlannedCues;
  #engagedUntil: Ms | null = null;
  #frame: Frame = null;
  #beatAt: Ms = 0;
  /** When the board was last told a frame of this engagement. */
  #renewedAt: Ms | null = null;
  #isClosed = false;

  constructor(ports: ConductorPorts) {
    this.#ports = ports;
    this.#cues = new PlannedCues((pulses, cue) => ports.shaped?.(pulses, cue) ?? pulses, ports.cues);
  }

  /** What the motors are asked to do now. */
  get frame(): Frame {
    return this.#frame;
  }

  /** Takes an order of the machine's. To be called within a moment. */
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
        for (const dropped of this.#cues.add(order)) this.#ports.dropped(dropped, this.#ports.now());
        break;
      case 'drop':
        this.#cues.drop(order.cue, this.#ports.now());
        break;
      case 'hush':
        this.#disengage();
        break;
    }
  }

  /** Silence now, without asking anyone. The board is told even where nothing should run: what should not run may. */
  hush(): void {
    if (this.#engagedUntil === null) this.#ports.driver.hush();
    else this.#disengage();
    this.#show(null, this.#ports.now());
  }

  /** Silence, and no frame any more. */
  close(): void {
    this.hush();
    this.#isClosed = true;
  }

  /** Whoever comes first after a standstill of the loop: nothing that fell due meanwhile may happen as if led. */
  begin(at: Ms, scheduledAt: Ms | null): void {
    const renewedAt = this.#renewedAt;
    if (scheduledAt === null || renewedAt === null || at - renewedAt <= stalledMs) return;
    this.#disengage();
    this.#show(null, at);
    this.#ports.stalled(scheduledAt);
  }

  /** One frame for the moment, where anything may be driven; renewed on the grid of beats. */
  finish(at: Ms): void {
    if (this.#engagedUntil !== null && (this.#isClosed || at >= this.#engagedUntil || !this.#ports.engaged()))
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

  /** The next edge of a pulse, the next beat, the end of the engagement: whichever comes first. */
  next(): Ms | null {
    if (this.#engagedUntil === null) return null;
    const edge = nextChange(this.#cues.pulses(), this.#ports.clock.now());
    return Math.min(this.#beatAt, this.#engagedUntil, edge ?? this.#beatAt);
  }

  #disengage(): void {
    if (this.#engagedUntil === null) return;
    this.#engagedUntil = null;
    this.#renewedAt = null;
    this.#cues.clear(this.#ports.now());
    this.#ports.driver.hush();
  }

  #show(frame: Frame, at: Ms): void {
    if (sameFrame(frame, this.#frame)) return;
    this.#frame = frame;
    this.#ports.framed(frame, at);
  }
}
