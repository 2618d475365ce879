/** Draws again and again, as often as there may be something else to see, and rests while there is nothing. */

/** In ms, until there may be something else to see: 0 is the next frame. Null: not before somebody says so. */
export type Wait = number | null;

export class Redrawing {
  readonly #draw: (at: number) => Wait;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(draw: (at: number) => Wait) {
    this.#draw = draw;
  }

  /** There may be something else to see: it is drawn with the next frame. */
  readonly soon = (): void => {
    clearTimeout(this.#timer);
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(at => {
      this.#frame = 0;
      const wait = this.#draw(at);
      if (wait === 0) this.soon();
      else if (wait !== null) this.#timer = setTimeout(this.soon, wait);
    });
  };

  end(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
