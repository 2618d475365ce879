/** The bench's side: who looks at it is sent what happened, and may meddle where neither board nor time is real. */
import { answerWords } from '../../machines/text/answers.ts';
import type { BenchBatch, BenchFault } from './bench-messages.ts';
import { slowBytes } from './changes.ts';
import { type FromClient, type FromServer, wireVersion } from './messages.ts';
import type { Joined, People } from './people.ts';
import { type FaultDeed, faultStep, type TelemetryBuffer, type TimeWheel } from './telemetry.ts';

export type BenchPorts = Readonly<{
  /** What the bench shows, and what it can do to a board that is not real. */
  bench?: TelemetryBuffer;
  faults?: Readonly<{ names: readonly BenchFault[]; meet(deed: FaultDeed): void }>;
  time?: TimeWheel;
}>;

export class BenchSession {
  readonly #ports: BenchPorts;
  readonly #people: People;

  constructor(ports: BenchPorts, people: People) {
    this.#ports = ports;
    this.#people = people;
  }

  /** Someone looks at it from now on, or no longer. */
  look(joined: Joined, on: boolean): void {
    const { bench, time } = this.#ports;
    joined.atBench = on && bench !== undefined;
    this.watch();
    if (joined.atBench && bench) this.#send(joined, bench.whole(time?.reachedRate ?? 1));
  }

  /** The bench gathers only while somebody looks. */
  watch(): void {
    this.#ports.bench?.watch([...this.#people.all].some(({ atBench }) => atBench));
  }

  show(): void {
    const { bench, time } = this.#ports;
    const watching = [...this.#people.all].filter(({ atBench }) => atBench);
    if (!bench || watching.length === 0) return;
    const batch = bench.take(time?.reachedRate ?? 1);
    for (const joined of watching) this.#send(joined, batch);
  }

  /**
   * Answers of screening are among what people did: they go to nobody but whoever is in control at this machine itself. A
   * phone may have taken control since they were given.
   */
  #send({ client }: Joined, batch: BenchBatch): void {
    if (client.waitingBytes() > slowBytes) return;
    const mayKnow = this.#people.isController(client) && client.guest === undefined;
    const shown = mayKnow ? batch : { ...batch, deeds: [] };
    const message: FromServer = { v: wireVersion, type: 'bench', batch: shown };
    client.send(JSON.stringify(message));
  }

  /** Faults and time, where neither board nor time is real; why not, where it can't be. */
  tinker(message: Extract<FromClient, { type: 'fault' | 'rate' | 'step' | 'jump' }>): string | null {
    const { bench, faults, time } = this.#ports;
    if (message.type === 'fault') {
      const { fault, forMs, bytes, toward, button } = message;
      if (!faults?.names.includes(fault)) return answerWords.noFaults;
      bench?.deed(faultStep({ fault, forMs, bytes, toward, button }));
      faults.meet({ fault, forMs, bytes, toward, button });
      return null;
    }
    if (!time) return answerWords.realTime;
    if (message.type === 'rate') time.setRate(message.rate);
    else if (message.type === 'step') time.step();
    else if (!time.jump(message.phase)) return answerWords.notAhead;
    return null;
  }
}
