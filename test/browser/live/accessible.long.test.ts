/** What axe finds on the page, step by step, in both colour schemes and in forced colours. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { settingsWords } from '../../../machines/text/settings.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { axeFinds, tooSmall } from '../../support/axe.ts';
import {
  begin,
  keepMoving,
  look,
  passPreparation,
  passWelcome,
  resized,
  settled,
} from '../../support/browser.ts';
import { boardIsUp, openLive } from '../../support/opened.ts';

let page: Page;

beforeAll(async () => {
  const live = await openLive(['--routine', 'first-touch']);
  page = live.page;
  await boardIsUp(page);
  return live.close;
});

test('axe finds nothing on the opening question', async () => {
  expect(await axeFinds(page)).toEqual([]);
});

test('axe finds nothing on a screening card', async () => {
  await passWelcome(page);
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  await page.getByRole('img', { name: 'Card 1 of 6' }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.reload();
});

test('a reload in mid-screening finds its place, and axe finds nothing in preparation', async () => {
  await page.getByRole('img', { name: 'Card 1 of 6' }).waitFor();
  for (let card = 1; card <= 6; card++) {
    await page.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    await page.getByRole('button', { name: 'None of these' }).click();
  }
  await page.getByRole('heading', { name: 'Getting ready' }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
});

test('axe finds nothing while the hands move', async () => {
  await passPreparation(page);
  await begin(page);
  expect(await axeFinds(page)).toEqual([]);
});

test.each(['far', 'bench', 'receiver'] as const)('axe finds nothing in the %s view', async name => {
  await look(page, name);
  if (name === 'bench') await page.getByLabel('Messages on the line').getByText('LEASE').first().waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await look(page, 'session');
});

test('axe finds nothing in the sheet of looks and sounds, and a scheme that is chosen holds after a reload', async () => {
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.locator('settings-panel').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('checkbox', { name: /^Letters/ }).uncheck();
  await page.keyboard.press('f');
  expect(await page.evaluate(() => location.hash)).toBe('');
  await page.getByRole('checkbox', { name: /^Letters/ }).check();
  await page.getByText('Light', { exact: true }).click();
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.dataset.scheme)).toBe('light');
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.getByText(settingsWords.schemes.auto, { exact: true }).click();
  await page.getByRole('button', { name: catalogue.page.settings }).click();
});

test('at 200 % zoom on a small screen nothing is cut off sideways, and every control is 44 px or more', async () => {
  const before = page.viewportSize();
  await resized(page, 320, 640);
  for (const name of ['session', 'bench'] as const) {
    await look(page, name);
    await settled(page);
    expect(await tooSmall(page)).toEqual({ small: [], over: 0 });
  }
  await look(page, 'session');
  if (before) await resized(page, before.width, before.height);
});

test('axe finds nothing in a pause, after a stop and at the end', async () => {
  // A receiver's page has no buttons of the board: it may have been paused meanwhile.
  await keepMoving(page);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.locator('[data-state=paused]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('[data-state=stopped]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: /It hurt/ }).click();
  await page.locator('[data-outcome=stopped]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
});
