/** Real time as a worker of the page has it, for tests. */

/** A worker's time in one's hands: each of its turns comes when it is told to. */
export class WorkerTime {
  nowMs = 1000;
  wallMs = 1_700_000_000_000;
  #next: (() => void) | null = null;

  readonly ports = {
    now: () => this.nowMs,
    wall: () => this.wallMs,
    after: (_: number, run: () => void) => {
      this.#next = run;
    },
  };

  /** Its next turn comes so much later, by either clock. */
  async turn(ms: number, wallMs = ms): Promise<void> {
    for (let waited = 0; this.#next === null; waited++) {
      if (waited > 100_000) throw new Error('the worker rests no more');
      await new Promise<void>(resolve => setImmediate(resolve));
    }
    this.nowMs += ms;
    this.wallMs += wallMs;
    const next = this.#next;
    this.#next = null;
    next();
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) await this.turn(20);
  }
}
