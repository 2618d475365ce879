/** The list as long as somebody looks at it: what it hears, the keys it knows, and how it ends. */
import type { ReadStream } from 'node:tty';
import { fleetWords } from '../../../machines/text/fleet.ts';
import { fill } from '../../../machines/text/text.ts';
import type { StopResult } from '../../mqtt/asked-stops.ts';

const words = fleetWords;

export type LivePorts = Readonly<{
  /** So many would be stopped. */
  count(): number;
  stopAll(): Promise<readonly StopResult[]>;
  lineOf(result: StopResult): string;
  /** Said below the list. */
  say(lines: readonly string[]): void;
  /** With this exit code. */
  end(code: number): void;
}>;

/** As many results as are shown below a list; those that are confirmed give way. */
const mostResults = 8;

/** Signals that end it, with the codes that shells have for them. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What keys do: `q` and Ctrl-C end, `S` and then `y` stop all. Whatever else is typed does nothing. */
export class FleetKeys {
  readonly #ports: LivePorts;
  #isAsked = false;
  #isStopping = false;

  constructor(ports: LivePorts) {
    this.#ports = ports;
  }

  /** One letter, or what a key sends. */
  type(key: string): void {
    const { say, end, count } = this.#ports;
    if (key === 'q' || key === '\x04') {
      end(0);
      return;
    }
    // A terminal that gives each key by itself makes no signal of Ctrl-C.
    if (key === '\x03') {
      end(signals.SIGINT);
      return;
    }
    // Whoever ends a key with Enter means nothing by it.
    if (this.#isStopping || key === '\r' || key === '\n') return;
    if (this.#isAsked) {
      this.#isAsked = false;
      if (key === 'y') this.#stop();
      else say([words.keys]);
      return;
    }
    if (key !== 'S' || count() === 0) return;
    this.#isAsked = true;
    say([fill(words.ask, { count: count() })]);
  }

  #stop(): void {
    const { say, stopAll, lineOf } = this.#ports;
    this.#isStopping = true;
    stopAll()
      .then(
        results => {
          const open = results.filter(({ result }) => result !== 'confirmed');
          const confirmed = results.length - open.length;
          say([
            ...open.slice(0, mostResults).map(lineOf),
            ...(open.length > mostResults
              ? [fill(words.stop.more, { count: open.length - mostResults })]
              : []),
            fill(words.stop.all, { confirmed, count: results.length }),
            words.keys,
          ]);
        },
        (error: unknown) => say([error instanceof Error ? error.message : String(error), words.keys]),
      )
      .finally(() => {
        this.#isStopping = false;
      });
  }
}

/** Listens to keys one by one. Ends with what comes back. */
export function listenToKeys(input: ReadStream, typed: (key: string) => void): () => void {
  const heard = (bytes: Buffer): void => {
    // Keys with names of several letters begin with ESC: none of them means anything here.
    const text = bytes.toString('utf8');
    if (!text.startsWith('\x1b')) for (const key of text.slice(0, 8)) typed(key);
  };
  input.setRawMode(true);
  input.on('data', heard);
  input.resume();
  return () => {
    input.off('data', heard);
    input.setRawMode(false);
    input.pause();
  };
}

/** Resolves with an exit code: 0 by `end`, or a signal's. */
export class LiveEnd {
  readonly code: Promise<number>;
  #resolve: (code: number) => void = () => {};
  readonly #heard = Object.entries(signals).map(([signal, code]) => [signal, () => this.end(code)] as const);

  constructor() {
    this.code = new Promise(resolve => {
      this.#resolve = resolve;
    });
    for (const [signal, heard] of this.#heard) process.on(signal, heard);
  }

  readonly end = (code: number): void => {
    for (const [signal, heard] of this.#heard) process.removeListener(signal, heard);
    this.#resolve(code);
  };
}
