/**
 * The program within the test's own process: for all that is not about a process itself. What it writes is caught,
 * what it would have heard from outside is said to it, and everything is put back as it was once it has ended.
 */
import { PassThrough } from 'node:stream';
import { exitCodes } from '../../src/app/exit.ts';
import { sayError, tactus } from '../../src/app/program.ts';
import { type Surroundings, thisMachine } from '../../src/app/surroundings.ts';
import type { Ended } from './cli.ts';

export const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 } as const;
export type Signal = keyof typeof signalCodes;

const endings = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGBREAK',
  'uncaughtException',
  'unhandledRejection',
] as const;
type Ending = (typeof endings)[number];
type Listener = (...values: unknown[]) => void;

const listenersOf = (name: Ending): Listener[] => process.listeners(name as Signal) as Listener[];

/** One command, from its beginning to its end. One at a time: there is only one standard output. */
export class InProcess {
  out = '';
  err = '';
  /** Both, in the order in which they were written. */
  shown = '';
  /** Its exit code; null while it goes on. */
  code: number | null = null;
  readonly ended: Promise<Ended>;
  readonly #before = {
    state: process.env.TACTUS_STATE,
    exitCode: process.exitCode,
    out: process.stdout.write,
    err: process.stderr.write,
    listeners: new Set(endings.flatMap(listenersOf)),
  };
  #tellEnd: (ended: Ended) => void = () => {};

  /** `state`: its state folder; else that of the test. */
  constructor(words: readonly string[], around: Surroundings, state?: string) {
    this.ended = new Promise(resolve => {
      this.#tellEnd = resolve;
    });
    if (state !== undefined) process.env.TACTUS_STATE = state;
    process.exitCode = undefined;
    process.stdout.write = this.#keep('out');
    process.stderr.write = this.#keep('err');
    const program = tactus(around);
    program
      .parseAsync([...words], { from: 'user' })
      .then(
        () => Number(process.exitCode ?? exitCodes.done),
        error => sayError(error, program),
      )
      .then(
        code => this.#end(code),
        () => this.#end(exitCodes.fault),
      );
  }

  /** Something went wrong that nothing of the command has caught. Throws it again where it has no way for that. */
  fail(error: unknown): void {
    const listeners = this.#added('uncaughtException');
    if (listeners.length === 0) {
      this.#end(exitCodes.fault);
      throw error;
    }
    for (const listener of listeners) listener(error);
  }

  /** As a signal from outside; where nobody listens to it the system would end the process. */
  signal(name: Signal): void {
    const listeners = this.#added(name);
    if (listeners.length === 0) this.#end(signalCodes[name]);
    for (const listener of listeners) listener(name);
  }

  /** It has ended the process, whatever is still open. */
  left(code: number): void {
    this.#end(code);
  }

  /** Given up, wherever it is: the process is given back. */
  leave(): void {
    this.#end(signalCodes.SIGTERM);
  }

  #added(name: Ending): Listener[] {
    return listenersOf(name).filter(listener => !this.#before.listeners.has(listener));
  }

  #keep(where: 'out' | 'err'): typeof process.stdout.write {
    return ((text: string | Uint8Array, ...more: unknown[]): boolean => {
      const words = typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
      this[where] += words;
      this.shown += words;
      const done = more.find(one => typeof one === 'function') as (() => void) | undefined;
      done?.();
      return true;
    }) as typeof process.stdout.write;
  }

  #end(code: number): void {
    if (this.code !== null) return;
    this.code = code;
    for (const name of endings)
      for (const listener of this.#added(name)) process.removeListener(name, listener);
    process.stdout.write = this.#before.out;
    process.stderr.write = this.#before.err;
    process.exitCode = this.#before.exitCode;
    if (this.#before.state === undefined) delete process.env.TACTUS_STATE;
    else process.env.TACTUS_STATE = this.#before.state;
    this.#tellEnd({ code, out: this.out, err: this.err });
  }
}

/** Runs a command to its end, with nobody at its terminal; `typed`: what was typed before. */
export function tactusHere(words: readonly string[], { typed = '' } = {}): Promise<Ended> {
  const input = new PassThrough();
  input.end(typed);
  return new InProcess(words, { ...thisMachine(), input }).ended;
}
