/** A whole first-touch by keyboard alone, in ten times real time. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { framesPass, stilled } from '../support/browser.ts';
import { openDemo } from '../support/opened.ts';

let page: Page;
let complaints: string[];

beforeAll(async () => {
  const demo = await openDemo(stilled);
  ({ page, complaints } = demo);
  return demo.close;
});

/** More steps than the page has controls. */
const mostTabs = 60;

/** What has the focus, through all shadow roots: its text, or what it is called. */
const focused = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const group = element?.closest('fieldset')?.querySelector('legend')?.textContent?.trim() ?? '';
    const own =
      element instanceof HTMLInputElement
        ? (element.closest('label')?.textContent ?? '')
        : (element?.textContent ?? '');
    return `${group} ${own.replace(/\s+/g, ' ').trim()}`.trim();
  });

async function tabTo(wanted: RegExp): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab');
    if (wanted.test(await focused())) return;
  }
  throw new Error(`no way by Tab to ${wanted}`);
}

async function press(wanted: RegExp): Promise<void> {
  await tabTo(wanted);
  await page.keyboard.press('Enter');
}

test('screening and preparation', async () => {
  await press(/^Begin: First touch/);
  await page.locator('screening-form .main[aria-disabled=false]').first().waitFor();
  await press(/^Yes$/);
  for (let card = 1; card <= 6; card++) {
    await page.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    // A card that has only just come takes no answer yet.
    await page.locator('screening-form .main[aria-disabled=false]').waitFor();
    await press(/^None of these$/);
  }
  await page.getByRole('heading', { name: 'Getting ready' }).waitFor();
  for (const question of [/^Where the hands will be/, /^Down the leg/]) {
    await tabTo(question);
    await page.keyboard.press('Space');
  }
});

test('the session, its check-in and its end', async () => {
  await press(/^All done: start$/);
  await page.locator('[data-state=warmUp]').waitFor();
  await page.keyboard.press('b');
  await page.locator('bench-controls').waitFor();
  await page.keyboard.press('.');
  await page.locator('[data-rate="10"][aria-pressed=true]').waitFor();
  await page.keyboard.press('b');
  await page.locator('check-in-form').waitFor({ timeout: 20_000 });
  // A question waits thirty seconds of session time: for it to be read here, time goes slower by itself.
  await page.keyboard.press('b');
  await page.locator('[data-rate="1"][aria-pressed=true]').waitFor();
  await page.keyboard.press('b');
  for (const question of [/^Where the hands are/, /^Down the leg/]) {
    await tabTo(question);
    await page.keyboard.press('Space');
  }
  await press(/^Stay at/);
  await page.locator('check-in-form').waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  // Once it is answered time goes on as it did.
  await page.locator('[data-rate="10"][aria-pressed=true]').waitFor();
  await page.keyboard.press('.');
  await page.locator('[data-rate="100"][aria-pressed=true]').waitFor();
  await page.locator('state-chart svg[data-active=finishing]').waitFor({ timeout: 30_000 });
  await page.keyboard.press('b');
  await page.getByRole('button', { name: catalogue.page.controls.noticed }).waitFor({ timeout: 30_000 });
  await press(/^Confirm$/);
  await page.locator('[data-outcome=completed]').waitFor();
  expect(complaints).toEqual([]);
});

test('Escape before anything has begun alarms nobody: it says so, and the question stays', async () => {
  await press(/^Choose a routine$/);
  await page.locator('routine-plan').waitFor();
  await press(/^Choose this, 4 min$/);
  await page.getByText('Is there a pain or complaint today?').waitFor();
  await tabTo(/^No$/);
  await page.keyboard.press('Escape');
  await page.getByText('Nothing has begun, so there is nothing to stop.').waitFor();
  // Nor does Space, with no control in focus.
  await page.locator('screening-form h2').evaluate((heading: HTMLElement) => {
    heading.tabIndex = -1;
    heading.focus();
  });
  await page.keyboard.press('Space');
  await framesPass(page, 20);
  expect(await page.locator('[data-strip]').getAttribute('data-strip')).toBe('screening');
  await page.getByText('Is there a pain or complaint today?').waitFor();
});
