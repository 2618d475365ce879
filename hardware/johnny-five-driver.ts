/**
 * The driver that every board shares: Johnny-Five's motors, buttons and LED, and our lease beside them.
 *
 * A motor runs only where an analog message and a lease both say so; the firmware drives the lower of the two. So a
 * frame is the duties through Johnny-Five first, then the lease that names them.
 */
import { linkLimits, motorLimits } from '../machines/limits.ts';
import {
  type BoardCalibration,
  type Button,
  type Frame,
  type Intensity,
  type Motor,
  type Ms,
  motors,
} from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/time/clock.ts';
import { type Board, openBoard } from './board.ts';
import { Credit } from './credit.ts';
import type { BoardIdentity, BoardStatus, Driver, DriverListener, OtherFirmware } from './driver.ts';
import { dutyOf, uncalibratedBoard, waitOf } from './duty.ts';
import {
  askCheck,
  askHello,
  type BoardState,
  boardStates,
  buttonBits,
  type Command,
  contractVersion,
  decode,
  encode,
  firstHindranceBit,
  type Hindrance,
  hindranceBits,
  type LeaseFields,
  type Note,
  noteBits,
  stopNow,
  systemReset,
} from './lease.ts';
import type { ByteLine } from './line.ts';
import type { Wiring } from './pins.ts';
import { Silence, type SilenceState } from './silence.ts';

/** A person's word to arm holds this long: the nonce it needs may be on its way. */
const armWithinMs = 300;
/** STATUS follows an ARM within 15 ms. */
const armAgainMs = 40;
/** A lease that is not renewed has run out by then. */
const confirmWithinMs = 300;
const modulo = 2 ** 14;
/** A firmware of ours answers within 30 ms of being asked; a board that has been opened starts anew first. */
const helloWithinMs = 1500;
const helloAgainMs = 500;
/** CHECK is answered within 15 ms; a firmware that does not know it says nothing. */
const checkWithinMs = 500;
const askAgainMs = 1000;
/** Two analog messages and a LEASE: what a frame costs at most. */
const frameBytes = 3 + 3 + 17;
/** Changes of a motor that wait for the slower one: a cue has a change each 100 ms at most. */
const mostWaiting = 16;

export type DriverOptions = Readonly<{
  calibration?: BoardCalibration;
  /** How this board's stop switch is wired. */
  stop?: Wiring;
}>;

/** Why a firmware that calls itself ours may not drive motors all the same. */
function unfit({ contract, runningDuty, kickDuty }: LeaseFields<'hello'>): OtherFirmware['why'] | null {
  if (contract !== contractVersion) return 'otherContract';
  return runningDuty > motorLimits.runningDuty || kickDuty > motorLimits.kickDuty ? 'otherCeilings' : null;
}

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
  readonly #credit = new Credit();
  #calibration: BoardCalibration;
  readonly #stop: Wiring | undefined;
  /** The newest frame has not gone out: the board's ring had no room for it. */
  #held = false;
  /** What waits for the slower motor. */
  #waiting: Cancel[] = [];
  /** What is on the line, where it is no firmware that may drive motors. */
  other: OtherFirmware | null = null;
  #armedWith: number | null = null;
  /** The nonce of the newest ARM that was ever sent. While the board still has it, that ARM may be on its way. */
  #lastArmNonce: number | null = null;
  /** Whether the board has said that it is armed since it was last asked to be. */
  #armHeard = false;
  /** ARMs that were sent since the board was last asked to be armed. */
  #armsSent = 0;
  #armAskedAt: Ms = Number.NEGATIVE_INFINITY;
  /** What the board has said last that it is doing, and what that was as it was asked to be armed. */
  #state: BoardState = 'locked';
  #stateAtArm: BoardState = 'locked';
  #reopenedAt: Ms | null = null;
  #closed = false;

  constructor(line: ByteLine, clock: Clock, options: DriverOptions = {}) {
    this.#line = line;
    this.#clock = clock;
    this.#calibration = options.calibration ?? uncalibratedBoard;
    this.#stop = options.stop;
    this.#silence = new Silence({
      clock,
      stop: () => {
        this.#write(stopNow);
        for (const motor of motors) this.#board?.motors?.[motor].stop();
      },
      systemReset: () => this.#write(systemReset),
      hangUp: () => this.#line.hangUp('the board did not confirm that it is silent'),
      changed: state => {
        if (state === 'confirmed') for (const tell of [...this.#awaiting]) tell(true);
        this.#listener?.silence(state);
      },
    });
    line.on('close', () => this.#lost());
    line.on('open', () => this.#opened());
  }

  /** Why the board would take no ARM, as it last said. */
  hindrances: readonly Hindrance[] = [];

  /**
   * Opens Johnny-Five on the line and waits for the firmware to say who it is. Null where it is another firmware:
   * its LED and its buttons work, and its motors are never driven; `other` says what it is.
   */
  async connect(): Promise<BoardIdentity | null> {
    const identified = new Promise<BoardIdentity | null>(resolve => {
      this.#identified = resolve;
    });
    this.#board = await openBoard(
      this.#line,
      {
        ours: (command, message) => this.#heard(command, message),
        edge: (button, down) => this.#edge(button, down),
        write: bytes => this.#write(bytes),
        isOurs: () => this.identity !== null,
      },
      this.#stop,
    );
    if (!this.identity) this.#askWho(this.#clock.now() + helloWithinMs);
    const identity = await identified;
    if (identity) {
      this.#board.fitMotors();
      this.#listener?.ready(identity);
    }
    return identity;
  }
  #identified: (identity: BoardIdentity | null) => void = () => {};

  /** Asks again until it has answered, and takes silence for an answer in the end. */
  #askWho(untilMs: Ms): void {
    if (this.identity || this.other) return;
    if (this.#clock.now() >= untilMs) {
      this.other = { name: this.#board?.firmwareName ?? '', why: 'notOurs' };
      this.#identified(null);
      return;
    }
    this.#write(askHello);
    this.#clock.at(Math.min(untilMs, this.#clock.now() + helloAgainMs), () => this.#askWho(untilMs));
  }

  listen(listener: DriverListener): void {
    this.#listener = listener;
  }

  /** From now on its motors are driven by these numbers. Only while nothing runs. */
  calibrate(calibration: BoardCalibration): void {
    if (this.#frame !== null) throw new Error('a motor is under way: hush it first');
    this.#calibration = calibration;
  }

  arm(): void {
    if (this.other) return;
    this.#silence.over();
    this.#armAskedAt = this.#clock.now();
    if (this.#armedWith !== null) return;
    this.#armsSent = 0;
    this.#stateAtArm = this.#state;
    // What was asked of a disarmed board it has not taken: all of it is said again.
    this.#duty = { left: 0, right: 0 };
    this.#sendArm();
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
  /** What each motor has been asked for, whether or not it has come to that yet. */
  #wanted: Record<Motor, Intensity> = { left: 0, right: 0 };

  /** A motor that is felt sooner than the other waits for it. Hushing calls all of that off. */
  #changeAfter(waitMs: Ms, motor: Motor, intensity: Intensity): void {
    if (this.#waiting.length >= mostWaiting) this.#waiting.shift()?.();
    const cancel = this.#clock.at(this.#clock.now() + waitMs, () => {
      this.#waiting = this.#waiting.filter(other => other !== cancel);
      if (this.#frame) this.#show({ ...this.#frame, [motor]: intensity });
    });
    this.#waiting.push(cancel);
  }

  /** This is the frame from now on. */
  #show(frame: NonNullable<Frame>): void {
    const now = this.#clock.now();
    const before = this.#frame;
    this.#frame = frame;
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
    // Another firmware has never been driven, and would only be reset.
    if (!this.other) this.#silence.ask();
  }

  get isPresent(): boolean {
    return this.identity !== null && this.#line.isOpen && this.#reopenedAt === null;
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
        this.#awaiting.delete(tell);
        resolve(confirmed);
      };
      const giveUp = this.#clock.at(this.#clock.now() + confirmWithinMs, () => tell(false));
      this.#awaiting.add(tell);
      if (this.other) tell(true);
      else if (!this.#line.isOpen) tell(false);
    });
  }
  /** Whoever waits for the word that nothing is driven: several may, and each is told. */
  readonly #awaiting = new Set<(confirmed: boolean) => void>();

  /** What the board reads of its supply, its motors' paths and its fuses; null where its firmware does not tell. */
  check(): Promise<LeaseFields<'check'> | null> {
    return new Promise(resolve => {
      const giveUp = this.#clock.at(this.#clock.now() + checkWithinMs, () => {
        this.#checked = null;
        resolve(null);
      });
      this.#checked = check => {
        giveUp();
        this.#checked = null;
        resolve(check);
      };
      this.#write(askCheck);
    });
  }
  #checked: ((check: LeaseFields<'check'>) => void) | null = null;

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
    const fitted = this.#board?.motors;
    if (this.#frame === null || !fitted) return;
    // The newest frame goes out with the next STATUS that tells of room.
    this.#held = this.#credit.room < frameBytes;
    if (this.#held) return;
    for (const motor of motors) {
      const duty = dutyOf(this.#frame[motor], now - this.#onsetAt[motor], this.#calibration[motor]);
      if (duty === this.#duty[motor]) continue;
      this.#duty[motor] = duty;
      if (duty === 0) fitted[this.#placeOf(motor)].stop();
      else fitted[this.#placeOf(motor)].start(duty);
    }
    this.#sendLease();
  }

  /** Which of the two outputs a motor is wired to. */
  #placeOf(motor: Motor): Motor {
    if (!this.#calibration.swapped) return motor;
    return motor === 'left' ? 'right' : 'left';
  }

  #sendArm(): void {
    if (this.#epoch === null || this.#nonce === null) return;
    const nonce = this.#nonce;
    this.#armedWith = nonce;
    this.#lastArmNonce = nonce;
    this.#armHeard = false;
    this.#armsSent += 1;
    this.#write(encode('arm', { epoch: this.#epoch, nonce }));
    this.#clock.at(this.#clock.now() + armAgainMs, () => this.#armAgain(nonce));
  }

  /** A byte may have been lost: where the board has not said that it is armed, the person's word still holds. */
  #armAgain(nonce: number): void {
    // With another nonce by now the board has disarmed meanwhile: it may have had its reason.
    if (this.#armHeard || this.#armedWith !== nonce || this.#nonce !== nonce || !this.#personMeansIt())
      return;
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
        left: this.#duty[this.#placeOf('left')],
        right: this.#duty[this.#placeOf('right')],
      }),
    );
  }

  #write(bytes: Uint8Array): void {
    // serialport keeps what is written while closed and sends it on reopening: stale by then.
    if (!this.#line.isOpen) return;
    this.#credit.wrote(bytes.length, this.#clock.now());
    this.#line.write(bytes);
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
    } else if (command === 'check') {
      const check = decode('check', message);
      if (check) this.#checked?.(check);
    }
  }

  #hello(hello: LeaseFields<'hello'>): void {
    const isAnother = this.#epoch !== null && this.#epoch !== hello.epoch;
    const name = `Tactus, contract ${hello.contract}`;
    const why = unfit(hello);
    if (why) {
      this.#letGo();
      this.identity = null;
      this.#nonce = null;
      this.other = { name, why };
      this.#identified(null);
      return;
    }
    const wasOther = this.other !== null;
    this.other = null;
    this.#epoch = hello.epoch;
    this.#nonce = hello.nonce;
    this.identity = {
      firmware: name,
      buildHash: hello.buildHash.toString(16).padStart(8, '0'),
      epoch: hello.epoch,
    };
    if (this.#reopenedAt !== null) this.#readyAgain(this.#reopenedAt, this.identity);
    else if (isAnother) this.#startedAnew();
    if (wasOther) {
      this.#board?.fitMotors();
      this.#listener?.ready(this.identity);
    }
    this.#identified(this.identity);
  }

  #startedAnew(): void {
    this.#letGo();
    this.#board?.configureAgain();
    this.#listener?.restarted();
  }

  /** The line is back under a board that Johnny-Five knows already: who is there now? */
  #opened(): void {
    this.#credit.reset();
    if (!this.#board || this.#closed) return;
    this.#reopenedAt = this.#clock.now();
    this.#askAgain();
  }

  /** A bootloader, or a bridge that is just waking up, may eat the question. */
  #askAgain(): void {
    this.#asking?.();
    this.#asking = null;
    if (this.#reopenedAt === null || this.#closed || !this.#line.isOpen) return;
    this.#write(askHello);
    this.#asking = this.#clock.at(this.#clock.now() + askAgainMs, () => this.#askAgain());
  }
  #asking: Cancel | null = null;

  #readyAgain(reopenedAt: Ms, identity: BoardIdentity): void {
    this.#reopenedAt = null;
    this.#askAgain();
    this.#board?.configureAgain();
    const readyAt = Math.max(this.#clock.now(), reopenedAt + linkLimits.readyAgainMs);
    this.#clock.at(readyAt, () => {
      if (this.#line.isOpen && !this.#closed) this.#listener?.ready(identity);
    });
  }

  #letGo(): void {
    for (const cancel of this.#waiting) cancel();
    this.#waiting = [];
    this.#wanted = { left: 0, right: 0 };
    this.#held = false;
    this.#frame = null;
    this.#armedWith = null;
    this.#duty = { left: 0, right: 0 };
  }

  #status(fields: LeaseFields<'status'>): void {
    // Who has not said that it is ours is not believed in what it says of its motors.
    if (this.other) return;
    this.#credit.heard(fields.rxFree, this.#clock.now());
    if (this.#epoch !== null && fields.epoch !== this.#epoch && this.#reopenedAt === null) {
      this.#epoch = fields.epoch;
      this.#startedAnew();
    }
    this.#nonce = fields.nonce;
    this.#statusMs = fields.boardMs;
    const state = boardStates[fields.state] ?? 'locked';
    this.#state = state;
    const notes = bitsOf(noteBits, fields.notes);
    if (state === 'armed' || state === 'leased') this.#armHeard = true;
    if (this.#armedWith !== null && this.#armedWith !== fields.nonce && this.#isUntaken(state, notes)) {
      // The ARM met a nonce that was gone by then. The person's word still holds for a moment.
      this.#armedWith = null;
      if (this.#personMeansIt()) {
        this.#sendArm();
        this.#duty = { left: 0, right: 0 };
        this.#drive(this.#clock.now());
      }
    }
    this.hindrances = bitsOf(hindranceBits, fields.buttons >> firstHindranceBit);
    const status: BoardStatus = {
      boardMs: fields.boardMs,
      state,
      duty: { left: fields[this.#placeOf('left')], right: fields[this.#placeOf('right')] },
      leaseLeftMs: fields.leaseLeftMs,
      notes,
      pressed: bitsOf(buttonBits, fields.buttons),
      hindrances: this.hindrances,
    };
    const nothingDriven = status.duty.left === 0 && status.duty.right === 0;
    const mayRun = !nothingDriven || state === 'leased' || state === 'armed';
    // Every stop makes a new nonce: a STATUS with that of our newest ARM was said before the board had heard either.
    if (mayRun || fields.nonce !== this.#lastArmNonce) this.#silence.heard(!mayRun);
    if (this.#held) this.#drive(this.#clock.now());
    this.#listener?.status(status);
  }

  /**
   * Whether the board has not taken the ARM that was sent, and nothing has stopped it since. One that is stopped must
   * have been so before: else a press has stopped it just now. And taking an ARM clears its notes, so that a press after
   * that would leave no `wrongNonce`; but a second ARM on its way could be what was refused.
   */
  #isUntaken(state: BoardState, notes: readonly Note[]): boolean {
    if (state === 'disarmed') return true;
    const wasStopped = state === 'stopped' && this.#stateAtArm === 'stopped';
    return wasStopped && notes.includes('wrongNonce') && this.#armsSent === 1;
  }

  #lost(): void {
    this.#letGo();
    this.#nonce = null;
    this.#listener?.lost('the line closed');
  }
}
