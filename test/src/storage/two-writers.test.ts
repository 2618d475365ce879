/** Two processes change one file: at whichever of its steps the one meets the other, both have their way in the end. */
import fs, { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { boardSettingsOf, keepBoardSettings } from '../../../src/app/board-settings.ts';
import { untried } from '../../../src/app/known-board.ts';
import { AuditFile } from '../../../src/app/lan/audit-file.ts';
import { lanCertificate } from '../../../src/app/lan/certificate.ts';
import { memoryFile } from '../../../src/app/screening-memory-file.ts';
import { unfinishedSessions } from '../../../src/app/unfinished-sessions.ts';
import { historyIn } from '../../../src/history/history-folder.ts';
import { recordsOf } from '../../../src/history/records.ts';
import { Notices } from '../../../src/storage/notices.ts';
import { OwnRoutines } from '../../../src/storage/own-routines.ts';
import { PreferencesFile } from '../../../src/storage/preferences.ts';
import { everyFile, keptFiles } from '../../support/kept-files.ts';
import { isLong } from '../../support/length.ts';
import { replaced } from '../../support/replaced.ts';

/** At its n-th step from now the one that writes meets the other. */
const meeting = { stepsLeft: -1, other: () => {} };

replaced(fs, real => {
  const step = (): void => {
    if (meeting.stepsLeft-- === 0) meeting.other();
  };
  const names = [
    ...(['renameSync', 'unlinkSync', 'rmSync', 'linkSync', 'writeSync', 'openSync'] as const),
    ...(['readdirSync', 'ftruncateSync', 'closeSync', 'lstatSync'] as const),
  ];
  return {
    ...Object.fromEntries(
      names.map(name => [
        name,
        (...args: unknown[]) => {
          step();
          return (real[name] as (...args: unknown[]) => unknown)(...args);
        },
      ]),
    ),
    // No power goes here: to wait for the disk hundreds of times would tell nothing more.
    fsyncSync: step,
    fdatasyncSync: () => {},
  };
});

type Writers = Readonly<{
  name: string;
  /** Two changes of one file, by two processes. */
  one(state: string): void;
  other(state: string): void;
  /** What has to hold once both are done. */
  holds(state: string): void;
}>;

const at = Date.parse('2026-03-01T18:30:00Z');
const note = (state: string, text: string): void =>
  historyIn(state, () => at).note('20260228-120000-0b0b', text);
const routine = (title: string) => {
  const found = fromLibrary('first-touch');
  if (!found) throw new Error('the library has lost first-touch');
  return { ...found, id: 'my-own', title };
};
const memory = (state: string) => memoryFile(join(state, 'screening.json'), () => {});
const audit = (state: string): AuditFile =>
  new AuditFile({
    folder: state,
    now: () => 0,
    wallNow: () => at,
    failed: code => expect(code).toBe('none'),
  });
const heard = (state: string, who: string): void => {
  const file = audit(state);
  file.write({ who, what: 'stop', from: '192.168.1.3', result: 'ok' });
  file.close();
};

const writers: readonly Writers[] = [
  {
    name: 'preferences',
    one: state => void new PreferencesFile(state).change({ firstSide: 'right' }),
    other: state => void new PreferencesFile(state).change({ minutes: 20 }),
    holds: state =>
      expect(new PreferencesFile(state).read()).toMatchObject({
        ...{ firstSide: 'right', minutes: 20, keep: 'off', keepDays: 365 },
      }),
  },
  {
    name: 'boards',
    one: () => keepBoardSettings('usb:three', untried()),
    other: () => keepBoardSettings('usb:four', untried()),
    holds: () => {
      const known = ['usb:one', 'usb:two', 'usb:three', 'usb:four'].map(id => boardSettingsOf(id) !== null);
      expect(known).toEqual([true, true, true, true]);
    },
  },
  {
    name: 'screening',
    one: state => void memory(state).erase(),
    other: state => void memory(state).write('{"memory":1}\n'),
    // Forgotten, or agreed to anew after that; nothing in between.
    holds: state => expect([null, '{"memory":1}\n']).toContain(memory(state).read()),
  },
  {
    name: 'a journal',
    one: state => unfinishedSessions(state, 'emulated', true)?.forget(),
    other: state => unfinishedSessions(state, 'emulated', true)?.forget(),
    holds: state =>
      expect([...everyFile(state).keys()].filter(name => name.startsWith('session-'))).toEqual([]),
  },
  {
    name: 'a session',
    one: state => note(state, 'left calf'),
    other: state => note(state, 'right calf'),
    holds: state => {
      const kept = historyIn(state, () => at).read('20260228-120000-0b0b');
      expect(
        recordsOf(kept, 'note')
          .map(({ text }) => text)
          .toSorted(),
      ).toEqual(['left calf', 'right calf']);
      expect([kept.leftOut, kept.tailDropped]).toEqual([undefined, false]);
    },
  },
  {
    name: 'a routine',
    one: state => void new OwnRoutines(state).keep(routine('One')),
    other: state => void new OwnRoutines(state).keep(routine('Other')),
    holds: state => {
      const titles = new OwnRoutines(state).list().map(({ title }) => title);
      expect([['One'], ['Other']]).toContainEqual(titles.filter(title => title !== 'My own'));
    },
  },
  {
    name: 'what phones asked for',
    one: state => heard(state, 'phone 1'),
    other: state => heard(state, 'phone 2'),
    holds: state => {
      const lines = readFileSync(join(state, 'lan.jsonl'), 'utf8').trimEnd().split('\n');
      const who = lines.map(line => String(JSON.parse(line).who)).toSorted();
      expect(who).toEqual(['phone 1', 'phone 1', 'phone 2']);
    },
  },
];

let state: string;
let stateBefore: string | undefined;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-two-'));
  stateBefore = process.env.TACTUS_STATE;
  process.env.TACTUS_STATE = state;
});

afterEach(() => {
  meeting.stepsLeft = -1;
  if (stateBefore === undefined) delete process.env.TACTUS_STATE;
  else process.env.TACTUS_STATE = stateBefore;
  rmSync(state, { recursive: true, force: true });
});

/** How far the steps lie apart at which they meet. */
const stride = isLong ? 1 : 3;

/** Whoever waits for a file looks a few times; the whole of their wait is left to the long run. */
function hurried<T>(deed: () => T): T {
  if (isLong) return deed();
  const now = performance.now.bind(performance);
  let aheadMs = 0;
  const hurry = vi.spyOn(performance, 'now').mockImplementation(() => {
    aheadMs += 20;
    return now() + aheadMs;
  });
  try {
    return deed();
  } finally {
    hurry.mockRestore();
  }
}

/** Whether it went through; the only other way is to be told to try again. */
function wentThrough(deed: (state: string) => void): boolean {
  try {
    deed(state);
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/another process \(\d+\) is changing it/);
    return false;
  }
}

describe.each(writers)('$name', ({ name, one, other, holds }) => {
  it('has what both wrote, wherever they meet', async () => {
    const kept = keptFiles.find(file => file.name === name);
    let isOver = false;
    for (let steps = 0; !isOver; steps += stride) {
      expect(steps).toBeLessThan(60);
      rmSync(state, { recursive: true, force: true });
      state = mkdtempSync(join(tmpdir(), 'tactus-two-'));
      process.env.TACTUS_STATE = state;
      await kept?.make(state);
      let isDone = false;
      meeting.stepsLeft = steps;
      meeting.other = () => {
        isDone = hurried(() => wentThrough(other));
      };
      one(state);
      isOver = meeting.stepsLeft >= 0;
      meeting.stepsLeft = -1;
      if (!isDone) other(state);
      holds(state);
      expect([...everyFile(state).keys()].filter(file => /\.(lock|new)$/.test(file))).toEqual([]);
    }
  });
});

it('the certificate is one for both of two that begin at once', async () => {
  const notices = new Notices();
  const both = await Promise.all([1, 2].map(() => lanCertificate(state, ['192.168.1.2'], at, notices.say)));
  const again = await lanCertificate(state, ['192.168.1.2'], at, notices.say);
  expect(new Set([...both, again].map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect(notices.all).toEqual([]);
});

it('a record that another process has put away is put away by that one alone', () => {
  const [first, second] = [audit(state), audit(state)];
  const line = { who: 'phone 1', what: 'x'.repeat(600_000), from: '192.168.1.3', result: 'ok' };
  for (const file of [first, first, first, second]) file.write(line);
  // The second has added to the same file, and has now to see that it is no longer where it was.
  second.write(line);
  second.write({ ...line, what: 'stop' });
  first.close();
  second.close();
  const lines = [...everyFile(state).values()].flatMap(bytes => bytes.toString().trimEnd().split('\n'));
  expect(lines.length).toBe(6);
});
