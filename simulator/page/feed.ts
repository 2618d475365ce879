/**
 * What the controller tells this page, kept up to date over the socket.
 *
 * A missed number asks for the whole view again; a lost socket is opened again, ever less often; what has not been
 * confirmed for a second is no longer shown as live.
 */
import { type FromClient, type FromServer, type View, wireVersion } from '../../src/wire/messages.ts';

type Said = FromClient extends infer One ? (One extends unknown ? Omit<One, 'v' | 'id'> : never) : never;

export type Notice = Readonly<{ text: string; at: number }>;

const staleMs = 1000;
const againMs = { least: 250, most: 4000 };
/** Refusals stay readable this long. */
const noticeMs = 8000;

export class Feed extends EventTarget {
  view: View | null = null;
  /** Since when nothing has been heard, on the page's clock. */
  heardAt = Number.NEGATIVE_INFINITY;
  connected = false;
  notice: Notice | null = null;
  #socket: WebSocket | null = null;
  #seq = 0;
  #id = 0;
  #waitMs = againMs.least;
  /** Session time minus the page's clock. */
  #ahead = 0;
  readonly #address: string;

  constructor(address: string) {
    super();
    this.#address = address;
    this.#open();
    // Staleness is the absence of something, so nothing but a look at the clock can tell.
    setInterval(() => this.#changed(), staleMs / 2);
  }

  get isLive(): boolean {
    return this.connected && this.view !== null && performance.now() - this.heardAt <= staleMs;
  }

  /** Session time now, as far as this page can tell. */
  now(): number {
    return performance.now() + this.#ahead;
  }

  /** Says something to the controller; false where there is no line. */
  say(message: Said): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#id += 1;
    this.#socket.send(JSON.stringify({ v: wireVersion, id: this.#id, ...message }));
    return true;
  }

  #open(): void {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.connected = true;
      this.#waitMs = againMs.least;
      // The address says whose page this is: behind #receiver it has less and stop only.
      if (location.hash === '#receiver') this.say({ type: 'role', role: 'receiver' });
      this.#changed();
    });
    socket.addEventListener('message', event => this.#heard(JSON.parse(String(event.data)) as FromServer));
    socket.addEventListener('close', () => {
      this.connected = false;
      this.#changed();
      setTimeout(() => this.#open(), this.#waitMs);
      this.#waitMs = Math.min(againMs.most, this.#waitMs * 2);
    });
  }

  #heard(message: FromServer): void {
    const now = performance.now();
    this.heardAt = now;
    if (message.type === 'view') {
      this.#seq = message.seq;
      this.view = message.view;
      this.#ahead = message.view.time.at - now;
    } else if (message.type === 'change') {
      if (!this.view || message.seq !== this.#seq + 1) {
        this.say({ type: 'refresh' });
        return;
      }
      this.#seq = message.seq;
      this.view = { ...this.view, ...message.view } as View;
      if (message.view.time) this.#ahead = message.view.time.at - now;
    } else if (message.type === 'refusal') this.#tell(message.next);
    else this.#tell(message.message);
    this.#changed();
  }

  #tell(text: string): void {
    this.notice = { text, at: performance.now() };
    setTimeout(() => {
      if (this.notice && performance.now() - this.notice.at >= noticeMs) this.notice = null;
      this.#changed();
    }, noticeMs + 10);
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
