/** The shipped hex in simavr (Debian's libsimavr-dev), led step by step: who emulates the chip is somebody else. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { levelWhenPressed, uno as pins } from '../../../hardware/pins.ts';
import type { Button } from '../../../machines/vocabulary.ts';
import { flashBytes } from '../../../simulator/avr/atmega328p.ts';
import { loadHex } from '../../../simulator/avr/hex.ts';
import type { PinEdge } from '../../../simulator/avr/scope.ts';
import { clockHz } from '../../../simulator/avr/uno.ts';
import { HostRig, hex, type RigBoard } from '../../firmware/rig.ts';

const cyclesPerMs = clockHz / 1000;
const compiler = process.env.CC ?? 'cc';

/** Compiles a program of this folder that leads simavr; false where simavr or a compiler is missing. */
export function madeWithSimavr(name: string, program: string): boolean {
  const source = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const words = ['-O2', '-Wall', '-I/usr/include/simavr', source, '-o', program, '-lsimavr', '-lelf'];
  return spawnSync(compiler, words, { stdio: 'ignore' }).status === 0;
}

/** The program that leads simavr, made once for a test file. `path` is null where simavr or a compiler is missing. */
export class SimavrProgram {
  readonly folder = mkdtempSync(join(tmpdir(), 'tactus-simavr-'));
  readonly path: string | null;

  constructor() {
    const program = join(this.folder, 'board');
    this.path = madeWithSimavr('simavr-board.c', program) ? program : null;
    writeFileSync(join(this.folder, 'image'), loadHex(hex, flashBytes));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let boards = 0;

/** Answers come at once: the pipes are read and written as files, so that a test stays one straight line. */
export class SimavrBoard implements RigBoard {
  nowMs = 0;
  queuedBytes = 0;
  readonly scope: RigBoard['scope'] = {
    subscribe: () => () => true,
    subscribeEdges: listener => {
      this.#listener = listener;
      return () => true;
    },
  };
  #listener: ((edge: PinEdge) => void) | undefined;
  readonly #process: ChildProcess;
  readonly #commands: number;
  readonly #answers: number;
  readonly #buffer = Buffer.alloc(65_536);
  #rest = '';

  constructor({ folder, path }: SimavrProgram) {
    if (path === null) throw new Error('simavr is not here');
    const [commands, answers] = ['commands', 'answers'].map(name => join(folder, `${name}-${boards}`));
    boards += 1;
    execFileSync('mkfifo', [commands ?? '', answers ?? '']);
    this.#process = spawn(path, [join(folder, 'image'), commands ?? '', answers ?? ''], { stdio: 'ignore' });
    this.#commands = openSync(commands ?? '', 'w');
    this.#answers = openSync(answers ?? '', 'r');
    for (const button of ['go', 'less', 'stop'] as const) this.#drive(button, false);
  }

  /** Throws where simavr has given up on the program: it would be asked for ever. */
  advanceTo(ms: number): ReturnType<RigBoard['advanceTo']> {
    const before = this.nowMs;
    // A ms that is later by less than a cycle, as sums of fractions are, is a cycle later.
    const until = Math.max(
      Math.ceil(ms * cyclesPerMs),
      Math.round(before * cyclesPerMs) + (ms > before ? 1 : 0),
    );
    const bytes = this.#ask(`run ${until}`);
    if (this.nowMs <= before && before < ms) throw new Error(`simavr stands still at ${before} ms`);
    return bytes.length > 0 ? { nowMs: this.nowMs, bytes: Uint8Array.from(bytes) } : { nowMs: this.nowMs };
  }

  write(bytes: Uint8Array): void {
    this.#ask(`write ${Buffer.from(bytes).toString('hex')}`);
  }

  press(button: Button): void {
    this.#drive(button, true);
  }

  release(button: Button): void {
    this.#drive(button, false);
  }

  cutLine(): void {
    this.#ask('cut');
  }

  hang(interruptsOff: boolean): void {
    this.#ask(`hang ${interruptsOff ? 1 : 0}`);
  }

  close(): void {
    writeSync(this.#commands, 'end\n');
    closeSync(this.#commands);
    closeSync(this.#answers);
    this.#process.unref();
  }

  #drive(button: Button, pressed: boolean): void {
    const pin = pins[button];
    if (pin < 8) this.#ask(`pin ${pin} ${levelWhenPressed(button) === pressed ? 1 : 0}`);
  }

  /** What the board has said until it answers. */
  #ask(command: string): readonly number[] {
    writeSync(this.#commands, `${command}\n`);
    const said: number[] = [];
    for (;;) {
      const size = readSync(this.#answers, this.#buffer);
      if (size === 0) throw new Error(`simavr ended at "${command}"`);
      const lines = (this.#rest + this.#buffer.toString('latin1', 0, size)).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const [word, cycle = 0, first = 0, second = 0] = line
          .split(' ')
          .map((part, index) => (index ? Number(part) : part)) as [string, number, number, number];
        if (word === 'said') said.push(first);
        if (word === 'drive') this.#listener?.({ cycle, pin: first, high: second === 1 });
        if (word !== 'now') continue;
        this.nowMs = cycle / cyclesPerMs;
        this.queuedBytes = first;
        return said;
      }
    }
  }
}

/** simavr shows when a motor is driven, not the single pulses: driven is driven until it is not. */
export class SimavrRig extends HostRig<SimavrBoard> {
  constructor(program: SimavrProgram) {
    super(new SimavrBoard(program));
  }

  /** Its power has just come on: STOP is tried first. */
  override ready(): this {
    this.for(60).tryStop();
    return super.ready();
  }

  override get isDriven(): boolean {
    const on = new Map(this.edges.map(({ pin, high }) => [pin, high]));
    return [...on.values()].includes(true);
  }

  hang(interruptsOff = false): this {
    this.uno.hang(interruptsOff);
    return this;
  }
}
