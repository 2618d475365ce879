/** The history on the page: read, noted, taken along, changed and erased, by keyboard alone. */
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { historyWords } from '../../machines/text/history.ts';
import { type SessionRecord, writtenRecord } from '../../src/history/records.ts';
import { axeFinds, beyondScreen, tooSmall } from '../support/axe.ts';
import { keepPicture, look, resized, settled, textOf } from '../support/browser.ts';
import { focused, tabTo } from '../support/by-keyboard.ts';
import { type Controller, startControllerIn } from '../support/controller.ts';
import { eventful, headerOf, keptOf } from '../support/kept.ts';
import { boardIsUp, type Live, openDemo, openLive } from '../support/opened.ts';

const dayMs = 24 * 3_600_000;

let state: string;
let controller: Controller;
let live: Live;
let page: Page;
let complaints: string[];
/** The file of a session that is under way. */
let writing: number | null = null;

const kept = () => readdirSync(join(state, 'history')).filter(name => name.endsWith('.jsonl'));

/** A session so many days ago, as it would stand in the state folder. */
function keep(
  days: number,
  records: readonly SessionRecord[],
  fields: Parameters<typeof headerOf>[0] = {},
): string {
  const at = new Date(Date.now() - days * dayMs);
  const [day = '', time = ''] = at.toISOString().split('T');
  const id = `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-abcd`;
  const header = headerOf({
    routine: { id: 'evening-legs', title: 'Evening legs', plannedMs: 1_200_000 },
    keeps: 'scores',
    ...fields,
    id,
    startedAt: at.toISOString(),
  });
  writeFileSync(join(state, 'history', `${id}.jsonl`), [header, ...records].map(writtenRecord).join(''), {
    mode: 0o600,
  });
  return id;
}

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'tactus-history-'));
  mkdirSync(join(state, 'history'), { mode: 0o700 });
  live = await openLive(['--routine', 'first-touch'], {
    state,
    viewport: { width: 1440, height: 1000 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // The controller is stopped under the page.
    mayComplain: /ERR_CONNECTION_REFUSED|WebSocket connection/,
  });
  ({ controller, page, complaints } = live);
  await boardIsUp(page);
});

afterAll(async () => {
  await controller?.stop();
  if (writing !== null) closeSync(writing);
  rmSync(state, { recursive: true, force: true });
  await live?.close();
});

async function press(wanted: RegExp): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}
const rows = () => page.locator('session-list li');
/** As a page that comes back asks anew. */
const comeBack = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

test('an empty history is a plain sentence, and where it all stands is said', async () => {
  await press(/^History$/);
  await page.getByText(historyWords.page.none).waitFor();
  await page.getByText(`All of this is kept on this computer only, in ${join(state, 'history')}.`).waitFor();
  expect(await page.getByRole('button', { name: 'Erase all sessions' }).count()).toBe(0);
  expect(await axeFinds(page)).toEqual([]);
});

describe('with sessions', () => {
  let noted: string;

  beforeAll(async () => {
    const evening = await keptOf({ steps: eventful });
    const ended = (outcome: 'stopped' | 'faulted', reason: string): SessionRecord[] =>
      evening.records.map(one => (one.type === 'outcome' ? { ...one, outcome, reason } : one));
    noted = keep(0.2, evening.records);
    keep(2.5, ended('stopped', 'pain'));
    keep(5, evening.records, { client: 'B' });
    keep(9, ended('faulted', 'linkLost'));
    keep(24, evening.records);
  });

  test('each is told with its day, minutes, and how it ended and why, in words', async () => {
    await comeBack();
    await rows().nth(4).waitFor();
    expect(await rows().count()).toBe(5);
    await rows().filter({ hasText: 'Stopped: it hurt' }).waitFor();
    await rows().filter({ hasText: 'Ended by a fault: the device did not answer' }).waitFor();
    await rows().filter({ hasText: 'Client B' }).waitFor();
    expect(await rows().first().textContent()).toMatch(
      /Evening legs\s*20 min\s*\d{4}-\d\d-\d\d \d\d:\d\d · Completed/,
    );
    expect(await axeFinds(page)).toEqual([]);
    await keepPicture(page, 'history');
  });

  test('what they come to over time is drawn, and stands in a table as well', async () => {
    const [weeks, scores] = await page.locator('trend-charts svg').all();
    expect(await weeks?.getAttribute('aria-label')).toMatch(/week by week: Week of \d\d-\d\d: \d+ min/);
    expect(await scores?.getAttribute('aria-label')).toMatch(/\(0 to 10\): \d\d-\d\d: 2\.3/);
    await press(/^The same as a table$/);
    expect(await page.locator('trend-charts tbody').last().locator('tr').count()).toBe(5);
    expect(await axeFinds(page)).toEqual([]);
    await press(/^The same as a table$/);
  });

  test('one played in steered time says so, and counts nowhere', async () => {
    const said = historyWords.practice.by;
    const weeks = () => page.locator('trend-charts svg').first().getAttribute('aria-label');
    const before = await weeks();
    const id = keep(1, [{ type: 'steered', at: 1000 }, ...(await keptOf({ steps: eventful })).records]);
    await comeBack();
    await rows().filter({ hasText: said }).waitFor();
    await page.getByText('Not counted here: 1 played in steered time, for practice.').waitFor();
    expect(await weeks()).toBe(before);
    await rows().filter({ hasText: said }).locator('button').click();
    await page.locator('session-detail').getByText(said).first().waitFor();
    await press(/All sessions$/);
    rmSync(join(state, 'history', `${id}.jsonl`));
    await comeBack();
    await expect.poll(() => rows().count()).toBe(5);
  });

  test('a letter is a history of its own', async () => {
    await page.getByText('Client B', { exact: true }).click();
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByText('Everybody', { exact: true }).click();
    await expect.poll(() => rows().count()).toBe(5);
  });

  test('one opened: figures, its drawing, and whoever cannot see it is taken to its name', async () => {
    await press(/^Evening legs/);
    await page.getByRole('heading', { name: 'Evening legs' }).waitFor();
    expect(await focused(page)).toBe('Evening legs');
    await page.getByText('times eased').waitFor();
    const drawn = () =>
      page
        .locator('session-detail img')
        .evaluate(image => image instanceof HTMLImageElement && image.naturalWidth);
    await expect.poll(drawn).toBeGreaterThan(0);
    expect(await page.locator('session-detail img').getAttribute('alt')).toMatch(/9 phases in 22 minutes/);
    expect(await axeFinds(page)).toEqual([]);
    await keepPicture(page, 'history-session');
  });

  test('its note can be written and copied', async () => {
    await tabTo(page, /Add to the note/);
    await page.keyboard.type('Left calf tight at first. <b>=1+1</b>');
    await press(/^Add$/);
    await page.getByText('Added.').waitFor();
    const shown = await page.locator('[data-note]').inputValue();
    expect(shown).toContain('Back of the leg: left 6:30 min');
    expect(shown).toContain('Left calf tight at first. <b>=1+1</b>');
    await press(/^Copy the note$/);
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  });

  test('it can be taken along, and its report opens without being part of this page', async () => {
    for (const [name, holds] of [
      ['Table (CSV)', 'evening-legs'],
      ['Everything (JSON)', '"summary"'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`^tactus-${noted}\\.(csv|json)$`));
      expect(await textOf(download)).toContain(holds);
    }
    const [report] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open the report' }).click(),
    ]);
    await report.getByRole('heading', { name: 'Evening legs' }).waitFor();
    expect(await report.evaluate(() => opener)).toBeNull();
    await report.close();
  });

  test('erasing asks once more, and “no” keeps it', async () => {
    await press(/^Erase this session$/);
    expect(await focused(page)).toBe('No, keep');
    expect(await axeFinds(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Erase this session');
    expect(kept()).toHaveLength(5);
  });

  test('“yes” erases: gone from every page at once, and from the disk', async () => {
    const other = await live.newPage();
    await other.goto(`${controller.address}#history`);
    await expect.poll(() => other.locator('[data-session]').count()).toBe(5);
    await press(/^Erase this session$/);
    await press(/^Yes, erase$/);
    await page.getByText('Erased.', { exact: true }).waitFor();
    expect(await rows().count()).toBe(4);
    expect(kept().some(name => name.startsWith(noted))).toBe(false);
    await expect.poll(() => other.locator('[data-session]').count()).toBe(4);
    await other.close();
    await expect.poll(() => focused(page)).toBe('History');
  });

  test('what another hand has erased is shown no longer', async () => {
    await press(/^Evening legs/);
    await page.getByRole('button', { name: 'Erase this session' }).waitFor();
    const newest = kept().toSorted().at(-1) ?? '';
    rmSync(join(state, 'history', newest));
    await comeBack();
    await page.getByText(historyWords.page.gone).waitFor();
    expect(await page.getByText('times eased').count()).toBe(0);
    // What is not there any more is all that the browser has complained of.
    expect(complaints.splice(0).filter(one => !one.includes('404'))).toEqual([]);
    await press(/All sessions$/);
    await expect.poll(() => rows().count()).toBe(3);
  });

  test('one that is still under way is not erased, and that is said', async () => {
    const underWay = headerOf({ pid: process.pid, routine: { id: 'x', title: 'Going on', plannedMs: 1 } });
    const id = keep(0.01, [], { pid: process.pid, routine: underWay.routine });
    // Whoever writes a session has its file open: this process does, until the end.
    writing = openSync(join(state, 'history', `${id}.jsonl`), 'a');
    await comeBack();
    await rows().filter({ hasText: historyWords.page.goingOn }).waitFor();
    await press(/^Going on/);
    await page.getByText(historyWords.page.underWay).waitFor();
    expect(await page.getByRole('button', { name: 'Erase this session' }).count()).toBe(0);
    await press(/All sessions$/);
  });

  test('what is kept, and how long, can be changed; what is too old by that is told first', async () => {
    await page.getByRole('radio', { name: '… and check-ins as bands' }).focus();
    await page.keyboard.press('Space');
    await tabTo(page, /^days$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('0');
    await page.getByText(historyWords.page.daysBad).waitFor();
    await press(/^Save$/);
    expect(await focused(page)).toBe('days');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('10');
    await page.getByText(historyWords.page.wouldGoOne).waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await press(/^Save and erase them$/);
    await page.getByText(historyWords.page.saved).waitFor();
    await expect.poll(() => rows().count()).toBe(3);
    expect(JSON.parse(readFileSync(join(state, 'preferences.json'), 'utf8'))).toMatchObject({
      keep: 'bands',
      keepDays: 10,
    });
  });

  test('all of it is erased in two steps, but what is under way', async () => {
    await press(/^Erase all sessions$/);
    await press(/^Yes, erase$/);
    await page.getByText('Erased: 2. One is still running and stays until it is over.').waitFor();
    expect(await rows().count()).toBe(1);
    expect(kept()).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});

test('without its controller nothing is shown as if it were there', async () => {
  await controller.stop();
  await page.getByText('The controller is not answering.').waitFor();
  expect(
    await page.locator('history-view > *, history-view div').first().getAttribute('inert'),
  ).not.toBeNull();
  await comeBack();
  await page.getByText('The controller does not answer, so nothing is shown').waitFor();
  expect(await rows().count()).toBe(0);
});

test.each([360, 768])('at %i px nothing is cut off sideways, and every control is 44 px', async width => {
  await controller.stop();
  controller = await startControllerIn(state, '--routine', 'first-touch');
  await resized(page, width, 740);
  await page.goto(`${controller.address}#history`);
  await rows().first().waitFor();
  for (const opened of [false, true]) {
    if (opened) await rows().first().locator('button').click();
    await settled(page);
    expect({
      ...(await tooSmall(page, 'button, summary, nav a, label:has(input), a.button, .days input')),
      page: await beyondScreen(page),
    }).toEqual({ small: [], over: 0, page: 0 });
  }
  await controller.stop();
});

describe('where there is no server', () => {
  let alone: Page;
  let address: string;
  beforeAll(async () => {
    const opened = await openDemo();
    alone = opened.page;
    address = opened.demo.address;
    return opened.close;
  });

  test('the page keeps a history of its own, and offers to erase all of it', async () => {
    await look(alone, 'history');
    await alone.locator('[data-erase-everything]').waitFor();
    expect(await axeFinds(alone)).toEqual([]);
  });

  test('and its board can be calibrated all the same', async () => {
    await alone.goto(`${address}#calibrate`);
    await alone.reload();
    await alone.locator('[data-deed=begin][aria-disabled=false]').click({ timeout: 20_000 });
    for (const asked of ['implant', 'hands']) {
      await alone.locator(`[data-step=${asked}]`).waitFor();
      await alone.locator('[data-felt=no]').click();
    }
    await alone.locator('[data-step=left]').waitFor();
    await alone.locator('[data-deed=play]').click();
    await alone.locator('[data-stage=felt]').waitFor({ timeout: 20_000 });
    expect(await alone.locator('[data-modelled=left]').getAttribute('data-felt')).toBe('true');
  });
});
