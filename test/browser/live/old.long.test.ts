/** What is old is shown as old, in the looks that show a moving session; and what is asked for fits a phone that lies. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../machines/text/text.ts';
import {
  begin,
  keepMoving,
  look,
  passPreparation,
  passScreening,
  resized,
  settled,
} from '../../support/browser.ts';
import { type Live, openLive } from '../../support/opened.ts';

let live: Live;
let page: Page;
let receiver: Page;

beforeAll(async () => {
  live = await openLive(['--routine', 'evening-legs'], {
    viewport: { width: 740, height: 360 },
    colorScheme: 'dark',
  });
  ({ page } = live);
  await passScreening(page);
  await passPreparation(page);
  await begin(page);
  receiver = await live.newPage({ viewport: { width: 740, height: 360 } });
  await receiver.goto(`${live.controller.address}#receiver`);
  await receiver.locator('[data-less]').waitFor();
  return live.close;
});

/** How far the lowest of these reaches below the room that a look has above STOP; 0 or less where all is in sight. */
const below = (on: Page, host: string, selector: string) =>
  on.locator(host).evaluate((element, inner) => {
    const room = element.closest('main')?.getBoundingClientRect().bottom ?? 0;
    const all = [...(element.shadowRoot?.querySelectorAll(inner) ?? [])];
    return Math.max(...all.map(one => one.getBoundingClientRect().bottom)) - room;
  }, selector);

/** The colours of these in a look, each once. */
const colours = (host: string, selector: string) =>
  page
    .locator(`${host} ${selector}`)
    .evaluateAll(all => [...new Set(all.map(one => getComputedStyle(one).color))]);
const soft = () =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('p'));
    probe.style.color = 'var(--ink-soft)';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });

test('on a phone that lies on its side place and direction are both in sight from two metres', async () => {
  await keepMoving(page);
  await look(page, 'far');
  await page.locator('distance-view .way').first().waitFor();
  await settled(page);
  expect(await below(page, 'distance-view', '.line')).toBeLessThanOrEqual(0);
});

test("on a receiver's phone that lies on its side Less is whole, and in sight", async () => {
  expect(await below(receiver, 'receiver-view', '[data-less]')).toBeLessThanOrEqual(0);
  const less = await receiver.locator('[data-less]').boundingBox();
  expect(less?.height).toBeGreaterThanOrEqual(120);
});

test('however much is told there, on whatever phone, Less is whole, in sight, and under nothing', async () => {
  const sentences = [...Object.values(catalogue.page.notices), catalogue.page.stop.noLine].join(' ');
  const view = receiver.locator('receiver-view');
  await view.evaluate((element, told) => Object.assign(element, { notice: told }), sentences);
  const found: string[] = [];
  for (const [width, height] of [
    [320, 480],
    [360, 640],
    [412, 915],
    [640, 360],
    [740, 360],
    [1280, 800],
  ] as const) {
    await resized(receiver, width, height);
    const size = `${width} × ${height}`;
    expect([size, await view.locator('.soft').textContent()]).toEqual([size, sentences]);
    const seen = await view.locator('[data-less]').evaluate(less => {
      const box = less.getBoundingClientRect();
      const room = (less.getRootNode() as ShadowRoot).host.closest('main')?.getBoundingClientRect();
      const points = [box.top + 8, (box.top + box.bottom) / 2, box.bottom - 8];
      return {
        isIn: room !== undefined && box.top >= room.top && box.bottom <= room.bottom,
        isUnderNothing: points.every(y => {
          const at = (less.getRootNode() as ShadowRoot).elementFromPoint((box.left + box.right) / 2, y);
          return at !== null && less.contains(at);
        }),
        isLarge: box.height >= 110,
      };
    });
    if (!seen.isIn || !seen.isUnderNothing || !seen.isLarge) found.push(`${size}: ${JSON.stringify(seen)}`);
  }
  expect(found).toEqual([]);
});

test('with letters twice as large the words there can be read, and Less holds its own', async () => {
  const twice = (on: boolean) =>
    receiver.evaluate(is => {
      document.documentElement.style.fontSize = is ? '200%' : '';
    }, on);
  await twice(true);
  const view = receiver.locator('receiver-view');
  for (const [width, height] of [
    [320, 480],
    [360, 640],
    [740, 360],
  ] as const) {
    await resized(receiver, width, height);
    for (const name of ['h2', '.now', '.soft', '[data-less]']) {
      const seen = await view.locator(name).evaluate(one => {
        one.scrollIntoView({ block: 'start' });
        const { left, right, top } = one.getBoundingClientRect();
        const at = (one.getRootNode() as ShadowRoot).elementFromPoint((left + right) / 2, top + 12);
        return { isOnTop: at !== null && one.contains(at), isWhole: one.scrollHeight <= one.clientHeight };
      });
      expect([width, name, seen]).toEqual([width, name, { isOnTop: true, isWhole: true }]);
    }
  }
  await twice(false);
});

test('the head of a phone is one line, whatever is chosen', async () => {
  const head = await live.newPage({ viewport: { width: 320, height: 640 } });
  await head.goto(live.controller.address);
  for (const width of [320, 360, 400])
    for (const name of ['session', 'routines', 'far', 'bench', 'history'] as const) {
      await look(head, name);
      await resized(head, width, 640);
      const middles = await head.locator('nav > *').evaluateAll(all =>
        all.map(one => {
          const { top, bottom } = one.getBoundingClientRect();
          return (top + bottom) / 2;
        }),
      );
      expect(middles.length).toBeGreaterThan(1);
      expect(Math.max(...middles) - Math.min(...middles), `${name} at ${width} px`).toBeLessThan(10);
    }
  await head.close();
});

test('by keyboard the way goes on where a button was, and Space with no control in focus stops', async () => {
  await look(page, 'session');
  await keepMoving(page);
  await page.locator('[data-intent=pause]').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-state=paused]').waitFor();
  const held = () =>
    page.evaluate(() => document.querySelector('tactus-page')?.shadowRoot?.activeElement?.tagName);
  await expect.poll(held).toBe('MAIN');
  await page.keyboard.press('Tab');
  await expect
    .poll(() =>
      page
        .locator('[data-intent=go]')
        .evaluate(one => (one.getRootNode() as ShadowRoot).activeElement === one),
    )
    .toBe(true);
  // Space scrolls while hands rest: it stops only what moves.
  await keepMoving(page);
  await page.locator('session-guide h2').evaluate((heading: HTMLElement) => {
    heading.tabIndex = -1;
    heading.focus();
  });
  await page.keyboard.press('Space');
  await page.locator('[data-state=stopped]').waitFor();
  await page.getByRole('button', { name: catalogue.afterStop.slip.word }).click();
  await page.locator('[data-state=paused]').waitFor();
});

test('without news the tide has gone, and no word from two metres looks live', async () => {
  await look(page, 'session');
  await keepMoving(page);
  await look(page, 'far');
  await page.locator('distance-view .way').first().waitFor();
  live.controller.child.kill('SIGSTOP');
  await page.getByText(catalogue.page.notices.old).waitFor();
  const tide = page.locator('distance-view .tide');
  await expect.poll(() => tide.evaluate(one => getComputedStyle(one).opacity)).toBe('0');
  expect(await colours('distance-view', '.line, distance-view .figures span')).toEqual([await soft()]);
});

test('nor does any in the session view', async () => {
  await look(page, 'session');
  await page.locator('session-guide .where').waitFor();
  expect(await colours('session-guide', '.where, session-guide .state, session-guide .firm p')).toEqual([
    await soft(),
  ]);
  live.controller.child.kill('SIGCONT');
});
