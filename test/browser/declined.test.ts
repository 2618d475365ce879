/** An answer that locks out, on the page. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { launchChromium } from '../support/browser.ts';
import { type Controller, startController } from '../support/controller.ts';

let controller: Controller;
let browser: Browser;

beforeAll(async () => {
  controller = await startController('--routine', 'first-touch');
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await controller?.stop();
});

test('"unsure" to one question ends in no session, with the advice of that question and motors off', async () => {
  const page = await browser.newPage();
  await page.goto(controller.address);
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
