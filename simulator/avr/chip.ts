// biome-ignore-all lint/complexity/useLiteralKeys: brackets are how TypeScript lets one reach what avr8js keeps private
/**
 * A chip: avr8js' processor and ports with the peripherals that a board needs, and a run loop that sleeps. Which chip
 * it is says its plan: `atmega328p.ts`, `atmega2560.ts`.
 *
 * One of these lives from reset to reset. avr8js' own `cpu.reset()` leaves I/O registers, driven pins and queued events
 * as they are, so a reset builds a new one and hands over what outlasts it on the real chip.
 */
import {
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  type AVRPortConfig,
  AVRWatchdog,
  avrInterrupt,
  CPU,
  clockConfig,
  type EEPROMBackend,
  eepromConfig,
  watchdogConfig,
} from 'avr8js';
import { type Converted, Converter } from './converter.ts';
import { attachFuses } from './fuses.ts';
import { type Execute, ended, execute } from './instructions.ts';
import { Usart } from './usart.ts';

export type Ports = Readonly<Record<string, AVRIOPort>>;

/** What moves pins by itself. `actingAt`: while it does, the exact cycle; the processor may be in an instruction. */
export type PinTimer = { readonly actingAt: number | undefined };

/** Which chip. Addresses of interrupts are in words of flash, as its datasheet lists them. */
export type ChipPlan = Readonly<{
  flashBytes: number;
  sramBytes: number;
  /** Where it begins in data memory. */
  sramStart: number;
  eepromBytes: number;
  ports: Readonly<Record<string, AVRPortConfig>>;
  timers(cpu: CPU, ports: Ports): readonly PinTimer[];
  interrupts: Readonly<{
    received: number;
    registerEmpty: number;
    sent: number;
    converted: number;
    eepromReady: number;
    watchdog: number;
  }>;
  /** Bits that choose an input of its converter, and how the band gap is chosen by them. */
  converter: Readonly<{ inputs: number; bandgap: number }>;
}>;

/** Why a chip starts, as MCUSR tells the program (datasheet 10.9.1). */
export const resetFlags = { powerOn: 0x01, external: 0x02, brownOut: 0x04, watchdog: 0x08 } as const;
/** Why a chip has started. */
export type ResetCause = keyof typeof resetFlags;

const MCUSR = 0x54;
const SMCR = 0x53;
const WDTCSR = 0x60;
const WDCE = 0x10;
const WDE = 0x08;
const sleepEnabled = 0x01;
/** avr8js counts 2 of the 4 cycles of an interrupt's entry; waking from sleep takes 4 more (datasheet 7.7.1). */
const entryCycles = 2;
const wakeCycles = 4;

/** Where avr8js lets memory begin. */
const avr8jsSramStart = 0x100;

/** Under Node avr8js is a CommonJS module: its exports are getters, too slow to ask for each time. */
const enter = avrInterrupt;

/** What outlasts a reset. */
export type RetainedMemory = Readonly<{ cycles: number; memory: Uint8Array; resetFlags: number }>;

export class Chip {
  readonly cpu: CPU;
  readonly ports: Ports;
  readonly usart: Usart;
  /** The watchdog has bitten; the chip stands still until it is rebuilt. */
  bitten = false;
  /** Set by a listener: the run ends after the present instruction. */
  halt = false;
  private readonly timers: readonly PinTimer[];
  private readonly plan: ChipPlan;
  private asleep = false;
  private readonly execute: Execute;

  constructor(
    plan: ChipPlan,
    flash: Uint8Array<ArrayBuffer>,
    eeprom: EEPROMBackend,
    clockHz: number,
    kept: RetainedMemory,
    outside: Converted,
    carryOut = execute,
  ) {
    this.plan = plan;
    this.execute = carryOut;
    const { interrupts } = plan;
    // avr8js puts registers below 100h and the memory of a 328P behind them; the rest of the registers is memory to it.
    const cpu = new CPU(
      new Uint16Array(flash.buffer, flash.byteOffset, flash.byteLength / 2),
      plan.sramStart + plan.sramBytes - avr8jsSramStart,
    );
    this.cpu = cpu;
    cpu.cycles = kept.cycles;
    cpu.data.set(kept.memory, plan.sramStart);
    this.ports = Object.fromEntries(
      Object.entries(plan.ports).map(([name, config]) => [name, new AVRIOPort(cpu, config)]),
    );
    this.timers = plan.timers(cpu, this.ports);
    this.usart = new Usart(cpu, clockHz, interrupts);
    new Converter(cpu, outside, { ...plan.converter, done: interrupts.converted });
    attachFuses(cpu);
    new AVREEPROM(cpu, eeprom, { ...eepromConfig, eepromReadyInterrupt: interrupts.eepromReady });
    new AVRWatchdog(
      cpu,
      { ...watchdogConfig, watchdogInterrupt: interrupts.watchdog },
      new AVRClock(cpu, clockHz, clockConfig),
    );
    // What avr8js' watchdog calls when it bites.
    cpu.reset = () => {
      this.bitten = true;
    };
    cpu.data[MCUSR] = kept.resetFlags;
    // After its bite the watchdog goes on, at its shortest, until the program turns it off (10.8.2).
    if (kept.resetFlags & resetFlags.watchdog)
      for (const value of [WDCE | WDE, WDE]) cpu.writeData(WDTCSR, value);
  }

  /** The cycle at which a pin that is changing now changes. */
  get edgeCycle(): number {
    for (const { actingAt } of this.timers) if (actingAt !== undefined) return actingAt;
    return this.cpu.cycles;
  }

  port(name: string): AVRIOPort {
    const port = this.ports[name];
    if (!port) throw new RangeError(`this chip has no port ${name}`);
    return port;
  }

  /** What the next chip gets. A loss of power keeps nothing, so that one is not asked. */
  keep(cause: ResetCause): RetainedMemory {
    const { data, cycles } = this.cpu;
    const { sramStart, sramBytes } = this.plan;
    return {
      cycles,
      memory: data.slice(sramStart, sramStart + sramBytes),
      resetFlags: (data[MCUSR] ?? 0) | resetFlags[cause],
    };
  }

  /** Runs to this cycle, to the end of the instruction that reaches it, or until halted or bitten. */
  run(untilCycle: number): void {
    const { cpu, execute } = this;
    this.halt = false;
    while (cpu.cycles < untilCycle && !this.halt && !this.bitten) {
      if (this.asleep) {
        this.sleepUntil(untilCycle);
        continue;
      }
      const how = execute(cpu, this.nextStop(untilCycle));
      if (how === ended.sleep && (cpu.data[SMCR] ?? 0) & sleepEnabled) this.asleep = true;
      const next = cpu['nextClockEvent'];
      if (next !== null && next.cycles <= cpu.cycles) this.meetEvents();
      // After SEI, RETI and the like one more instruction comes first: `sei; sleep` would lose a wake-up otherwise (7.7).
      if (cpu.nextInterrupt >= 0 && how !== ended.shadow) this.meetInterrupt();
    }
  }

  /** Until when nothing can come between two instructions. An interrupt that waits comes behind the very next. */
  private nextStop(untilCycle: number): number {
    const { cpu } = this;
    if (cpu.nextInterrupt >= 0 && cpu.interruptsEnabled) return cpu.cycles + 1;
    const next = cpu['nextClockEvent'];
    return next === null ? untilCycle : Math.min(next.cycles, untilCycle);
  }

  /** Nothing happens in a sleeping chip before its next event, so time jumps there. */
  private sleepUntil(untilCycle: number): void {
    const { cpu } = this;
    const next = cpu['nextClockEvent'];
    cpu.cycles = next === null ? untilCycle : Math.max(cpu.cycles, Math.min(next.cycles, untilCycle));
    this.meetEvents();
    if (cpu.nextInterrupt >= 0) this.meetInterrupt();
  }

  private meetEvents(): void {
    const { cpu } = this;
    for (let next = cpu['nextClockEvent']; next !== null && next.cycles <= cpu.cycles; ) {
      next.callback();
      next = next.next;
      cpu['nextClockEvent'] = next;
    }
  }

  private meetInterrupt(): void {
    const { cpu } = this;
    if (!cpu.interruptsEnabled) return;
    const interrupt = cpu['pendingInterrupts'][cpu.nextInterrupt];
    if (!interrupt) return;
    if (this.asleep) cpu.cycles += wakeCycles;
    this.asleep = false;
    enter(cpu, interrupt.address);
    cpu.cycles += entryCycles;
    if (!interrupt.constant) cpu.clearInterrupt(interrupt);
  }
}
