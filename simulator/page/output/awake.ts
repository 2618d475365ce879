/** Keeps the screen on while hands move, where the browser can; lets go as soon as they rest. */

export const canStayAwake = (): boolean => 'wakeLock' in navigator;

export class Awake {
  #lock: WakeLockSentinel | null = null;
  #wanted = false;
  #isAsking = false;
  #isRefused = false;
  readonly #refused: () => void;

  /** `refused` hears, once a stretch, that the browser does not keep the screen on. */
  constructor(refused: () => void) {
    this.#refused = refused;
  }

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#isRefused = false;
    void this.#settle();
  }

  /** A page that went out of sight lost its lock; back in sight it asks anew. */
  seen(): void {
    if (document.visibilityState === 'visible' && this.#wanted) void this.#settle();
  }

  /** One question at a time: what is wanted by the time of the answer is seen to after it. */
  async #settle(): Promise<void> {
    if (!canStayAwake() || this.#isAsking) return;
    this.#isAsking = true;
    try {
      // What is wanted may change while the browser answers, a few times at most before a person sees it.
      for (let turns = 0; turns < 8 && this.#wanted !== this.#holds(); turns++) {
        if (this.#wanted) this.#lock = await navigator.wakeLock.request('screen');
        else {
          const lock = this.#lock;
          this.#lock = null;
          await lock?.release();
        }
      }
    } catch {
      // Refused, as on a low battery: the screen may go dark, the session goes on.
      if (this.#wanted && !this.#isRefused && document.visibilityState === 'visible') {
        this.#isRefused = true;
        this.#refused();
      }
    } finally {
      this.#isAsking = false;
    }
  }

  #holds(): boolean {
    return this.#lock !== null && !this.#lock.released;
  }
}
