/** STOP never leaves sight: in every look and state, on every screen, however large the letters, whatever is scrolled. */
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import {
  begin,
  everyLook,
  framesPass,
  jumpToHands,
  keepMoving,
  look,
  passPreparation,
  passScreening,
  passWelcome,
  phoneOptions,
  resized,
  stilled,
} from '../support/browser.ts';
import { type Alone, openDemo } from '../support/opened.ts';
import { type Screen, showOn } from '../support/screens.ts';
import { astray } from '../support/stop-in-sight.ts';
import { Touches } from '../support/touches.ts';

let opened: Alone;
let page: Page;
let tools: CDPSession;
let touches: Touches;

async function open(): Promise<void> {
  opened = await openDemo({ ...phoneOptions, ...stilled });
  ({ page } = opened);
  touches = await Touches.on(page);
  tools = await page.context().newCDPSession(page);
}
beforeAll(open);
afterAll(async () => {
  await opened?.close();
});

/** Width and height in px: phones both ways, a desk, and a desk enlarged to 200 and 400 %. */
const screens = [
  [320, 256],
  [320, 640],
  [360, 740],
  [740, 360],
  [375, 667],
  [640, 450],
  [768, 1024],
  [1440, 900],
] as const satisfies readonly Screen[];
/** As the page is opened. */
const upright: Screen = [phoneOptions.viewport.width, phoneOptions.viewport.height];
/** Of the letters, in px: the usual size, and the double. */
const letters = [16, 34] as const;
const setLetters = (px: number | null): Promise<void> =>
  page.evaluate(size => {
    document.documentElement.style.fontSize = size === null ? '' : `${size}px`;
  }, px);

/** What is asked is where things lie and what takes a finger. Nobody looks at it: it need not be painted meanwhile. */
const setPainted = (isPainted: boolean): Promise<void> =>
  page.evaluate(
    opacity => {
      document.documentElement.style.opacity = opacity;
    },
    isPainted ? '' : '0',
  );

async function everywhere(names: readonly (typeof everyLook)[number][] = everyLook): Promise<string[]> {
  const wrong: string[] = [];
  await setPainted(false);
  for (const name of names) {
    await look(page, name);
    for (const px of letters) {
      await setLetters(px);
      for (const screen of screens) {
        await showOn(tools, screen);
        for (const one of await astray(page, { frames: 2, alsoScrolled: true }))
          wrong.push(`${name} ${screen.join('×')} at ${px} px: ${one}`);
      }
    }
  }
  await setLetters(null);
  await setPainted(true);
  await showOn(tools, upright);
  await look(page, 'session');
  return wrong;
}

describe('STOP lies wholly in sight', () => {
  test('while questions are asked, with the sheet of looks and sounds open too', async () => {
    expect(await everywhere()).toEqual([]);
    await page.getByRole('button', { name: catalogue.page.settings }).click();
    await page.locator('settings-panel').waitFor();
    expect(await everywhere(['session'])).toEqual([]);
    await page.getByRole('button', { name: catalogue.page.settings }).click();
  });

  test('on each card, and while getting ready', async () => {
    await passWelcome(page);
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await page.getByRole('img', { name: /^Card 1 of/ }).waitFor();
    expect(await everywhere(['session'])).toEqual([]);
    await page.reload();
    await page.getByText(catalogue.page.device.links.emulated).waitFor({ timeout: 20_000 });
    await passScreening(page);
    expect(await everywhere(['session'])).toEqual([]);
  });

  test('while hands move, in every look, with pause and less beside it', async () => {
    await passPreparation(page);
    await begin(page);
    expect(await everywhere()).toEqual([]);
    await page.locator('footer [data-intent=pause]').waitFor();
  });

  test('beside a notch, whichever side it is on', async () => {
    await keepMoving(page);
    const wrong: string[] = [];
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      const insets = { top: 0, left: 0, bottom: 0, right: 0, [side]: 59 };
      await tools.send('Emulation.setSafeAreaInsetsOverride', { insets });
      const isLow = side === 'left' || side === 'right';
      await (isLow ? resized(page, 740, 360) : resized(page, 360, 740));
      for (const one of await astray(page)) wrong.push(`${side}: ${one}`);
      const box = await page.locator('[data-stop]').boundingBox();
      const pause = await page.locator('footer [data-intent=pause]').boundingBox();
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
      if (!box || !pause) throw new Error('no stop');
      const free = {
        left: Math.min(box.x, pause.x),
        right: width - box.x - box.width,
        top: box.y,
        bottom: height - box.y - box.height,
      };
      if (free[side] < 59) wrong.push(`${side}: ${free[side]} px free of the notch`);
    }
    await tools.send('Emulation.setSafeAreaInsetsOverride', { insets: {} });
    await resized(page, 360, 740);
    expect(wrong).toEqual([]);
  });

  test('at its own size where two fingers have enlarged the page, wherever they have moved it', async () => {
    const wrong: string[] = [];
    const widthOnScreen = (): Promise<number> =>
      page
        .locator('[data-stop]')
        .evaluate(stop => stop.getBoundingClientRect().width * (window.visualViewport?.scale ?? 0));
    const usual = await widthOnScreen();
    onTestFinished(async () => {
      await tools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 });
    });
    for (const scale of [1.5, 3]) {
      await tools.send('Emulation.setPageScaleFactor', { pageScaleFactor: scale });
      const places = new Set<string>();
      for (const [dx, dy] of [
        [0, 0],
        [-90, 0],
        [0, -90],
        [60, 0],
      ] as const) {
        // A finger that does not move would press what is under it.
        if (dx !== 0 || dy !== 0) {
          await touches.down(1, { x: 100, y: 120 });
          await touches.slide(1, dx, dy);
          await touches.allUp();
        }
        await framesPass(page, 3);
        places.add(await page.evaluate(() => String(window.visualViewport?.offsetLeft)));
        for (const one of await astray(page)) wrong.push(`${scale} times, moved by ${dx}, ${dy}: ${one}`);
        expect(Math.abs((await widthOnScreen()) - usual)).toBeLessThan(4);
      }
      // Whoever has enlarged it can move it.
      expect(places.size).toBeGreaterThan(1);
    }
    expect(wrong).toEqual([]);
  });

  test('above a keyboard that lies over the page without telling it', async () => {
    await page.evaluate(() => {
      const seen = window.visualViewport;
      if (!seen) throw new Error('nothing is seen');
      Object.defineProperty(seen, 'height', { value: 390, configurable: true });
      Object.defineProperty(seen, 'offsetTop', { value: 120, configurable: true });
      seen.dispatchEvent(new Event('resize'));
    });
    await framesPass(page, 2);
    expect(await astray(page)).toEqual([]);
    await page.evaluate(() => {
      const seen = window.visualViewport as unknown as Record<string, unknown> & EventTarget;
      delete seen.height;
      delete seen.offsetTop;
      seen.dispatchEvent(new Event('resize'));
    });
  });

  test('in a pause, after a stop, and at the end', async () => {
    // A page of its own: nothing enlarged, and a session that has only just begun.
    await opened.close();
    await open();
    await jumpToHands(page, 'hello');
    await page.locator('footer [data-intent=pause]').tap();
    await page.locator('[data-strip=paused]').waitFor();
    expect(await everywhere(['session', 'far', 'history'])).toEqual([]);
    await page.locator('[data-stop]').tap();
    await page.locator('[data-strip=stopped]').waitFor();
    expect(await everywhere(['session', 'far', 'bench', 'receiver'])).toEqual([]);
    await page.getByRole('button', { name: /It hurt/ }).click();
    await page.locator('[data-outcome=stopped]').waitFor();
    expect(await everywhere(['session', 'far'])).toEqual([]);
  });

  /** On the bench, where time stands still as long as one wants it to. */
  const atBench = async (press: string): Promise<void> => {
    await look(page, 'bench');
    await page.locator(press).click();
    await look(page, 'session');
  };
  const standStill = () => atBench('[data-time=pause][aria-pressed=false]');
  const runOn = () => atBench('[data-time=pause][aria-pressed=true]');
  const jumpTo = async (phase: string): Promise<void> => {
    await look(page, 'bench');
    await page.getByLabel('Jump to a phase').selectOption(phase);
    await page.locator('state-chart svg[data-active^="underway."]').waitFor({ timeout: 30_000 });
    await look(page, 'session');
  };
  const shown = (state: string) => page.locator(`[data-strip="${state}"]`).waitFor({ timeout: 30_000 });

  test('while it is asked, eased, at a fault, and while the end is told', async () => {
    await opened.close();
    await open();
    await jumpTo('steady');
    await atBench('[data-rate="10"]');
    await page.locator('[data-strip$=".checkIn"]').waitFor({ timeout: 60_000 });
    await standStill();
    expect(await everywhere(['session', 'far'])).toEqual([]);
    await runOn();
    await page.getByRole('group', { name: 'Where the hands are' }).getByText('5', { exact: true }).click();
    await page.getByRole('group', { name: 'Down the leg' }).getByText('0', { exact: true }).click();
    await page.locator('check-in-form .main').click();
    await shown('eased');
    await standStill();
    expect(await everywhere(['session', 'far'])).toEqual([]);
    await runOn();
    await atBench('[data-fault=unplug]');
    await shown('faulted');
    expect(await everywhere(['session', 'far', 'bench'])).toEqual([]);
    await atBench('[data-fault=replug]');
    await page.getByRole('button', { name: catalogue.page.controls.acknowledge }).click();
    await page.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
    await jumpTo('rest');
    await page.getByRole('button', { name: 'Next phase', exact: true }).click();
    await shown('finishing');
    await standStill();
    expect(await everywhere(['session', 'far'])).toEqual([]);
  });

  test('at a turn, and where phones are told of', async () => {
    await opened.close();
    await open();
    await look(page, 'routines');
    await page.locator('[data-routine=evening-legs]').check();
    await page.locator('[data-choose]').click();
    await jumpToHands(page, 'warmUp');
    for (let times = 0; times < 4; times++) {
      if (await page.locator('[data-strip=transition]').isVisible()) break;
      await page.getByRole('button', { name: 'Next phase', exact: true }).click();
      await framesPass(page, 20);
    }
    await shown('transition');
    expect(await everywhere(['session', 'far', 'phone'])).toEqual([]);
  });
});
