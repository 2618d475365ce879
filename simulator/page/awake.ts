/** Keeps the screen on while hands move, where the browser can; lets go as soon as they rest. */

export const canStayAwake = (): boolean => 'wakeLock' in navigator;

export class Awake {
  #lock: WakeLockSentinel | null = null;
  #wanted = false;

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    void this.#settle();
  }

  /** A page that went out of sight lost its lock; back in sight it asks anew. */
  seen(): void {
    if (document.visibilityState === 'visible' && this.#wanted) void this.#settle();
  }

  async #settle(): Promise<void> {
    if (!canStayAwake()) return;
    try {
      if (this.#wanted && (this.#lock === null || this.#lock.released))
        this.#lock = await navigator.wakeLock.request('screen');
      if (!this.#wanted && this.#lock) {
        await this.#lock.release();
        this.#lock = null;
      }
    } catch {
      // Refused, as on a low battery: the screen may go dark, the session goes on.
    }
  }
}
