/**
 * A board: a chip with a 16 MHz clock, Arduino's pin numbers, the project's buttons, a serial line and an
 * oscilloscope. It has no time of its own: whoever owns it says how far it may run.
 */
import { EEPROMMemoryBackend, PinState } from 'avr8js';
import { drains, levelWhenPressed, uno as pins } from '../../hardware/pins.ts';
import { type Button, buttons } from '../../machines/vocabulary.ts';
import type { Advance, BoardOptions, BoardPlan, Drive } from './board-options.ts';
import { Chip, type ResetCause, type RetainedMemory, resetFlags } from './chip.ts';
import { Copper } from './copper.ts';
import { loadHex } from './hex.ts';
import type { Execute } from './instructions.ts';
import { noise } from './noise.ts';
import type { PinPlace } from './ports.ts';
import { RegisterWrites } from './register-writes.ts';
import { Scope } from './scope.ts';
import { UartWire } from './wire.ts';

export type { ResetCause } from './chip.ts';

/** The chip's clock, in Hz. */
export const clockHz = 16_000_000;
const cyclesPerMs = clockHz / 1000;
const baud = 57_600;
/** One PWM period of the motor pins: Timer0, prescaler 64. */
export const pwmPeriodCycles = 64 * 256;
const lineBytes = 4096;
const chunkBytes = 64;

type Later = { readonly cycle: number; readonly run: () => void };

/**
 * What every emulated board can do. Times are ms of the board's own time, pins are Arduino's numbers; a pin that the
 * board does not have is a RangeError.
 */
export class EmulatedBoard {
  /** What its motor pins and its LED do. */
  readonly scope: Scope;
  /** What is soldered round the chip: for tests that break it. @internal */
  readonly copper = new Copper(pin => this.pinState(pin));
  /** What the program writes to registers, for whoever listens. @internal */
  readonly writes = new RegisterWrites(() => this.chip.cpu);
  /** The board has been reset, by its watchdog or from outside. */
  onReset: ((cause: ResetCause) => void) | undefined;
  /** The chip of the present run: for tests that reach inside. A reset replaces it. @internal */
  chip: Chip;
  private readonly boardPlan: BoardPlan;
  private readonly flash: Uint8Array<ArrayBuffer>;
  private readonly eepromCells: EEPROMMemoryBackend;
  private readonly wire = new UartWire(clockHz, baud, lineBytes);
  private readonly drives = new Map<number, Drive>();
  private readonly levels = new Map<number, boolean>();
  private readonly later = new Set<Later>();
  private readonly startsAt: number;
  private seed: number;
  private readonly execute: Execute | undefined;
  private chunk: number[] = [];
  private chunkComplete = false;
  private lastSentAt = 0;
  private wireEventFor = -1;

  /** Switched on at 0 ms. Throws HexError where `hexText` is no hex file. @internal */
  constructor(plan: BoardPlan, hexText: string, options: BoardOptions = {}) {
    this.boardPlan = plan;
    const { flashBytes, eepromBytes } = plan.chip;
    this.flash = loadHex(hexText, flashBytes);
    this.eepromCells = new EEPROMMemoryBackend(eepromBytes);
    this.seed = options.seed ?? 1;
    this.execute = options.execute;
    this.startsAt = options.startsAt ?? 0;
    if (options.eeprom) this.eepromCells.memory.set(options.eeprom.subarray(0, eepromBytes));
    for (const button of buttons) this.drives.set(pins[button], this.buttonDrive(button, false));
    this.scope = new Scope(
      { cyclesPerMs, at: (cycle, run) => this.at(cycle, run) },
      pwmPeriodCycles,
      [pins.left, pins.right],
      [pins.led],
    );
    this.chip = options.kept ? this.buildFrom({ ...options.kept, cycles: 0 }) : this.build('powerOn');
  }

  /** The board's time since it was first switched on; resets do not turn it back. */
  get nowMs(): number {
    return this.chip.cpu.cycles / cyclesPerMs;
  }

  /** Runs to `ms`, and nobody hears what it says. */
  run(ms: number): void {
    while (this.nowMs < ms) this.advanceTo(ms);
  }

  /** A copy of the EEPROM's cells. */
  get eeprom(): Uint8Array {
    return this.eepromCells.memory.slice();
  }

  /** Bytes of the host that have not arrived yet. */
  get queuedBytes(): number {
    return this.wire.queued;
  }

  /**
   * Runs until `ms`, or until a chunk of bytes from the board is complete, whichever comes first: once the line has
   * rested for one byte's time, or at 64 bytes. It stops at the end of the instruction that reaches `ms`: at most a
   * quarter of a microsecond later.
   */
  advanceTo(ms: number): Advance {
    // Rounding must not leave a caller who loops until `nowMs` has reached `ms` one cycle short for ever.
    const goesOn = this.nowMs < ms ? this.chip.cpu.cycles + 1 : 0;
    const untilCycle = Math.max(Math.ceil(ms * cyclesPerMs), goesOn);
    while (this.chip.cpu.cycles < untilCycle && !this.chunkComplete) {
      this.chip.run(untilCycle);
      if (this.chip.bitten) this.reset('watchdog');
    }
    if (!this.chunkComplete) return { nowMs: this.nowMs };
    this.chunkComplete = false;
    const bytes = Uint8Array.from(this.chunk);
    this.chunk = [];
    return { nowMs: this.nowMs, bytes };
  }

  /**
   * Host to board: one byte each 174 µs, beginning no earlier than now. `broken` frames arrive with a framing
   * error. Throws RangeError where more than 4096 bytes would wait.
   */
  write(bytes: Uint8Array, broken = false): void {
    this.wire.put(bytes, this.chip.cpu.cycles, broken);
    this.planWire();
  }

  /** The cable is pulled: what has not wholly arrived never does. */
  cutLine(): void {
    this.wire.cut();
    this.chunk = [];
    this.chunkComplete = false;
  }

  /** Another program in its flash, from the next reset on. Throws RangeError where it is not the whole flash. */
  load(image: Uint8Array): void {
    const { flashBytes } = this.boardPlan.chip;
    if (image.length !== flashBytes)
      throw new RangeError(`a flash image has ${flashBytes} bytes, not ${image.length}`);
    this.flash.set(image);
  }

  /** What is connected to a pin. */
  setPin(pin: number, drive: Drive): void {
    this.placeOf(pin);
    this.drives.set(pin, drive);
    this.applyDrive(pin);
  }

  /** A finger on a button. To be sure that the shipped firmware has seen it, let it lie there for 30 ms. */
  press(button: Button): void {
    this.setPin(pins[button], this.buttonDrive(button, true));
  }

  /** The finger is gone. */
  release(button: Button): void {
    this.setPin(pins[button], this.buttonDrive(button, false));
  }

  /** Whether a pin is high now, driven by the chip, from outside, or by its pull-up. */
  pinLevel(pin: number): boolean {
    const state = this.pinState(pin);
    if (state === PinState.High || state === PinState.Low) return state === PinState.High;
    const drive = this.drives.get(pin) ?? 'open';
    return drive === 'open' ? state === PinState.InputPullUp : drive;
  }

  /** round(255 × high share of the last whole PWM period) of a motor pin. */
  duty(pin: number): number {
    return this.scope.duty(pin);
  }

  /** A true reset. Memory and EEPROM outlast all but a loss of power, which leaves noise in memory. */
  reset(cause: ResetCause): void {
    this.chip = this.build(cause, this.chip);
    for (const pin of this.boardPlan.pins.keys()) this.watchPin(pin, this.chip.cpu.cycles);
    this.wireEventFor = -1;
    this.planWire();
    for (const entry of this.later) this.plan(entry);
    this.onReset?.(cause);
  }

  private placeOf(pin: number): PinPlace {
    const place = this.boardPlan.pins.get(pin);
    if (!place) throw new RangeError(`pin ${pin}: this board has none, or none that is emulated`);
    return place;
  }

  private pinState(pin: number): PinState {
    const { port, bit } = this.placeOf(pin);
    return this.chip.port(port).pinState(bit);
  }

  /** A button either connects its pin to ground or leaves it open. */
  private buttonDrive(button: Button, pressed: boolean): Drive {
    return levelWhenPressed(button) === pressed ? 'open' : false;
  }

  private build(cause: ResetCause, before?: Chip): Chip {
    let kept = before?.keep(cause);
    if (kept === undefined || cause === 'powerOn') {
      const memory = new Uint8Array(this.boardPlan.chip.sramBytes);
      noise(this.seed++, memory);
      kept = { cycles: kept?.cycles ?? 0, memory, resetFlags: resetFlags.powerOn };
    }
    return this.buildFrom(kept);
  }

  private buildFrom(kept: RetainedMemory): Chip {
    const { chip: plan, pins: places } = this.boardPlan;
    const chip = new Chip(plan, this.flash, this.eepromCells, clockHz, kept, this.copper, this.execute);
    chip.cpu.pc = this.startsAt / 2;
    for (const name of Object.keys(plan.ports)) {
      const own = [...places].flatMap(([pin, { port }]) => (port === name ? [pin] : []));
      const isLookedAt = own.some(pin => pin === drains.left || pin === drains.right);
      chip.port(name).addListener(() => {
        for (const pin of own) {
          this.applyDrive(pin, chip);
          this.watchPin(pin, chip.edgeCycle);
        }
        if (isLookedAt) this.copper.follow();
      });
    }
    chip.usart.onSent = byte => this.sent(byte, chip);
    this.writes.follow(chip.cpu);
    for (const pin of places.keys()) this.applyDrive(pin, chip);
    return chip;
  }

  private applyDrive(pin: number, chip = this.chip): void {
    const drive = this.drives.get(pin) ?? 'open';
    const { port: name, bit } = this.placeOf(pin);
    const port = chip.port(name);
    port.setPin(bit, drive === 'open' ? port.pinState(bit) === PinState.InputPullUp : drive);
  }

  private watchPin(pin: number, cycle: number): void {
    if (!this.scope.watches(pin)) return;
    // A pin that is not driven is low at the motor's gate: a resistor pulls it down.
    const high = this.pinState(pin) === PinState.High;
    if (high === (this.levels.get(pin) ?? false)) return;
    this.levels.set(pin, high);
    this.scope.edge(cycle, pin, high);
  }

  private sent(byte: number, chip: Chip): void {
    this.chunk.push(byte);
    const cycle = chip.cpu.cycles;
    this.lastSentAt = cycle;
    if (this.chunk.length >= chunkBytes) this.completeChunk();
    else if (!chip.usart.sending)
      this.at(cycle + chip.usart.frameCycles, () => {
        if (this.lastSentAt === cycle && !this.chip.usart.sending) this.completeChunk();
      });
  }

  private completeChunk(): void {
    if (this.chunk.length === 0) return;
    this.chunkComplete = true;
    this.chip.halt = true;
  }

  private planWire(): void {
    const cycle = this.wire.nextCycle;
    if (cycle === undefined || this.wireEventFor === cycle) return;
    this.wireEventFor = cycle;
    const { chip } = this;
    chip.cpu.addClockEvent(() => {
      // The line may have been cut, and used again, since.
      if (this.wire.nextCycle !== cycle) return;
      const frame = this.wire.take();
      if (frame) chip.usart.receive(frame.byte, this.wire.baud, frame.broken);
      this.planWire();
    }, cycle - chip.cpu.cycles);
  }

  /** Something to do at a cycle, whatever is reset until then. */
  private at(cycle: number, run: () => void): void {
    const entry: Later = { cycle, run };
    this.later.add(entry);
    this.plan(entry);
  }

  private plan(entry: Later): void {
    const { cpu } = this.chip;
    cpu.addClockEvent(() => {
      this.later.delete(entry);
      entry.run();
    }, entry.cycle - cpu.cycles);
  }
}
