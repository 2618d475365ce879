/**
 * The driver that every board shares: Johnny-Five's motors, buttons and LED, and our lease beside them.
 *
 * It hands on what the board says, to those who judge it: who it is (identity.ts), whether it may run (arming.ts), what
 * goes out to its motors (output.ts), and whether a stop is done (silence.ts).
 */
import { type BoardCalibration, type Button, type Frame, type Ms, motors } from '../machines/vocabulary.ts';
import type { Clock } from '../src/time/clock.ts';
import { Arming } from './arming.ts';
import { type Board, openBoard } from './board.ts';
import { Confirmation } from './confirmation.ts';
import { Credit } from './credit.ts';
import type { BoardIdentity, BoardStatus, Driver, DriverListener, OtherFirmware } from './driver.ts';
import { uncalibratedBoard } from './duty.ts';
import { BoardIdentification } from './identity.ts';
import {
  askCheck,
  bitsOf,
  boardStates,
  buttonBits,
  type Command,
  decode,
  firstHindranceBit,
  type Hindrance,
  hindranceBits,
  type LeaseFields,
  noteBits,
  stopNow,
  systemReset,
} from './lease.ts';
import type { ByteLine } from './line.ts';
import { Output } from './output.ts';
import type { Wiring } from './pins.ts';
import { Silence, type SilenceState } from './silence.ts';

/** CHECK is answered within 15 ms; a firmware that does not know it says nothing. */
const checkWithinMs = 500;

/** What is known of a board beforehand. */
export type DriverOptions = Readonly<{
  calibration?: BoardCalibration;
  /** How this board's stop switch is wired. */
  stop?: Wiring;
}>;

/** The driver of one board, through every reconnect of its line. After `new` comes `connect`, the line being open. */
export class JohnnyFiveDriver implements Driver {
  readonly #line: ByteLine;
  readonly #clock: Clock;
  readonly #stop: Wiring | undefined;
  readonly #credit = new Credit();
  readonly #identity: BoardIdentification;
  readonly #arming: Arming;
  readonly #output: Output;
  readonly #silence: Silence;
  readonly #confirmation: Confirmation;
  #listener: DriverListener | null = null;
  #board: Board | null = null;
  #closed = false;
  /** Why the board would take no ARM, as it last said. */
  hindrances: readonly Hindrance[] = [];

  constructor(line: ByteLine, clock: Clock, options: DriverOptions = {}) {
    this.#line = line;
    this.#clock = clock;
    this.#stop = options.stop;
    const write = (bytes: Uint8Array): void => this.#write(bytes);
    this.#identity = new BoardIdentification({
      clock,
      write,
      isOpen: () => line.isOpen && !this.#closed,
      firmwareName: () => this.#board?.firmwareName ?? '',
      refused: () => {
        this.#letGo();
        this.#arming.forgetNonce();
      },
      met: nonce => this.#arming.met(nonce),
      startedAnew: () => this.#startedAnew(),
      returned: () => this.#board?.configureAgain(),
      becameOurs: identity => {
        this.#board?.fitMotors();
        this.#listener?.ready(identity);
      },
      ready: identity => this.#listener?.ready(identity),
    });
    this.#arming = new Arming({
      clock,
      write,
      epoch: () => this.#identity.epoch,
      sentAgain: () => this.#output.driveAnew(),
    });
    const ports = {
      clock,
      write,
      fitted: () => this.#board?.motors ?? null,
      room: () => this.#credit.room,
      armedEpoch: () => (this.#arming.stands ? this.#identity.epoch : null),
    };
    this.#output = new Output(ports, options.calibration ?? uncalibratedBoard);
    this.#confirmation = new Confirmation(clock);
    this.#silence = new Silence({
      clock,
      stop: () => {
        this.#write(stopNow);
        for (const motor of motors) this.#board?.motors?.[motor].stop();
      },
      systemReset: () => this.#write(systemReset),
      hangUp: () => this.#line.hangUp('the board did not confirm that it is silent'),
      changed: state => {
        if (state === 'confirmed') this.#confirmation.came();
        this.#listener?.silence(state);
      },
    });
    line.on('close', () => this.#lost());
    line.on('open', () => this.#opened());
  }

  get identity(): BoardIdentity | null {
    return this.#identity.ours;
  }

  /** What is on the line, where it is no firmware that may drive motors. */
  get other(): OtherFirmware | null {
    return this.#identity.other;
  }

  /**
   * Opens Johnny-Five on the line and waits for the firmware to say who it is. Null where it is another firmware:
   * its LED and its buttons work, and its motors are never driven; `other` says what it is.
   */
  async connect(): Promise<BoardIdentity | null> {
    const identified = this.#identity.known();
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
    this.#identity.ask();
    const identity = await identified;
    if (identity) {
      this.#board.fitMotors();
      this.#listener?.ready(identity);
    }
    return identity;
  }

  listen(listener: DriverListener): void {
    this.#listener = listener;
  }

  calibrate(calibration: BoardCalibration): void {
    this.#output.calibrate(calibration);
  }

  arm(): void {
    if (this.other) return;
    this.#silence.over();
    if (!this.#arming.wanted()) return;
    this.#output.forgetDuties();
    this.#arming.send();
  }

  apply(frame: NonNullable<Frame>, leaseMs: Ms): void {
    this.#output.apply(frame, leaseMs);
  }

  hush(): void {
    this.#output.letGo();
    this.#arming.takeBack();
    // Another firmware has never been driven, and would only be reset.
    if (!this.other) this.#silence.ask();
  }

  get isPresent(): boolean {
    return this.identity !== null && this.#line.isOpen && !this.#identity.isReopening;
  }

  get silence(): SilenceState {
    return this.#silence.state;
  }

  /**
   * Resolves once the firmware has confirmed that nothing is driven, or once its lease has run out in any
   * case. True where it was confirmed.
   */
  silent(): Promise<boolean> {
    this.hush();
    if (this.other) return this.#confirmation.wait(true);
    return this.#confirmation.wait(this.#line.isOpen ? null : false);
  }

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
    if (!this.#closed) this.hush();
    this.#closed = true;
    this.#listener = null;
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
      if (hello) this.#identity.hello(hello);
    } else if (command === 'status') {
      const status = decode('status', message);
      if (status) this.#status(status);
    } else if (command === 'check') {
      const check = decode('check', message);
      if (check) this.#checked?.(check);
    }
  }

  #startedAnew(): void {
    this.#letGo();
    this.#board?.configureAgain();
    this.#listener?.restarted();
  }

  #opened(): void {
    this.#credit.reset();
    this.#silence.reopened();
    if (this.#board && !this.#closed) this.#identity.reopened();
  }

  #letGo(): void {
    this.#output.letGo();
    this.#arming.letGo();
  }

  #status(fields: LeaseFields<'status'>): void {
    // Who has not said that it is ours is not believed in what it says of its motors.
    if (this.other) return;
    this.#credit.heard(fields.rxFree, this.#clock.now());
    this.#identity.heard(fields.epoch);
    this.#output.boardMs = fields.boardMs;
    const state = boardStates[fields.state] ?? 'locked';
    const notes = bitsOf(noteBits, fields.notes);
    this.#arming.heard({ nonce: fields.nonce, state, notes });
    this.hindrances = bitsOf(hindranceBits, fields.buttons >> firstHindranceBit);
    const status: BoardStatus = {
      boardMs: fields.boardMs,
      state,
      duty: { left: fields[this.#output.placeOf('left')], right: fields[this.#output.placeOf('right')] },
      leaseLeftMs: fields.leaseLeftMs,
      notes,
      pressed: bitsOf(buttonBits, fields.buttons),
      hindrances: this.hindrances,
      armOnItsWay: this.#arming.isOnItsWay(fields.nonce),
    };
    const isDriven = status.duty.left > 0 || status.duty.right > 0;
    const mayRun = isDriven || state === 'leased' || state === 'armed';
    // Every stop makes a new nonce: a STATUS with that of our newest ARM was said before the board had heard either.
    if (mayRun || !this.#arming.maySpeakBefore(fields.nonce)) this.#silence.heard(!mayRun);
    this.#output.driveHeld();
    this.#listener?.status(status);
  }

  #lost(): void {
    this.#letGo();
    this.#arming.forgetNonce();
    this.#listener?.lost('the line closed');
  }
}
