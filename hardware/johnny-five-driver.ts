/**
 * The driver that every board shares: Johnny-Five's motors, buttons and LED, and our lease beside them.
 *
 * A motor runs only where an analog message and a lease both say so; the firmware drives the lower of the two. So a
 * frame is the duties through Johnny-Five first, then the lease that names them.
 */
import { linkLimits, motorLimits } from '../machines/limits.ts';
import { type Button, type Frame, type Motor, type Ms, motors } from '../machines/vocabulary.ts';
import type { Clock } from '../src/clock.ts';
import { type Board, openBoard } from './board.ts';
import type { BoardIdentity, BoardStatus, Driver, DriverListener } from './driver.ts';
import { dutyOf } from './duty.ts';
import {
  askHello,
  boardStates,
  buttonBits,
  type Command,
  decode,
  encode,
  type Fields,
  noteBits,
  stopNow,
  systemReset,
} from './lease.ts';
import type { ByteLine } from './line.ts';
import { Silence, type SilenceState } from './silence.ts';

/** A person's word to arm holds this long: the nonce it needs may be on its way. */
const armWithinMs = 300;
/** STATUS follows an ARM within 15 ms. */
const armAgainMs = 40;
/** A lease that is not renewed has run out by then. */
const confirmWithinMs = 300;
const modulo = 2 ** 14;

const bitsOf = <const T extends readonly string[]>(names: T, bits: number): T[number][] =>
  names.filter((_, index) => bits & (1 << index));

export class JohnnyFiveDriver implements Driver {
  readonly #line: ByteLine;
  readonly #clock: Clock;
  readonly #silence: Silence;
  #listener: DriverListener | null = null;
  #board: Board | null = null;
  identity: BoardIdentity | null = null;
  #epoch: number | null = null;
  #nonce: number | null = null;
  #statusMs = 0;
  #seq = 0;
  #frame: Frame = null;
  #leaseMs: Ms = 0;
  #duty: Record<Motor, number> = { left: 0, right: 0 };
  #onsetAt: Record<Motor, Ms> = { left: 0, right: 0 };
  #armedWith: number | null = null;
  /** Whether the board has said that it is armed since it was last asked to be. */
  #armHeard = false;
  #armAskedAt: Ms = Number.NEGATIVE_INFINITY;
  #reopenedAt: Ms | null = null;
  #closed = false;

  constructor(line: ByteLine, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
    this.#silence = new Silence({
      clock,
      stop: () => {
        this.#write(stopNow);
        for (const motor of motors) this.#board?.motors[motor].stop();
      },
      systemReset: () => this.#write(systemReset),
      hangUp: () => this.#line.hangUp('the board did not confirm that it is silent'),
      changed: state => {
        if (state === 'confirmed') this.#confirmed?.();
        this.#listener?.silence(state);
      },
    });
    line.on('close', () => this.#lost());
    line.on('open', () => this.#opened());
  }

  /** Opens Johnny-Five on the line and waits for the firmware to say who it is. */
  async connect(): Promise<BoardIdentity> {
    const identified = new Promise<BoardIdentity>(resolve => {
      this.#identified = resolve;
    });
    this.#board = await openBoard(this.#line, {
      ours: (command, message) => this.#heard(command, message),
      edge: (button, down) => this.#edge(button, down),
    });
    if (!this.identity) this.#write(askHello);
    const identity = await identified;
    this.#listener?.ready(identity);
    return identity;
  }
  #identified: (identity: BoardIdentity) => void = () => {};

  listen(listener: DriverListener): void {
    this.#listener = listener;
  }

  arm(): void {
    this.#silence.over();
    this.#armAskedAt = this.#clock.now();
    if (this.#armedWith === null) this.#sendArm();
  }

  apply(frame: NonNullable<Frame>, leaseMs: Ms): void {
    const now = this.#clock.now();
    const before = this.#frame;
    this.#frame = frame;
    this.#leaseMs = leaseMs;
    for (const motor of motors)
      if (frame[motor] > 0 && !((before?.[motor] ?? 0) > 0)) {
        this.#onsetAt[motor] = now;
        this.#clock.at(now + motorLimits.kickMs, () => this.#endKick(motor, now));
      }
    this.#drive(now);
  }

  hush(): void {
    this.#letGo();
    this.#armAskedAt = Number.NEGATIVE_INFINITY;
    this.#silence.ask();
  }

  get silence(): SilenceState {
    return this.#silence.state;
  }

  /**
   * Resolves once the firmware has confirmed that nothing is driven, or after `confirmWithinMs` in any case: by then
   * its lease has run out as well. True where it was confirmed.
   */
  silent(): Promise<boolean> {
    this.hush();
    return new Promise(resolve => {
      const tell = (confirmed: boolean): void => {
        giveUp();
        this.#confirmed = null;
        resolve(confirmed);
      };
      const giveUp = this.#clock.at(this.#clock.now() + confirmWithinMs, () => tell(false));
      this.#confirmed = () => tell(true);
      if (!this.#line.isOpen) tell(false);
    });
  }
  #confirmed: (() => void) | null = null;

  light(on: boolean): void {
    if (!this.#line.isOpen) return;
    if (on) this.#board?.led.on();
    else this.#board?.led.off();
  }

  close(): void {
    if (this.#closed) return;
    this.hush();
    this.#closed = true;
    this.#listener = null;
  }

  #endKick(motor: Motor, onsetAt: Ms): void {
    if (this.#frame !== null && this.#frame[motor] > 0 && this.#onsetAt[motor] === onsetAt)
      this.#drive(this.#clock.now());
  }

  /** The present frame, as duties and a lease naming them. */
  #drive(now: Ms): void {
    if (this.#frame === null) return;
    for (const motor of motors) {
      const duty = dutyOf(this.#frame[motor], now - this.#onsetAt[motor]);
      if (duty === this.#duty[motor]) continue;
      this.#duty[motor] = duty;
      if (duty === 0) this.#board?.motors[motor].stop();
      else this.#board?.motors[motor].start(duty);
    }
    this.#sendLease();
  }

  #sendArm(): void {
    if (this.#epoch === null || this.#nonce === null) return;
    const nonce = this.#nonce;
    this.#armedWith = nonce;
    this.#armHeard = false;
    this.#write(encode('arm', { epoch: this.#epoch, nonce }));
    this.#clock.at(this.#clock.now() + armAgainMs, () => this.#armAgain(nonce));
  }

  /** A byte may have been lost: where the board has not said that it is armed, the person's word still holds. */
  #armAgain(nonce: number): void {
    if (this.#armHeard || this.#armedWith !== nonce || !this.#personMeansIt()) return;
    this.#sendArm();
    this.#duty = { left: 0, right: 0 };
    this.#drive(this.#clock.now());
  }

  #personMeansIt(): boolean {
    return this.#clock.now() - this.#armAskedAt <= armWithinMs;
  }

  #sendLease(): void {
    if (this.#epoch === null || this.#armedWith === null) return;
    this.#seq = (this.#seq + 1) % modulo;
    this.#write(
      encode('lease', {
        seq: this.#seq,
        epoch: this.#epoch,
        leaseMs: this.#leaseMs,
        statusMs: this.#statusMs % modulo,
        ...this.#duty,
      }),
    );
  }

  #write(bytes: Uint8Array): void {
    if (this.#line.isOpen) this.#line.write(bytes);
  }

  #edge(button: Button, down: boolean): void {
    this.#listener?.edge(button, down);
  }

  #heard(command: Command, message: Uint8Array): void {
    if (command === 'hello') {
      const hello = decode('hello', message);
      if (hello) this.#hello(hello);
    } else if (command === 'status') {
      const status = decode('status', message);
      if (status) this.#status(status);
    }
  }

  #hello(hello: Fields<'hello'>): void {
    const isAnother = this.#epoch !== null && this.#epoch !== hello.epoch;
    this.#epoch = hello.epoch;
    this.#nonce = hello.nonce;
    this.identity = {
      firmware: `Tactus, contract ${hello.contract}`,
      buildHash: hello.buildHash.toString(16).padStart(8, '0'),
      epoch: hello.epoch,
    };
    if (this.#reopenedAt !== null) this.#readyAgain(this.#reopenedAt, this.identity);
    else if (isAnother) this.#startedAnew();
    this.#identified(this.identity);
  }

  #startedAnew(): void {
    this.#letGo();
    this.#board?.configureAgain();
    this.#listener?.restarted();
  }

  /** The line is back under a board that Johnny-Five knows already: who is there now? */
  #opened(): void {
    if (!this.#board || this.#closed) return;
    this.#reopenedAt = this.#clock.now();
    this.#write(askHello);
  }

  #readyAgain(reopenedAt: Ms, identity: BoardIdentity): void {
    this.#reopenedAt = null;
    this.#board?.configureAgain();
    const readyAt = Math.max(this.#clock.now(), reopenedAt + linkLimits.readyAgainMs);
    this.#clock.at(readyAt, () => {
      if (this.#line.isOpen && !this.#closed) this.#listener?.ready(identity);
    });
  }

  #letGo(): void {
    this.#frame = null;
    this.#armedWith = null;
    this.#duty = { left: 0, right: 0 };
  }

  #status(fields: Fields<'status'>): void {
    if (this.#epoch !== null && fields.epoch !== this.#epoch && this.#reopenedAt === null) {
      this.#epoch = fields.epoch;
      this.#startedAnew();
    }
    this.#nonce = fields.nonce;
    this.#statusMs = fields.boardMs;
    const state = boardStates[fields.state] ?? 'locked';
    const disarmed = state === 'disarmed';
    if (state === 'armed' || state === 'leased') this.#armHeard = true;
    if (disarmed && this.#armedWith !== null && this.#armedWith !== fields.nonce) {
      // The ARM met a nonce that was gone by then. The person's word still holds for a moment.
      this.#armedWith = null;
      if (this.#personMeansIt()) {
        this.#sendArm();
        this.#duty = { left: 0, right: 0 };
        this.#drive(this.#clock.now());
      }
    }
    const status: BoardStatus = {
      boardMs: fields.boardMs,
      state,
      duty: { left: fields.left, right: fields.right },
      leaseLeftMs: fields.leaseLeftMs,
      notes: bitsOf(noteBits, fields.notes),
      pressed: bitsOf(buttonBits, fields.buttons),
    };
    const nothingDriven = status.duty.left === 0 && status.duty.right === 0;
    this.#silence.heard(nothingDriven && state !== 'leased' && state !== 'armed');
    this.#listener?.status(status);
  }

  #lost(): void {
    this.#letGo();
    this.#nonce = null;
    this.#listener?.lost('the line closed');
  }
}
