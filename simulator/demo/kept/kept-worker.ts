/** The worker that keeps things: all that this browser holds for the page is read, written and summed up here. */

import { BrowserKeeping } from './keeping.ts';
import type { KeeperToPage, KeptAnswer, PageToKeeper } from './kept-messages.ts';
import { channelOfTabs, OtherTabs } from './other-tabs.ts';
import { RecordingEnd } from './recording/recording-end.ts';
import { SessionRecordings } from './recording/recordings.ts';
import { KeptDatabase } from './rows/database.ts';
import { KeptRows } from './rows/kept-rows.ts';
import { sessionLocks } from './rows/locks.ts';
import { answerPlayed, rememberedOn, rememberLoaded } from './take-played.ts';

const wallNow = (): number => Date.now();
const tell = (message: KeeperToPage): void => globalThis.postMessage(message);

const locks = sessionLocks();
const database = new KeptDatabase({
  lost: () => recordings.lost(),
  freed: () => {
    end.changed('routines');
    end.changed('sessions');
  },
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
const others = new OtherTabs(channelOfTabs(), what => end.changed(what));
const keeping = new BrowserKeeping({
  rows: new KeptRows(database, locks),
  wallNow,
  persisted: async () => {
    try {
      return (await navigator.storage?.persisted?.()) ?? null;
    } catch {
      return null;
    }
  },
  changed: what => {
    others.tell(what);
    end.changed(what);
  },
});
const recordings = new SessionRecordings({
  database,
  locks,
  changed: () => {},
  failed: (id, failure) => {
    keeping.told(failure);
    end.failed(id, failure);
  },
});
const end = new RecordingEnd({ keeping, recordings, wentOver: () => others.tell('sessions') });

/** What an earlier version kept is taken over before anything is looked at. */
let opened: Promise<void> = Promise.resolve();

globalThis.onmessage = ({ data, ports }: MessageEvent<PageToKeeper>) => {
  const [line] = ports;
  if ('open' in data) {
    const { before } = data.open;
    if (before !== null)
      opened = keeping.takeBefore(before).then(isTaken => {
        if (isTaken) tell({ taken: true });
      });
  } else if ('line' in data) {
    if (line) void opened.then(() => end.join(line));
  } else void opened.then(() => answer(data));
};

async function answer(data: Extract<PageToKeeper, { id: number }>): Promise<void> {
  const { id } = data;
  if ('knownOf' in data) {
    const remembered = await keeping.change(parts => rememberedOn(parts, data.knownOf)).catch(() => []);
    tell({ id, known: { state: await keeping.state(), remembered } });
    return;
  }
  if ('loaded' in data) {
    const kept = keeping.change(parts => rememberLoaded(parts, data.loaded, wallNow()));
    // A browser that refuses is told of as one that keeps nothing.
    tell({ id, isKept: await kept.then(() => true).catch(() => false) });
    return;
  }
  const { status, type, body, boards }: KeptAnswer =
    'ask' in data ? await keeping.answer(data.ask) : await answerPlayed(keeping, data.played, wallNow());
  tell({ id, status, type, body, ...(boards && { boards }) });
}
