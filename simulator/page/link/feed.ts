/**
 * What the controller tells this page, kept up to date over its channel.
 *
 * A missed number asks for the whole view again; what has not been confirmed for a second is no longer shown as live.
 */
import { catalogue } from '../../../machines/text/text.ts';
import { type FromServer, wireVersion } from '../../../src/server/messages.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { emit } from '../common/events.ts';
import type { Channel, Connect } from './channel.ts';
import type { Said } from './said-message.ts';

export type Notice = Readonly<{ text: string; at: number }>;

const staleMs = 1000;
/** A stop that could not be said is said as late as this; after that somebody has found another way. */
const stopWithinMs = 10_000;
/** Refusals stay readable this long. */
const noticeMs = 8000;
/** What a browser may refuse at one press: to stay lit, to vibrate, to sound. More would push away what is read. */
const mostNotices = 3;
/** A clock that is further off than this is another clock; nearer, the line was late. */
const jumpMs = 250;

export class Feed extends EventTarget {
  view: View | null = null;
  /** Since when nothing has been heard, on the page's clock. */
  heardAt = Number.NEGATIVE_INFINITY;
  connected = false;
  /**
   * What is told, each sentence once. It keeps its line while it stands: a screen reader says what is new in one, and nothing
   * again when another one goes.
   */
  lines: readonly (Notice | null)[] = Array.from({ length: mostNotices }, () => null);
  /** Why there is no controller, where it will not come by itself. */
  failure: string | null = null;
  /** What stop stops besides the session: a board of this page's own, while it is shown. */
  alsoStops: (() => void) | null = null;
  #seq = 0;
  #id = 0;
  /** Session time at a moment of the page's clock, and how fast it goes. */
  #anchor = { session: 0, page: 0, rate: 1 };
  readonly #channel: Channel;
  #atBench = false;
  #isReceiver = false;
  /** When someone said stop, until it can be taken as heard. */
  #stopAt: number | null = null;

  constructor(connect: Connect) {
    super();
    this.#channel = connect({
      opened: () => {
        this.connected = true;
        this.failure = null;
        if (this.#atBench) this.say({ type: 'bench', on: true });
        if (this.#isReceiver) this.say({ type: 'role', role: 'receiver' });
        if (this.#stopAt !== null && performance.now() - this.#stopAt <= stopWithinMs) this.#sayStop();
        this.#stopAt = null;
        this.#changed();
      },
      heard: text => this.#heard(JSON.parse(text) as FromServer),
      closed: () => {
        this.connected = false;
        this.#changed();
      },
      failed: why => {
        this.failure = why;
        this.#changed();
      },
    });
    // Staleness is the absence of something, so nothing but a look at the clock can tell.
    setInterval(() => this.#changed(), staleMs / 4);
  }

  /** All that is told, the newest last. */
  get notices(): readonly Notice[] {
    return this.lines.filter(line => line !== null).toSorted((one, other) => one.at - other.at);
  }

  /** The newest. */
  get notice(): Notice | null {
    return this.notices.at(-1) ?? null;
  }

  get isLive(): boolean {
    return this.connected && this.view !== null && performance.now() - this.heardAt <= staleMs;
  }

  /** Session time now, as far as this page can tell. */
  now(): number {
    const { session, page, rate } = this.#anchor;
    return session + (performance.now() - page) * rate;
  }

  /** Says something to the controller; false where there is no line. */
  say(message: Said): boolean {
    this.#id += 1;
    return this.#channel.send(JSON.stringify({ v: wireVersion, id: this.#id, ...message }));
  }

  /**
   * Stop, now; and once more on the next line, where there was none, or where it has been silent since: what is said
   * into a line that is lost goes nowhere, and nobody says so.
   */
  stop(): void {
    this.alsoStops?.();
    this.#stopAt = performance.now();
    const isSaid = this.#sayStop();
    if (isSaid && this.isLive) return;
    this.tell(catalogue.page.stop.noLine);
    this.#changed();
  }

  #sayStop(): boolean {
    return this.say({ type: 'intent', intent: { intent: 'stop' } });
  }

  /** Asks for the bench's side of things, or no longer. Batches come as `bench` events. */
  watchBench(on: boolean): void {
    if (on === this.#atBench) return;
    this.#atBench = on;
    this.say({ type: 'bench', on });
  }

  /** Becomes the page of the person being massaged, or one of many again. */
  beReceiver(is: boolean): void {
    if (is === this.#isReceiver) return;
    this.#isReceiver = is;
    this.say({ type: 'role', role: is ? 'receiver' : 'viewer' });
  }

  #heard(message: FromServer): void {
    const now = performance.now();
    if (message.type === 'bench') {
      emit(this, 'bench', message.batch);
      return;
    }
    this.heardAt = now;
    // What was on its way already proves nothing; a line that still speaks a second later has carried the stop.
    if (this.#stopAt !== null && now - this.#stopAt > staleMs) this.#stopAt = null;
    if (message.type === 'view') {
      this.#seq = message.seq;
      this.view = message.view;
      this.#setClock(message.view.time, now);
    } else if (message.type === 'change') {
      if (!this.view || message.seq !== this.#seq + 1) {
        this.say({ type: 'refresh' });
        return;
      }
      this.#seq = message.seq;
      this.view = { ...this.view, ...message.view } as View;
      if (message.view.time) this.#setClock(message.view.time, now);
    } else if (message.type === 'refusal') this.tell(message.next);
    else this.tell(message.message);
    this.#changed();
  }

  /** A message comes late, never early: the furthest-ahead clock is the best; the rest pulls only gently. */
  #setClock({ at, rate }: View['time'], now: number): void {
    const off = at - this.now();
    const isSame = rate === this.#anchor.rate && Math.abs(off) < jumpMs * Math.max(1, rate);
    const session = isSame && rate > 0 ? this.now() + (off > 0 ? off : off / 20) : at;
    this.#anchor = { session, page: now, rate };
  }

  setAlsoStops(stops: (() => void) | null): void {
    this.alsoStops = stops;
    this.#changed();
  }

  /** Shows a sentence for a while. */
  tell(text: string): void {
    const known = this.lines.findIndex(line => line?.text === text);
    const free = known < 0 ? this.lines.indexOf(null) : known;
    const [oldest] = this.notices;
    const at = free < 0 ? this.lines.indexOf(oldest ?? null) : free;
    this.lines = this.lines.with(at, { text, at: performance.now() });
    setTimeout(() => {
      const since = performance.now() - noticeMs;
      this.lines = this.lines.map(line => (line && line.at > since ? line : null));
      this.#changed();
    }, noticeMs + 10);
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
