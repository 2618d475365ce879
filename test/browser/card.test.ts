/** The screening to print: one sheet, with nothing the browser would complain of. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { screeningCard } from '../../machines/text/card.ts';
import { complaintsOf, launchChromium } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

test('fits one sheet of A4', async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.setContent(screeningCard());
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
  expect(complaints).toEqual([]);
});
