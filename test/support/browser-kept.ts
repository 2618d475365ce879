/** What a browser keeps, without a browser: a database in memory, and tabs that share it. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { BrowserKeeping } from '../../simulator/demo/kept/keeping.ts';
import { SessionRecordings } from '../../simulator/demo/kept/recording/recordings.ts';
import { type KeepFailure, KeptDatabase } from '../../simulator/demo/kept/rows/database.ts';
import { KeptRows, type SessionLocks } from '../../simulator/demo/kept/rows/kept-rows.ts';
import type { BoardsAsKept, BoardsTaken } from '../../simulator/demo/kept/take-boards.ts';
import { type SessionHeader, type SessionRecord, writtenRecord } from '../../src/history/records.ts';

/** As a browser has it: held by tabs, and free as soon as the tab is gone. */
class LocksOfTabs {
  readonly #held = new Map<string, Tab>();

  of(tab: () => Tab): SessionLocks {
    return {
      held: async () => new Set(this.#held.keys()),
      hold: id => {
        this.#held.set(id, tab());
        return () => this.#held.delete(id);
      },
    };
  }

  free(tab: Tab): void {
    for (const [id, holder] of this.#held) if (holder === tab) this.#held.delete(id);
  }
}

export class Tab {
  readonly keeping: BrowserKeeping;
  readonly recordings: SessionRecordings;
  readonly database: KeptDatabase;
  readonly failures: KeepFailure[] = [];
  readonly changes: string[] = [];
  readonly #locks: LocksOfTabs;

  constructor(locks: LocksOfTabs, wallNow: () => number) {
    this.#locks = locks;
    const own = locks.of(() => this);
    this.database = new KeptDatabase({
      lost: () => this.recordings.lost(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    this.keeping = new BrowserKeeping({
      rows: new KeptRows(this.database, own),
      wallNow,
      persisted: async () => null,
      changed: what => this.changes.push(what),
    });
    this.recordings = new SessionRecordings({
      database: this.database,
      locks: own,
      changed: () => {},
      failed: (_, failure) => {
        this.failures.push(failure);
        this.keeping.told(failure);
      },
    });
  }

  /** What JSON its body is, or the text that it is. */
  async ask(
    method: string,
    path: string,
    value?: unknown,
  ): Promise<Readonly<{ status: number; body: unknown }>> {
    const body = value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
    const answer = await this.keeping.answer({ method, path, body });
    return { status: answer.status, body: parsedOr(answer.body) };
  }

  /** As the page does where all is taken along: what it knows of boards goes with the request. */
  async along(
    method: string,
    boards: BoardsAsKept,
    body?: string,
  ): Promise<Readonly<{ body: string; boards: BoardsTaken['boards'] }>> {
    const answer = await this.keeping.answer({ method, path: '/kept/file', body, boards });
    return { body: answer.body, boards: answer.boards ?? {} };
  }

  async keep(header: SessionHeader, records: readonly SessionRecord[]): Promise<void> {
    void this.recordings.begin(header.id, writtenRecord(header));
    void this.recordings.add(header.id, records.map(writtenRecord).join(''));
    await this.recordings.close(header.id);
  }

  /** Closed without a word to anybody. */
  die(): void {
    this.#locks.free(this);
    this.database.close();
  }
}

const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export class BrowserInMemory {
  readonly #locks = new LocksOfTabs();
  readonly #wallNow: () => number;
  readonly #tabs: Tab[] = [];

  constructor(wallNow: () => number) {
    globalThis.indexedDB = new IDBFactory();
    this.#wallNow = wallNow;
  }

  tab(): Tab {
    const tab = new Tab(this.#locks, this.#wallNow);
    this.#tabs.push(tab);
    return tab;
  }

  close(): void {
    for (const tab of this.#tabs) tab.die();
  }
}

/** Writes a row as anybody with a browser's own tools can. */
export async function putRow(
  tab: Tab,
  store: 'texts' | 'lines',
  key: string | [string, number],
  value: unknown,
) {
  const database = await tab.database.open();
  await database.put(store, value, key as never);
}
