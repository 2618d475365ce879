/** A board is tried out from the page, in Chromium: to the end, kept, and a session begins on it. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { setupWords } from '../../machines/text/setup.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { axeFinds } from '../support/axe.ts';
import { driven } from '../support/bringup.ts';
import { keepPicture } from '../support/browser.ts';
import { type Demo, serveDemo } from '../support/demo.ts';
import { openPages } from '../support/opened.ts';
import { giveSerial, type PageSerial } from '../support/page-serial.ts';

const words = terminalWords.bringup;
let demo: Demo;
let page: Page;
let complaints: string[];
let board: PageSerial;

beforeAll(async () => {
  demo = await serveDemo();
  const opened = await openPages();
  ({ complaints } = opened);
  page = await opened.newPage();
  board = await giveSerial(page);
  await page.goto(`${demo.address}#board`);
  await page.locator('[data-do=choose]').waitFor({ timeout: 30_000 });
  return async () => {
    board.unplug();
    demo.close();
    await opened.close();
  };
});

const press = (name: string): Promise<void> => page.locator(`[data-do=${name}]`).click();
const question = (sentence: string) =>
  page.locator('board-dialogue [data-now]').filter({ hasText: sentence });

/** A failure says what stands there instead, and one that is over is not waited for. */
async function asked(sentence: string): Promise<void> {
  const isOver = page.locator('board-dialogue [data-over]');
  await question(sentence)
    .or(isOver)
    .first()
    .waitFor({ timeout: 30_000 })
    .catch(() => {});
  if (await question(sentence).isVisible()) return;
  const there = await page.locator('board-dialogue .stack').innerText();
  throw new Error(`"${sentence}" is not asked: ${there.replaceAll('\n', ' · ')}`);
}
const answer = (key: string): Promise<void> => page.locator(`board-dialogue [data-key="${key}"]`).click();

async function choose(): Promise<void> {
  await press('choose');
  await page.locator('[data-step=first][aria-current=step]').waitFor({ timeout: 20_000 });
}

/** From the beginning, also where an attempt before has left one half-way. */
async function mayHold(): Promise<void> {
  const leave = page.locator('[data-do=leave]');
  if (await leave.isVisible()) await leave.click();
  if (await page.locator('board-dialogue').isVisible()) await press('close');
  await press('bringup');
  for (const question of [words.holder.implant, words.holder.hands]) {
    await asked(question);
    await answer('n');
  }
}

/** Down until the page has heard it. */
async function pressOnBoard(button: Button): Promise<void> {
  const name = button.toUpperCase();
  await asked(fill(words.press, { name }));
  board.board.button(button, true);
  await new Promise(resolve => setTimeout(resolve, 150));
  board.board.button(button, false);
}

/** A machine that stood still cuts a pulse short and says so: whoever felt nothing has it played again. */
async function untilFelt(pin: number): Promise<void> {
  const question = page.locator('board-dialogue [data-question]');
  for (let tries = 0; tries < 5 && !driven(board).includes(pin); tries++) {
    const before = await question.getAttribute('data-question');
    await answer('a');
    await page.locator(`board-dialogue [data-question]:not([data-question="${before}"])`).waitFor();
  }
}

test('STOP by its key ends it at once: told, the port let go of, and it can be begun again', async () => {
  await choose();
  await keepPicture(page, 'board-ready');
  expect(await axeFinds(page)).toEqual([]);
  await mayHold();
  await asked(words.led);
  // The question has the focus: whoever cannot see it hears it.
  expect(await page.evaluate(() => document.activeElement?.shadowRoot !== null)).toBe(true);
  await keepPicture(page, 'bringup-led');
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByText(setupWords.ended.stopped).waitFor();
  await page.getByText(setupWords.ended.off).waitFor();
  expect(board.told.at(-1)).toBe('close');
  expect(driven(board)).toEqual([]);
  expect(await axeFinds(page)).toEqual([]);
  await press('close');
});

test('what is wrong is named with the one thing to do', async () => {
  await mayHold();
  await asked(words.led);
  await answer('n');
  await page.getByText(words.wrong.led).waitFor();
  await page.getByText(words.todo.led).waitFor();
  await keepPicture(page, 'bringup-wrong');
  expect(await axeFinds(page)).toEqual([]);
  await press('close');
});

test('a board that is wired rightly is led through, and what was found out is kept', async () => {
  await mayHold();
  await asked(words.led);
  await answer('y');
  await asked(fill(words.press, { name: 'GO' }));
  await keepPicture(page, 'bringup-press');
  expect(await axeFinds(page)).toEqual([]);
  await pressOnBoard('go');
  await pressOnBoard('less');
  await pressOnBoard('stop');
  for (const name of ['A', 'B']) {
    await asked(fill(setupWords.bringup.motor, { name }));
    await answer('run');
    await asked(fill(words.felt, { name }));
    if (name === 'A') await keepPicture(page, 'bringup-felt');
    await untilFelt(name === 'A' ? pins.left : pins.right);
    await answer('y');
  }
  await asked(terminalWords.calibrate.nearer);
  // The second: B is the nearer one.
  await answer('2');
  await page.getByText(setupWords.kept.done).waitFor();
  await keepPicture(page, 'bringup-done');
  expect(await axeFinds(page)).toEqual([]);
  expect(driven(board).toSorted()).toEqual([pins.left, pins.right].toSorted());
});

test('a session begins on it, and after a reload what was found out drives the next', async () => {
  await press('first');
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 20_000 });
  expect(await page.locator('[data-button]').count()).toBe(0);
  await page.goto(`${demo.address}#board`);
  await page.reload();
  await choose();
  await press('use');
  await page.locator('board-view a.button').waitFor({ timeout: 20_000 });
  await page.evaluate(() => {
    location.hash = '#calibrate';
  });
  await page.getByText(catalogue.calibration.known.swapped).waitFor();
  await page.getByText(setupWords.kept.ofKind).waitFor();
  await keepPicture(page, 'calibrate-kept');
  expect(complaints).toEqual([]);
});

test('what a board keeps that plays by itself is chosen in a form; an Uno says that it cannot', async () => {
  await page.evaluate(() => {
    location.hash = '#board';
  });
  await press('letGo');
  await page.locator('by-itself summary').click();
  await page.locator('load-form [data-routine=first-touch]').click();
  await keepPicture(page, 'board-load');
  expect(await axeFinds(page)).toEqual([]);
  await press('load');
  await page.getByText(terminalWords.alone.cannot).waitFor({ timeout: 30_000 });
  expect(complaints).toEqual([]);
});
