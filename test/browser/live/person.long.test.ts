/** The person being massaged has a page of their own; interruptions and the end are asked about; who returns is asked in short. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../machines/text/text.ts';
import { passScreening } from '../../support/browser.ts';
import { firmerTouchFile } from '../../support/firmer-touch.ts';
import { openLive } from '../../support/opened.ts';

let giver: Page;
let receiver: Page;
let complaints: string[];

const state = mkdtempSync(join(tmpdir(), 'tactus-person-'));
/** Whether it is on the disk that all was clear. */
const isRemembered = (): boolean => existsSync(join(state, 'screening.json'));

beforeAll(async () => {
  const live = await openLive(['--routine', firmerTouchFile()], { state });
  ({ page: giver, complaints } = live);
  await giver.locator('[data-begin]').waitFor();
  receiver = await live.newPage({ viewport: { width: 390, height: 844 } });
  await receiver.goto(`${live.controller.address}#receiver`);
  return live.close;
});

const inState = (state: string) => giver.locator(`[data-state=${state}]`).waitFor();
const start = () => giver.locator('[data-start]');

test('their page has two fields, and is tried before the start', async () => {
  await receiver.getByRole('heading', { name: catalogue.receiver.title }).waitFor();
  await passScreening(giver);
  await giver.getByText(catalogue.preparation['receiver.page']).waitFor();
  const scale = (name: string) => giver.getByRole('group', { name });
  await scale(catalogue.forms.here).getByText('1', { exact: true }).click();
  await scale(catalogue.forms.leg).getByText('0', { exact: true }).click();
  expect(await start().isDisabled()).toBe(true);
  await receiver.locator('[data-less]').click();
  await receiver.getByText(catalogue.receiver.tried).waitFor();
});

test('all being clear may be remembered, in so many words', async () => {
  await giver.getByText(catalogue.screening.remember.what).waitFor();
  await giver.locator('[data-remember]').click();
  await giver.locator('[data-forget]').waitFor();
});

test('their less eases; where nothing is lighter they are told so', async () => {
  await start().click();
  await inState('warmUp');
  await receiver.locator('[data-less]').click();
  await inState('eased');
  await receiver.locator('[data-less]').click();
  await receiver.getByText(catalogue.refusals.next.alreadyLightest).waitFor();
});

test('a cramp pauses, with what helps', async () => {
  await giver.locator('[data-why=cramp]').click();
  await giver.getByText(catalogue.states['paused.cramp']).first().waitFor();
  await giver.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
  // As light as they wished it before.
  await inState('eased');
});

test('their stop stops, and what is new ends it with its advice', async () => {
  await receiver.locator('[data-stop]').click();
  await giver.getByRole('button', { name: catalogue.afterStop.slip.word }).click();
  await inState('paused');
  await giver.locator('[data-new]').click();
  await giver.locator('[data-symptom=dizziness]').click();
  await giver.getByText(catalogue.symptoms.dizziness).waitFor();
});

test('after the end it asks how it is, and answers', async () => {
  const scale = (name: string) => giver.getByRole('group', { name });
  await scale(catalogue.forms.hereNow).getByText('1', { exact: true }).click();
  await scale(catalogue.forms.leg).getByText('3', { exact: true }).click();
  await giver.getByRole('button', { name: catalogue.forms.answer }).click();
  await giver.getByText(catalogue.endings.worse).waitFor();
  await giver.getByText(catalogue.endings.nextMorning).waitFor();
});

test('who returns is asked for what is new, the stop cards in full, and the others in short', async () => {
  await giver.getByRole('link', { name: catalogue.page.choice.chooseOne }).click();
  await giver.locator('[data-choose]').click();
  const { returning, noneOfThese, questions } = catalogue.screening;
  await giver.getByRole('heading', { name: returning.today }).waitFor();
  // A double press on what stood here before is no answer to this one, which nobody has read yet.
  await giver.locator('screening-form .main[aria-disabled=false]').waitFor();
  await giver.getByRole('button', { name: noneOfThese }).click();
  for (const card of [1, 2]) {
    await giver.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    await giver.getByRole('button', { name: noneOfThese }).click();
  }
  await giver.getByRole('img', { name: 'Cards 3 to 4 of 6' }).waitFor();
  expect(await giver.getByText(questions.C3.ask).isVisible()).toBe(true);
  // Both cards are asked in full after all.
  await giver.getByRole('button', { name: returning.askAll }).click();
  for (const card of [3, 4]) {
    await giver.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    await giver.getByRole('button', { name: noneOfThese }).click();
  }
  await giver.getByRole('img', { name: 'Cards 5 to 6 of 6' }).waitFor();
  await giver.getByRole('button', { name: returning.unchanged }).click();
  await giver.getByRole('heading', { name: catalogue.forms.ready }).waitFor();
});

test('a card that is opened again: nothing is remembered until it is answered', async () => {
  await giver.locator('[data-forget]').waitFor();
  expect(isRemembered()).toBe(true);
  await giver.getByText(catalogue.screening.changeAnswer).click();
  await giver.locator('[data-reopen=comfort]').click();
  await giver.locator('screening-form .main[aria-disabled=false]').waitFor();
  expect(isRemembered()).toBe(false);
  await giver.locator('screening-form .main').click();
  await giver.getByRole('heading', { name: catalogue.forms.ready }).waitFor();
  await giver.locator('[data-forget]').waitFor();
  expect(isRemembered()).toBe(true);
});

test('no page complained of anything', () => {
  expect(complaints).toEqual([]);
});
