/** One walk through the page, on a live controller with the firmware behind it: questions, session, stop, report. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFinds, stopIsFree } from '../../support/axe.ts';
import {
  begin,
  look,
  passPreparation,
  passScreening,
  resized,
  settled,
  whileMoving,
} from '../../support/browser.ts';
import { boardIsUp, type Live, openLive } from '../../support/opened.ts';
import { repeatedIfStarved } from '../../support/starved.ts';
import { astray } from '../../support/stop-in-sight.ts';
import { Touches } from '../../support/touches.ts';

let live: Live;
let page: Page;

async function open(): Promise<void> {
  live = await openLive(['--routine', 'first-touch'], { hasTouch: true });
  ({ page } = live);
}
beforeAll(open);
afterAll(async () => {
  await live?.close();
});
/** From the beginning, with another controller. */
async function again(): Promise<void> {
  await live.close();
  await open();
}

const duty = async () =>
  await page.locator('[data-motor]').evaluateAll(motors => motors.map(one => Number(one.dataset.duty)));

/** Questions and preparation lead to a start that only a person gives, and the motors move with the hands. */
async function toMovingHands(): Promise<void> {
  await boardIsUp(page);
  expect(await axeFinds(page, [{ colorScheme: 'light', forcedColors: 'none' }])).toEqual([]);
  await passScreening(page);
  expect(await page.locator('[data-start]').isDisabled()).toBe(true);
  await passPreparation(page);
  expect(await duty()).toEqual([0, 0]);
  await begin(page);
  await whileMoving(page, async () => Math.max(...(await duty())) > 0);
}

/** On a small phone, in every look. */
async function stopInSight(): Promise<void> {
  await resized(page, 320, 640);
  for (const name of [
    'session',
    'far',
    'bench',
    'alone',
    'routines',
    'write',
    'history',
    'calibrate',
  ] as const) {
    await look(page, name);
    await settled(page);
    expect([name, await stopIsFree(page)]).toEqual([name, true]);
  }
  await look(page, 'session');
  // A sample of what the long test sweeps: a desk at 400 %, and phones both ways.
  for (const [width, height] of [
    [320, 256],
    [740, 360],
    [360, 740],
  ] as const) {
    await resized(page, width, height);
    expect([width, height, await astray(page, { frames: 2, alsoScrolled: true })]).toEqual([
      width,
      height,
      [],
    ]);
  }
  await resized(page, 1280, 800);
}

/** Whatever a busy machine has made of the session meanwhile: stop is confirmed by the firmware, and asked why. */
async function toTheEnd(): Promise<void> {
  // As a hand does: another finger rests somewhere, and this one slides.
  const touches = await Touches.on(page);
  const box = await page.locator('[data-stop]').boundingBox();
  if (!box) throw new Error('no STOP');
  await touches.down(1, { x: 40, y: 300 });
  await touches.down(2, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await touches.slide(2, 16, 0);
  await page.locator('[data-state=stopped]').waitFor();
  await touches.allUp();
  await expect
    .poll(() => page.locator('[data-state=stopped]').textContent())
    .toContain('Motors off, confirmed');
  expect(await duty()).toEqual([0, 0]);
  await page.getByRole('button', { name: /It hurt/ }).click();
  await page.locator('[data-outcome=stopped]').waitFor();
}

async function toTheReport(): Promise<void> {
  await look(page, 'history');
  const row = page.locator('session-list li');
  await row.filter({ hasText: /Stopped/ }).waitFor();
  await row.first().locator('button').click();
  const [report] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Open the report' }).click(),
  ]);
  await report.getByRole('heading', { name: 'First touch' }).waitFor();
}

test(
  'from the questions over hands that move, with STOP free in every look, to a stop that is confirmed, and the report',
  repeatedIfStarved(async () => {
    await toMovingHands();
    await stopInSight();
    await toTheEnd();
    await toTheReport();
  }, again),
);

test('the content security policy has refused nothing of the page, and refuses what is put into it', async () => {
  expect(live.complaints.splice(0)).toEqual([]);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'globalThis.putIn = true';
      document.head.append(script);
    } catch {
      // Trusted types may refuse it before the policy for scripts does.
    }
    return 'putIn' in globalThis;
  });
  expect(ran).toBe(false);
  await expect.poll(() => live.complaints.splice(0).join()).toMatch(/Content Security Policy|TrustedScript/);
});
