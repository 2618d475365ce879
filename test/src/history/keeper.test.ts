import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Keeping } from '../../../machines/vocabulary.ts';
import { historyIn } from '../../../src/history/history-folder.ts';
import { HistoryKeeper } from '../../../src/history/keeper.ts';
import type { HistoryStore } from '../../../src/history/store.ts';
import { headerOf } from '../../support/kept.ts';
import { TestRun } from '../../support/run.ts';

let state: string;
let store: HistoryStore;
let keep: Keeping;
const failures: string[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-keeper-'));
  store = historyIn(state, () => Date.parse('2026-03-01T18:30:00Z'));
  keep = 'plain';
  failures.length = 0;
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const keeper = (options: { firstClient?: string; intakeAttested?: boolean } = {}): HistoryKeeper =>
  new HistoryKeeper({
    store,
    preferences: () => ({ keep }),
    over: () => store.prune(30),
    wallNow: () => Date.parse('2026-03-01T18:30:00Z'),
    product: 'test',
    pid: 2 ** 30,
    user: () => 'therapist',
    failed: failure => failures.push(failure),
    ...options,
  });

/** A session that is left soon after it began. */
function session(history: HistoryKeeper, { isBegun = true } = {}): TestRun {
  const id = history.newId();
  const run = new TestRun({}, id === null ? {} : { id });
  history.follow(run.run);
  if (isBegun) run.start().for(20_000);
  run.intend({ intent: 'end' }).for(1000);
  return run;
}

describe('one session after another', () => {
  it('each client has a letter of their own, and the attestation is for the first alone', () => {
    const history = keeper({ firstClient: 'A', intakeAttested: true });
    session(history);
    // Nobody's session began here: the letter stays free.
    session(history, { isBegun: false });
    session(history);
    expect(
      store
        .list()
        .map(({ header }) => [header.client, header.intakeAttested])
        .toSorted(),
    ).toEqual([
      ['A', true],
      ['B', false],
    ]);
    expect(history.client).toBe('C');
  });

  it('after Z there is no letter left, and nobody is given a wrong one', () => {
    const history = keeper({ firstClient: 'Z' });
    session(history);
    expect(history.client).toBeNull();
  });

  it('nothing is kept where nothing is to be kept', () => {
    keep = 'off';
    const history = keeper();
    expect(history.newId()).toBeNull();
    session(history);
    expect(store.list()).toEqual([]);
  });

  it('what was kept before goes in its time, also where nothing more is to be kept', () => {
    const old = { id: '20260101-000000-abcd', startedAt: '2026-01-01T00:00:00.000Z', pid: 2 ** 30 };
    store.begin(headerOf(old)).close();
    keep = 'off';
    session(keeper());
    expect(store.list()).toEqual([]);
  });

  it('its journal names it, so that erasing it finds the journal too', () => {
    const history = keeper();
    const run = session(history);
    const [kept] = store.list();
    expect(run.journal.split('\n')[0]).toContain(`"id":"${kept?.header.id}"`);
  });

  it('a disk that takes nothing ends no session and is told once', () => {
    const history = keeper();
    const id = history.newId() ?? '';
    const run = new TestRun({}, { id });
    history.follow(run.run);
    rmSync(join(state, 'history'), { recursive: true });
    run.start().for(20_000);
    expect(run.run.state).toBe('warmUp');
    expect(failures).toEqual(['ENOENT']);
  });
});
