/** On a phone what is asked stands in sight, wherever somebody has scrolled to, and nothing is answered by accident. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { framesPass, look, passPreparation, passWelcome, stilled, timeStands } from '../support/browser.ts';
import { openDemo } from '../support/opened.ts';

let page: Page;

beforeAll(async () => {
  // Nothing is real there, and time can be steered.
  const demo = await openDemo({ ...stilled, viewport: { width: 360, height: 640 }, hasTouch: true });
  page = demo.page;
  return demo.close;
});

const scrollDown = () =>
  page.evaluate(() => {
    const main = document.querySelector('tactus-page')?.shadowRoot?.querySelector('main');
    main?.scrollTo(0, main.scrollHeight);
  });

/** Whether the middle of it lies within the screen and under nothing. */
const inSight = (selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate(element => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      let hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      while (hit?.shadowRoot) {
        const inner = hit.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (!inner || inner === hit) break;
        hit = inner;
      }
      return hit !== null && (hit === element || element.contains(hit));
    });

const focus = () => page.locator('screening-form').evaluate(form => form.shadowRoot?.activeElement?.tagName);

test('a double click answers one card, not two, and the next one is read from its top', async () => {
  await passWelcome(page);
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  await page.getByRole('img', { name: 'Card 1 of 6' }).waitFor();
  const none = page.getByRole('button', { name: 'None of these' });
  await page.locator('screening-form .main[aria-disabled=false]').waitFor();
  // Within the page, so that the second click comes as soon as the second card does.
  await page.locator('screening-form').evaluate(async form => {
    const card = () => form.shadowRoot?.querySelector('[role=img]')?.getAttribute('aria-label');
    const press = () => {
      const button = form.shadowRoot?.querySelector<HTMLButtonElement>('button.main');
      button?.focus({ preventScroll: true });
      button?.click();
    };
    press();
    while (card() !== 'Card 2 of 6') await new Promise(requestAnimationFrame);
    press();
  });
  await page.getByRole('img', { name: 'Card 2 of 6' }).waitFor();
  expect(await inSight('screening-form h2')).toBe(true);
  // It takes answers again, and what the second click would have answered has had its frames to come.
  await page.locator('screening-form .main[aria-disabled=false]').waitFor();
  await framesPass(page, 10);
  expect(await page.getByRole('img', { name: 'Card 2 of 6' }).isVisible()).toBe(true);
  for (let card = 2; card <= 6; card++) {
    await page.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    await none.click();
    // By ear as well: the heading has the focus, and reading goes on from there.
    if (card < 6) await expect.poll(focus).toBe('H2');
  }
  await page.getByRole('heading', { name: 'Getting ready' }).waitFor();
});

test('a check-in, a pause and a stop come into sight by themselves', async () => {
  await passPreparation(page);
  await page.locator('[data-start]').click();
  await page.locator('[data-state=warmUp]').waitFor();
  // Left far down, and asked while somebody is elsewhere: back there the question is what one sees.
  await scrollDown();
  await look(page, 'bench');
  await page.locator('[data-rate="10"]').click();
  await page.locator('[data-strip$=".checkIn"]').waitFor({ timeout: 60_000 });
  await page.locator('[data-rate="1"][aria-pressed=true]').waitFor();
  await look(page, 'session');
  await page.locator('check-in-form').waitFor();
  await expect.poll(() => inSight('check-in-form h2')).toBe(true);
  // Time goes as in life while it is asked; while axe looks at it, it stands still.
  await look(page, 'bench');
  await page.locator('[data-time=pause]').click();
  await timeStands(page);
  await look(page, 'session');
  await page.locator('check-in-form').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await look(page, 'bench');
  await page.locator('[data-rate="10"]').click();
  await look(page, 'session');
  await page.locator('check-in-form').waitFor();
  await scrollDown();
  // Nobody answers: it pauses by itself.
  await page.locator('[data-state=paused]').waitFor();
  await expect.poll(() => inSight('session-guide h2')).toBe(true);
  expect(await page.locator('session-guide h2').first().textContent()).toContain('because no answer came');
  await scrollDown();
  await page.keyboard.press('Escape');
  await page.locator('[data-state=stopped]').waitFor();
  await expect.poll(() => inSight('session-guide h2')).toBe(true);
});
