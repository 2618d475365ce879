/**
 * What goes out to the motors: the present frame as duties through Johnny-Five, and then the lease that names them.
 * A motor runs only where both say so; the firmware drives the lower of the two.
 */
import { motorLimits } from '../machines/limits.ts';
import {
  type BoardCalibration,
  type Frame,
  type Intensity,
  type Motor,
  type Ms,
  motors,
} from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/time/clock.ts';
import type { Motors } from './board.ts';
import { dutyOf, waitOf } from './duty.ts';
import { encode } from './lease.ts';

const modulo = 2 ** 14;
/** Two analog messages and a LEASE: what a frame costs at most. */
const frameBytes = 3 + 3 + 17;
/** Changes of a motor that wait for the slower one: a cue has a change each 100 ms at most. */
const mostWaiting = 16;

export type OutputPorts = Readonly<{
  clock: Clock;
  write(bytes: Uint8Array): void;
  /** Johnny-Five's motors, on a board of ours. */
  fitted(): Motors | null;
  /** Bytes that the board's ring still takes. */
  room(): number;
  /** Which run of the board a lease may name; null while none is armed. */
  armedEpoch(): number | null;
}>;

export class Output {
  readonly #ports: OutputPorts;
  #calibration: BoardCalibration;
  #frame: Frame = null;
  #leaseMs: Ms = 0;
  #seq = 0;
  /** The board's own time, as it said it last. */
  boardMs: Ms = 0;
  #duty: Record<Motor, number> = { left: 0, right: 0 };
  #onsetAt: Record<Motor, Ms> = { left: 0, right: 0 };
  /** What each motor has been asked for, whether or not it has come to that yet. */
  #wanted: Record<Motor, Intensity> = { left: 0, right: 0 };
  /** What waits for the slower motor. */
  #waiting: Cancel[] = [];
  /** The newest frame has not gone out: the board's ring had no room for it. */
  #isHeld = false;

  constructor(ports: OutputPorts, calibration: BoardCalibration) {
    this.#ports = ports;
    this.#calibration = calibration;
  }

  calibrate(calibration: BoardCalibration): void {
    if (this.#frame !== null) throw new Error('a motor is under way: hush it first');
    this.#calibration = calibration;
  }

  /** Which of the two outputs a motor is wired to. */
  placeOf(motor: Motor): Motor {
    if (!this.#calibration.swapped) return motor;
    return motor === 'left' ? 'right' : 'left';
  }

  apply(frame: NonNullable<Frame>, leaseMs: Ms): void {
    this.#leaseMs = leaseMs;
    const before = this.#frame ?? { left: 0, right: 0 };
    const now = { ...before };
    for (const motor of motors) {
      const waitMs = waitOf(motor, this.#calibration);
      if (waitMs === 0) now[motor] = frame[motor];
      else if (this.#wanted[motor] !== frame[motor]) this.#changeAfter(waitMs, motor, frame[motor]);
      this.#wanted[motor] = frame[motor];
    }
    this.#show(now);
  }

  /** A motor that is felt sooner than the other waits for it. Letting go calls all of that off. */
  #changeAfter(waitMs: Ms, motor: Motor, intensity: Intensity): void {
    const { clock } = this.#ports;
    if (this.#waiting.length >= mostWaiting) this.#waiting.shift()?.();
    const cancel = clock.at(clock.now() + waitMs, () => {
      this.#waiting = this.#waiting.filter(other => other !== cancel);
      if (this.#frame) this.#show({ ...this.#frame, [motor]: intensity });
    });
    this.#waiting.push(cancel);
  }

  /** This is the frame from now on. */
  #show(frame: NonNullable<Frame>): void {
    const { clock } = this.#ports;
    const now = clock.now();
    const before = this.#frame;
    this.#frame = frame;
    for (const motor of motors)
      if (frame[motor] > 0 && !((before?.[motor] ?? 0) > 0)) {
        this.#onsetAt[motor] = now;
        clock.at(now + motorLimits.kickMs, () => this.#endKick(motor, now));
      }
    this.#drive(now);
  }

  #endKick(motor: Motor, onsetAt: Ms): void {
    if (this.#frame !== null && this.#frame[motor] > 0 && this.#onsetAt[motor] === onsetAt)
      this.#drive(this.#ports.clock.now());
  }

  /** The present frame, as duties and a lease naming them. */
  #drive(now: Ms): void {
    const fitted = this.#ports.fitted();
    if (this.#frame === null || !fitted) return;
    // The newest frame goes out with the next STATUS that tells of room.
    this.#isHeld = this.#ports.room() < frameBytes;
    if (this.#isHeld) return;
    for (const motor of motors) {
      const duty = dutyOf(this.#frame[motor], now - this.#onsetAt[motor], this.#calibration[motor]);
      if (duty === this.#duty[motor]) continue;
      this.#duty[motor] = duty;
      if (duty === 0) fitted[this.placeOf(motor)].stop();
      else fitted[this.placeOf(motor)].start(duty);
    }
    this.#sendLease();
  }

  #sendLease(): void {
    const epoch = this.#ports.armedEpoch();
    if (epoch === null) return;
    this.#seq = (this.#seq + 1) % modulo;
    this.#ports.write(
      encode('lease', {
        seq: this.#seq,
        epoch,
        leaseMs: this.#leaseMs,
        statusMs: this.boardMs % modulo,
        left: this.#duty[this.placeOf('left')],
        right: this.#duty[this.placeOf('right')],
      }),
    );
  }

  /** What was asked of a disarmed board it has not taken: all of it is said again when it is next driven. */
  forgetDuties(): void {
    this.#duty = { left: 0, right: 0 };
  }

  /** All of the present frame, once more. */
  driveAnew(): void {
    this.forgetDuties();
    this.#drive(this.#ports.clock.now());
  }

  /** There may be room now for what was held back. */
  driveHeld(): void {
    if (this.#isHeld) this.#drive(this.#ports.clock.now());
  }

  /** No frame any more, and nothing that waits to become one. */
  letGo(): void {
    for (const cancel of this.#waiting) cancel();
    this.#waiting = [];
    this.#wanted = { left: 0, right: 0 };
    this.#isHeld = false;
    this.#frame = null;
    this.#duty = { left: 0, right: 0 };
  }
}
