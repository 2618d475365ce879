/**
 * Writes and reads what a board keeps: routines, settings, the log of its last sessions. One message at a time, each
 * waited for; one that is lost is said again, for all of them may be said twice. What was written is read back.
 *
 * Routines are written beside those that are there, and only a record that comes last makes them the board's: whatever
 * breaks off before leaves it as it was. Where both do not fit at once the old ones are given up first.
 */
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../../src/time/clock.ts';
import { InboundFilter } from '../inbound.ts';
import { decode, encode, type KeepAnswer, type KeepDeed, keepAnswers, keepDeeds } from '../lease.ts';
import type { ByteLine } from '../line.ts';
import {
  eepromBytes,
  logAt,
  logEntryBytes,
  logSlots,
  mostRoutines,
  type RecordKind,
  recordContentBytes,
  recordKinds,
  recordsAt,
  routinesAt,
  routinesBytes,
} from './layout.ts';
import { type LoggedSession, loggedSessions } from './logged.ts';
import {
  type AloneSettings,
  clientFrom,
  contentCrc,
  type KeptRoutine,
  type LoadedStretch,
  newestRecord,
  noStretch,
  routinesIn,
  settingsContent,
  settingsFrom,
  stretchContent,
  stretchFrom,
} from './records.ts';
import { NotForBoard, type RoutineChoice, routineBytes } from './routine-bytes.ts';

const words = terminalWords.alone.notForBoard;

/** Twelve bytes take 41 ms to be written and 12 on the wire; a record of all routines 10 to be checked. */
const answerWithinMs: Ms = 500;
const tries = 4;

/** The board has said no. */
export class BoardRefused extends Error {
  readonly answer: Exclude<KeepAnswer, 'done'>;
  constructor(answer: Exclude<KeepAnswer, 'done'>, asked: string) {
    super(`the board refused to ${asked}: ${answer}`);
    this.answer = answer;
  }
}

/** It says nothing: an older firmware, or the line is gone. */
export class BoardSilent extends Error {}

export type BoardContents = Readonly<{
  routines: readonly KeptRoutine[];
  /** Null: nobody has written any. */
  settings: AloneSettings | null;
  /** Letter of the client for whom they were loaded; null: nobody said. */
  client: string | null;
  freeBytes: number;
}>;

type Message = Readonly<{ deed: KeepDeed; at: number; length: number; bytes: Uint8Array }>;
type Kept = Readonly<{ deed: KeepDeed; answer: KeepAnswer; at: number; length: number; bytes: Uint8Array }>;

function messageOf({ deed, at, length, bytes }: Message): Uint8Array {
  const byte = (index: number): number => bytes[index] ?? 0;
  return encode('keep', {
    deed: keepDeeds.indexOf(deed),
    at,
    length,
    b0: byte(0),
    b1: byte(1),
    b2: byte(2),
    b3: byte(3),
    b4: byte(4),
    b5: byte(5),
    b6: byte(6),
    b7: byte(7),
    b8: byte(8),
    b9: byte(9),
    b10: byte(10),
    b11: byte(11),
  });
}

function keptOf(message: Uint8Array): Kept | null {
  const found = decode('kept', message);
  const deed = keepDeeds[found?.deed ?? keepDeeds.length];
  const answer = keepAnswers[found?.answer ?? keepAnswers.length];
  if (!found || !deed || !answer) return null;
  const { b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11 } = found;
  const bytes = Uint8Array.of(b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11).subarray(0, found.length);
  return { deed, answer, at: found.at, length: found.length, bytes };
}

export class Keeper {
  readonly #line: ByteLine;
  readonly #clock: Clock;
  readonly #heard: (bytes: Uint8Array) => void;
  #waiting: ((kept: Kept) => void) | null = null;

  /** Listens to the line until `close`. Nothing else may ask the same of it meanwhile. */
  constructor(line: ByteLine, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
    const filter = new InboundFilter({
      ours: (command, message) => {
        const kept = command === 'kept' ? keptOf(message) : null;
        if (kept) this.#waiting?.(kept);
      },
      firmata: () => undefined,
    });
    this.#heard = bytes => filter.take(bytes);
    line.on('data', this.#heard);
  }

  close(): void {
    this.#line.off('data', this.#heard);
  }

  /** What is loaded. */
  async list(): Promise<BoardContents> {
    const { stretch, memory, client } = await this.#records();
    const isWithin = stretch.from >= routinesAt && stretch.from + stretch.length <= eepromBytes;
    const bytes = isWithin ? await this.#read(stretch.from, stretch.length) : new Uint8Array();
    const settings = newestRecord(memory, 'settings');
    return {
      routines: routinesIn(bytes, stretch.crc),
      settings: settings && settingsFrom(settings),
      client,
      freeBytes: routinesBytes - bytes.length,
    };
  }

  /**
   * These routines and no others, in this order; and settings, where there are some. Throws `NotForBoard` before
   * anything is written where they do not fit. `client`: the letter of whom they are for.
   */
  async load(
    choices: readonly RoutineChoice[],
    settings?: AloneSettings,
    client: string | null = null,
  ): Promise<BoardContents> {
    const each = choices.map(routineBytes);
    const bytes = Uint8Array.from(each.flatMap(one => [...one]));
    if (each.length > mostRoutines)
      throw new NotForBoard(fill(words.mostRoutines, { count: each.length, most: mostRoutines }));
    if (bytes.length > routinesBytes)
      throw new NotForBoard(fill(words.mostBytes, { bytes: bytes.length, most: routinesBytes }));
    if (settings) await this.save(settings);
    if (bytes.length === 0) await this.clear();
    else await this.#replace(bytes, client);
    return this.list();
  }

  /** Settings alone. */
  save(settings: AloneSettings): Promise<void> {
    return this.#record('settings', settingsContent(settings));
  }

  /** No routines but those in flash. */
  clear(): Promise<void> {
    return this.#record('routines', stretchContent(noStretch));
  }

  /** The board's last sessions by itself, the oldest first. They stay there: new ones take their place. */
  async fetchSessions(): Promise<readonly LoggedSession[]> {
    const { client } = await this.#records();
    const sessions = loggedSessions(await this.#read(logAt, logSlots * logEntryBytes));
    return client === null ? sessions : sessions.map(session => ({ ...session, client }));
  }

  async #records(): Promise<Readonly<{ memory: Uint8Array; stretch: LoadedStretch; client: string | null }>> {
    const memory = new Uint8Array(logAt);
    memory.set(await this.#read(recordsAt, logAt - recordsAt), recordsAt);
    const newest = newestRecord(memory, 'routines');
    return { memory, stretch: stretchFrom(newest), client: clientFrom(newest) };
  }

  async #replace(bytes: Uint8Array, client: string | null): Promise<void> {
    const { stretch } = await this.#records();
    const after = stretch.from + stretch.length;
    const hasRoomBefore = stretch.length === 0 || bytes.length <= stretch.from - routinesAt;
    const hasRoomAfter = bytes.length <= eepromBytes - after;
    if (!hasRoomBefore && !hasRoomAfter) await this.clear();
    const from = hasRoomBefore || !hasRoomAfter ? routinesAt : eepromBytes - bytes.length;
    for (let at = 0; at < bytes.length; at += recordContentBytes)
      await this.#write(from + at, bytes.subarray(at, at + recordContentBytes));
    const crc = contentCrc(bytes);
    if (contentCrc(await this.#read(from, bytes.length)) !== crc)
      throw new BoardRefused('notKept', 'keep what was written');
    await this.#record('routines', stretchContent({ from, length: bytes.length, crc }, client));
  }

  async #read(from: number, length: number): Promise<Uint8Array> {
    const all = new Uint8Array(length);
    for (let at = 0; at < length; at += recordContentBytes) {
      const part = Math.min(recordContentBytes, length - at);
      const message = { deed: 'read', at: from + at, length: part, bytes: new Uint8Array() } as const;
      all.set((await this.#ask(message, 'read what it keeps')).bytes, at);
    }
    return all;
  }

  async #write(at: number, bytes: Uint8Array): Promise<void> {
    await this.#ask({ deed: 'write', at, length: bytes.length, bytes }, 'write a routine');
  }

  async #record(kind: RecordKind, bytes: Uint8Array): Promise<void> {
    const message = { deed: 'record', at: recordKinds.indexOf(kind), length: bytes.length, bytes } as const;
    await this.#ask(message, `take these ${kind}`);
  }

  async #ask(message: Message, asked: string): Promise<Kept> {
    for (let count = 0; count < tries; count++) {
      const kept = await this.#once(message);
      if (kept?.answer === 'done') return kept;
      if (kept) throw new BoardRefused(kept.answer, asked);
    }
    throw new BoardSilent(`the board did not answer when asked to ${asked}`);
  }

  /** Null: no answer came in time. One that belongs to an earlier asking is not it. */
  #once(message: Message): Promise<Kept | null> {
    return new Promise(resolve => {
      const finish = (kept: Kept | null): void => {
        giveUp();
        this.#waiting = null;
        resolve(kept);
      };
      const giveUp = this.#clock.at(this.#clock.now() + answerWithinMs, () => finish(null));
      this.#waiting = kept => {
        // A record is written where the board chooses.
        const isThisPlace = message.deed === 'record' || kept.at === message.at;
        const isDone = kept.answer !== 'done' || (isThisPlace && kept.length === message.length);
        if (kept.deed === message.deed && isDone) finish(kept);
      };
      this.#line.write(messageOf(message));
    });
  }
}
