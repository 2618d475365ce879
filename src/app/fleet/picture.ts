/** The list of devices drawn in a terminal, over itself, each second and whenever something has changed. */
import type { Ms } from '../../../machines/vocabulary.ts';
import type { Fleet } from '../../mqtt/fleet.ts';
import { fleetLines } from '../../mqtt/fleet-table.ts';
import type { Cancel, Clock } from '../../time/clock.ts';

/** Where the list goes. */
export type FleetOutput = Readonly<{
  clock: Clock;
  /** By the clock on the wall. */
  wall(): number;
  print(text: string): void;
  /** Whoever reads it has not read on: nothing more is to be kept for them. */
  isBehind(): boolean;
  size(): Readonly<{ width: number; rows: number }>;
}>;

const everyMs: Ms = 1000;
/** However much comes, no more often than this. */
const soonestMs: Ms = 200;

export class FleetPicture {
  readonly #fleet: Fleet;
  readonly #broker: string;
  readonly #output: FleetOutput;
  /** Said below the list. */
  #last: readonly string[];
  #drawn = 0;
  #drawnAt: Ms = Number.NEGATIVE_INFINITY;
  #next: Cancel = () => {};
  #width = 0;

  constructor(
    fleet: Fleet,
    {
      broker,
      output,
      last = [],
    }: Readonly<{ broker: string; output: FleetOutput; last?: readonly string[] }>,
  ) {
    this.#fleet = fleet;
    this.#broker = broker;
    this.#output = output;
    this.#last = last;
    this.#draw();
  }

  /** Something has changed. */
  changed(): void {
    const { clock } = this.#output;
    this.#wait(Math.max(clock.now(), this.#drawnAt + soonestMs));
  }

  say(last: readonly string[]): void {
    this.#last = last;
    this.changed();
  }

  close(): void {
    this.#next();
    this.#draw();
    this.#next();
  }

  #wait(until: Ms): void {
    this.#next();
    this.#next = this.#output.clock.at(until, () => this.#draw());
  }

  #draw(): void {
    const { clock, wall, print, isBehind, size } = this.#output;
    this.#drawnAt = clock.now();
    this.#wait(this.#drawnAt + everyMs);
    if (isBehind()) return;
    const { width, rows } = size();
    const { lostAt, unread, isCrowded } = this.#fleet;
    const moment = { now: clock.now(), wall: wall() };
    const lines = fleetLines(
      this.#fleet.seen(moment),
      { broker: this.#broker, lostAt, unread, isCrowded },
      // A letter in the last column makes some terminals begin a line.
      { width: Math.max(1, width - 1), rows: Math.max(3, rows - 1), last: this.#last },
    );
    // What was drawn before may lie otherwise now: it is left where it is.
    const up = width === this.#width ? Math.min(this.#drawn, rows - 1) : 0;
    this.#width = width;
    this.#drawn = lines.length;
    print(`${up > 0 ? `\x1b[${up}A` : ''}\r${lines.map(line => `${line}\x1b[K\n`).join('')}\x1b[J`);
  }
}
