/**
 * A stop is done when the firmware says so, and not before. Until then it is asked for again, ever more firmly.
 *
 * STOP, STOP and STOP again, then Firmata's system reset, which the firmware obeys within its receive interrupt; at
 * last the line is hung up, so that nothing of ours can reach the board any more. No lease is given meanwhile: the
 * firmware's own dead-man ends what nothing else did.
 */
import type { Ms } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/time/clock.ts';

/** `asked`: on its way. `confirmed`: the firmware says that nothing is driven. `escalated`: it has not, in time. */
export type SilenceState = 'none' | 'asked' | 'confirmed' | 'escalated';

export type SilencePorts = Readonly<{
  clock: Clock;
  stop(): void;
  systemReset(): void;
  hangUp(): void;
  changed(state: SilenceState): void;
}>;

type Step = 'stop' | 'systemReset' | 'hangUp';

/** STATUS follows a STOP within 15 ms. The dead-man has done its work by the last step. */
const ladder: readonly Readonly<{ afterMs: Ms; step: Step }>[] = [
  { afterMs: 0, step: 'stop' },
  { afterMs: 40, step: 'stop' },
  { afterMs: 80, step: 'stop' },
  { afterMs: 120, step: 'systemReset' },
  { afterMs: 400, step: 'hangUp' },
];

/** However often it is asked for, STOP goes out this far apart: more would only fill the line. */
const stopAgainMs: Ms = 40;

export class Silence {
  state: SilenceState = 'none';
  readonly #ports: SilencePorts;
  /** What comes next, while anything does. */
  #cancel: Cancel | null = null;
  #stoppedAt: Ms = Number.NEGATIVE_INFINITY;

  constructor(ports: SilencePorts) {
    this.#ports = ports;
  }

  /** Asks for silence, now. Asking again says STOP again, and delays nothing of what is still to come. */
  ask(): void {
    if (this.#cancel) {
      if (this.#ports.clock.now() - this.#stoppedAt >= stopAgainMs) this.#say('stop');
      return;
    }
    this.#become('asked');
    this.#climb(0);
  }

  /**
   * A STATUS was heard that cannot be older than the asking; whether it says that nothing is driven and nothing armed.
   * What has been confirmed and is not so is asked for anew.
   */
  heard(isSilent: boolean): void {
    const isOpen = this.state === 'asked' || this.state === 'escalated';
    if (isSilent && isOpen) {
      this.#rest();
      this.#become('confirmed');
    } else if (!isSilent && (this.state === 'confirmed' || (isOpen && !this.#cancel))) this.ask();
  }

  /**
   * The line is another one than before. What was asked is asked on it at once, and no more until it speaks: it may be
   * starting, for two seconds even, and is not hung up for what the line before it did not answer.
   */
  reopened(): void {
    if (this.state !== 'asked' && this.state !== 'escalated') return;
    this.#rest();
    this.#say('stop');
  }

  /** A person has started or gone on: nothing is asked for any more. */
  over(): void {
    this.#rest();
    this.#become('none');
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #climb(rung: number): void {
    this.#rest();
    const here = ladder[rung];
    if (!here) return;
    this.#say(here.step);
    if (here.step === 'systemReset') this.#become('escalated');
    const next = ladder[rung + 1];
    // Counted from here: after a standstill of this process an answer has to have its time to be read.
    if (next)
      this.#cancel = this.#ports.clock.at(this.#ports.clock.now() + next.afterMs - here.afterMs, () =>
        this.#climb(rung + 1),
      );
  }

  #say(step: Step): void {
    if (step === 'stop') this.#stoppedAt = this.#ports.clock.now();
    this.#ports[step]();
  }

  #become(state: SilenceState): void {
    if (state === this.state) return;
    this.state = state;
    this.#ports.changed(state);
  }
}
