/** The first minute: what this is, the ways on, how many presses lead to the hands, and what can be taken back. */
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { look, passScreening, placeOnScreen, resized, stilled } from '../support/browser.ts';
import { type Alone, boardIsUp, openDemo } from '../support/opened.ts';

let demo: Alone;
let page: Page;

beforeAll(async () => {
  demo = await openDemo({ ...stilled, viewport: { width: 360, height: 740 } });
  ({ page } = demo);
  return demo.close;
});
beforeEach(async () => {
  await page.goto(demo.demo.address);
  await page.reload();
  await boardIsUp(page);
});

const card = (place: number) => page.getByRole('img', { name: `Card ${place} of 6` }).waitFor();
const none = () => page.getByRole('button', { name: catalogue.screening.noneOfThese });

test('a stranger is told what this is, and eleven presses lead to hands that move', async () => {
  const { welcome, device } = catalogue.page;
  for (const told of [welcome.what, welcome.noDevice, device.emulated])
    await page.getByText(told).first().waitFor();
  expect(await page.locator('[data-begin]').textContent()).toContain('First touch, 4 min');
  // The way on is in sight on a small phone, whichever way it lies.
  for (const [width, height] of [
    [740, 360],
    [360, 740],
  ] as const) {
    await resized(page, width, height);
    const begin = await placeOnScreen(page.locator('[data-begin]'));
    expect(begin.bottom).toBeLessThan((await placeOnScreen(page.locator('footer'))).top);
  }
  await page.evaluate(() => {
    Reflect.set(globalThis, 'presses', 0);
    window.addEventListener('pointerdown', () => {
      Reflect.set(globalThis, 'presses', Number(Reflect.get(globalThis, 'presses')) + 1);
    });
  });
  await passScreening(page);
  await page.getByRole('group', { name: catalogue.forms.here }).getByText('0', { exact: true }).click();
  await page.getByRole('group', { name: catalogue.forms.leg }).getByText('0', { exact: true }).click();
  // What was said is still said after a look elsewhere, which is no press of anybody's on the way.
  await look(page, 'far');
  await look(page, 'session');
  await page.locator('[data-start]').click();
  await page.locator('session-guide [data-state=warmUp]').waitFor();
  expect(await page.evaluate(() => Number(Reflect.get(globalThis, 'presses')))).toBe(11);
});

test('"Look around first" shows a session at work, faster than real', async () => {
  await page.locator('[data-look]').click();
  await page.locator('[data-rate="10"][aria-pressed=true]').waitFor();
  await page.locator('state-chart svg[data-active^="underway."]').waitFor({ timeout: 30_000 });
});

describe('what was answered is taken back', () => {
  test('a card, and the question before all cards, from the card after it', async () => {
    await page.locator('[data-begin]').click();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await card(1);
    await none().click();
    await card(2);
    await page.locator('[data-back]').click();
    await card(1);
    await page.locator('[data-back]').click();
    await page.getByText(catalogue.screening.opening).waitFor();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await card(1);
  });

  test('any card, while getting ready; all other answers stand', async () => {
    await passScreening(page);
    await page.getByText(catalogue.screening.changeAnswer).click();
    await page.locator('[data-reopen=comfort]').click();
    await card(5);
    await none().click();
    await page.getByRole('heading', { name: catalogue.forms.ready }).waitFor();
  });
});
