/** Every file that is kept, as the table of damages takes it: how it comes to be, is looked at, and is written again. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromLibrary } from '../../machines/routine/library.ts';
import { boardSettingsOf, keepBoardSettings, lookAtBoards } from '../../src/app/board-settings.ts';
import { JournalFile } from '../../src/app/journal-file.ts';
import { untried } from '../../src/app/known-board.ts';
import { AuditFile } from '../../src/app/lan/audit-file.ts';
import { lanCertificate, lookAtCertificate } from '../../src/app/lan/certificate.ts';
import { saidNotices } from '../../src/app/said-notices.ts';
import { memoryFile } from '../../src/app/screening-memory-file.ts';
import { lookAtJournals, unfinishedSessions } from '../../src/app/unfinished-sessions.ts';
import { historyIn, retentionIn } from '../../src/history/history-folder.ts';
import { HistoryKeeper } from '../../src/history/keeper.ts';
import type { Say } from '../../src/storage/notices.ts';
import { OwnRoutines } from '../../src/storage/own-routines.ts';
import { PreferencesFile } from '../../src/storage/preferences.ts';
import { ScreeningMemory } from '../../src/storage/screening-memory.ts';
import { headerOf } from './kept.ts';
import { begun, simulated } from './simulated.ts';

export type KeptFile = Readonly<{
  name: string;
  /** Where it stands below the state folder. */
  path: string;
  /** Makes it as the product does, in an empty folder. */
  make(state: string): void | Promise<void>;
  /** Looks at it, and changes nothing. */
  look(state: string, say: Say): unknown;
  /** Does what writes to it. What the system refuses is thrown, or said. */
  use(state: string, say: Say): void | Promise<void>;
  /** A JSON text: what stands for another version, and a field with a value of another type. */
  json?: Readonly<{
    version: readonly [from: string, to: string];
    wrong: readonly [from: string, to: string];
  }>;
  /** A use of it replaces it by something else on purpose, whatever it said. */
  isReplaced?: true;
}>;

const now = Date.parse('2026-03-01T18:30:00Z');
/** Boards are told of by commands, on standard error: here that would be noise. */
saidNotices.listen(() => {});

/** No process has so high a number: Linux counts to 4,194,304. */
const dead = 4_999_999;

export const oldSession = '20260110-120000-0a0a';
const pathOfOld = join('history', `${oldSession}.jsonl`);

/** A session that is over, from long before what any of these files says is kept. */
function session(state: string, id: string, startedAt: string): void {
  const file = historyIn(state, () => now).begin(headerOf({ id, startedAt, pid: dead }));
  file.keep({ type: 'stroke', at: 0, period: 6000, lateMs: 1 });
  file.keep({ type: 'stroke', at: 6000, period: 6000, lateMs: 1 });
  file.keep({ type: 'outcome', at: 12_000, outcome: 'completed', reason: 'routineDone' });
  file.close();
}

const own = (): NonNullable<ReturnType<typeof fromLibrary>> => {
  const routine = fromLibrary('first-touch');
  if (!routine) throw new Error('the library has lost first-touch');
  return { ...routine, id: 'my-own', title: 'My own' };
};

const settings = (startDuty: number): ReturnType<typeof untried> => {
  const usual = untried();
  const { left } = usual.calibration;
  return {
    ...usual,
    at: '2026-02-01T10:00:00.000Z',
    stop: 'normallyOpen',
    calibration: { ...usual.calibration, left: { ...left, startDuty } },
  };
};

/** boards.json is found by the surroundings alone. */
function within<T>(state: string, deed: () => T): T {
  const before = process.env.TACTUS_STATE;
  process.env.TACTUS_STATE = state;
  try {
    return deed();
  } finally {
    if (before === undefined) delete process.env.TACTUS_STATE;
    else process.env.TACTUS_STATE = before;
  }
}

let journalText: Promise<string> | null = null;
/** The journal of a session, cut off in its midst. */
const journal = (): Promise<string> => {
  journalText ??= simulated({ steps: [...begun, { at: 10_000, intent: 'end' }] }).then(({ journal }) => {
    const lines = journal.trimEnd().split('\n');
    return `${lines
      .slice(
        0,
        lines.findIndex(line => line.includes('"session.end"')),
      )
      .join('\n')}\n`;
  });
  return journalText;
};

let certificateText: string | null = null;

const audit = (state: string, say: Say): AuditFile =>
  new AuditFile({
    folder: state,
    now: () => 0,
    wallNow: () => now,
    failed: code => say({ file: join(state, 'lan.jsonl'), what: code, todo: 'free some space' }),
  });

export const keptFiles: readonly KeptFile[] = [
  {
    name: 'preferences',
    path: 'preferences.json',
    make: state => {
      new PreferencesFile(state).change({ keep: 'off', keepDays: 365, routine: 'lower-back' });
    },
    look: (state, say) => {
      const file = new PreferencesFile(state, say);
      return [file.read(), file.keeping];
    },
    use: (state, say) => {
      new PreferencesFile(state, say).change({ routine: 'evening-legs', firstSide: 'right' });
    },
    json: { version: ['"v": 1', '"v": 2'], wrong: ['"keepDays": 365', '"keepDays": "365"'] },
  },
  {
    name: 'boards',
    path: 'boards.json',
    make: state =>
      within(state, () => {
        keepBoardSettings('usb:one', settings(90));
        keepBoardSettings('usb:two', settings(95));
      }),
    look: (state, say) => within(state, () => [lookAtBoards(say), boardSettingsOf('usb:one')]),
    use: state => within(state, () => keepBoardSettings('usb:three', settings(100))),
    json: { version: ['"version": 1', '"version": 7'], wrong: ['"startDuty": 90', '"startDuty": "90"'] },
  },
  {
    name: 'what was seen',
    path: 'seen.json',
    make: state => {
      const store = historyIn(state, () => now);
      retentionIn(state, { store, wallNow: () => now, keepDays: () => 365 }).asked();
    },
    look: () => null,
    use: (state, say) => {
      const store = historyIn(state, () => now, say);
      retentionIn(state, { store, wallNow: () => now, keepDays: () => 365, say }).atEnd();
    },
    json: { version: ['"v": 1', '"v": 2'], wrong: ['"keepDays": 365', '"keepDays": "365"'] },
  },
  {
    name: 'screening',
    path: 'screening.json',
    make: state =>
      new ScreeningMemory({
        store: memoryFile(join(state, 'screening.json'), () => {}),
        screeningVersion: '2',
        now: () => now,
      }).agree(),
    look: (state, say) =>
      new ScreeningMemory({
        store: memoryFile(join(state, 'screening.json'), say),
        screeningVersion: '2',
        now: () => now,
      }).view,
    use: (state, say) =>
      new ScreeningMemory({
        store: memoryFile(join(state, 'screening.json'), say),
        screeningVersion: '2',
        now: () => now,
      }).forget(),
    json: { version: ['"memory":1', '"memory":2'], wrong: ['"clearOn":"2026-03-01"', '"clearOn":20260301'] },
    isReplaced: true,
  },
  {
    name: 'a journal',
    path: `session-emulated-${dead}-abc.jsonl`,
    make: async state => writeFileSync(join(state, `session-emulated-${dead}-abc.jsonl`), await journal()),
    look: (state, say) => {
      lookAtJournals(state, say);
      return unfinishedSessions(state, 'emulated', true)?.found?.phase;
    },
    use: (state, say) => {
      unfinishedSessions(state, 'emulated', true, say)?.forget();
      const file = new JournalFile(join(state, `session-emulated-${process.pid}-new.jsonl`), false);
      file.begin()('{"journal":1}\n');
      file.over();
      if (file.failure) say({ file: 'session', what: file.failure, todo: 'free some space' });
    },
    json: { version: ['"journal":1', '"journal":2'], wrong: ['"boardReady":true', '"boardReady":"true"'] },
  },
  {
    name: 'a session',
    path: join('history', '20260228-120000-0b0b.jsonl'),
    make: state => session(state, '20260228-120000-0b0b', '2026-02-28T12:00:00.000Z'),
    look: (state, say) =>
      historyIn(state, () => now, say)
        .glances()
        .map(({ header }) => header.id),
    use: state => {
      const store = historyIn(state, () => now);
      if (store.glances().some(({ header }) => header.id === '20260228-120000-0b0b'))
        store.note('20260228-120000-0b0b', 'left calf');
    },
    json: { version: ['"v":1', '"v":2'], wrong: ['"client":null', '"client":7'] },
  },
  {
    name: 'a routine',
    path: join('routines', 'my-own.json'),
    make: state => {
      new OwnRoutines(state).keep(own());
    },
    look: (state, say) => new OwnRoutines(state, say).list().map(({ id }) => id),
    use: (state, say) => {
      new OwnRoutines(state, say).keep({ ...own(), title: 'My own, again' });
    },
    json: {
      version: ['"schemaVersion": 1', '"schemaVersion": 9'],
      wrong: ['"title": "My own"', '"title": 7'],
    },
    isReplaced: true,
  },
  {
    name: 'the certificate',
    path: 'lan-certificate.pem',
    make: async state => {
      const path = join(state, 'lan-certificate.pem');
      if (certificateText === null) {
        await lanCertificate(state, ['192.168.1.2'], now);
        certificateText = readFileSync(path, 'utf8');
      }
      writeFileSync(path, certificateText, { mode: 0o600 });
    },
    look: (state, say) => lookAtCertificate(state, say),
    use: async (state, say) => {
      await lanCertificate(state, ['192.168.1.2'], now, say);
    },
  },
  {
    name: 'what phones asked for',
    path: 'lan.jsonl',
    make: state => {
      const file = audit(state, () => {});
      file.write({ who: 'phone 1', what: 'stop', from: '192.168.1.3', result: 'ok' });
      file.close();
    },
    look: () => null,
    use: (state, say) => {
      const file = audit(state, say);
      file.write({ who: 'phone 2', what: 'less', from: '192.168.1.4', result: 'ok' });
      file.close();
    },
  },
];

/** Other files of the same folder: none of them may be touched by what befalls one. */
export function neighbours(state: string): void {
  session(state, oldSession, '2026-01-10T12:00:00.000Z');
  mkdirSync(join(state, 'routines'), { recursive: true });
  writeFileSync(join(state, 'routines', 'another.json'), `${JSON.stringify({ ...own(), id: 'another' })}\n`);
}
export const neighbourPaths: readonly string[] = [pathOfOld, join('routines', 'another.json')];

/** What a session that is held now would do: is it kept, and what is erased by its age? */
export function afterSession(state: string, say: Say): Readonly<{ isKept: boolean }> {
  const store = historyIn(state, () => now, say);
  const preferences = new PreferencesFile(state, say);
  const retention = retentionIn(state, {
    store,
    wallNow: () => now,
    keepDays: () => preferences.keeping?.keepDays ?? null,
    say,
  });
  const keeper = new HistoryKeeper({
    store,
    preferences: () => ({ keep: preferences.keeping?.keep ?? 'off' }),
    over: id => retention.atEnd(id),
    wallNow: () => now,
    product: 'test',
    pid: dead,
    user: () => null,
  });
  const isKept = keeper.newId() !== null;
  retention.atEnd();
  return { isKept };
}

/** Every file below a folder by its path, with its bytes. */
export function everyFile(folder: string, below = ''): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) for (const [inner, bytes] of everyFile(folder, path)) found.set(inner, bytes);
    else if (entry.isFile()) found.set(path, readFileSync(join(folder, path)));
  }
  return found;
}
