import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyIn, retentionIn } from '../../../src/history/history-folder.ts';
import type { Retention } from '../../../src/history/retention.ts';
import type { HistoryStore } from '../../../src/history/store.ts';
import { judged, type SeenTime, steadyMs } from '../../../src/history/trusted-time.ts';
import { noticeSentence } from '../../../src/storage/notices.ts';
import { headerOf } from '../../support/kept.ts';

const dayMs = 86_400_000;
const begin = Date.parse('2026-03-01T18:30:00Z');
let state: string;
let now: number;
let keepDays: number | null;
const said: string[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-retention-'));
  now = begin;
  keepDays = 30;
  said.length = 0;
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const store = (): HistoryStore => historyIn(state, () => now);
const retention = (): Retention =>
  retentionIn(state, {
    store: store(),
    wallNow: () => now,
    keepDays: () => keepDays,
    say: notice => said.push(noticeSentence(notice)),
  });

function session(at: number): string {
  now = at;
  const id = store().newId();
  const file = store().begin(headerOf({ id, startedAt: new Date(at).toISOString(), pid: 2 ** 30 }));
  file.keep({ type: 'outcome', at: 1, outcome: 'completed', reason: 'routineDone' });
  file.close();
  retention().atEnd(id);
  return id;
}
const kept = (): readonly string[] =>
  store()
    .list()
    .map(({ header }) => header.id);

describe('erasing by age', () => {
  it('takes what is older than so many days, session by session, however far apart they are', () => {
    for (const apart of [4, 9]) {
      for (let day = 0; day <= 60; day += apart) session(begin + day * dayMs);
      const ages = store()
        .list()
        .map(({ header }) => (now - Date.parse(header.startedAt)) / dayMs);
      // One gap later at most: the time is believed once another session has borne it out.
      expect(Math.max(...ages)).toBeLessThanOrEqual(30 + apart);
      expect(ages.length).toBeGreaterThanOrEqual(Math.floor(30 / apart));
      store().eraseAll();
      rmSync(join(state, 'seen.json'));
    }
  });

  it('erases nothing by a clock that is ahead by a year, says so, and goes on when it is right again', () => {
    const before = [0, 1, 2].map(day => session(begin + day * dayMs));
    said.length = 0;
    const ahead = session(begin + 367 * dayMs);
    session(begin + 367 * dayMs + 3_600_000);
    expect(kept()).toEqual(expect.arrayContaining([...before, ahead]));
    expect(said.join()).toMatch(/gone ahead by 365 days/);
    session(begin + 3 * dayMs);
    expect(kept()).toEqual(expect.arrayContaining(before));
    // A real absence is believed a day later.
    session(begin + 100 * dayMs);
    expect(kept()).toEqual(expect.arrayContaining(before));
    session(begin + 102 * dayMs);
    for (const id of before) expect(kept()).not.toContain(id);
  });

  it('waits while it is in doubt for how long sessions are kept', () => {
    const old = session(begin);
    keepDays = null;
    for (const day of [40, 41, 42]) session(begin + day * dayMs);
    expect(kept()).toContain(old);
    expect(said.join()).toMatch(/does not say clearly/);
  });

  it('asks again where the days have become fewer and nobody said so here', () => {
    keepDays = 365;
    const old = session(begin);
    for (let day = 2; day <= 50; day += 2) {
      now = begin + day * dayMs;
      retention().atEnd();
    }
    keepDays = 35;
    now += dayMs;
    expect(retention().atEnd().held).toMatch(/says 35 days, but 365/);
    expect(kept()).toContain(old);
    expect(retention().asked().count).toBe(1);
  });

  it('erases nothing where what was seen is broken or cannot be written', () => {
    const old = session(begin);
    for (const day of [27, 28, 29]) session(begin + day * dayMs);
    for (const text of ['', '{"v":1,"firmAt":"soon"}', '{']) {
      writeFileSync(join(state, 'seen.json'), text);
      now = begin + 34 * dayMs;
      expect(retention().atEnd().count).toBe(0);
    }
    expect(kept()).toContain(old);
    expect(readFileSync(join(state, 'seen.json.aside-1'), 'utf8')).toBe('');
  });

  it('never comes of looking', () => {
    const old = session(begin);
    now = begin + 400 * dayMs;
    store().list();
    store().glances();
    store().read('latest');
    expect(existsSync(join(state, 'history', `${old}.jsonl`))).toBe(true);
  });
});

describe('a clock', () => {
  it('is never trusted further than it reads, nor further than it was steady or borne out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -400 * 24, max: 400 * 24 }), { minLength: 1, maxLength: 20 }),
        hours => {
          let seen: SeenTime = { firmAt: begin, leapAt: null };
          const read: number[] = [begin];
          for (const step of hours) {
            const at = (read.at(-1) ?? begin) + step * 3_600_000;
            const before = seen;
            seen = judged(seen, at).seen;
            expect(seen.firmAt).toBeLessThanOrEqual(at + 2 * 3_600_000);
            // What is newly believed is near what was, or has been read before on a day that is over.
            const isNear = seen.firmAt - before.firmAt <= steadyMs;
            const isBorneOut = read.some(one => Math.abs(seen.firmAt - one) <= steadyMs && at - one >= dayMs);
            expect([isNear || isBorneOut, step]).toEqual([true, step]);
            read.push(at);
          }
        },
      ),
    );
  });
});
