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
import { DiskHere } from '../../src/app/disk.ts';
import { exitCodes } from '../../src/app/exit.ts';
import type { Surroundings } from '../../src/app/surroundings.ts';
import { HistoryApi } from '../../src/server/history-api.ts';
import { type HostTime, installHostTime } from '../../src/time/host-time.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';
// What a command loads only where it needs it is there before its time begins.
import '../../src/app/controller.ts';
import '../../src/app/setup/cue-player.ts';
import type { Ended } from './cli.ts';
import { InProcess, type Signal } from './in-process.ts';
import { type BoardKindOptions, boardOn, type PluggedBoard, type UsbPort } from './serial-board.ts';
import { ending, type Terminal, textIn } from './terminal.ts';
import { type WebPortOptions, WireWebPort } from './web-port.ts';
import { Wire, WireBootPort, WireLine } from './wire.ts';

/**
 * What has not come by then never will. So long, because a command may be loading what it needs meanwhile, and how long
 * that takes is the machine's: time goes on without it. Where nothing is loaded a test may wait for less.
 */
const longestMs = 12 * 3_600_000;

const newState = (): string => mkdtempSync(join(tmpdir(), 'tactus-state-'));
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
  /** What is otherwise than usual. */
  around?: Partial<Surroundings>;
}>;

export type Running = Terminal &
  Readonly<{
    /** Standard output and standard error so far. */
    out(): string;
    err(): string;
    /** Nobody types any more. */
    hangUp(): void;
    /** As a signal from outside. */
    signal(name: Signal): void;
  }>;

export class World {
  readonly clock = new VirtualClock();
  readonly #hostTime: HostTime = installHostTime(this.clock);
  readonly #wires = new Map<string, Wire>();
  readonly #boards: PluggedBoard[] = [];
  #running: InProcess | null = null;

  /** An emulated board on a wire of its own. */
  plug(options: BoardKindOptions = {}): PluggedBoard {
    const wire = new Wire(`/dev/ttyWire${this.#wires.size}`);
    this.#wires.set(wire.path, wire);
    const board = boardOn(wire.boardEnd, wire.path, this.clock, options);
    this.#boards.push(board);
    return board;
  }

  /** The port of a plugged board, as a browser gives it. */
  webPort(path: string, options: WebPortOptions = {}): WireWebPort {
    const wire = this.#wires.get(path);
    if (!wire) throw new Error(`nothing is plugged in at ${path}`);
    return new WireWebPort(wire, options, () => {
      this.#boards.find(board => board.path === path)?.unplug();
    });
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
  async until(holds: () => boolean, withinMs = longestMs): Promise<boolean> {
    // No deadline: where nothing else waits, time would leap to it while a file is still being loaded.
    const end = this.clock.now() + withinMs;
    while (!holds()) {
      if (this.clock.now() > end) return false;
      await this.step();
    }
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
      system: null,
      lineTo: name => new WireLine(name, clock, this.#wires),
      avrdude: () => null,
      bootPort: (path, baud) => new WireBootPort(path, baud, this.#wires),
      emulatedBoard: () => this.#emulated(),
      disk: say => new DiskHere(say),
      history: (stateFolder, say) => new HistoryApi({ stateFolder, wallNow: () => Date.now(), say }),
      // Nothing here talks to a broker.
      mqttWorker: new URL('file:///nowhere'),
      leave: code => this.#running?.left(code),
    };
  }

  /** Begins a command. One at a time. */
  run(words: readonly string[], { ports = [], state = newState(), around }: RunOptions = {}): Running {
    if (this.#running && this.#running.code === null) throw new Error('a command is still running');
    const input = new PassThrough();
    // A command that is over can end none that comes after it.
    const leave = (code: number): void => running.left(code);
    const running = new InProcess(words, { ...this.surroundings(ports, input), leave, ...around }, state);
    this.#running = running;
    const text = textIn(() => running.shown);
    return {
      state,
      shown: () => running.shown,
      out: () => running.out,
      err: () => running.err,
      until: async (wanted, withinMs = longestMs) => {
        await this.until(() => text.has(wanted) || running.code !== null, withinMs);
        if (!text.has(wanted))
          throw new Error(
            `"${wanted}" was not shown within ${withinMs} ms (exit code ${running.code}):\n${ending(running.shown)}`,
          );
        return text.take(wanted);
      },
      type: line => void input.write(`${line}\n`),
      hangUp: () => void input.end(),
      signal: name => running.signal(name),
      interrupt: () => running.signal('SIGINT'),
      ended: async () => {
        const isOver = await this.until(() => running.code !== null, longestMs);
        if (!isOver) throw new Error(`it did not end:\n${ending(running.shown)}`);
        return running.code ?? exitCodes.fault;
      },
    };
  }

  /** Runs a command to its end, with nobody at its terminal. */
  async ran(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const running = this.run(words, options);
    running.hangUp();
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
