/**
 * What serves as a socket where the browser opens none under a certificate that it does not know, as every browser on
 * an iPhone: server-sent events one way, POST the other.
 */
import type { Wire } from './channel.ts';

/** Shorter than what the controller waits before it takes a silent phone to be gone. */
const thereMs = 4000;

export class StreamWire extends EventTarget implements Wire {
  /** As a socket's. */
  readyState = 0;
  readonly #events = new EventSource('/line');
  readonly #timer = setInterval(() => this.#post(''), thereMs);
  #id = '';
  /** One after the other, but a stop: that overtakes. */
  #last: Promise<void> = Promise.resolve();

  constructor() {
    super();
    this.#events.addEventListener('line', event => {
      this.#id = event.data;
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
    });
    this.#events.addEventListener('message', event =>
      this.dispatchEvent(new MessageEvent('message', { data: event.data })),
    );
    // It would open itself again, with an id that nobody knows of.
    this.#events.addEventListener('error', () => this.close());
  }

  send(text: string): void {
    const isStop = text.includes('"intent":"stop"');
    if (isStop) void this.#post(text);
    else this.#last = this.#last.then(() => this.#post(text));
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    clearInterval(this.#timer);
    this.#events.close();
    this.dispatchEvent(new Event('close'));
  }

  async #post(text: string): Promise<void> {
    if (this.readyState !== 1) return;
    try {
      const { ok } = await fetch(`/line/${this.#id}`, {
        method: 'POST',
        body: text,
        headers: { 'Content-Type': 'application/json' },
      });
      if (!ok) this.close();
    } catch {
      this.close();
    }
  }
}
