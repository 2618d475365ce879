/** A board on the browser's own serial port: a bare one gets its firmware from the page, and a session begins on it. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { chipFlashBytes } from '../../hardware/flash/flash.ts';
import { boardWords as words } from '../../machines/text/board.ts';
import { catalogue } from '../../machines/text/text.ts';
import { loadHex } from '../../simulator/avr/hex.ts';
import { firmwareHex } from '../../src/installed.ts';
import { axeFinds } from '../support/axe.ts';
import { keepPicture } from '../support/browser.ts';
import { serveDemo } from '../support/demo.ts';
import { boardIsUp, openPages } from '../support/opened.ts';
import { giveSerial, type PageSerial } from '../support/page-serial.ts';

const firmware = loadHex(firmwareHex(), chipFlashBytes);
let page: Page;
let complaints: string[];
let board: PageSerial;

beforeAll(async () => {
  const demo = await serveDemo();
  const opened = await openPages();
  ({ complaints } = opened);
  page = await opened.newPage();
  board = await giveSerial(page, { bare: {} });
  await page.goto(demo.address);
  await boardIsUp(page);
  return async () => {
    board.unplug();
    demo.close();
    await opened.close();
  };
});

const press = (name: keyof typeof words.button): Promise<void> => page.locator(`[data-do=${name}]`).click();
const step = (name: string) => page.locator(`[data-step=${name}][aria-current=step]`);

test('the settings lead to the look, which says what to do where no port is chosen, or none may be', async () => {
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.locator('[data-serial]').click();
  await step('port').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  for (const [answer, says] of [
    ['none', words.serial.none],
    ['refused', words.serial.refused],
  ] as const) {
    await board.answer(answer);
    await press('choose');
    await page.getByText(says).waitFor();
  }
  await board.answer('taken');
  await press('choose');
  await page.getByText(words.trouble.taken).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await board.answer('chosen');
});

test('a bare board is found silent, gets the firmware byte for byte, and says who it is', async () => {
  await press('look');
  await page.getByText(words.look.found.silent).waitFor({ timeout: 20_000 });
  await step('firmware').waitFor();
  await keepPicture(page, 'board-firmware');
  await press('put');
  await page.locator('[data-stage=writing]').waitFor({ timeout: 20_000 });
  await keepPicture(page, 'board-writing');
  await step('first').waitFor({ timeout: 100_000 });
  await page.getByText(words.firmware.done).waitFor();
  expect(board.image.findIndex((byte, index) => byte !== firmware[index])).toBe(-1);
  expect(await axeFinds(page)).toEqual([]);
  await keepPicture(page, 'board-first');
});

test('then sessions run on it, with no drawn buttons and no faults on demand, and its port is theirs alone', async () => {
  await press('use');
  await page.getByText(words.first.inUse).waitFor({ timeout: 20_000 });
  await page.locator('board-view a.button').click();
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 20_000 });
  expect(await page.locator('[data-button]').count()).toBe(0);
  await page.locator('[data-motor=left][data-duty="0"]').waitFor();
});

test('a button of the board is heard: STOP stops', async () => {
  board.board.button('stop', true);
  await page.locator('[data-state=stopped]').waitFor();
  board.board.button('stop', false);
});

test('an unplugged board is told as one', async () => {
  await board.pull();
  await page.getByText('The device is not answering. It stops by itself.').first().waitFor();
  expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('unknown');
  expect(complaints).toEqual([]);
});
