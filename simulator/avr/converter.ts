/**
 * The analog-to-digital converter of an ATmega (ATmega328P datasheet 23): single conversions, against AVcc.
 *
 * What lies at an input is asked at the cycle at which the chip takes its sample, not when it is done with it: a
 * motor that starts in between is seen as the real chip sees it.
 */
import type { CPU } from 'avr8js';

const ADCL = 0x78;
const ADCH = 0x79;
const ADCSRA = 0x7a;
const ADMUX = 0x7c;

/** ADCSRA. */
const ADEN = 0x80;
const ADSC = 0x40;
const ADATE = 0x20;
const ADIF = 0x10;
const ADIE = 0x08;
/** ADMUX. */
const REFS = 0xc0;
const referenceAvcc = 0x40;
const ADLAR = 0x20;

const parts = 1024;
/** Clocks of the converter until its sample is taken and until it is done; the first after switching on takes longer. */
const first = { sampled: 13.5, done: 25 };
const later = { sampled: 1.5, done: 13 };

/** An input by its number (table 23-4): 0 to 7 are pins, 14 is the band gap. */
export const bandgapInput = 14;

/** Bits that choose an input, how the band gap is chosen by them, and where its interrupt lies in flash, in words. */
export type ConverterPlan = Readonly<{ inputs: number; bandgap: number; done: number }>;

/** What lies at its inputs. */
export type Converted = { readonly supplyMv: number; mvAt(input: number): number };

export class Converter {
  readonly #cpu: CPU;
  readonly #outside: Converted;
  readonly #plan: ConverterPlan;
  readonly #complete;
  #isFirst = true;
  #isBusy = false;

  constructor(cpu: CPU, outside: Converted, plan: ConverterPlan) {
    this.#cpu = cpu;
    this.#plan = plan;
    this.#complete = {
      address: plan.done,
      flagRegister: ADCSRA,
      flagMask: ADIF,
      enableRegister: ADCSRA,
      enableMask: ADIE,
    };
    this.#outside = outside;
    cpu.writeHooks[ADCSRA] = value => {
      if (value & ADATE)
        throw new Error('the converter is started by a trigger; the emulator knows single conversions');
      if (!(value & ADEN)) this.#isFirst = true;
      // A running conversion goes on reading as such; writing 1 to the flag clears it (23.9.2).
      const flag = value & ADIF ? 0 : (cpu.data[ADCSRA] ?? 0) & ADIF;
      const starts = (value & ADEN) !== 0 && (value & ADSC) !== 0 && !this.#isBusy;
      cpu.data[ADCSRA] = (value & ~(ADIF | ADSC)) | flag | (starts || this.#isBusy ? ADSC : 0);
      cpu.updateInterruptEnable(this.#complete, value);
      if (value & ADIF) cpu.clearInterrupt(this.#complete);
      if (starts) this.#start();
      return true;
    };
  }

  #start(): void {
    const { data } = this.#cpu;
    const choice = data[ADMUX] ?? 0;
    if ((choice & REFS) !== referenceAvcc)
      throw new Error('the converter measures against another reference than AVcc: that is not emulated');
    const clock = 2 ** Math.max(1, (data[ADCSRA] ?? 0) & 0x07);
    const takes = this.#isFirst ? first : later;
    this.#isFirst = false;
    this.#isBusy = true;
    const chosen = choice & this.#plan.inputs;
    const input = chosen === this.#plan.bandgap ? bandgapInput : chosen;
    let reading = 0;
    this.#cpu.addClockEvent(() => {
      const share = this.#outside.mvAt(input) / this.#outside.supplyMv;
      reading = Math.min(parts - 1, Math.max(0, Math.floor(share * parts)));
    }, takes.sampled * clock);
    this.#cpu.addClockEvent(() => this.#done(reading, (choice & ADLAR) !== 0), takes.done * clock);
  }

  #done(reading: number, isLeft: boolean): void {
    const { data } = this.#cpu;
    const shown = isLeft ? reading << 6 : reading;
    data[ADCL] = shown & 0xff;
    data[ADCH] = shown >> 8;
    data[ADCSRA] = (data[ADCSRA] ?? 0) & ~ADSC;
    this.#isBusy = false;
    this.#cpu.setInterruptFlag(this.#complete);
  }
}
