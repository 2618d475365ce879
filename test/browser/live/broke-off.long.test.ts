/** A controller that dies in mid-session: the next one says so and goes on only where a person has answered anew. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../machines/text/text.ts';
import { begin, passPreparation, passScreening } from '../../support/browser.ts';
import { type Controller, startControllerIn } from '../../support/controller.ts';
import { type Opened, openPages } from '../../support/opened.ts';

const state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
let controller: Controller;
let opened: Opened;

beforeAll(async () => {
  // The controller is killed under the page.
  opened = await openPages({ mayComplain: /ERR_CONNECTION_REFUSED|WebSocket connection/ });
  return opened.close;
});

afterAll(async () => {
  await controller?.stop();
});

async function open(): Promise<Page> {
  controller = await startControllerIn(state, '--routine', 'first-touch');
  const page = await opened.newPage();
  await page.goto(controller.address);
  return page;
}

test('after a kill the motors stay off, the urgent questions come anew, and the place is kept, paused', async () => {
  const page = await open();
  await passScreening(page);
  await passPreparation(page);
  await begin(page);
  await page.getByRole('button', { name: 'Next phase' }).click();
  await page.locator('[data-state=strokes]').waitFor();
  controller.child.kill('SIGKILL');
  await once(controller.child, 'exit');
  await page.getByText('The controller is not answering').waitFor();
  await page.close();

  const again = await open();
  await again.getByText('The last session broke off at “Keep the beat”').waitFor();
  expect(controller.errors()).toContain('broke off at "Keep the beat"');
  for (let card = 1; card <= 2; card++) {
    await again.getByRole('img', { name: `Card ${card} of 2` }).waitFor();
    expect(await again.locator('[data-motor=left]').getAttribute('data-duty')).toBe('0');
    await again.getByRole('button', { name: 'None of these' }).click();
  }
  await again.locator('[data-state=paused]').waitFor();
  expect(await again.locator('[data-motor=left]').getAttribute('data-duty')).toBe('0');
  await again.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
  await again.locator('[data-state=strokes]').waitFor();
  await again.close();
}, 60_000);

test('a session that ended leaves its history, and neither its journal nor an answer', async () => {
  const page = await opened.newPage();
  await page.goto(controller.address);
  await page.locator('[data-state]:not([data-state=screening])').waitFor();
  // Stop is there whatever a busy machine has made of the session meanwhile.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /It hurt/ }).click();
  await page.locator('[data-outcome=stopped]').waitFor();
  await expect
    .poll(() => readdirSync(state).toSorted())
    .toEqual(['history', 'preferences.json', 'seen.json']);
  const history = join(state, 'history');
  const kept = readdirSync(history).map(name => readFileSync(join(history, name), 'utf8'));
  expect(kept.length).toBeGreaterThan(0);
  // What retention has seen of the clock stands beside it, and tells of no session.
  const seen = readFileSync(join(state, 'seen.json'), 'utf8');
  expect(Object.keys(JSON.parse(seen) as object).toSorted()).toEqual(['firmAt', 'keepDays', 'leapAt', 'v']);
  expect(kept.join('')).not.toMatch(/"(answers?|local|leg|here|S\d|C\d|K\d)"/);
});
