/**
 * The shipped firmware in mid-drive, under the whole Johnny-Five stack, in virtual time: struck at any moment, and seen
 * to the microsecond by an oscilloscope on its motor pins. What the host computes takes no time here.
 */
import { uno as pins } from '../../../hardware/pins.ts';
import type { Button } from '../../../machines/vocabulary.ts';
import type { Uno } from '../../../simulator/avr/uno.ts';
import { firmwareHex } from '../../installed.ts';
import { emulatedStage } from '../../simulation/emulated-stage.ts';
import type { Stage } from '../../simulation/simulate.ts';
import { seeded } from '../../time/virtual-clock.ts';

const full = { left: 1, right: 1 };
const leaseMs = 250;
const beatMs = 100;
/** The budgets of the firmware recover meanwhile: this is about latency, not about them. */
const restMs = 2500;
/** A board that starts anew is looked at, and says its name. */
const readyAgainMs = 6000;
/** Longer than anything may take to fall silent. */
const watchedMs = 700;

const isMotor = (pin: number): boolean => pin === pins.left || pin === pins.right;

export class DrivenStage {
  readonly random: () => number;
  readonly #stage: Stage;
  readonly #uno: Uno;
  readonly #duty = new Map<number, number>();
  #changedAt = 0;
  /** When a motor was first driven since this was forgotten. */
  #drivenAt: number | null = null;
  #edge: (button: Button, down: boolean) => void = () => {};

  /** The process's timers and dates are virtual until `close`. */
  static async open(seed = 1): Promise<DrivenStage> {
    let uno: Uno | undefined;
    const stage = await emulatedStage(firmwareHex(), seed, made => {
      uno = made;
    });
    if (!uno) {
      stage.close();
      throw new Error('the stage has no board');
    }
    return new DrivenStage(stage, uno, seed);
  }

  private constructor(stage: Stage, uno: Uno, seed: number) {
    this.#stage = stage;
    this.#uno = uno;
    this.random = seeded(seed);
    uno.scope.subscribe(event => {
      if (event.type !== 'duty' || !isMotor(event.pin)) return;
      this.#duty.set(event.pin, event.duty);
      this.#changedAt = event.atMs;
      if (event.duty > 0) this.#drivenAt ??= event.atMs;
    });
    const nothing = (): void => {};
    stage.driver.listen({
      ready: nothing,
      edge: (button, down) => this.#edge(button, down),
      status: nothing,
      silence: nothing,
      lost: nothing,
      restarted: nothing,
    });
  }

  get isDriven(): boolean {
    return [...this.#duty.values()].some(duty => duty > 0);
  }

  async #until(at: number): Promise<void> {
    let arrived = false;
    this.#stage.clock.at(at, () => {
      arrived = true;
    });
    while (!arrived) await this.#stage.hop();
  }

  async #for(ms: number): Promise<void> {
    await this.#until(this.#stage.clock.now() + ms);
  }

  /**
   * Both motors driven, then, at some moment after the newest lease, the blow: how long after it the last pin went low
   * for good, in ms. Throws where nothing was driven then, or something is driven still.
   */
  async silenceAfter(
    blow: (stage: DrivenStage) => void,
    mends: (stage: DrivenStage) => void,
  ): Promise<number> {
    const { driver, clock } = this.#stage;
    driver.arm();
    const beats = 2 + Math.floor(this.random() * 3);
    for (let beat = 0; beat < beats; beat++) {
      driver.apply(full, leaseMs);
      await this.#for(beat < beats - 1 ? beatMs : this.random() * beatMs);
    }
    // The newest lease has just gone out: whoever drives is heard of a period later.
    await this.#for(6);
    if (!this.isDriven) throw new Error('the motors were not driven before the blow');
    const zero = clock.now();
    blow(this);
    await this.#for(watchedMs);
    if (this.isDriven) throw new Error(`a motor is driven still, ${watchedMs} ms after the blow`);
    const ms = this.#changedAt - zero;
    mends(this);
    // As every host that has heard of it: it asks for nothing until somebody starts anew.
    driver.hush();
    await this.#for(restMs);
    return Math.max(0, ms);
  }

  /** From the edge of a button, at rest, until `answer`, which hears of it over the line, has a motor driven. */
  async answerAfter(button: Button, answer: (stage: DrivenStage) => void): Promise<number> {
    const { boardControls, driver, clock } = this.#stage;
    driver.arm();
    driver.apply({ left: 0, right: 0 }, leaseMs);
    await this.#for(20 + this.random() * beatMs);
    const zero = clock.now();
    this.#drivenAt = null;
    this.#edge = (pressed, down) => {
      if (pressed === button && down) answer(this);
    };
    boardControls.button(button, true);
    await this.#for(beatMs);
    const drivenAt = this.#drivenAt;
    this.#edge = () => {};
    boardControls.button(button, false);
    driver.hush();
    await this.#for(restMs);
    if (drivenAt === null) throw new Error(`nothing came of a press of ${button}`);
    return drivenAt - zero;
  }

  /** As above, but with both motors driven, and the answer silences them. */
  async silenceAfterPress(button: Button, answer: (stage: DrivenStage) => void): Promise<number> {
    return await this.silenceAfter(
      () => {
        this.#edge = (pressed, down) => {
          if (pressed === button && down) answer(this);
        };
        this.#stage.boardControls.button(button, true);
      },
      () => {
        this.#edge = () => {};
        this.#stage.boardControls.button(button, false);
      },
    );
  }

  press(button: Button, down: boolean): void {
    this.#stage.boardControls.button(button, down);
  }
  drive(): void {
    this.#stage.driver.apply(full, leaseMs);
  }
  hush(): void {
    this.#stage.driver.hush();
  }
  unplug(): void {
    this.#stage.boardControls.fault({ kind: 'fault', fault: 'unplug' });
  }
  replug(): void {
    this.#stage.boardControls.fault({ kind: 'fault', fault: 'replug' });
  }
  /** The program goes round in one place from here on, with interrupts off: only the watchdog is left. */
  hang(): void {
    const { cpu } = this.#uno.chip;
    const lastWord = cpu.progMem.length - 1;
    cpu.progMem[lastWord] = 0xcfff; // rjmp to itself
    cpu.pc = lastWord;
    cpu.data[0x5f] = cpu.SREG & 0x7f;
  }

  /** Time for a board that started anew, or was plugged in again, to be itself. */
  async recover(): Promise<void> {
    await this.#for(readyAgainMs);
  }

  /** All that goes over the line while `forMs` pass, with a frame told anew each `everyMs`. */
  async bytesOfFrames(everyMs: number, forMs: number): Promise<number> {
    const { driver, line } = this.#stage;
    let bytes = 0;
    const count = (passed: Uint8Array): void => {
      bytes += passed.length;
    };
    line?.on('data', count);
    line?.on('wrote', count);
    driver.arm();
    for (let at = 0; at < forMs; at += everyMs) {
      const phase = (at / everyMs) % 20;
      // Half a second on, half a second off.
      driver.apply(phase < 10 ? { left: 0.6, right: 0.6 } : { left: 0, right: 0 }, leaseMs);
      await this.#for(everyMs);
    }
    driver.hush();
    return bytes;
  }

  close(): void {
    this.#stage.close();
  }
}
