/** Several tabs on one database: one in the way of another, and what each hears of the others. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { keptWords } from '../../../../machines/text/kept.ts';
import { type Changed, OtherTabs, type TabChannel } from '../../../../simulator/demo/kept/other-tabs.ts';
import {
  databaseName,
  databaseVersion,
  KeptDatabase,
} from '../../../../simulator/demo/kept/rows/database.ts';
import { VirtualClock } from '../../../../src/time/virtual-clock.ts';

let clock: VirtualClock;
let freed: number;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  clock = new VirtualClock();
  freed = 0;
});

const newer = (): KeptDatabase =>
  new KeptDatabase({
    lost: () => {},
    freed: () => {
      freed += 1;
    },
    after: (ms, run) => clock.at(clock.now() + ms, run),
    version: databaseVersion + 1,
  });

/** A tab of the version before, which lets go of nothing: its browser has frozen it. */
async function frozenTab(): Promise<IDBPDatabase> {
  const old = await openDB(databaseName, databaseVersion, {
    upgrade: database => {
      database.createObjectStore('texts');
      database.createObjectStore('lines');
    },
  });
  await old.put('texts', 'kept before', 'one');
  return old;
}

/** Lets the database do what it does by itself. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns++) await new Promise<void>(resolve => setTimeout(resolve));
};
const whyNot = async (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'opened',
    (error: Error) => error.message,
  );

describe('a tab that is in the way of a newer version', () => {
  it('is named within three seconds, and once it is closed the other goes on with all that was kept', async () => {
    const old = await frozenTab();
    const database = newer();
    const first = whyNot(database.open());
    await settle();
    clock.runUntil(2999);
    const early = await Promise.race([first, settle().then(() => 'waits')]);
    clock.runUntil(3000);
    expect([early, await first]).toEqual(['waits', keptWords.failures.blocked]);
    // Nobody waits a second time for what is known to be in the way.
    expect(await whyNot(database.open())).toBe(keptWords.failures.blocked);
    old.close();
    await settle();
    expect(freed).toBe(1);
    const opened = await database.open();
    expect([opened.version, await opened.get('texts', 'one')]).toEqual([databaseVersion + 1, 'kept before']);
    database.close();
  });

  it('leaves no connection behind that would be in the way of the next', async () => {
    const old = await frozenTab();
    const database = newer();
    const first = whyNot(database.open());
    await settle();
    clock.runUntil(3000);
    await first;
    old.close();
    await settle();
    await database.open();
    database.close();
    await settle();
    let isBlocked = false;
    const gone = deleteDB(databaseName, {
      blocked: () => {
        isBlocked = true;
      },
    });
    await settle();
    expect(isBlocked).toBe(false);
    await gone;
  });

  it('that lets go in time costs nothing', async () => {
    const old = await frozenTab();
    const database = newer();
    const opening = database.open();
    await settle();
    clock.runUntil(2000);
    old.close();
    expect((await opening).version).toBe(databaseVersion + 1);
    clock.runUntil(60_000);
    expect(freed).toBe(0);
    database.close();
  });
});

it('a browser that opens nothing, and does not say why, is waited for ten seconds', async () => {
  const old = await frozenTab();
  // Whoever erases it has to wait for the tab that has it open, and all others behind that.
  const erasing = deleteDB(databaseName);
  const database = newer();
  const first = whyNot(database.open());
  await settle();
  clock.runUntil(10_000);
  expect(await first).toBe(keptWords.failures.blocked);
  old.close();
  await erasing;
  await settle();
  expect([freed, (await database.open()).version]).toEqual([1, databaseVersion + 1]);
  database.close();
});

describe('tabs', () => {
  /** As a browser joins them: each hears all others, and not itself. */
  function channels(count: number): readonly TabChannel[] {
    const all: TabChannel[] = Array.from({ length: count }, (_, index) => ({
      onmessage: null,
      postMessage: message => {
        for (const other of all.filter((__, place) => place !== index))
          other.onmessage?.(new MessageEvent('message', { data: structuredClone(message) }));
      },
    }));
    return all;
  }

  it('hear what others have changed, and not what they have changed themselves', () => {
    const heard: (readonly [number, Changed])[] = [];
    const tabs = channels(3).map(
      (channel, index) => new OtherTabs(channel, what => heard.push([index, what])),
    );
    tabs[1]?.tell('sessions');
    tabs[0]?.tell('routines');
    expect(heard).toEqual([
      [0, 'sessions'],
      [2, 'sessions'],
      [1, 'routines'],
      [2, 'routines'],
    ]);
  });

  it('of another version say what they like: what is no word of ours is not heard', () => {
    const [strange, channel = null] = channels(2);
    const heard: Changed[] = [];
    void new OtherTabs(channel, what => heard.push(what));
    for (const word of ['preferences', { changed: 'sessions' }, 7, null, 'sessions'])
      strange?.postMessage(word);
    expect(heard).toEqual(['sessions']);
  });

  it('have nothing to hear where a browser has no channel', () => {
    expect(() => new OtherTabs(null, () => {}).tell('sessions')).not.toThrow();
  });
});
