/** The list of devices as lines that are never painted over: one for each device whenever more than time has changed. */
import { fleetWords } from '../../../machines/text/fleet.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import type { Fleet, SeenDevice } from '../../mqtt/fleet.ts';
import { stateWord } from '../../mqtt/fleet-words.ts';
import { whenWord } from '../../time/calendar.ts';
import type { Cancel } from '../../time/clock.ts';
import type { FleetOutput } from './picture.ts';
import { plainJson, toldDevice } from './told.ts';

const everyMs: Ms = 250;

/** How a device is told of, and what has to differ for it to be told again. */
export type FleetTelling = Readonly<{
  line(device: SeenDevice, wall: number): string;
  mark(device: SeenDevice): string;
}>;

/** For people, and for screen readers. */
export const spokenTelling: FleetTelling = {
  line: (device, wall) =>
    fill(fleetWords.line, { when: whenWord(wall), name: device.name, state: stateWord(device) }),
  mark: stateWord,
};

/** For scripts. */
export const jsonTelling: FleetTelling = {
  line: (device, wall) => plainJson({ at: new Date(wall).toISOString(), ...toldDevice(device) }),
  mark: ({ isLive, state, lastEvent }) =>
    JSON.stringify([isLive, state && { ...state, at: null, secondsLeft: null }, lastEvent?.id]),
};

/** One that is known no more. */
const forgotten = (name: string): SeenDevice => ({
  name,
  isLive: false,
  silentSince: null,
  state: null,
  secondsLeft: null,
  lastEvent: null,
});

export class FleetLog {
  readonly #fleet: Fleet;
  readonly #output: FleetOutput;
  readonly #telling: FleetTelling;
  readonly #marks = new Map<string, string>();
  #next: Cancel = () => {};

  constructor(fleet: Fleet, { telling, output }: Readonly<{ telling: FleetTelling; output: FleetOutput }>) {
    this.#fleet = fleet;
    this.#output = output;
    this.#telling = telling;
    this.#look();
  }

  close(): void {
    this.#next();
  }

  #look(): void {
    const { clock, wall, isBehind } = this.#output;
    this.#next = clock.at(clock.now() + everyMs, () => this.#look());
    // Whoever reads slowly misses what lay between, and gets what is the case then.
    if (isBehind()) return;
    const moment = { now: clock.now(), wall: wall() };
    const seen = this.#fleet.seen(moment);
    const names = new Set(seen.map(({ name }) => name));
    const gone = [...this.#marks.keys()].filter(name => !names.has(name)).map(forgotten);
    for (const device of [...seen, ...gone]) this.#tell(device, moment.wall);
    for (const { name } of gone) this.#marks.delete(name);
  }

  #tell(device: SeenDevice, wall: number): void {
    const mark = this.#telling.mark(device);
    if (this.#marks.get(device.name) === mark) return;
    this.#marks.set(device.name, mark);
    this.#output.print(`${this.#telling.line(device, wall)}\n`);
  }
}
