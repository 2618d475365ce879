/** What axe finds wherever the session asks or tells something, in both colour schemes and in forced colours. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringAxe, violations } from '../support/axe.ts';
import { complaintsOf, launchChromium, look, passPreparation, passScreening } from '../support/browser.ts';
import { type Controller, startController } from '../support/controller.ts';

let controller: Controller;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  controller = await startController('--routine', 'first-touch');
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 768, height: 1024 } });
  complaints = complaintsOf(page);
  // Nothing is real there, and time can be steered.
  await page.goto(new URL('demo/', controller.address).href);
  await page.getByText('Connected, emulated').waitFor({ timeout: 20_000 });
  await bringAxe(page);
  await passScreening(page);
  await passPreparation(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('[data-state=warmUp]').waitFor();
});

afterAll(async () => {
  await browser?.close();
  await controller?.stop();
});

const atBench = async (press: string): Promise<void> => {
  await look(page, 'bench');
  // All of it is drawn: nothing moves under the press any more.
  await page.locator('state-chart svg').waitFor();
  await page.locator('scope-chart canvas').first().waitFor();
  await page.locator(press).click();
};
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('on the bench, and from two metres', async () => {
  await look(page, 'bench');
  expect(await violations(page)).toEqual([]);
  await look(page, 'far');
  expect(await violations(page)).toEqual([]);
});

test('when the board is lost, and when it is back', async () => {
  await atBench('[data-fault=unplug]');
  await atBench('[data-rate="1"]');
  await look(page, 'session');
  await page.locator('[data-state=faulted]').waitFor();
  expect(await violations(page)).toEqual([]);
  await atBench('[data-fault=replug]');
  await look(page, 'session');
  await page.getByText('Connected, emulated').waitFor({ timeout: 20_000 });
  await button('Understood').click();
  await button('Go on').click();
});

test('when an ending is offered after enough, and while the end is told', async () => {
  await page.keyboard.press('Escape');
  await page.locator('[data-state=stopped]').waitFor();
  await page.getByRole('button', { name: /^Enough/ }).click();
  await button('Begin the cooldown').waitFor();
  expect(await violations(page)).toEqual([]);
  await button('Begin the cooldown').click();
  await page.locator('[data-state=cooldown]').waitFor();
  await button('Next phase').click();
  await page.locator('[data-state=finishing]').waitFor();
  expect(await violations(page)).toEqual([]);
});

test('at a turn, and for whoever watches or is massaged', async () => {
  const own = await startController('--routine', 'evening-legs');
  const hands = await browser.newPage();
  const other = await browser.newPage();
  try {
    await hands.goto(own.address);
    await hands.getByText('Connected, emulated').waitFor();
    await bringAxe(hands);
    await passScreening(hands);
    const baseline = hands.getByRole('group', { name: 'Where the hands will be' });
    for (let steps = 0; steps < 5 && !(await baseline.isVisible()); steps++) {
      await hands.getByRole('button', { name: 'Done', exact: true }).first().click();
      await hands.waitForTimeout(300);
    }
    await hands
      .getByRole('group', { name: 'Where the hands will be' })
      .getByText('1', { exact: true })
      .click();
    await hands.getByRole('group', { name: 'Down the leg' }).getByText('0', { exact: true }).click();
    await hands.getByRole('button', { name: 'That is how it is' }).click();
    await hands.getByRole('button', { name: 'Start', exact: true }).click();
    await hands.locator('[data-state=warmUp]').waitFor();
    for (let times = 0; times < 20; times++) {
      if (await hands.locator('[data-state=transition]').isVisible()) break;
      await hands.getByRole('button', { name: 'Next phase', exact: true }).click();
      await hands.waitForTimeout(200);
    }
    expect(await violations(hands)).toEqual([]);
    await other.goto(own.address);
    await other.getByText('Someone else is in control.').waitFor();
    await bringAxe(other);
    expect(await violations(other)).toEqual([]);
    await look(other, 'receiver');
    expect(await violations(other)).toEqual([]);
  } finally {
    await hands.close();
    await other.close();
    await own.stop();
  }
});

test('no page complained of anything', () => {
  expect(complaints).toEqual([]);
});
