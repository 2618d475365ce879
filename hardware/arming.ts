/**
 * Arming: a person's word, and the nonce that the board wants with it. A byte may be lost and a nonce be gone by the
 * time an ARM arrives, so it may be sent again, for as long as the word holds and nothing has stopped the board since.
 */
import type { Ms } from '../machines/vocabulary.ts';
import type { Clock } from '../src/time/clock.ts';
import { type BoardState, encode, type Note } from './lease.ts';

/** A person's word to arm holds this long: the nonce it needs may be on its way. */
const armWithinMs = 300;
/** STATUS follows an ARM within 15 ms. */
const armAgainMs = 40;

export type ArmingPorts = Readonly<{
  clock: Clock;
  write(bytes: Uint8Array): void;
  /** Which run of the board is to be armed, once that is known. */
  epoch(): number | null;
  /** An ARM has gone out again: of what was asked since the first, the board may have taken nothing. */
  sentAgain(): void;
}>;

/** What a STATUS says that arming goes by. */
type Heard = Readonly<{ nonce: number; state: BoardState; notes: readonly Note[] }>;

export class Arming {
  readonly #ports: ArmingPorts;
  #nonce: number | null = null;
  #armedWith: number | null = null;
  /** The nonce of the newest ARM that was ever sent. While the board still has it, that ARM may be on its way. */
  #lastNonce: number | null = null;
  /** Whether the board has said that it is armed since it was last asked to be. */
  #isHeard = false;
  /** ARMs that were sent since the board was last asked to be armed. */
  #sent = 0;
  #askedAt: Ms = Number.NEGATIVE_INFINITY;
  /** What the board has said last that it is doing, and what that was as it was asked to be armed. */
  #state: BoardState = 'locked';
  #stateAtArm: BoardState = 'locked';

  constructor(ports: ArmingPorts) {
    this.#ports = ports;
  }

  /** Whether an ARM stands: leases may be given. */
  get stands(): boolean {
    return this.#armedWith !== null;
  }

  /** Whether a STATUS with this nonce may have been said before the board heard the newest ARM. */
  maySpeakBefore(nonce: number): boolean {
    return nonce === this.#lastNonce;
  }

  /** Whether a STATUS with this nonce may have been said before the ARM that stands, which is still worth a wait. */
  isOnItsWay(nonce: number): boolean {
    return this.#armedWith === nonce && this.#personMeansIt();
  }

  /** A person wants it, now. Whether that needs an ARM. */
  wanted(): boolean {
    this.#askedAt = this.#ports.clock.now();
    if (this.stands) return false;
    this.#sent = 0;
    this.#stateAtArm = this.#state;
    return true;
  }

  send(): void {
    const epoch = this.#ports.epoch();
    if (epoch === null || this.#nonce === null) return;
    const nonce = this.#nonce;
    this.#armedWith = nonce;
    this.#lastNonce = nonce;
    this.#isHeard = false;
    this.#sent += 1;
    this.#ports.write(encode('arm', { epoch, nonce }));
    const { clock } = this.#ports;
    clock.at(clock.now() + armAgainMs, () => this.#unlessHeard(nonce));
  }

  /** A byte may have been lost: where the board has not said that it is armed, the person's word still holds. */
  #unlessHeard(nonce: number): void {
    // With another nonce by now the board has disarmed meanwhile: it may have had its reason.
    if (this.#isHeard || this.#armedWith !== nonce || this.#nonce !== nonce || !this.#personMeansIt()) return;
    this.#sendAgain();
  }

  #sendAgain(): void {
    this.send();
    this.#ports.sentAgain();
  }

  #personMeansIt(): boolean {
    return this.#ports.clock.now() - this.#askedAt <= armWithinMs;
  }

  /** A HELLO has come, with the nonce of its run. */
  met(nonce: number): void {
    this.#nonce = nonce;
  }

  heard({ nonce, state, notes }: Heard): void {
    this.#nonce = nonce;
    this.#state = state;
    if (state === 'armed' || state === 'leased') this.#isHeard = true;
    if (this.#armedWith === null || this.#armedWith === nonce || !this.#isUntaken(state, notes)) return;
    // The ARM met a nonce that was gone by then. The person's word still holds for a moment.
    this.#armedWith = null;
    if (this.#personMeansIt()) this.#sendAgain();
  }

  /**
   * Whether the board has not taken the ARM that was sent, and nothing has stopped it since. One that is stopped must
   * have been so before: else a press has stopped it just now. And taking an ARM clears its notes, so that a press after
   * that would leave no `wrongNonce`; but a second ARM on its way could be what was refused.
   */
  #isUntaken(state: BoardState, notes: readonly Note[]): boolean {
    if (state === 'disarmed') return true;
    const wasStopped = state === 'stopped' && this.#stateAtArm === 'stopped';
    return wasStopped && notes.includes('wrongNonce') && this.#sent === 1;
  }

  /** What was armed is so no longer. */
  letGo(): void {
    this.#armedWith = null;
  }

  /** A stop: the person's word to arm holds no longer either. */
  takeBack(): void {
    this.#armedWith = null;
    this.#askedAt = Number.NEGATIVE_INFINITY;
  }

  /** Who is there now has not said its nonce. */
  forgetNonce(): void {
    this.#nonce = null;
  }
}
