/**
 * A timer of 16 bits in fast PWM of 8 bits, as the firmware of a Mega drives its motors by Timer3 and Timer4 (ATmega2560
 * datasheet 17.9.3): one output, no interrupt. Any other mode with its clock on is not emulated.
 */
import type { AVRIOPort, CPU } from 'avr8js';

/** `control`: TCCRnA, with TCCRnB behind it. Two bytes each: TCNTn, OCRnA. */
export type PwmTimerRegisters = Readonly<{ control: number; counter: number; compare: number }>;

/** Clock select (table 17-6). Stopped and the external pin count as stopped. */
const dividers = [0, 1, 8, 64, 256, 1024, 0, 0] as const;
const steps = 256;
/** WGMn0 in TCCRnA and WGMn2 in TCCRnB: mode 5. */
const modeLow = 0x03;
const modeHigh = 0x18;
const fastPwmLow = 0x01;
const fastPwmHigh = 0x08;
const outputMode = 0xc0;
const clearsOnMatch = 0x80;

/** avr8js' names for what a timer does to a pin; the package keeps the enum to itself. */
const override = { none: 0, connect: 1, set: 2, clear: 3 } as const;

export class PwmTimer {
  /** While it moves its pin: the exact cycle at which the pin moves. */
  actingAt: number | undefined;
  readonly #cpu: CPU;
  readonly #port: AVRIOPort;
  readonly #pin: number;
  readonly #at: PwmTimerRegisters;
  #divider = 0;
  #turnedAt = 0;
  /** In force; the register's value takes over at the counter's turn. */
  #compare = 0;
  #isConnected = false;
  #isHigh = false;
  #scheduledFor = -1;

  constructor(cpu: CPU, at: PwmTimerRegisters, port: AVRIOPort, pin: number) {
    this.#cpu = cpu;
    this.#at = at;
    this.#port = port;
    this.#pin = pin;
    cpu.writeHooks[at.control] = value => {
      cpu.data[at.control] = value;
      this.#connect(value);
      return true;
    };
    cpu.writeHooks[at.control + 1] = value => {
      cpu.data[at.control + 1] = value;
      this.#setDivider(dividers[value & 0x07] ?? 0);
      return true;
    };
    cpu.readHooks[at.counter] = () => this.#step();
    cpu.readHooks[at.counter + 1] = () => 0;
  }

  #step(): number {
    if (this.#divider === 0) return 0;
    return Math.floor((this.#cpu.cycles - this.#turnedAt) / this.#divider) % steps;
  }

  #connect(control: number): void {
    const output = control & outputMode;
    if (output !== 0 && output !== clearsOnMatch)
      throw new Error('a compare output mode other than 2 is not emulated (ATmega2560 datasheet table 17-4)');
    const isConnected = output === clearsOnMatch;
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#port.timerOverridePin(this.#pin, isConnected ? override.connect : override.none);
    this.#look();
  }

  #setDivider(divider: number): void {
    if (divider === this.#divider) return;
    this.#divider = divider;
    this.#turnedAt = this.#cpu.cycles;
    this.#compare = this.#cpu.data[this.#at.compare] ?? 0;
    this.#isHigh = false;
    this.#look();
  }

  /** A compare takes effect one step after equality; at 255 that is the turn itself. */
  #schedule(): void {
    if (this.#scheduledFor >= 0) this.#cpu.clearClockEvent(this.#wake);
    this.#scheduledFor = -1;
    if (this.#divider === 0 || !this.#isConnected) return;
    const clears = this.#turnedAt + (this.#compare + 1) * this.#divider;
    this.#scheduledFor =
      this.#isHigh && this.#compare < steps - 1 ? clears : this.#turnedAt + steps * this.#divider;
    this.#cpu.addClockEvent(this.#wake, this.#scheduledFor - this.#cpu.cycles);
  }

  /** Where it stands in its period, once it is connected or its clock goes on: nothing was told meanwhile. */
  #look(): void {
    const { data, cycles } = this.#cpu;
    if (this.#divider !== 0 && this.#isConnected) {
      const low = (data[this.#at.control] ?? 0) & modeLow;
      const high = (data[this.#at.control + 1] ?? 0) & modeHigh;
      if (low !== fastPwmLow || high !== fastPwmHigh)
        throw new Error(
          'a timer is set to a mode other than fast PWM of 8 bits, which is all that is emulated',
        );
      const period = steps * this.#divider;
      this.#turnedAt += Math.floor((cycles - this.#turnedAt) / period) * period;
      this.#compare = data[this.#at.compare] ?? 0;
      // The output begins with the next turn.
      this.#isHigh = false;
    }
    this.#schedule();
  }

  readonly #wake = (): void => {
    const at = this.#scheduledFor;
    this.#scheduledFor = -1;
    this.actingAt = at;
    const isTurn = at === this.#turnedAt + steps * this.#divider;
    if (isTurn) {
      this.#turnedAt = at;
      this.#compare = this.#cpu.data[this.#at.compare] ?? 0;
      this.#port.timerOverridePin(this.#pin, override.set);
    } else this.#port.timerOverridePin(this.#pin, override.clear);
    this.#isHigh = isTurn;
    this.actingAt = undefined;
    this.#schedule();
  };
}
