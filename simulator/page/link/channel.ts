/** A line to a controller, wherever that runs: text both ways. */

export type ChannelListener = Readonly<{
  opened(): void;
  heard(text: string): void;
  closed(): void;
  /** It will not come back by itself; why. */
  failed?(why: string): void;
}>;
export type Channel = Readonly<{
  /** False where there is no line. */
  send(text: string): boolean;
}>;
export type Connect = (listener: ChannelListener) => Channel;

const againMs = { least: 250, most: 4000 };
/** The controller says something each 400 ms. Whoever comes back to a page and finds it silent opens a new line. */
const silentMs = 1000;
/** And in sight it is never left silent for longer than this: a line can be lost without ever being told so. */
const deafMs = 4000;

/** What a line is made of: a socket, or what serves as one. */
export interface Wire extends EventTarget {
  /** As a socket's: 1 is open. */
  readonly readyState: number;
  send(text: string): void;
  close(): void;
}

const isOpen = 1;

/** A socket that is opened again, ever less often, whenever it is lost; at once when somebody looks at it again. */
class Line {
  readonly #make: () => Wire;
  readonly #listener: ChannelListener;
  readonly #mayOpen: () => Promise<boolean>;
  #socket: Wire | null = null;
  #waitMs = againMs.least;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** By the time of day: a device that slept may not have counted that. */
  #heardAt = 0;

  constructor(make: () => Wire, listener: ChannelListener, mayOpen: () => Promise<boolean>) {
    this.#make = make;
    this.#listener = listener;
    this.#mayOpen = mayOpen;
    this.#open();
    const back = (): void => this.#back(silentMs);
    document.addEventListener('visibilitychange', back);
    window.addEventListener('pageshow', back);
    window.addEventListener('online', back);
    document.addEventListener('resume', back);
    setInterval(() => {
      if (this.#socket) this.#back(deafMs);
    }, silentMs);
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== isOpen) return false;
    this.#socket.send(text);
    return true;
  }

  #open(): void {
    const socket = this.#make();
    this.#socket = socket;
    this.#heardAt = Date.now();
    // What an earlier socket still has to say is old.
    const isOld = (): boolean => socket !== this.#socket;
    socket.addEventListener('open', () => {
      if (isOld()) return;
      this.#waitMs = againMs.least;
      this.#listener.opened();
    });
    socket.addEventListener('message', event => {
      if (isOld()) return;
      this.#heardAt = Date.now();
      this.#listener.heard(String((event as MessageEvent).data));
    });
    socket.addEventListener('close', () => {
      if (!isOld()) this.#lost();
    });
  }

  #lost(): void {
    this.#socket = null;
    this.#listener.closed();
    this.#later();
  }

  #later(): void {
    this.#timer = setTimeout(() => void this.#again(), this.#waitMs);
    this.#waitMs = Math.min(againMs.most, this.#waitMs * 2);
  }

  async #again(): Promise<void> {
    this.#timer = null;
    try {
      if ((await this.#mayOpen()) && this.#socket === null) this.#open();
    } catch {
      // Not to be asked either: later.
      if (this.#socket === null && this.#timer === null) this.#later();
    }
  }

  /** Somebody looks: what is lost, or has been silent for so long, is opened anew, now. */
  #back(forMs: number): void {
    if (document.visibilityState === 'hidden') return;
    const silent = Math.abs(Date.now() - this.#heardAt) > forMs;
    if (this.#socket && !silent) return;
    const old = this.#socket;
    if (old) {
      this.#socket = null;
      old.close();
      this.#listener.closed();
    } else if (this.#timer === null) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waitMs = againMs.least;
    void this.#again();
  }
}

/** A line of such wires; `mayOpen` is asked before one is opened again. */
export const lineOf =
  (make: () => Wire, mayOpen: () => Promise<boolean> = async () => true): Connect =>
  listener =>
    new Line(make, listener, mayOpen);

export const socketTo = (address: string): Connect => lineOf(() => new WebSocket(address));
