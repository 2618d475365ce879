/** What axe finds wherever the session asks or tells something, in both colour schemes and in forced colours. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../machines/text/text.ts';
import { axeFinds } from '../../support/axe.ts';
import { keepMoving, look, passPreparation, passScreening } from '../../support/browser.ts';
import { boardIsUp, openDemo, openLive } from '../../support/opened.ts';

let page: Page;
let complaints: string[];

beforeAll(async () => {
  // Nothing is real there, and time can be steered.
  const demo = await openDemo({ viewport: { width: 768, height: 1024 } });
  ({ page, complaints } = demo);
  await passScreening(page);
  await passPreparation(page);
  await page.locator('[data-start]').click();
  await page.locator('[data-state=warmUp]').waitFor();
  return demo.close;
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
  expect(await axeFinds(page)).toEqual([]);
  await look(page, 'far');
  expect(await axeFinds(page)).toEqual([]);
});

test('when the board is lost, and when it is back', async () => {
  await atBench('[data-fault=unplug]');
  await atBench('[data-rate="1"]');
  await look(page, 'session');
  await page.locator('[data-state=faulted]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await atBench('[data-fault=replug]');
  await look(page, 'session');
  await boardIsUp(page);
  await button(catalogue.page.controls.acknowledge).click();
  await button(catalogue.page.controls.goOn).click();
});

test('when an ending is offered after enough, and while the end is told', async () => {
  await page.keyboard.press('Escape');
  await page.locator('[data-state=stopped]').waitFor();
  await page.getByRole('button', { name: /^Enough/ }).click();
  await button('Begin the cooldown').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await button('Begin the cooldown').click();
  await page.locator('[data-state=cooldown]').waitFor();
  await button('Next phase').click();
  await page.locator('[data-state=finishing]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
});

test('at a turn, and for whoever watches or is massaged', async () => {
  const { controller, page: hands, newPage, close } = await openLive(['--routine', 'evening-legs']);
  try {
    await boardIsUp(hands);
    await passScreening(hands);
    await passPreparation(hands);
    await hands.locator('[data-start]').click();
    await hands.locator('[data-state=warmUp]').waitFor();
    const shown = async () => await hands.locator('session-guide').first().innerText();
    for (let times = 0; times < 20; times++) {
      if (await hands.locator('[data-state=transition]').isVisible()) break;
      const next = hands.getByRole('button', { name: 'Next phase', exact: true });
      // A machine that stalled for a moment stands still, and waits for a person.
      if (!(await next.isVisible())) await keepMoving(hands);
      const before = await shown();
      await next.click();
      await expect.poll(shown).not.toBe(before);
    }
    await hands.locator('[data-state=transition]').waitFor();
    expect(await axeFinds(hands)).toEqual([]);
    const other = await newPage();
    await other.goto(controller.address);
    await other.getByText('Someone else is in control.').waitFor();
    expect(await axeFinds(other)).toEqual([]);
    await look(other, 'receiver');
    expect(await axeFinds(other)).toEqual([]);
  } finally {
    await close();
  }
});

test('no page complained of anything', () => {
  expect(complaints).toEqual([]);
});
