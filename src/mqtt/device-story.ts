/** One session after another, as far as it is told elsewhere: how it stands, and what has happened since the last look. */
import type { Run } from '../session/run.ts';
import {
  type Around,
  type DeviceFacts,
  type EventBody,
  endedFacts,
  factsOf,
  happened,
  hasBegun,
  isSame,
  secondsLeftOf,
  stateOf,
} from './device-facts.ts';
import type { DeviceEvent, DeviceState } from './messages.ts';

/** What a look has found; `state` is null where nothing but times has changed. */
export type Found = Readonly<{ state: DeviceState | null; events: readonly DeviceEvent[] }>;

export type StoryPorts = Readonly<{
  board: Around['board'];
  /** Ms since 1970. */
  wallNow(): number;
  /** A name that no event of any process has had. */
  newId(): string;
}>;

export class DeviceStory {
  readonly #ports: StoryPorts;
  #facts: DeviceFacts;

  constructor(run: Run, ports: StoryPorts) {
    this.#ports = ports;
    this.#facts = factsOf(run, { board: ports.board, before: null });
  }

  /** Whether the time left runs down. */
  get runs(): boolean {
    return this.#facts.runs;
  }

  /** How it stands, with the time left by now. */
  state(run: Run): DeviceState {
    return stateOf(this.#facts, this.#ports.wallNow(), secondsLeftOf(run));
  }

  /** `hasEnded`: the session has just come to its outcome. */
  look(run: Run, hasEnded = false): Found {
    const before = this.#facts;
    const facts = factsOf(run, { board: this.#ports.board, before: before.outcome });
    if (!hasEnded && isSame(before, facts)) return { state: null, events: [] };
    this.#facts = facts;
    return {
      state: this.state(run),
      events: happened(before, facts, hasEnded).map(body => this.stamped(body)),
    };
  }

  /** The process goes away: what it leaves behind on a broker. */
  leave(): Found {
    const before = this.#facts;
    const facts = endedFacts(before);
    this.#facts = facts;
    return {
      state: stateOf(facts, this.#ports.wallNow(), null),
      events: happened(before, facts, hasBegun(before)).map(body => this.stamped(body)),
    };
  }

  stamped(body: EventBody): DeviceEvent {
    const { newId, wallNow } = this.#ports;
    return { v: 1, id: newId(), at: new Date(wallNow()).toISOString(), ...body };
  }
}
