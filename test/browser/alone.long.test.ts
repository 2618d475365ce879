/** A board that plays by itself, with nobody but the printed card to ask: its buttons, its light, its motors. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { cards } from '../../machines/screening.questions.ts';
import { aloneWords } from '../../machines/text/alone.ts';
import { printedCard } from '../../machines/text/card.ts';
import { axeFinds } from '../support/axe.ts';
import { framesPass, keepPicture, look, phoneOptions } from '../support/browser.ts';
import { openDemo } from '../support/opened.ts';
import { middleOf, Touches } from '../support/touches.ts';

/** GO sooner than a second after the last one would be haste. */
const betweenConfirmsMs = 1300;
/** Two steps without oil, and the beginning. */
const confirms = 3;

const light = (page: Page) => page.locator('alone-view .led');
const lightIs = (page: Page, how: 'lit' | 'dark'): Promise<void> =>
  page
    .locator(`alone-view .led${how === 'lit' ? '.lit' : ':not(.lit)'}`)
    .waitFor({ state: 'attached', timeout: 20_000 });

/** Starts to note what is drawn of light and motors; gives what has been noted since it was asked last. */
async function watched(page: Page) {
  await page.evaluate(() => {
    const noted: { lit: boolean; left: number; right: number }[] = [];
    Object.assign(globalThis, { noted });
    let last = '';
    const watch = (): void => {
      const board = document
        .querySelector('tactus-page')
        ?.shadowRoot?.querySelector('alone-view')
        ?.shadowRoot?.querySelector('device-view')?.shadowRoot;
      const duty = (name: string): number =>
        Number(board?.querySelector(`[data-motor=${name}]`)?.getAttribute('data-duty'));
      const lit = board?.querySelector('.led.lit') !== null;
      const [left, right] = [duty('left'), duty('right')];
      const now = JSON.stringify([lit, left, right]);
      if (now !== last) noted.push({ lit, left, right });
      last = now;
      requestAnimationFrame(watch);
    };
    watch();
  });
  return () =>
    page.evaluate(() =>
      (globalThis as unknown as { noted: { lit: boolean; left: number; right: number }[] }).noted.splice(0),
    );
}

/** Longer than a board blinks when its power comes. */
const blinksMs = 2500;

async function boardIsOn(page: Page): Promise<void> {
  await look(page, 'alone');
  await page.locator('alone-view device-view[live]').waitFor({ timeout: 20_000 });
  await page.waitForTimeout(blinksMs);
  await lightIs(page, 'dark');
}

type Hand = Readonly<{ hold(): Promise<void>; letGo(): Promise<void>; go(): Promise<void> }>;

/** As the card says: held until the light answers, once for each part, then GO for each step and to begin. */
async function byTheCard(page: Page, { hold, letGo, go }: Hand): Promise<void> {
  for (let card = 1; card <= cards.length; card++) {
    await hold();
    await lightIs(page, 'lit');
    await letGo();
    if (card < cards.length) await lightIs(page, 'dark');
    await page.waitForTimeout(500);
  }
  // After the last card it stays on.
  expect(await light(page).getAttribute('class')).toContain('lit');
  for (let times = 0; times < confirms; times++) {
    await go();
    await page.waitForTimeout(betweenConfirmsMs);
  }
}

describe('on a phone, by fingers', () => {
  let page: Page;
  beforeAll(async () => {
    const demo = await openDemo(phoneOptions);
    ({ page } = demo);
    return demo.close;
  });

  test('the whole card lies beside the board, and nothing says how the board is', async () => {
    await boardIsOn(page);
    const text = (await page.locator('alone-view printed-card article').innerText()).replace(/\s+/g, ' ');
    const shown = [
      printedCard.title,
      ...printedCard.how,
      ...printedCard.parts.flatMap(({ title, questions }) => [title, ...questions.map(({ ask }) => ask)]),
    ];
    expect(shown.filter(sentence => !text.includes(sentence))).toEqual([]);
    expect(await page.locator('alone-view .link, alone-view .cue, [data-strip]').count()).toBe(0);
    expect(await page.locator('.stages').count()).toBe(0);
    expect(await axeFinds(page)).toEqual([]);
  });

  test('GO and LESS answer the card, GO begins, a glide is felt, and STOP silences it', async () => {
    const touches = await Touches.on(page);
    const noted = await watched(page);
    await page.locator('alone-view [data-button=stop]').scrollIntoViewIfNeeded();
    const at = {
      go: await middleOf(page, 'alone-view [data-button=go]'),
      less: await middleOf(page, 'alone-view [data-button=less]'),
      stop: await middleOf(page, '[data-stop]'),
    };
    const tap = async (point: (typeof at)['go']): Promise<void> => {
      await touches.down(0, point);
      await page.waitForTimeout(140);
      await touches.up(0);
    };
    await byTheCard(page, {
      hold: async () => {
        await touches.down(0, at.go);
        await touches.down(1, at.less);
      },
      letGo: () => touches.allUp(),
      go: () => tap(at.go),
    });
    const seen: Awaited<ReturnType<typeof noted>> = [];
    await expect
      .poll(
        async () => {
          seen.push(...(await noted()));
          return seen.some(({ left }) => left > 0) && seen.some(({ right }) => right > 0);
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await keepPicture(page, 'alone');
    // Whatever runs when it comes: from then on both pins are low.
    await expect
      .poll(async () => (await noted()).some(({ left, right }) => left + right > 0), { timeout: 20_000 })
      .toBe(true);
    await touches.down(0, at.stop);
    await page.waitForTimeout(200);
    await noted();
    await page.waitForTimeout(2500);
    const after = await noted();
    await touches.up(0);
    expect(after.filter(({ left, right }) => left + right > 0)).toEqual([]);
    // The light of a stop: twice a second.
    expect(after.length).toBeGreaterThanOrEqual(6);
  });

  test('stands still while nobody can see it, and says so when it goes on', async () => {
    const hide = (hidden: boolean): Promise<void> =>
      page.evaluate(
        state => {
          Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        },
        hidden ? 'hidden' : 'visible',
      );
    const noted = await watched(page);
    await expect.poll(async () => (await noted()).some(({ lit }) => lit), { timeout: 5000 }).toBe(true);
    await hide(true);
    await framesPass(page, 10);
    await noted();
    await page.waitForTimeout(1500);
    expect(await noted()).toEqual([]);
    expect(await page.getByText(aloneWords.stoodStill).count()).toBe(0);
    await hide(false);
    await page.getByText(aloneWords.stoodStill).waitFor();
    await expect.poll(async () => (await noted()).some(({ lit }) => lit), { timeout: 5000 }).toBe(true);
  });
});

describe('at a desk with the network cut, by keys alone', () => {
  let page: Page;
  beforeAll(async () => {
    // Without a network the browser asks in vain for the page's icon, again at each turn.
    const demo = await openDemo({
      viewport: { width: 1440, height: 900 },
      mayComplain: /ERR_INTERNET_DISCONNECTED/,
    });
    ({ page } = demo);
    return demo.close;
  });

  test('needs no network any more when the page is there', async () => {
    const missing = () =>
      page.evaluate(() => {
        const here = performance.getEntriesByType('resource').map(({ name }) => name);
        return [
          ...[
            'alone',
            'bench',
            'calibrate',
            'distance',
            'history',
            'phone',
            'receiver',
            'routines',
            'write',
          ].map(name => `${name}-look`),
          'settings-panel',
          'board-worker',
        ].filter(part => !here.some(name => name.includes(`/${part}-`)));
      });
    await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await boardIsOn(page);
  });

  test('one key holds both, another look leaves it as it is, and Esc stops', async () => {
    await boardIsOn(page);
    const noted = await watched(page);
    const both = page.locator('alone-view [data-button=both]');
    const go = page.locator('alone-view [data-button=go]');
    await byTheCard(page, {
      hold: async () => {
        await both.focus();
        await page.keyboard.down('Space');
      },
      letGo: () => page.keyboard.up('Space'),
      go: async () => {
        await go.focus();
        await page.keyboard.press('Enter', { delay: 140 });
      },
    });
    await expect
      .poll(async () => (await noted()).some(({ left }) => left > 0), { timeout: 20_000 })
      .toBe(true);
    await look(page, 'bench');
    await page.locator('[data-alone]').click();
    await page.getByText(aloneWords.stoodStill).waitFor();
    await noted();
    await expect
      .poll(async () => (await noted()).some(({ right }) => right > 0), { timeout: 20_000 })
      .toBe(true);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
    await noted();
    await page.waitForTimeout(2500);
    const after = await noted();
    expect(after.filter(({ left, right }) => left + right > 0)).toEqual([]);
    expect(after.length).toBeGreaterThanOrEqual(6);
    // Plugged in again it asks from the beginning.
    await page.locator('[data-replug]').click();
    await boardIsOn(page);
    expect(await light(page).getAttribute('class')).not.toContain('lit');
  });
});
