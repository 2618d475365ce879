/** A session on the page, in a real Chromium: every press goes the whole way through the firmware and back. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  complaintsOf,
  keepPicture,
  launchChromium,
  passPreparation,
  passScreening,
  recordDuty,
} from '../support/browser.ts';
import { type Controller, startController } from '../support/controller.ts';

let controller: Controller;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  controller = await startController('--routine', 'first-touch');
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  complaints = complaintsOf(page);
  await page.goto(controller.address);
});

afterAll(async () => {
  await browser?.close();
  await controller?.stop();
});

const pressOnDevice = async (name: 'go' | 'less' | 'stop'): Promise<void> => {
  await page.locator(`[data-button=${name}]`).hover();
  await page.mouse.down();
  // Longer than Johnny-Five's debounce, shorter than a hold.
  await page.waitForTimeout(120);
  await page.mouse.up();
};
const inState = (state: string) => page.locator(`[data-state=${state}]`).waitFor();
const duty = (motor: 'left' | 'right') => page.locator(`[data-motor=${motor}]`).getAttribute('data-duty');

test('the page shows the live device', async () => {
  await page.getByText('Connected, emulated').waitFor();
  expect(await duty('left')).toBe('0');
  expect(await duty('right')).toBe('0');
});

test('screening and preparation lead to a start that only a person gives', async () => {
  await passScreening(page);
  expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true);
  await passPreparation(page);
  await page.getByText('GO or Start begins').waitFor();
  expect(await duty('left')).toBe('0');
});

test('both motors rise and fall with the strokes, as the firmware reports them', async () => {
  const seen = await recordDuty(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await inState('warmUp');
  await expect
    .poll(async () => (await seen()).right.filter(value => value === 0).length, { timeout: 15_000 })
    .toBeGreaterThan(2);
  const { left, right } = await seen();
  for (const motor of [left, right]) {
    expect(motor.filter(value => value > 0).length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...motor)).toBeLessThanOrEqual(184);
    expect(motor.at(-1)).toBeLessThanOrEqual(184);
  }
  await keepPicture(page, 'session');
});

test('GO on the drawn device pauses and goes on', async () => {
  await pressOnDevice('go');
  await inState('paused');
  await expect.poll(() => duty('left')).toBe('0');
  await page.waitForTimeout(500);
  await pressOnDevice('go');
  await inState('warmUp');
});

test('LESS on the drawn device lightens and keeps its ceiling', async () => {
  await pressOnDevice('less');
  await inState('eased');
  expect(await page.locator('[data-state]').textContent()).toBe('Lighter. It stays at 1 on this side today.');
});

test('STOP on the drawn device stops, confirmed by the firmware, and asks what happened', async () => {
  await pressOnDevice('stop');
  await inState('stopped');
  await expect
    .poll(() => page.locator('[data-state=stopped]').textContent())
    .toContain('Motors off, confirmed');
  expect([await duty('left'), await duty('right')]).toEqual(['0', '0']);
  await page.getByRole('button', { name: /Slipped/ }).click();
  await inState('paused');
});

test('a key held on a drawn button is a press of the board, and Escape stops from anywhere', async () => {
  await page.locator('[data-button=go]').focus();
  await page.keyboard.down('Enter');
  await page.waitForTimeout(120);
  await page.keyboard.up('Enter');
  await inState('eased');
  await page.keyboard.press('Escape');
  await inState('stopped');
  await page.getByRole('button', { name: /Enough/ }).click();
  await page.getByRole('button', { name: 'No, end here' }).click();
  await page.locator('[data-outcome=stopped]').waitFor();
});

test('another session begins with screening again', async () => {
  await page.getByRole('link', { name: 'Choose a routine' }).click();
  await page.locator('[data-routine=evening-legs]').check();
  await page.getByRole('button', { name: 'Choose this, 20 min' }).click();
  await page.getByText('Is there a pain or complaint today?').waitFor();
});

test('nothing is blocked by the content security policy and nothing fails on the page', () => {
  expect(complaints).toEqual([]);
});
