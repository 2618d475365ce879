/**
 * A stop is done when the firmware says so, and not before. Until then it is asked for again, ever more firmly.
 *
 * STOP, STOP and STOP again, then Firmata's system reset, which the firmware obeys within its receive interrupt; at
 * last the line is hung up, so that nothing of ours can reach the board any more. No lease is given meanwhile: the
 * firmware's own dead-man ends what nothing else did.
 */
import type { Ms } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/clock.ts';

/** `asked`: on its way. `confirmed`: the firmware says that nothing is driven. `escalated`: it has not, in time. */
export type SilenceState = 'none' | 'asked' | 'confirmed' | 'escalated';

export type SilencePorts = Readonly<{
  clock: Clock;
  stop(): void;
  systemReset(): void;
  hangUp(): void;
  changed(state: SilenceState): void;
}>;

/** STATUS follows a STOP within 15 ms. The dead-man has done its work by the last step. */
const ladder: readonly Readonly<{ afterMs: Ms; step: 'stop' | 'systemReset' | 'hangUp' }>[] = [
  { afterMs: 0, step: 'stop' },
  { afterMs: 40, step: 'stop' },
  { afterMs: 80, step: 'stop' },
  { afterMs: 120, step: 'systemReset' },
  { afterMs: 400, step: 'hangUp' },
];

export class Silence {
  state: SilenceState = 'none';
  readonly #ports: SilencePorts;
  #cancel: Cancel | null = null;

  constructor(ports: SilencePorts) {
    this.#ports = ports;
  }

  /** Asks for silence, now. Asking again while it is asked for begins anew. */
  ask(): void {
    this.#cancel?.();
    this.#become('asked');
    this.#climb(this.#ports.clock.now(), 0);
  }

  /** A STATUS was heard; whether it says that nothing is driven and nothing armed. */
  heard(isSilent: boolean): void {
    if (!isSilent || (this.state !== 'asked' && this.state !== 'escalated')) return;
    this.#cancel?.();
    this.#become('confirmed');
  }

  /** A person has started or gone on: nothing is asked for any more. */
  over(): void {
    this.#cancel?.();
    this.#become('none');
  }

  #climb(begunAt: Ms, rung: number): void {
    const here = ladder[rung];
    if (!here) return;
    this.#ports[here.step]();
    if (here.step === 'systemReset') this.#become('escalated');
    const next = ladder[rung + 1];
    if (next)
      this.#cancel = this.#ports.clock.at(begunAt + next.afterMs, () => this.#climb(begunAt, rung + 1));
  }

  #become(state: SilenceState): void {
    if (state === this.state) return;
    this.state = state;
    this.#ports.changed(state);
  }
}
