/** From the frames of a session back to pulses: what both motors were asked to do, each change at its moment. Pure. */
import { type Frame, type Intensity, type Motor, type Ms, motors, type Pulse } from '../../vocabulary.ts';

type Running = Readonly<{ from: Ms; intensity: Intensity }>;

export class FramePulses {
  readonly #ended: Pulse[] = [];
  readonly #running = new Map<Motor, Running>();

  /** From `at` on this frame holds. They come in the order of time; `null` ends all that runs. */
  frame(at: Ms, frame: Frame): void {
    for (const motor of motors) {
      const intensity = frame?.[motor] ?? 0;
      const running = this.#running.get(motor);
      if (running?.intensity === intensity) continue;
      if (running && at > running.from) this.#ended.push({ motor, ...running, until: at });
      if (intensity > 0) this.#running.set(motor, { from: at, intensity });
      else this.#running.delete(motor);
    }
  }

  /** What has ended so far. */
  get pulses(): readonly Pulse[] {
    return this.#ended;
  }
}
