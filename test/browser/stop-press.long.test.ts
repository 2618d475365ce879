/** STOP, pause, less and the drawn device act at contact, whatever fingers, tools and keys do with them; each press once. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { framesPass, look, stilled } from '../support/browser.ts';
import { openMovingPhone } from '../support/moving-phone.ts';
import type { Alone } from '../support/opened.ts';
import { middleOf, type Touches } from '../support/touches.ts';

let opened: Alone;
let page: Page;
let touches: Touches;

async function openMoving(): Promise<void> {
  ({ opened, page, touches } = await openMovingPhone(stilled));
}
beforeAll(openMoving);
afterAll(async () => {
  await opened?.close();
});

/** What the page says to its controller, and during which event. */
type Heard = Readonly<{ said: string; during: string | undefined }>;

/** Listens where the page speaks to its worker, from now on. */
const listen = (): Promise<void> =>
  page.evaluate(() => {
    const here = globalThis as unknown as { heard?: Heard[]; lastEvent?: string };
    if (!here.heard) {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (this: Worker, message: { text?: string }, ...rest: never[]) {
        const { text } = message;
        const parsed = text ? (JSON.parse(text) as { type: string; intent?: { intent: string } }) : null;
        const said = parsed?.intent?.intent ?? (parsed?.type === 'button' ? text : undefined);
        if (said) here.heard?.push({ said, during: here.lastEvent });
        post.call(this, message, ...rest);
      };
      for (const type of ['pointerdown', 'pointerup', 'touchend', 'click', 'keydown', 'keyup'])
        window.addEventListener(type, () => (here.lastEvent = type), true);
    }
    here.heard = [];
  });

const heard = async (): Promise<readonly Heard[]> => {
  await framesPass(page, 2);
  return await page.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard);
};
const said = async (): Promise<string[]> => (await heard()).map(one => one.said);

const stop = '[data-stop]';
const pause = 'footer [data-intent=pause]';
const less = 'footer [data-intent=less]';

/** Whatever came of the last test, back to hands that move. */
async function moving(): Promise<void> {
  const hands = page.locator(pause);
  const wayOn = page.getByRole('button', { name: /^By mistake|^Continue$|^Ready, continue$/ }).first();
  for (let times = 0; times < 8; times++) {
    await hands.or(wayOn).first().waitFor();
    if (await hands.isVisible()) return;
    // It may have gone meanwhile, as what it belongs to has.
    await wayOn.click({ timeout: 700 }).catch(() => {});
  }
  throw new Error('the hands do not move');
}

beforeEach(async () => {
  await touches.allUp();
  await moving();
  await listen();
});

describe('STOP by touch', () => {
  const bodies = '.where';

  test('acts at contact though the finger slides, lies there, or is taken away', async () => {
    const at = await middleOf(page, stop);
    for (const slidePx of [0, 3, 16, 40, 80]) {
      await touches.down(1, at);
      expect([slidePx, await said()]).toEqual([slidePx, ['stop']]);
      expect((await heard())[0]?.during).toBe('pointerdown');
      await touches.slide(1, slidePx, -slidePx);
      await framesPass(page, 10);
      await touches.allUp(slidePx === 16 ? 'touchCancel' : 'touchEnd');
      // Neither the lift nor a click that may follow it is another.
      expect([slidePx, await said()]).toEqual([slidePx, ['stop']]);
      await moving();
      await listen();
    }
  });

  test('acts with up to five fingers at once, and whichever of them it is', async () => {
    const at = await middleOf(page, stop);
    for (let fingers = 2; fingers <= 5; fingers++) {
      for (let id = 1; id <= fingers; id++) await touches.down(id, { x: at.x + 24 * (id - 3), y: at.y });
      expect((await said()).filter(one => one === 'stop')).toHaveLength(fingers);
      await touches.allUp();
      await framesPass(page, 3);
      expect((await said()).filter(one => one === 'stop')).toHaveLength(fingers);
      await moving();
      await listen();
    }
  });

  test('acts while another finger or a palm rests anywhere, or scrolls', async () => {
    const at = await middleOf(page, stop);
    for (const elsewhere of [bodies, '[data-strip]', 'header']) {
      const rest = await middleOf(page, elsewhere);
      await touches.down(1, rest);
      if (elsewhere === bodies) await touches.slide(1, 0, -60);
      await touches.down(2, at);
      expect([elsewhere, await said()]).toEqual([elsewhere, ['stop']]);
      await touches.allUp();
      await moving();
      await listen();
    }
  });

  test('pause and less do the same, each once', async () => {
    const at = await middleOf(page, less);
    await touches.down(1, at);
    expect(await said()).toEqual(['less']);
    await touches.slide(1, 30, 0);
    await touches.allUp();
    expect(await said()).toEqual(['less']);
    await moving();
    await touches.down(1, await middleOf(page, 'header'));
    await touches.down(2, await middleOf(page, pause));
    await touches.allUp();
    expect(await said()).toEqual(['less', 'pause']);
  });
});

describe('STOP by mouse, tool and key', () => {
  test('a mouse that is dragged off has pressed it; a click alone counts; each once', async () => {
    const at = await middleOf(page, stop);
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    expect(await said()).toEqual(['stop']);
    await page.mouse.move(at.x, at.y - 300);
    await page.mouse.up();
    expect(await said()).toEqual(['stop']);
    await moving();
    await framesPass(page, 40);
    await listen();
    await page.locator(stop).evaluate((button: HTMLElement) => button.click());
    expect(await said()).toEqual(['stop']);
    await moving();
    await listen();
    await page.mouse.click(at.x, at.y);
    expect(await said()).toEqual(['stop']);
  });

  test('a key that is held counts once, on STOP, on less, and on what is behind them', async () => {
    const hold = async (selector: string, key: string): Promise<void> => {
      await page.locator(selector).focus();
      for (let times = 0; times < 20; times++) await page.keyboard.down(key);
      await page.keyboard.up(key);
    };
    for (const key of ['Enter', 'Space']) {
      await listen();
      await hold(less, key);
      expect(await said()).toEqual(['less']);
      await listen();
      await hold('[data-intent=extend]', key);
      expect(await said()).toEqual(['extend']);
      await listen();
      await hold(stop, key);
      expect(await said()).toEqual(['stop']);
      await moving();
    }
  });

  test('"Go on" pressed twice with Space goes on, and does not stop', async () => {
    await page.locator(pause).tap();
    const goOn = page.getByRole('button', { name: catalogue.page.controls.goOn, exact: true });
    await goOn.focus();
    await listen();
    await page.keyboard.press('Space');
    await page.locator(pause).waitFor();
    await page.keyboard.press('Space');
    expect(await said()).toEqual(['go']);
  });

  test('Escape that ends a composition stops nothing; the next one does', async () => {
    await page.evaluate(() => {
      const key = { key: 'Escape', bubbles: true, composed: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...key, isComposing: true }));
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...key, keyCode: 229 }));
    });
    expect(await said()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await said()).toEqual(['stop']);
  });

  test('a capital letter turns to its look, once however long it is held', async () => {
    for (let times = 0; times < 5; times++) await page.keyboard.down('B');
    await page.keyboard.up('B');
    await page.locator('bench-view').waitFor();
    await look(page, 'session');
  });
});

describe('the drawn device', () => {
  // In a session that has just begun: a check-in would take LESS as an answer.
  beforeAll(async () => {
    await opened.close();
    await openMoving();
  });

  const seen = async (button: 'go' | 'less' | 'stop'): Promise<boolean[]> =>
    (await said())
      .filter(text => text.includes('"type":"button"'))
      .map(text => JSON.parse(text) as { button: string; down: boolean })
      .filter(message => message.button === button)
      .map(({ down }) => down);

  test('is pressed by a tool: its firmware sees the press, STOP included', async () => {
    // All before the ramp is at the lightest: the session answers that, and nothing changes. An earlier answer is gone.
    const lightest = page
      .locator('.notice')
      .getByText(catalogue.refusals.next.alreadyLightest, { exact: true });
    await lightest.waitFor({ state: 'hidden' });
    await page.locator('[data-button=less]').evaluate((button: HTMLElement) => button.click());
    await lightest.waitFor();
    await page.locator('[data-button=stop]').evaluate((button: HTMLElement) => button.click());
    await page.locator('[data-strip=stopped]').waitFor();
    expect([await seen('less'), await seen('stop')]).toEqual([
      [true, false],
      [true, false],
    ]);
    // A key that springs back is no switch that stays.
    expect(await page.locator('[data-button][aria-pressed]').count()).toBe(0);
  });

  test('a finger that lifts lets go of nothing that another still holds', async () => {
    await page.locator('[data-button=go]').scrollIntoViewIfNeeded();
    const at = await middleOf(page, '[data-button=go]');
    await touches.down(1, { x: at.x - 15, y: at.y });
    await touches.down(2, { x: at.x + 15, y: at.y });
    await touches.up(1);
    expect(await seen('go')).toEqual([true]);
    await touches.allUp();
    expect(await seen('go')).toEqual([true, false]);
  });
});

describe('the strip', () => {
  test('says in every look that it stopped, leads to the question, and carries it until it is answered', async () => {
    for (const name of ['history', 'routines', 'bench', 'far', 'calibrate', 'write'] as const) {
      await moving();
      await look(page, name);
      await page.keyboard.press('Escape');
      await page.locator('[data-strip=stopped]').filter({ hasText: 'Motors off, confirmed' }).waitFor();
      expect([name, await page.locator('[data-stop]').textContent()]).toEqual([
        name,
        expect.stringContaining('motors off, confirmed'),
      ]);
      await page.locator('[data-strip] [data-show]').tap();
      await page.getByRole('button', { name: catalogue.afterStop.slip.word }).waitFor();
    }
  });
});
