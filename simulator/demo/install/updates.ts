/**
 * Versions of the page that its service worker keeps: when a new one is ready, and taking it. A new one waits until
 * somebody takes it, or until every tab is closed; it is never taken while a session is under way in any tab.
 *
 * A tab with a session holds a lock of the browser's, which goes with the tab however that ends; taking a version needs
 * that nobody holds it. A tab that was there before, and did not take it, goes on with what it has fetched.
 */

/**
 * `none`: this is the newest; `waiting`: a new one is ready; `elsewhere`: it was to be taken, and a session is under way
 * in another tab; `taking`; `replaced`: another tab has taken it, and this page is the version before.
 */
export type UpdateState = 'none' | 'waiting' | 'elsewhere' | 'taking' | 'replaced';

/** What is used of a registration of the browser's. */
export type KeptVersion = Readonly<{
  waiting: Readonly<{ postMessage(message: unknown): void }> | null;
  installing: Readonly<{ addEventListener(type: 'statechange', listener: () => void): void }> | null;
  addEventListener(type: 'updatefound', listener: () => void): void;
  update(): Promise<unknown>;
}>;

export type Locks = Readonly<{
  request(
    name: string,
    options: Readonly<{ mode: 'shared' | 'exclusive'; ifAvailable?: boolean }>,
    granted: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}>;

export type UpdatesPorts = Readonly<{
  /** Makes the browser keep the page. Rejects where it does not. */
  register(): Promise<KeptVersion>;
  /** Whether a kept version answers for this page. */
  isControlled(): boolean;
  /** Another kept version answers for it from now on. */
  onControlled(listener: () => void): void;
  /** Null where the browser has none: then nobody can tell of another tab. */
  locks: Locks | null;
  /** Which page this is, among those of its host. */
  scope: string;
  now(): number;
  after(ms: number, run: () => void): void;
  reload(): void;
}>;

/** A page that is left open asks for a new version this often at most. */
const askEveryMs = 3_600_000;
/** A version that has not answered for the page by then will not. */
const takenWithinMs = 10_000;

export class Updates {
  readonly #ports: UpdatesPorts;
  #kept: KeptVersion | null = null;
  #state: UpdateState = 'none';
  #wasControlled: boolean;
  #askedAt: number;
  #isUnderWay = false;
  /** Lets go of the lock that a session holds. */
  #letGo: (() => void) | null = null;

  constructor(ports: UpdatesPorts) {
    this.#ports = ports;
    this.#wasControlled = ports.isControlled();
    this.#askedAt = ports.now();
    ports.onControlled(() => this.#controlled());
  }

  /** What there is to tell between sessions. */
  get state(): UpdateState {
    return this.#state;
  }

  /** Whether the page is kept, and opens with no network. */
  get isKept(): boolean {
    return this.#ports.isControlled();
  }

  /** Has the browser keep the page. */
  async begin(): Promise<void> {
    try {
      this.#kept = await this.#ports.register();
    } catch {
      // Not kept, as in a private window: the page needs its host at the next visit, and nothing else is lost.
      return;
    }
    this.#kept.addEventListener('updatefound', () => {
      this.#kept?.installing?.addEventListener('statechange', () => this.#look());
    });
    this.#kept.installing?.addEventListener('statechange', () => this.#look());
    this.#look();
  }

  /** Follows whether a session is under way in this tab, for the others to know. */
  follow(isUnderWay: boolean): void {
    if (isUnderWay === this.#isUnderWay) return;
    this.#isUnderWay = isUnderWay;
    this.#letGo?.();
    this.#letGo = null;
    if (!isUnderWay) return;
    const over = new Promise<void>(resolve => {
      this.#letGo = resolve;
    });
    // A browser that gives no lock has no say in whether there is a session.
    this.#ports.locks?.request(this.#lockName, { mode: 'shared' }, () => over).catch(() => {});
  }

  /** The page is looked at again: one that stays open for days asks for a new version now and then. */
  async seen(): Promise<void> {
    const now = this.#ports.now();
    if (this.#kept === null || this.#isUnderWay || now - this.#askedAt < askEveryMs) return;
    this.#askedAt = now;
    try {
      await this.#kept.update();
    } catch {
      // No network: the next time, then.
    }
  }

  /** Somebody takes the new version. The page loads anew, or says why not. */
  async take(): Promise<void> {
    if (this.#isUnderWay) return;
    const { locks } = this.#ports;
    if (this.#state === 'replaced') this.#ports.reload();
    else if (!locks) await this.#switch();
    else
      await locks.request(this.#lockName, { mode: 'exclusive', ifAvailable: true }, async lock => {
        if (lock === null) this.#state = 'elsewhere';
        else await this.#switch();
      });
  }

  get #lockName(): string {
    return `tactus session ${this.#ports.scope}`;
  }

  /** Resolves when the new version answers for the page, or has had its time to. */
  async #switch(): Promise<void> {
    const waiting = this.#kept?.waiting;
    if (!waiting) return;
    this.#state = 'taking';
    waiting.postMessage('take');
    await new Promise<void>(resolve => this.#ports.after(takenWithinMs, resolve));
    // It would have loaded the page by now.
    if (this.#state === 'taking') this.#state = 'waiting';
  }

  #look(): void {
    // At the first visit there is nothing that the first version would take the place of.
    if (this.#state !== 'none' || !this.#kept?.waiting || !this.#ports.isControlled()) return;
    this.#state = 'waiting';
  }

  #controlled(): void {
    const isFirst = !this.#wasControlled;
    this.#wasControlled = true;
    if (isFirst) return;
    const isOurs = this.#state === 'taking';
    this.#state = 'replaced';
    if (isOurs) this.#ports.reload();
  }
}
