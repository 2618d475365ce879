/**
 * What the bench shows: everything that passes between session, line and board, kept for a moment, bounded.
 *
 * It only listens. Nothing of a session depends on it, and what is too much is dropped and counted.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Recording, Sessions } from '../session/sessions.ts';
import type { TraceLine } from '../session/trace.ts';
import type { ListenedBoard } from '../simulation/simulate.ts';
import type { Clock } from '../time/clock.ts';
import { latenessBinsMs } from '../time/lateness.ts';
import type { BenchBatch, BenchFault } from './bench-messages.ts';

/** Of each kind, between two looks. */
const mostAtOnce = 4000;
/** Of a session: an hour has some 1500 records. */
const mostJournal = 20_000;
const mostDeeds = 5000;

/** A step of a script, as it will be written. */
export type DeedStep = Readonly<{ at: Ms } & Record<string, unknown>>;

export type FaultDeed = Readonly<{
  fault: BenchFault;
  forMs?: number | undefined;
  bytes?: number | undefined;
  toward?: 'board' | 'host' | undefined;
  button?: 'go' | 'less' | 'stop' | 'receiver' | undefined;
}>;

/** A fault as a step of a script says it. */
export const faultStep = ({ fault, button, ...rest }: FaultDeed): Readonly<Record<string, unknown>> =>
  fault === 'stuckButton' ? { button: button ?? 'stop', down: true } : { fault, ...rest };

/** Steers time where nothing is real. */
export interface TimeWheel {
  readonly rate: number;
  readonly reachedRate: number;
  /** How fast it goes again once what is asked is answered; null where it has not been slowed for that. */
  readonly resumesRate: number | null;
  setRate(rate: number): void;
  step(): void;
  /** False where that phase is not ahead. */
  jump(phase: string): boolean;
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

type Fresh = { -readonly [K in 'trace' | 'reported' | 'pins' | 'bytes']: BenchBatch[K] };
const nothing = (): Fresh => ({ trace: [], reported: [], pins: [], bytes: [] });

export class TelemetryBuffer {
  #fresh = nothing();
  #newJournal: string[] = [];
  #newDeeds: DeedStep[] = [];
  #journal: string[] = [];
  #deeds: DeedStep[] = [];
  #dropped = 0;
  #statusMs = -1;
  #watched = false;
  #sessions: Sessions | null = null;

  /** Listens to these sessions and their board from now on. */
  attach(sessions: Sessions, clock: Clock, { line, onPin }: ListenedBoard): void {
    this.#sessions = sessions;
    sessions.listen({ changed: () => this.#look() });
    line.on('data', bytes => this.#bytes('host', bytes));
    line.on('wrote', bytes => this.#bytes('board', bytes));
    onPin?.((at, motor, duty) => {
      const sinceThen = clock.now() - at;
      if (this.#watched) this.#keep(this.#fresh.pins, { at: this.#now() - sinceThen, motor, duty });
    });
  }

  /** The same recording, with the bench reading along. */
  beside(recording: Recording): Recording {
    return {
      get failure() {
        return recording.failure;
      },
      begin: () => {
        const sink = recording.begin();
        this.#sessionBegins();
        return line => {
          sink(line);
          this.#record(line);
        };
      },
      over: () => recording.over(),
    };
  }

  /** Whether anybody looks: bytes and pins are kept only then. */
  watch(watched: boolean): void {
    this.#watched = watched;
    if (!watched) this.#fresh = nothing();
  }

  trace(line: TraceLine): void {
    if (this.#watched) this.#keep(this.#fresh.trace, line);
  }

  #bytes(toward: 'board' | 'host', bytes: Uint8Array): void {
    if (this.#watched) this.#keep(this.#fresh.bytes, { at: this.#now(), toward, hex: hexOf(bytes) });
  }

  #sessionBegins(): void {
    this.#journal = [];
    this.#deeds = [];
    this.#newJournal = [];
    this.#newDeeds = [];
  }

  #record(line: string): void {
    const kept = line.trimEnd();
    if (this.#journal.length < mostJournal) this.#journal.push(kept);
    else this.#dropped += 1;
    if (this.#watched) this.#keep(this.#newJournal, kept);
  }

  /** Something a person did, now. */
  deed(deed: Readonly<Record<string, unknown>>): void {
    // What brings a complaint on is written down nowhere, not even for a script.
    if (deed.intent === 'causes') return;
    // What meets the board does so on the next point of the input grid, what a person says at once: as scripts have it.
    const now = 'intent' in deed ? Math.floor(this.#now()) : Math.ceil(this.#now());
    const step = { at: Math.max(0, now), ...deed };
    if (this.#deeds.length < mostDeeds) this.#deeds.push(step);
    else this.#dropped += 1;
    if (this.#watched) this.#keep(this.#newDeeds, step);
  }

  /** Session time now. */
  #now(): Ms {
    return this.#sessions?.run.clock.now() ?? 0;
  }

  /** What is new since the last look. */
  take(reachedRate: number): BenchBatch {
    const batch: BenchBatch = {
      ...this.#frame(reachedRate),
      whole: false,
      ...this.#fresh,
      journal: this.#newJournal,
      deeds: this.#newDeeds,
    };
    this.#fresh = nothing();
    this.#newJournal = [];
    this.#newDeeds = [];
    return batch;
  }

  /** What a newcomer has to know. */
  whole(reachedRate: number): BenchBatch {
    return {
      ...this.#frame(reachedRate),
      whole: true,
      ...nothing(),
      journal: this.#journal,
      deeds: this.#deeds,
    };
  }

  #frame(reachedRate: number): Pick<BenchBatch, 'at' | 'lateness' | 'reachedRate' | 'dropped'> {
    const lateness = this.#sessions?.run.agenda.lateness;
    return {
      at: this.#now(),
      // JSON has no infinity: the last bin ends at what was worst.
      lateness: {
        bins: latenessBinsMs.map(bound => (Number.isFinite(bound) ? bound : -1)),
        counts: [...(lateness?.counts ?? [])],
        worstMs: lateness?.worstMs ?? 0,
      },
      reachedRate,
      dropped: this.#dropped,
    };
  }

  #look(): void {
    const status = this.#sessions?.run.board.status;
    if (!status || status.boardMs === this.#statusMs) return;
    this.#statusMs = status.boardMs;
    const { left, right } = status.duty;
    if (this.#watched)
      this.#keep(this.#fresh.reported, { at: this.#now(), boardMs: status.boardMs, left, right });
  }

  #keep<T>(list: T[], item: T): void {
    if (list.length < mostAtOnce) list.push(item);
    else this.#dropped += 1;
  }
}
