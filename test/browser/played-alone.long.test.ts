/** A session that a board has played by itself, on the page: marked, with its span, and with no more than is known. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyWords } from '../../machines/text/history.ts';
import { writtenRecord } from '../../src/history/records.ts';
import { whenWord } from '../../src/time/calendar.ts';
import { axeFinds } from '../support/axe.ts';
import { tabTo } from '../support/by-keyboard.ts';
import { headerOf } from '../support/kept.ts';
import { boardIsUp, type Live, openLive } from '../support/opened.ts';

const id = '20260302-183000-abcd';
const startedAt = '2026-03-02T18:30:00.000Z';
const startedAfter = '2026-03-01T08:00:00.000Z';
const none = { left: 0, right: 0 };

let state: string;
let live: Live;

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'tactus-history-'));
  mkdirSync(join(state, 'history'), { mode: 0o700 });
  const header = headerOf({
    id,
    startedAt,
    pid: 2 ** 30,
    routine: { id: 'evening-legs', title: 'Evening legs', plannedMs: 1_200_000 },
    alone: { startedAfter, board: 'usb:1', epoch: 1, sequence: 0, routineHash: 1 },
  });
  const stages = {
    warmUp: none,
    strokes: { left: 240_000, right: 270_000 },
    pressureRamp: none,
    cooldown: none,
  };
  const totals = {
    type: 'totals',
    at: 600_000,
    movedMs: 510_000,
    stages,
    eases: 1,
    rises: 0,
    pauses: 2,
  } as const;
  const outcome = { type: 'outcome', at: 600_000, outcome: 'completed', reason: 'routineDone' } as const;
  writeFileSync(
    join(state, 'history', `${id}.jsonl`),
    [header, totals, outcome].map(writtenRecord).join(''),
    {
      mode: 0o600,
    },
  );
  live = await openLive(['--routine', 'first-touch'], { state });
  await boardIsUp(live.page);
});

afterAll(async () => {
  await live?.controller.stop();
  rmSync(state, { recursive: true, force: true });
  await live?.close();
});

test('is told apart in the list, and its facts are those that a board knows', async () => {
  const { page } = live;
  await tabTo(page, /^History$/);
  await page.keyboard.press('Enter');
  const row = page.locator('session-list li').first();
  await row.waitFor();
  expect(await row.textContent()).toContain(
    `between ${whenWord(startedAfter)} and ${whenWord(startedAt)} · ${historyWords.alone.by} · Completed`,
  );
  await row.locator('button').click();
  const detail = page.locator('session-detail');
  await detail.getByText(historyWords.alone.caption).waitFor();
  expect(await detail.locator('tbody').first().textContent()).toMatch(/Strokes\s*4:00\s*4:30/);
  expect(await detail.locator('img').count()).toBe(0);
  expect(await detail.locator('dt').allTextContents()).not.toContain(historyWords.tiles.strokes);
  expect(await axeFinds(page)).toEqual([]);
});
