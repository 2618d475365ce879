/**
 * Compares what the firmware says with what was asked of it. It says nothing of a board that does as it is told.
 */
import type { BoardStatus } from '../../hardware/driver.ts';
import { leaseLimits, motorLimits } from '../../machines/limits.ts';
import { type Fault, type Frame, type Ms, motors } from '../../machines/vocabulary.ts';

/** A status on its way when something was asked does not know of it yet. */
const onItsWayMs = 100;

export class StatusMonitor {
  #askedAt: Ms = Number.NEGATIVE_INFINITY;
  #frame: Frame = null;
  /** Since when the board has called itself stopped. */
  #stoppedSince: Ms | null = null;
  #driving: Record<'left' | 'right', Ms | null> = { left: null, right: null };
  /** Since when a motor has been said to run that should not. */
  #unaskedSince: Record<'left' | 'right', Ms | null> = { left: null, right: null };

  /** The frame that is asked from now on. */
  asked(frame: Frame, at: Ms): void {
    if ((frame === null) !== (this.#frame === null)) this.#askedAt = at;
    for (const motor of motors) {
      const wanted = (frame?.[motor] ?? 0) > 0;
      if (wanted) this.#driving[motor] = null;
      else if ((this.#frame?.[motor] ?? 0) > 0) this.#driving[motor] = at;
    }
    this.#frame = frame;
  }

  /** What a status tells of: a lease that lapsed while we meant to go on, or a motor that runs unasked. */
  heard(status: BoardStatus, at: Ms): Fault | null {
    for (const motor of motors) {
      // No firmware of ours does that, whatever it is asked: it can no longer be believed.
      if (status.duty[motor] > motorLimits.kickDuty) return 'dutyMismatch';
      const since = this.#driving[motor] ?? this.#askedAt;
      const unasked = (this.#frame?.[motor] ?? 0) === 0;
      // What was let go ends with its lease at the latest.
      const runs = status.duty[motor] > 0 && unasked && at - since > leaseLimits.leaseMs + onItsWayMs;
      this.#unaskedSince[motor] = runs ? (this.#unaskedSince[motor] ?? at) : null;
      // Words that waited while this side stood still are old: all of them are read at once. One that comes after
      // them tells what is.
      if (runs && at - (this.#unaskedSince[motor] ?? at) >= onItsWayMs) return 'dutyMismatch';
    }
    this.#stoppedSince = status.state === 'stopped' ? (this.#stoppedSince ?? at) : null;
    if (this.#frame === null || at - this.#askedAt <= onItsWayMs) return null;
    if (status.state === 'armed' || status.state === 'leased') return null;
    // This side stood still since it sent the ARM, and reads what was said before that.
    if (status.armOnItsWay) return null;
    // A stop button that goes down is told as a stop within the next moments; one that stays down is not.
    return this.#stoppedSince !== null && at - this.#stoppedSince <= onItsWayMs ? null : 'leaseLapsed';
  }
}
