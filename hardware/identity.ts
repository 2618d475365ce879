/** Who is at the other end of the line: asked when it opens, asked again when it is back, and judged by what it answers. */
import { linkLimits, motorLimits } from '../machines/limits.ts';
import type { Ms } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/time/clock.ts';
import type { BoardIdentity, OtherFirmware } from './driver.ts';
import { askHello, contractVersion, type LeaseFields } from './lease.ts';

/** A firmware of ours answers within 30 ms of being asked; a board that has been opened starts anew first. */
const helloWithinMs = 1500;
const helloAgainMs = 500;
const askAgainMs = 1000;

export type IdentityPorts = Readonly<{
  clock: Clock;
  write(bytes: Uint8Array): void;
  /** Whether there is a line to ask on, and somebody who wants to know. */
  isOpen(): boolean;
  /** What the firmware calls itself, whichever it is. */
  firmwareName(): string;
  /** It may not drive motors, whatever it was before. */
  refused(): void;
  /** It is ours, and this is its nonce. */
  met(nonce: number): void;
  /** Ours, and another run of it than before, on a line that stayed. */
  startedAnew(): void;
  /** Ours, on a line that is back. */
  returned(): void;
  /** Ours, where another was until now. */
  becameOurs(identity: BoardIdentity): void;
  /** A line that is back may be used again. */
  ready(identity: BoardIdentity): void;
}>;

/** Why a firmware that calls itself ours may not drive motors all the same. */
export function whyUnfit({
  contract,
  runningDuty,
  kickDuty,
}: LeaseFields<'hello'>): OtherFirmware['why'] | null {
  if (contract !== contractVersion) return 'otherContract';
  return runningDuty > motorLimits.runningDuty || kickDuty > motorLimits.kickDuty ? 'otherCeilings' : null;
}

export class BoardIdentification {
  readonly #ports: IdentityPorts;
  /** Who it is, where it is ours. */
  ours: BoardIdentity | null = null;
  /** What is on the line, where it is no firmware that may drive motors. */
  other: OtherFirmware | null = null;
  /** Which run of the board it is. */
  epoch: number | null = null;
  #reopenedAt: Ms | null = null;
  #asking: Cancel | null = null;
  #identified: (identity: BoardIdentity | null) => void = () => {};

  constructor(ports: IdentityPorts) {
    this.#ports = ports;
  }

  /** The line is back, and who is there now has not yet been said. */
  get isReopening(): boolean {
    return this.#reopenedAt !== null;
  }

  /** Resolves once it is known; null where it is another firmware. */
  known(): Promise<BoardIdentity | null> {
    return new Promise(resolve => {
      this.#identified = resolve;
    });
  }

  /** Asks until it has answered, and takes silence for an answer in the end. */
  ask(): void {
    if (!this.ours) this.#askWho(this.#ports.clock.now() + helloWithinMs);
  }

  #askWho(untilMs: Ms): void {
    if (this.ours || this.other) return;
    const { clock } = this.#ports;
    if (clock.now() >= untilMs) {
      this.other = { name: this.#ports.firmwareName(), why: 'notOurs' };
      this.#identified(null);
      return;
    }
    this.#ports.write(askHello);
    clock.at(Math.min(untilMs, clock.now() + helloAgainMs), () => this.#askWho(untilMs));
  }

  hello(hello: LeaseFields<'hello'>): void {
    const isAnother = this.epoch !== null && this.epoch !== hello.epoch;
    const name = `Tactus, contract ${hello.contract}`;
    const why = whyUnfit(hello);
    if (why) {
      this.ours = null;
      this.other = { name, why };
      this.#ports.refused();
      this.#identified(null);
      return;
    }
    const wasOther = this.other !== null;
    this.other = null;
    this.epoch = hello.epoch;
    this.#ports.met(hello.nonce);
    const identity: BoardIdentity = {
      firmware: name,
      buildHash: hello.buildHash.toString(16).padStart(8, '0'),
      epoch: hello.epoch,
    };
    this.ours = identity;
    if (this.#reopenedAt !== null) this.#readyAgain(this.#reopenedAt, identity);
    else if (isAnother) this.#ports.startedAnew();
    if (wasOther) this.#ports.becameOurs(identity);
    this.#identified(identity);
  }

  /** A STATUS names its epoch. While the line has just come back only a HELLO says who is there. */
  heard(epoch: number): void {
    if (this.epoch === null || epoch === this.epoch || this.isReopening) return;
    this.epoch = epoch;
    this.#ports.startedAnew();
  }

  /** The line is back under a board that Johnny-Five knows already: who is there now? */
  reopened(): void {
    this.#reopenedAt = this.#ports.clock.now();
    this.#askAgain();
  }

  /** A bootloader, or a bridge that is just waking up, may eat the question. */
  #askAgain(): void {
    this.#asking?.();
    this.#asking = null;
    if (!this.isReopening || !this.#ports.isOpen()) return;
    const { clock } = this.#ports;
    this.#ports.write(askHello);
    this.#asking = clock.at(clock.now() + askAgainMs, () => this.#askAgain());
  }

  #readyAgain(reopenedAt: Ms, identity: BoardIdentity): void {
    const { clock } = this.#ports;
    this.#reopenedAt = null;
    this.#askAgain();
    this.#ports.returned();
    clock.at(Math.max(clock.now(), reopenedAt + linkLimits.readyAgainMs), () => {
      if (this.#ports.isOpen()) this.#ports.ready(identity);
    });
  }
}
