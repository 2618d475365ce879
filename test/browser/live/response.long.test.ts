/** What brings it on is asked while one gets ready, and shown back; the lighter technique is offered and taken by keys. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { packageRoot } from '../../../src/installed.ts';
import { axeFinds } from '../../support/axe.ts';
import { begin, passPreparation, passScreening } from '../../support/browser.ts';
import { boardIsUp, type Live, openLive } from '../../support/opened.ts';
import { repeatedIfStarved } from '../../support/starved.ts';

const words = catalogue.causes;
const slide = 'Slide along the whole of it.';

/** The first touch on somebody who lies on the front: lower legs, and a place that is kneaded and could be slid along. */
function routineFile(): string {
  const text = readFileSync(join(packageRoot, 'machines/routine/library/first-touch.json'), 'utf8');
  const { phases, ...routine } = JSON.parse(text) as { phases: { id: string; stage: string }[] };
  const glide = { technique: 'effleurage', instruction: slide, strokeCm: 20, speedCmPerS: 5, returnMs: 1000 };
  const prone = phases.map(phase => ({
    ...phase,
    position: 'prone',
    zone: phase.stage === 'strokes' ? 'buttocks' : 'calf',
    ...(phase.stage === 'strokes' && { technique: 'kneading', otherTechnique: glide }),
  }));
  const file = join(mkdtempSync(join(tmpdir(), 'tactus-routine-')), 'response.json');
  writeFileSync(file, JSON.stringify({ ...routine, id: 'response', for: ['partner'], phases: prone }));
  return file;
}

let live: Live;
let page: Page;
async function open(): Promise<void> {
  live = await openLive(['--routine', routineFile()], { viewport: { width: 1280, height: 900 } });
  ({ page } = live);
  await boardIsUp(page);
  await passScreening(page);
}
beforeAll(open);
afterAll(async () => {
  await live?.close();
});
async function again(): Promise<void> {
  await live.close();
  await open();
}

const cause = (question: 'bringsOn' | 'worsens', name: string) =>
  page.locator(`causes-form [data-question=${question}] [data-cause=${name}]`);

async function says(): Promise<void> {
  await page.locator('causes-form').waitFor();
  await page.getByText(catalogue.preparation['position.prone']).waitFor();
  // Nothing is chosen beforehand, and nothing to be used before both have an answer.
  expect(await page.locator('causes-form [aria-pressed=true]').count()).toBe(0);
  await page.locator('[data-causes][disabled]').waitFor();
  await cause('bringsOn', 'longStandingOrWalking').focus();
  await page.keyboard.press('Enter');
  await cause('worsens', 'beingCold').click();
  await page.getByText(words.keepWarm).waitFor();
  await cause('worsens', 'none').click();
  expect(await cause('worsens', 'beingCold').getAttribute('aria-pressed')).toBe('false');
  await cause('worsens', 'lyingOnTheFront').click();
  expect(await cause('worsens', 'none').getAttribute('aria-pressed')).toBe('false');
  expect(await axeFinds(page)).toEqual([]);
  await page.locator('[data-causes]').click();
  const places = catalogue.zones.calf.toLowerCase();
  await page.getByText(fill(words.gentleToday, { places })).waitFor();
  await page.getByText(catalogue.preparation['position.sideLying']).waitFor();
  await page.getByText(words.said).waitFor();
  expect(await page.locator('causes-form').count()).toBe(0);
}

async function isOffered(): Promise<void> {
  await passPreparation(page);
  await begin(page);
  await page.locator('session-guide [data-gentle]').getByText(words.gentleHere).waitFor();
  await page.locator('[data-intent=next]').click();
  await page.getByText('buttocks', { exact: false }).first().waitFor();
  await page.locator('session-guide [data-gentle]').waitFor({ state: 'detached' });
  expect(await page.locator('[data-lighter]').count()).toBe(0);
  await page.locator('[data-intent=less]').click();
  await page.locator('[data-intent=less]').click();
  await page.locator('[data-lighter]').waitFor();
  const offer = fill(catalogue.lighter, { instruction: slide });
  await page.locator('[aria-live=polite]').getByText(offer).waitFor({ state: 'attached' });
  expect(await axeFinds(page)).toEqual([]);
  await page.locator('[data-lighter] button').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-lighter]').waitFor({ state: 'detached' });
  await page.locator('session-guide .how').getByText(slide).waitFor();
}

test(
  'what brings it on chooses how to lie and where hands are light; what is too much has a lighter technique',
  repeatedIfStarved(async () => {
    await says();
    await isOffered();
  }, again),
);
