/**
 * Timer0 of an ATmega (ATmega328P datasheet 15) in normal mode and fast PWM up to 255: what Arduino sets it to.
 *
 * Not avr8js' own timer (0.21.1): that one queues an event per prescaler step, 250,000 a second, and clears a PWM
 * output at the compare value instead of one step after it (15.7.3, figure 15-6), so that its high share is OCR
 * instead of OCR + 1 parts of 256. This one wakes only where something happens: overflow and the two matches.
 */
import type { AVRIOPort, CPU } from 'avr8js';

type AVRInterruptConfig = Parameters<CPU['setInterruptFlag']>[0];

const TIFR = 0x35;
const TCCRA = 0x44;
const TCCRB = 0x45;
const TCNT = 0x46;
const OCRA = 0x47;
const OCRB = 0x48;
const TIMSK = 0x6e;

const TOV = 0x01;
const OCFA = 0x02;
const OCFB = 0x04;

/** Clock select (table 15-9). Stopped and the external pin count as stopped. */
const dividers = [0, 1, 8, 64, 256, 1024, 0, 0] as const;
const steps = 256;
const modeNormal = 0;
const modeFastPwm = 3;

/** avr8js' names for what a timer does to a pin; the package keeps the enum to itself. */
const override = { none: 0, connect: 1, set: 2, clear: 3 } as const;

/** Where its interrupts lie in flash, in words. */
export type Timer0Interrupts = Readonly<{ matchA: number; matchB: number; overflow: number }>;
/** A pin that it can drive; null where nothing ever connects it. */
type OutputPin = Readonly<{ port: AVRIOPort; pin: number }>;

type Channel = {
  readonly output: OutputPin | null;
  readonly register: number;
  /** Where TCCR0A holds its output mode. */
  readonly shift: number;
  readonly interrupt: AVRInterruptConfig;
  /** In force; the register's value takes over at the counter's turn. */
  compare: number;
  connected: boolean;
};

const interruptOf = (address: number, mask: number): AVRInterruptConfig => ({
  address,
  flagRegister: TIFR,
  flagMask: mask,
  enableRegister: TIMSK,
  enableMask: mask,
});

export class Timer0 {
  /** While it moves a pin: the exact cycle at which the pin moves. The processor may be in an instruction. */
  actingAt: number | undefined;
  private readonly cpu: CPU;
  private divider = 0;
  private mode: number = modeNormal;
  /** The counter was 0, or would have been, at this cycle. */
  private turnedAt = 0;
  private stoppedAtStep = 0;
  /** The newest cycle whose matches have been carried out. */
  private doneUntil = 0;
  private scheduledFor = -1;
  private readonly channels: readonly [Channel, Channel];
  private readonly overflow: AVRInterruptConfig;

  /** `outputs`: OC0A, OC0B. */
  constructor(
    cpu: CPU,
    { matchA, matchB, overflow }: Timer0Interrupts,
    outputs: readonly [OutputPin, OutputPin] | null,
  ) {
    this.cpu = cpu;
    this.overflow = interruptOf(overflow, TOV);
    const channel = (
      output: OutputPin | null,
      register: number,
      shift: number,
      interrupt: AVRInterruptConfig,
    ): Channel => ({
      output,
      register,
      shift,
      interrupt,
      compare: 0,
      connected: false,
    });
    this.channels = [
      channel(outputs?.[0] ?? null, OCRA, 6, interruptOf(matchA, OCFA)),
      channel(outputs?.[1] ?? null, OCRB, 4, interruptOf(matchB, OCFB)),
    ];
    this.attach();
  }

  private step(): number {
    if (this.divider === 0) return this.stoppedAtStep;
    return Math.floor((this.cpu.cycles - this.turnedAt) / this.divider) % steps;
  }

  /** A compare takes effect one step after equality; at 255 that is the turn itself. */
  private effectCycle(channel: Channel): number {
    return this.turnedAt + (channel.compare + 1) * this.divider;
  }

  private get turnCycle(): number {
    return this.turnedAt + steps * this.divider;
  }

  /** Carries out what is due, in order, up to the present cycle. */
  private catchUp(): void {
    if (this.divider === 0) return;
    const now = this.cpu.cycles;
    while (this.doneUntil < now) {
      const due = this.nextDue();
      if (due > now) break;
      this.actingAt = due;
      for (const channel of this.channels) if (this.effectCycle(channel) === due) this.match(channel);
      if (this.turnCycle === due) this.turn();
      this.actingAt = undefined;
      this.doneUntil = due;
    }
  }

  private nextDue(): number {
    let next = this.turnCycle;
    for (const channel of this.channels) {
      const cycle = this.effectCycle(channel);
      if (cycle > this.doneUntil && cycle < next) next = cycle;
    }
    return next;
  }

  private match(channel: Channel): void {
    this.cpu.setInterruptFlag(channel.interrupt);
    // At 255 the output never goes low (15.7.3).
    if (channel.connected && this.mode === modeFastPwm && channel.compare < steps - 1)
      this.act(channel, override.clear);
  }

  private act({ output }: Channel, what: number): void {
    if (output === null) throw new Error('Timer0 is to drive a pin that is not emulated on this chip');
    output.port.timerOverridePin(output.pin, what);
  }

  private turn(): void {
    this.turnedAt = this.turnCycle;
    this.cpu.setInterruptFlag(this.overflow);
    for (const channel of this.channels) {
      if (this.mode !== modeFastPwm) continue;
      channel.compare = this.cpu.data[channel.register] ?? 0;
      if (channel.connected) this.act(channel, override.set);
    }
  }

  private readonly wake = (): void => {
    this.scheduledFor = -1;
    this.catchUp();
    this.schedule();
  };

  private schedule(): void {
    if (this.divider === 0) return;
    const due = this.nextDue();
    if (this.scheduledFor === due) return;
    if (this.scheduledFor >= 0) this.cpu.clearClockEvent(this.wake);
    this.scheduledFor = due;
    this.cpu.addClockEvent(this.wake, due - this.cpu.cycles);
  }

  private setMode(): void {
    const control = this.cpu.data[TCCRA] ?? 0;
    this.mode = ((this.cpu.data[TCCRB] ?? 0) & 0x08 ? 4 : 0) | (control & 0x03);
    // Arduino's init() passes through other modes before it starts the clock.
    if (this.divider !== 0 && this.mode !== modeNormal && this.mode !== modeFastPwm)
      throw new Error(
        `Timer0 is set to mode ${this.mode}; the emulator knows 0 and 3 (datasheet table 15-8)`,
      );
    for (const channel of this.channels) {
      const output = (control >> channel.shift) & 0x03;
      if (output === 1 || output === 3)
        throw new Error(`Timer0 compare output mode ${output} is not emulated (datasheet tables 15-3, 15-6)`);
      const connected = output === 2;
      if (connected === channel.connected) continue;
      channel.connected = connected;
      this.act(channel, connected ? override.connect : override.none);
    }
  }

  private setDivider(control: number): void {
    const divider = dividers[control & 0x07] ?? 0;
    if (divider === this.divider) return;
    const step = this.step();
    this.divider = divider;
    this.stoppedAtStep = step;
    this.turnedAt = this.cpu.cycles - step * divider;
    this.doneUntil = this.cpu.cycles;
    if (divider === 0 && this.scheduledFor >= 0) {
      this.cpu.clearClockEvent(this.wake);
      this.scheduledFor = -1;
    }
  }

  private attach(): void {
    const { cpu } = this;
    cpu.readHooks[TCNT] = () => this.step();
    cpu.writeHooks[TCNT] = value => {
      this.catchUp();
      this.stoppedAtStep = value;
      this.turnedAt = cpu.cycles - value * this.divider;
      this.doneUntil = cpu.cycles;
      this.schedule();
      return true;
    };
    cpu.writeHooks[TCCRA] = value => {
      if (value === cpu.data[TCCRA]) return true;
      this.catchUp();
      cpu.data[TCCRA] = value;
      this.setMode();
      return true;
    };
    cpu.writeHooks[TCCRB] = value => {
      this.catchUp();
      // FOC0A and FOC0B read as 0 and do nothing in PWM (15.9.2).
      cpu.data[TCCRB] = value & 0x0f;
      this.setDivider(value);
      this.setMode();
      this.schedule();
      return true;
    };
    for (const channel of this.channels) {
      cpu.writeHooks[channel.register] = value => {
        if (value === cpu.data[channel.register]) return true;
        this.catchUp();
        cpu.data[channel.register] = value;
        // Without PWM the double buffer is off (15.5.1).
        if (this.mode !== modeFastPwm) channel.compare = value;
        this.schedule();
        return true;
      };
    }
    const interrupts = [this.overflow, ...this.channels.map(({ interrupt }) => interrupt)];
    cpu.writeHooks[TIFR] = value => {
      for (const interrupt of interrupts) cpu.clearInterruptByFlag(interrupt, value);
      return true;
    };
    cpu.writeHooks[TIMSK] = value => {
      for (const interrupt of interrupts) cpu.updateInterruptEnable(interrupt, value);
      cpu.data[TIMSK] = value;
      return true;
    };
  }
}
