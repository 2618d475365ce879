/** Places that are not for hands today: asked for where a card says so, chosen and brought back, hatched on the body. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { cards } from '../../../machines/screening.questions.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { axeFinds } from '../../support/axe.ts';
import { passPreparation, passWelcome } from '../../support/browser.ts';
import { boardIsUp, openLive } from '../../support/opened.ts';

const { preparation, screening, forms, zones } = catalogue;

let page: Page;

beforeAll(async () => {
  const live = await openLive(['--routine', 'evening-legs'], { viewport: { width: 1280, height: 900 } });
  ({ page } = live);
  await boardIsUp(page);
  return live.close;
});

const zone = (name: string) => page.locator(`preparation-form [data-zone=${name}]`);
const pressed = async (): Promise<readonly (string | undefined)[]> =>
  await page
    .locator('preparation-form [data-zone][aria-pressed=true]')
    .evaluateAll(buttons => buttons.map(button => (button as HTMLElement).dataset.zone));
const step = (name: string) => page.locator(`[data-step=${name}]`);
const isDone = (name: string) => page.locator(`[data-step=${name}].done`).waitFor();

/** No complaint, and nothing to say but a yes to this question. */
async function screened(question: string): Promise<void> {
  await passWelcome(page);
  await page.getByRole('button', { name: 'No', exact: true }).click();
  for (const [index, { questions }] of cards.entries()) {
    await page.getByRole('img', { name: `Card ${index + 1} of ${cards.length}` }).waitFor();
    if (!(questions as readonly string[]).includes(question)) {
      await page.getByRole('button', { name: screening.noneOfThese }).click();
      continue;
    }
    for (const id of questions.filter(one => one !== 'K8'))
      await page
        .locator(`[data-question=${id}]`)
        .getByText(id === question ? screening.answers.yes : screening.answers.no, { exact: true })
        .click();
    await page.getByRole('button', { name: screening.next }).click();
  }
  await page.getByRole('heading', { name: forms.ready }).waitFor();
}

test('a yes to broken skin opens the list of places, and wants one of them or none', async () => {
  await screened('K2');
  await step('places').getByText(preparation.places).waitFor();
  const offered = await page
    .locator('[data-step=places] [data-zone]')
    .evaluateAll(buttons => buttons.map(button => (button as HTMLElement).dataset.zone));
  expect(offered).toEqual(['thighBack', 'calf', 'legBack']);
  // Nothing begins before.
  await page.locator('[data-start][disabled]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.locator('[data-no-places]').click();
  await isDone('places');
});

test('a place is left out with what hands would touch it with, and brought back by the same button', async () => {
  await page.getByText(preparation.leaveOut).click();
  await zone('calf').focus();
  await page.keyboard.press('Enter');
  await page
    .getByText(fill(preparation.leftOut, { places: [zones.calf, zones.legBack].join(', ') }))
    .waitFor();
  expect(await pressed()).toEqual(['calf']);
  // Warm-up and cooldown were on the whole leg.
  const moved = fill(preparation.elsewhere, {
    stage: catalogue.stages.warmUp,
    places: zones.thighBack.toLowerCase(),
  });
  await page.getByText(moved).waitFor();
  await zone('calf').click();
  await step('places').getByText(preparation.places).waitFor();
  await page.locator('[data-step=places]:not(.done)').waitFor();
  expect(await pressed()).toEqual([]);
  expect(await page.getByText(moved).count()).toBe(0);
});

test('what is left out is hatched on the body, and nothing of it is worked', async () => {
  await zone('calf').click();
  await isDone('places');
  await passPreparation(page);
  await page.locator('[data-start]').click();
  await page.locator('body-guide [data-left-out=calf]').first().waitFor({ state: 'attached' });
  expect(await page.locator('body-guide [data-left-out]:not([data-left-out=calf])').count()).toBe(0);
  // A machine that stalls stands still: then it is told as the place that is kept.
  await page.locator('session-guide').getByText(zones.thighBack).first().waitFor();
});
