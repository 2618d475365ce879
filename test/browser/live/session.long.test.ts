/** A session on the page, in a real Chromium: every press goes the whole way through the firmware and back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { gestureLimits } from '../../../machines/gesture.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { packageRoot } from '../../../src/installed.ts';
import {
  begin,
  keepMoving,
  keepPicture,
  passPreparation,
  passScreening,
  recordDuty,
  sessionPasses,
  whileMoving,
} from '../../support/browser.ts';
import { openLive } from '../../support/opened.ts';
import { repeatedIfStarved } from '../../support/starved.ts';

let page: Page;
let complaints: string[];

/** The first touch at a pressure from which it can be lightened: at the lightest, less changes nothing. */
function firmerTouch(): string {
  const text = readFileSync(join(packageRoot, 'machines/routine/library/first-touch.json'), 'utf8');
  const { phases, ...routine } = JSON.parse(text) as { phases: { stage: string }[] };
  return JSON.stringify({
    ...routine,
    id: 'firmer-touch',
    // A trial goes no firmer than this, so there is nothing to rise to.
    phases: phases
      .filter(({ stage }) => stage !== 'pressureRamp')
      .map(phase => ({ ...phase, pressureStart: 2, pressureMax: 2 })),
  });
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-routine-'));
  const file = join(folder, 'firmer-touch.json');
  writeFileSync(file, firmerTouch());
  const live = await openLive(['--routine', file], {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
  });
  ({ page, complaints } = live);
  return async () => {
    await live.close();
    rmSync(folder, { recursive: true });
  };
});

/** A press acts as the button goes down: it is held until the page has heard of it, and no longer. */
const pressOnDevice = async (name: 'go' | 'less' | 'stop', leadsTo: string): Promise<void> => {
  await page.locator(`[data-button=${name}]`).hover();
  await page.mouse.down();
  await inState(leadsTo);
  await page.mouse.up();
};
/** The button is let go, and hands move again. */
const again = async (): Promise<void> => {
  await page.mouse.up();
  await page.keyboard.up('Enter');
  const slipped = page.getByRole('button', { name: catalogue.afterStop.slip.word });
  if (await slipped.isVisible()) await slipped.click();
  await keepMoving(page);
};
const inState = (state: string) => page.locator(`[data-state=${state}]`).waitFor();
const duty = (motor: 'left' | 'right') => page.locator(`[data-motor=${motor}]`).getAttribute('data-duty');

test('the page shows the live device', async () => {
  await page.getByText(catalogue.page.device.links.emulated).waitFor();
  expect(await duty('left')).toBe('0');
  expect(await duty('right')).toBe('0');
});

test('screening and preparation lead to a start that only a person gives', async () => {
  await passScreening(page);
  expect(await page.locator('[data-start]').isDisabled()).toBe(true);
  await passPreparation(page);
  await page.getByText(catalogue.forms.startHint).waitFor();
  expect(await duty('left')).toBe('0');
});

test('both motors rise and fall with the strokes, as the firmware reports them', async () => {
  const seen = await recordDuty(page);
  await begin(page);
  await whileMoving(page, async () => (await seen()).right.filter(value => value === 0).length > 2);
  const { left, right } = await seen();
  for (const motor of [left, right]) {
    expect(motor.filter(value => value > 0).length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...motor)).toBeLessThanOrEqual(184);
    expect(motor.at(-1)).toBeLessThanOrEqual(184);
  }
  await keepPicture(page, 'session');
});

test(
  'GO on the drawn device pauses and goes on',
  repeatedIfStarved(async () => {
    await pressOnDevice('go', 'paused');
    await expect.poll(() => duty('left')).toBe('0');
    // Sooner it would be the second press of a double.
    await sessionPasses(page, gestureLimits.doubleMs + 100);
    await pressOnDevice('go', 'warmUp');
  }, again),
);

test(
  'LESS on the drawn device lightens and keeps its ceiling',
  repeatedIfStarved(async () => {
    await pressOnDevice('less', 'eased');
    expect(await page.locator('session-guide [data-state]').textContent()).toBe(
      'Lighter. It stays at 1 on this side today.',
    );
  }, again),
);

test(
  'STOP on the drawn device stops, confirmed by the firmware, and asks what happened',
  repeatedIfStarved(async () => {
    await pressOnDevice('stop', 'stopped');
    await expect
      .poll(() => page.locator('[data-state=stopped]').textContent())
      .toContain('Motors off, confirmed');
    expect([await duty('left'), await duty('right')]).toEqual(['0', '0']);
    await page.getByRole('button', { name: catalogue.afterStop.slip.word }).click();
    await inState('paused');
  }, again),
);

test(
  'a key held on a drawn button is a press of the board, and Escape stops from anywhere',
  repeatedIfStarved(async () => {
    await page.locator('[data-button=go]').focus();
    await page.keyboard.down('Enter');
    await inState('eased');
    await page.keyboard.up('Enter');
    await page.keyboard.press('Escape');
    await inState('stopped');
    await page.getByRole('button', { name: /Enough/ }).click();
    await page.getByRole('button', { name: 'No, end here' }).click();
    await page.locator('[data-outcome=stopped]').waitFor();
  }, again),
);

test('another session begins with screening again', async () => {
  await page.getByRole('link', { name: 'Choose a routine' }).click();
  await page.locator('[data-routine=evening-legs]').check();
  await page.getByRole('button', { name: 'Choose this, 20 min' }).click();
  await page.getByText('Is there a pain or complaint today?').waitFor();
});

test('nothing is blocked by the content security policy and nothing fails on the page', () => {
  expect(complaints).toEqual([]);
});
