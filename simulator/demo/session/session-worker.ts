/** The worker that sessions run in, on the emulated board or on one behind a port: one at a time. */
import type { Asking } from '../../page/link/ask.ts';
import type { ChannelListener } from '../../page/link/channel.ts';
import { boardKindId } from '../board/board-id.ts';
import { openSerial } from '../board/serial.ts';
import type { WebPort } from '../board/web-port.ts';
import { boardsKept } from '../kept/storage.ts';
import { type DemoWorker, startDemoWorker } from './start-worker.ts';

/** The emulated chip's memory is noise at power-on: another each time. */
const newSeed = (): number => Math.floor(Math.random() * 2 ** 31);

export class SessionWorker {
  readonly #listener: ChannelListener;
  #worker: DemoWorker;
  #port: WebPort | null = null;

  constructor(listener: ChannelListener) {
    this.#listener = listener;
    this.#worker = this.#onEmulated();
  }

  send(text: string): boolean {
    return this.#worker.send(text);
  }

  readonly ask: Asking = (method, path, body) => this.#worker.ask(method, path, body);

  /** Whether the board of the sessions is the one behind this port. */
  isOn(port: WebPort): boolean {
    return this.#port === port;
  }

  /** Sessions run on this board from now on. Rejects with the browser's error where its port cannot be opened. */
  async use(port: WebPort): Promise<void> {
    if (this.isOn(port)) return;
    const id = boardKindId(port.getInfo());
    const pipe = await openSerial(port);
    const { settings } = await boardsKept.of(id);
    await this.#end();
    this.#port = port;
    const { listen } = pipe;
    const lasting = {
      ...pipe,
      listen: (heard: (bytes: Uint8Array) => void, ended: () => void) =>
        listen(heard, () => {
          // What was pulled out is nobody's.
          if (this.isOn(port)) this.#port = null;
          ended();
        }),
    };
    this.#worker = startDemoWorker({ board: 'serial', known: { id, settings } }, this.#listener, lasting);
  }

  /** They run on the emulated one again; the port is free once this resolves. */
  async letGo(): Promise<void> {
    await this.#end();
    this.#worker = this.#onEmulated();
  }

  async #end(): Promise<void> {
    this.#port = null;
    await this.#worker.end();
    this.#listener.closed();
  }

  #onEmulated(): DemoWorker {
    return startDemoWorker({ board: 'emulated', seed: newSeed() }, this.#listener);
  }
}
