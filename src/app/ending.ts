/**
 * How every command ends that has a board: as its work ends, by a signal, by a fault, or because nobody is there any
 * more. The motors are let go of first, in the very same turn; then the journal and the files; then the process. What
 * there is to say is said without waiting for whoever might read it.
 */

import { ScriptFault } from '../simulation/script-player.ts';
import { fileFailure } from '../storage/file-failure.ts';
import { exitCodes, exitOf } from './exit.ts';
import { lastWord } from './last-word.ts';
import type { Surroundings } from './surroundings.ts';

/** 128 and the signal's number, as shells have it. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131, SIGBREAK: 149 } as const;
const signalCodes: ReadonlySet<number> = new Set(Object.values(signals));

const notConfirmed =
  'The device has not confirmed that its motors are off; its firmware lets go by itself within 250 ms.';

/** The firmware confirms within 15 ms; a board that does not is given 300. Nothing else may take longer than this. */
const mostMs = 1500;
/** Faults on the way out, after which there is no more waiting: something fails again at each word about it. */
const mostFaults = 100;

/** The command has been ended from outside. All that was to be said has been said. */
export class CommandEnded extends Error {
  readonly code: number;

  constructor(code: number) {
    super('ended');
    this.code = code;
  }
}

const gravity = (code: number): number => (signalCodes.has(code) ? 2 : code === exitCodes.done ? 0 : 1);

export type EndingPorts = Pick<Surroundings, 'clock' | 'leave'>;

/** How a fault of any kind ends a command. */
const exitCodeOf = (error: unknown): number =>
  error instanceof ScriptFault ? exitCodes.content : (exitOf(error)?.code ?? exitCodes.fault);

export class Ending {
  static #underWay = 0;
  /** Whether some command of this process will end in this way, whatever happens. */
  static get isUnderWay(): boolean {
    return Ending.#underWay > 0;
  }

  /** The exit code, once it has to end and the motors are off. */
  readonly code: Promise<number>;
  readonly #ports: EndingPorts;
  readonly #asks: boolean;
  #silence: (() => Promise<boolean>) | null = null;
  #resolve: (code: number) => void = () => {};
  #code: number | null = null;
  #faults = 0;
  #isOver = false;
  #late: () => void = () => {};
  readonly #hear: readonly (readonly [string, (value: unknown) => void])[];
  readonly #lostOutput = (error: Error & { code?: string }): void => {
    // A session does not depend on who reads along.
    if (error.code === 'EPIPE' && !this.#asks) return;
    this.end(
      exitCodes.cannotWrite,
      `tactus: standard output cannot be written (${error.code ?? error.message})`,
    );
  };

  /** `asks`: it cannot go on where standard output is gone, because its questions stand there. */
  constructor(ports: EndingPorts, { asks = false }: Readonly<{ asks?: boolean }> = {}) {
    this.#ports = ports;
    this.#asks = asks;
    this.code = new Promise(resolve => {
      this.#resolve = resolve;
    });
    this.#hear = [
      ...Object.entries(signals).map(([signal, code]) => [signal, () => this.end(code)] as const),
      ['uncaughtException', error => this.fail(error)],
      ['unhandledRejection', error => this.fail(error)],
    ];
    for (const [name, heard] of this.#hear) process.on(name, heard);
    process.stdout.on('error', this.#lostOutput);
    Ending.#underWay += 1;
  }

  /** From now on this is what lets go of the motors at once, and resolves with whether the firmware has confirmed it. */
  silenceBy(silence: () => Promise<boolean>): void {
    this.#silence = silence;
  }

  /** What the work comes to. Throws Ended where it was ended before. `late`: what came of it after that. */
  async or<T>(work: Promise<T>, late: (value: T) => void = () => {}): Promise<T> {
    const ended = this.code.then(code => {
      work.then(late, () => {});
      throw new CommandEnded(code);
    });
    try {
      const value = await Promise.race([work, ended]);
      if (this.#code === null) return value;
    } catch (error) {
      if (this.#code === null) throw error;
    }
    // What it has come to meanwhile may be because of the end, and tells nothing more.
    return await ended;
  }

  /** Ends it, with this exit code, once the motors are off. Of several the gravest stands: a signal, then a fault. */
  end(code: number, said: string | null = null): void {
    if (this.#isOver) return;
    if (this.#code !== null) {
      if (gravity(code) > gravity(this.#code)) this.#code = code;
      return;
    }
    this.#code = code;
    const { clock, leave } = this.#ports;
    const silent = this.#quiet();
    if (said !== null) lastWord(said);
    this.#late = clock.at(clock.now() + mostMs, () => leave(this.#code ?? code));
    silent.then(
      confirmed => this.#quietened(confirmed),
      () => this.#quietened(false),
    );
  }

  /** Something went wrong that nothing has caught. */
  fail(error: unknown): void {
    this.#faults += 1;
    if (this.#code !== null && this.#faults > mostFaults) this.#ports.leave(this.#code);
    this.end(exitCodeOf(error), `tactus: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** The command is over, in whichever way. */
  over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // What hangs after this is still cut off: only the process itself can do that for a command that was ended.
    if (this.#code === null) this.#late();
    for (const [name, heard] of this.#hear) process.removeListener(name, heard);
    process.stdout.removeListener('error', this.#lostOutput);
    Ending.#underWay -= 1;
  }

  #quiet(): Promise<boolean> {
    try {
      return this.#silence?.() ?? Promise.resolve(true);
    } catch {
      // Whatever it was, the lease runs out.
      return Promise.resolve(false);
    }
  }

  #quietened(confirmed: boolean): void {
    const code = this.#code ?? exitCodes.fault;
    if (!confirmed) lastWord(notConfirmed);
    else if (code === exitCodes.fault) lastWord('The motors are off, confirmed.');
    this.#resolve(code);
  }
}

/**
 * Closes one thing after the other, each whatever has become of those before. Files that cannot be written are told,
 * and are no reason to end otherwise than it has ended; what else goes wrong is thrown once all are closed.
 */
export async function closeAll(...closings: readonly (() => void | Promise<void>)[]): Promise<void> {
  const wrong: unknown[] = [];
  for (const close of closings)
    try {
      await close();
    } catch (error) {
      const failure = fileFailure(error);
      if (failure === null) wrong.push(error);
      else lastWord(failure);
    }
  if (wrong.length > 0) throw wrong[0];
}
