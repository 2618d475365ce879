/** An answer that locks out, on the page. */
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { passWelcome } from '../support/browser.ts';
import { openLive } from '../support/opened.ts';

let page: Page;

beforeEach(async () => {
  const live = await openLive(['--routine', 'first-touch']);
  page = live.page;
  return live.close;
});

test('a yes that was marked stands, whatever the one button for all others is pressed for', async () => {
  await passWelcome(page);
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  await page.locator('[data-question=S4]').getByText('Yes', { exact: true }).click();
  await page.getByRole('button', { name: 'None of the others' }).click();
  await page.locator('[data-outcome=declined]').waitFor();
  expect(await page.getByText(catalogue.screening.advice.S4).isVisible()).toBe(true);
});

test('"unsure" to one question ends in no session, with the advice of that question and motors off', async () => {
  await passWelcome(page);
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  for (const [index, question] of ['S1', 'S2', 'S3', 'S4', 'S5'].entries())
    await page
      .locator(`[data-question=${question}]`)
      .getByText(index === 3 ? 'Unsure' : 'No', { exact: true })
      .click();
  await page.getByRole('button', { name: 'Next card' }).click();
  await page.locator('[data-outcome=declined]').waitFor();
  expect(await page.getByText(catalogue.screening.advice.S4).isVisible()).toBe(true);
  expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('0');
});
