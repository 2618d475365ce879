/** What the page without a server keeps in the browser: a session is found again, read, taken along, erased, brought back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyWords } from '../../machines/text/history.ts';
import { keptWords } from '../../machines/text/kept.ts';
import { fill } from '../../machines/text/text.ts';
import { untried } from '../../src/app/known-board.ts';
import { axeFinds } from '../support/axe.ts';
import { look, stilled, textOf } from '../support/browser.ts';
import { type Alone, openDemo } from '../support/opened.ts';

const words = historyWords.page;
const { take } = keptWords;
let opened: Alone;

beforeAll(async () => {
  opened = await openDemo({
    ...stilled,
    viewport: { width: 1440, height: 1000 },
    acceptDownloads: true,
  });
});
afterAll(() => opened.close());

const swappedCalibration = () => ({ ...untried().calibration, swapped: true });
const rows = () => opened.page.locator('session-list li');

test('a session that was broken off is there at the next visit, in another tab too', async () => {
  const { page } = opened;
  await look(page, 'bench');
  await page.getByLabel('Jump to a phase').selectOption('steady');
  await page.locator('state-chart svg[data-active="underway.strokes.stroking"]').waitFor({ timeout: 60_000 });
  await look(page, 'history');
  await rows().filter({ hasText: words.goingOn }).waitFor();
  // It has been written as far as it went, before the page goes without a word.
  await expect.poll(() => rows().count()).toBe(1);
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(() => void window.open(location.href, '_blank', 'noopener')),
  ]);
  await other.locator('session-list li').filter({ hasText: words.goingOn }).waitFor();
  await page.reload();
  await rows().filter({ hasText: historyWords.outcomes.brokeOff }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await other.close();
});

test('its figures and drawing are shown, a note is added, and its report opens under this page’s own policy', async () => {
  const { page } = opened;
  await rows().locator('button').click();
  const drawn = () =>
    page
      .locator('session-detail img')
      .evaluate(image => image instanceof HTMLImageElement && image.naturalWidth);
  await expect.poll(drawn).toBeGreaterThan(0);
  await page.locator('[data-write]').fill('Left calf.');
  await page.locator('[data-add]').click();
  await page.getByText(words.added, { exact: true }).waitFor();
  const [report] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: words.report }).click(),
  ]);
  await report.getByRole('heading', { name: 'First touch' }).waitFor();
  expect(await report.evaluate(() => [getComputedStyle(document.body).margin, opener])).toEqual([
    '0px',
    null,
  ]);
  await report.getByText('Left calf.').first().waitFor();
  await report.close();
  await page.locator('[data-back]').click();
});

test('all of it is saved as a file, erased after a second question, and added again from the file', async () => {
  const { page } = opened;
  const known = { at: '2026-02-01T10:00:00.000Z', stop: 'normallyClosed', calibration: swappedCalibration() };
  const boards = JSON.stringify({ version: 1, boards: { 'kind:2341:0043': known } });
  await page.evaluate(text => localStorage.setItem('tactus.boards', text), boards);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-save-all]').click(),
  ]);
  const file = await textOf(download);
  expect(file).toContain('Left calf.');
  // What is known of boards stands elsewhere in the browser, and goes with all the rest.
  const places = ['tactus.boards', 'tactus.boards.aside-1'];
  await page.evaluate(() => localStorage.setItem('tactus.boards.aside-1', '{}'));
  await page.getByRole('button', { name: take.erase }).click();
  await page.getByText(take.eraseSure).waitFor();
  await page.getByRole('button', { name: words.eraseYes }).click();
  await page.getByText(take.erased, { exact: true }).waitFor();
  expect(await page.evaluate(all => all.map(place => localStorage.getItem(place)), places)).toEqual([
    null,
    null,
  ]);
  await page.getByText(words.none).waitFor();
  await page.locator('take-along input[type=file]').setInputFiles({
    name: download.suggestedFilename(),
    mimeType: 'application/json',
    buffer: Buffer.from(file),
  });
  // Of the preferences nothing had been chosen.
  await page.getByText(fill(take.took, { sessions: 1, routines: 0, preferences: 0, boards: 1 })).waitFor();
  await rows().filter({ hasText: words.noted }).waitFor();
  expect(JSON.parse((await page.evaluate(() => localStorage.getItem('tactus.boards'))) ?? '')).toEqual(
    JSON.parse(boards),
  );
  expect(await axeFinds(page)).toEqual([]);
});
