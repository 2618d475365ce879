/**
 * A machine of its own in virtual time: commands run within the test's process, in a terminal that a test types into,
 * with emulated boards on wires in memory. An hour of a dialogue takes seconds, and nothing depends on how fast they are.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { FoundPort } from '../../hardware/find.ts';
import type { BoardChannel } from '../../simulator/avr/messages.ts';
import { serveBoard } from '../../simulator/avr/serve.ts';
import { exitCodes } from '../../src/cli/exit.ts';
import { say, tactus } from '../../src/cli/program.ts';
import type { Surroundings } from '../../src/cli/surroundings.ts';
import { type HostTime, installHostTime } from '../../src/host-time.ts';
import { VirtualClock } from '../../src/virtual-clock.ts';
// What a command loads only where it needs it is there before its time begins.
import '../../src/cli/controller.ts';
import '../../src/cli/cue-player.ts';
import '../../hardware/flash/flash.ts';
import type { Ended } from './cli.ts';
import { type BoardKindOptions, boardOn, type PluggedBoard, type UsbPort } from './serial-board.ts';
import { ending, type Terminal, textIn } from './terminal.ts';
import { Wire, WireBootPort, WireLine } from './wire.ts';

/** How long a test waits for a thing, in virtual time, where it does not say. */
const patienceMs = 60_000;
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection'] as const;
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

const found = ({ path, vendor, product, maker, serial }: UsbPort): FoundPort => ({
  path,
  maker,
  vendorId: vendor,
  productId: product,
  serialNumber: serial ?? null,
});

export type RunOptions = Readonly<{
  /** What is plugged in. */
  ports?: readonly UsbPort[];
  /** A state folder that is there already. */
  state?: string;
}>;

export type Running = Terminal &
  Readonly<{
    /** Standard output and standard error so far. */
    out(): string;
    err(): string;
    /** As a signal from outside. */
    signal(name: keyof typeof signalCodes): void;
  }>;

export class World {
  readonly clock = new VirtualClock();
  readonly #hostTime: HostTime = installHostTime(this.clock);
  readonly #wires = new Map<string, Wire>();
  readonly #boards: PluggedBoard[] = [];
  #running: { isOver(): boolean; fail(error: unknown): void; leave(): void } | null = null;

  /** An emulated board on a wire of its own. */
  plug(options: BoardKindOptions = {}): PluggedBoard {
    const wire = new Wire(`/dev/ttyWire${this.#wires.size}`);
    this.#wires.set(wire.path, wire);
    const board = boardOn(wire.boardEnd, wire.path, this.clock, options);
    this.#boards.push(board);
    return board;
  }

  /** One deadline on, and whatever it has led to. */
  async step(): Promise<void> {
    try {
      this.clock.hop();
    } catch (error) {
      if (!this.#running) throw error;
      this.#running.fail(error);
    }
    // Johnny-Five goes on in nextTick, readline with the event loop.
    await turn();
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    let isOver = false;
    this.clock.at(this.clock.now() + ms, () => {
      isOver = true;
    });
    while (!isOver) await this.step();
  }

  /** Until this holds; false where it has not within so many virtual milliseconds. */
  async until(holds: () => boolean, withinMs = patienceMs): Promise<boolean> {
    let isLate = false;
    const cancel = this.clock.at(this.clock.now() + withinMs, () => {
      isLate = true;
    });
    while (!holds()) {
      if (isLate) return false;
      await this.step();
    }
    cancel();
    return true;
  }

  /** What happens next, at this very moment. */
  readonly soon = (run: () => void): void => void this.clock.at(this.clock.now(), run);

  /** What this comes to, as time goes on. */
  async resolved<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = (): void => {
      isSettled = true;
    };
    promise.then(settled, settled);
    while (!isSettled) await this.step();
    return promise;
  }

  /** What a command has around it in this world. */
  surroundings(
    ports: readonly UsbPort[] = [],
    input: NodeJS.ReadableStream = new PassThrough(),
  ): Surroundings {
    const { clock } = this;
    return {
      clock,
      input,
      ports: async () => ports.map(found),
      lineTo: name => new WireLine(name, clock, this.#wires),
      avrdude: () => null,
      bootPort: (path, baud) => new WireBootPort(path, baud, this.#wires),
      emulatedBoard: () => this.#emulated(),
    };
  }

  /** Begins a command. One at a time. */
  run(words: readonly string[], { ports = [], state }: RunOptions = {}): Running {
    if (this.#running && !this.#running.isOver()) throw new Error('a command is still running');
    const folder = state ?? mkdtempSync(join(tmpdir(), 'tactus-state-'));
    const input = new PassThrough();
    let shown = '';
    const said = { out: '', err: '' };
    let code: number | null = null;
    const before = {
      state: process.env.TACTUS_STATE,
      exitCode: process.exitCode,
      out: process.stdout.write,
      err: process.stderr.write,
      listeners: endings.map(name => process.listeners(name as 'SIGINT')),
    };
    const added = (name: (typeof endings)[number]) =>
      process
        .listeners(name as 'SIGINT')
        .filter(listener => !before.listeners[endings.indexOf(name)]?.includes(listener));
    const keep = (where: 'out' | 'err') =>
      ((text: string | Uint8Array, ...more: unknown[]): boolean => {
        const words = typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
        said[where] += words;
        shown += words;
        const done = more.find(one => typeof one === 'function') as (() => void) | undefined;
        done?.();
        return true;
      }) as typeof process.stdout.write;
    const over = (with_: number): void => {
      if (code !== null) return;
      code = with_;
      for (const name of endings)
        for (const listener of added(name)) process.removeListener(name, listener as () => void);
      process.stdout.write = before.out;
      process.stderr.write = before.err;
      process.exitCode = before.exitCode;
      if (before.state === undefined) delete process.env.TACTUS_STATE;
      else process.env.TACTUS_STATE = before.state;
    };
    process.env.TACTUS_STATE = folder;
    process.exitCode = undefined;
    process.stdout.write = keep('out');
    process.stderr.write = keep('err');
    const program = tactus(this.surroundings(ports, input));
    program
      .parseAsync([...words], { from: 'user' })
      .then(
        () => Number(process.exitCode ?? exitCodes.done),
        error => say(error, program),
      )
      .then(over, () => over(exitCodes.fault));
    const signal = (name: keyof typeof signalCodes): void => {
      const listeners = added(name);
      for (const listener of listeners) (listener as (name: string) => void)(name);
      // Nobody listens: the system ends the process.
      if (listeners.length === 0) over(signalCodes[name]);
    };
    this.#running = {
      isOver: () => code !== null,
      fail: error => {
        const listeners = added('uncaughtException');
        if (listeners.length === 0) throw error;
        for (const listener of listeners) (listener as (error: unknown) => void)(error);
      },
      leave: () => over(signalCodes.SIGTERM),
    };
    const text = textIn(() => shown);
    return {
      state: folder,
      shown: () => shown,
      out: () => said.out,
      err: () => said.err,
      until: async (wanted, withinMs = patienceMs) => {
        const isThere = await this.until(() => text.has(wanted) || code !== null, withinMs);
        if (!isThere || !text.has(wanted))
          throw new Error(
            `"${wanted}" was not shown within ${withinMs} ms (exit code ${code}):\n${ending(shown)}`,
          );
        return text.take(wanted);
      },
      type: line => void input.write(`${line}\n`),
      signal,
      interrupt: () => signal('SIGINT'),
      ended: async () => {
        if (!(await this.until(() => code !== null))) throw new Error(`it did not end:\n${ending(shown)}`);
        return code ?? exitCodes.fault;
      },
    };
  }

  /** Runs a command to its end. */
  async ran(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const running = this.run(words, options);
    const code = await running.ended();
    return { code, out: running.out(), err: running.err() };
  }

  /** Everything goes, and the process has its own time back. */
  close(): void {
    this.#running?.leave();
    for (const board of this.#boards) board.unplug();
    this.#hostTime.restore();
  }

  #emulated(): BoardChannel {
    const { clock } = this;
    const { soon } = this;
    let heard: Parameters<BoardChannel['listen']>[0] = () => {};
    let isOver = false;
    const obey = serveBoard(
      {
        now: () => clock.now(),
        schedule: (run, delayMs) => clock.at(clock.now() + delayMs, () => !isOver && run()),
      },
      message => soon(() => heard(message)),
    );
    return {
      post: message => soon(() => !isOver && obey(message)),
      listen: hear => {
        heard = hear;
      },
      end: async () => {
        isOver = true;
        heard = () => {};
      },
    };
  }
}
