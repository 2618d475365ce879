/** Less is undone on the page of whoever said it, for five seconds. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../machines/text/text.ts';
import { begin, passPreparation, passScreening } from '../../support/browser.ts';
import { firmerTouchFile } from '../../support/firmer-touch.ts';
import { boardIsUp, type Live, openLive } from '../../support/opened.ts';
import { repeatedIfStarved } from '../../support/starved.ts';

let live: Live;
let giver: Page;
let receiver: Page;

async function open(): Promise<void> {
  live = await openLive(['--routine', firmerTouchFile()]);
  giver = live.page;
  await boardIsUp(giver);
  await passScreening(giver);
  await passPreparation(giver);
  receiver = await live.newPage({ viewport: { width: 390, height: 844 } });
  await receiver.goto(`${live.controller.address}#receiver`);
  await giver.getByText(catalogue.preparation['receiver.page']).waitFor();
  await receiver.locator('[data-less]').click();
  await receiver.getByText(catalogue.receiver.tried).waitFor();
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

const inState = (state: string) => giver.locator(`session-guide [data-state=${state}]`).waitFor();
const undo = (page: Page) => page.locator('[data-undo]');
const isRead = (page: Page) => page.locator('[aria-live]').getByText(catalogue.page.strip.undoSaid);
/** The element of the page that has the focus. */
const focusedTag = () => document.querySelector('tactus-page')?.shadowRoot?.activeElement?.tagName;

/** The receiver's own: by a press, and nobody else is offered it. */
async function byTheReceiver(): Promise<void> {
  await receiver.locator('[data-less]').click();
  await inState('eased');
  await undo(receiver).waitFor();
  await isRead(receiver).waitFor({ state: 'attached' });
  expect(await undo(giver).count()).toBe(0);
  await undo(receiver).click();
  await inState('warmUp');
  await undo(receiver).waitFor({ state: 'detached' });
}

/** The giver's, by the keyboard alone: it stands just before pause and less. */
async function byTheGiver(): Promise<void> {
  await giver.locator('[data-intent=less]').focus();
  await giver.keyboard.press('Enter');
  await undo(giver).waitFor();
  expect([await undo(receiver).count(), await isRead(giver).count()]).toEqual([0, 1]);
  await giver.keyboard.press('Shift+Tab');
  await giver.keyboard.press('Shift+Tab');
  await giver.keyboard.press('Enter');
  await inState('warmUp');
  // What had the focus has gone: whoever pressed it goes on from there, not from the top of the page.
  await expect.poll(() => giver.evaluate(focusedTag)).toBe('MAIN');
}

/** Whoever says nothing keeps it. */
async function goneByItself(): Promise<void> {
  await giver.locator('[data-intent=less]').click();
  await undo(giver).waitFor();
  await undo(giver).waitFor({ state: 'detached', timeout: 10_000 });
  await inState('eased');
}

test(
  'undone by the receiver on their page and by the giver on theirs, each their own, and not after five seconds',
  repeatedIfStarved(async () => {
    await begin(giver);
    await byTheReceiver();
    await byTheGiver();
    await goneByItself();
  }, again),
);
