/** A hundred presses of STOP while hands move, each timed within the page from the contact to what is said for it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { framesPass } from '../../support/browser.ts';
import { middleOf, openMovingPhone } from '../../support/moving-phone.ts';
import type { Alone } from '../../support/opened.ts';
import { repeatedIfStarved } from '../../support/starved.ts';
import type { Point, Touches } from '../../support/touches.ts';

let opened: Alone;
let page: Page;
let touches: Touches;

async function open(): Promise<void> {
  ({ opened, page, touches } = await openMovingPhone());
}
beforeAll(open);
afterAll(async () => {
  await opened?.close();
});
/** With a page of its own. */
async function again(): Promise<void> {
  await opened.close();
  await open();
}

const stop = '[data-stop]';

/** From the contact, as the browser has timed it, to what the page says for it, in ms. */
type Timed = Readonly<{ lateMs: number }>;

/** Nothing that is said reaches the controller: hands go on moving, and each press meets a page that is at work. */
const timeStops = (): Promise<void> =>
  page.evaluate(() => {
    const here = globalThis as unknown as { timed: Timed[]; contactAt: number };
    here.timed = [];
    for (const type of ['pointerdown', 'touchstart'])
      window.addEventListener(type, event => (here.contactAt = event.timeStamp), true);
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: { text?: string }, ...rest: never[]) {
      if (!message.text?.includes('"stop"')) return post.call(this, message, ...rest);
      here.timed.push({ lateMs: performance.now() - here.contactAt });
    };
  });
const timed = (): Promise<readonly Timed[]> =>
  page.evaluate(() => (globalThis as unknown as { timed: Timed[] }).timed);

/** One kind of press each, in turn; `at` is where STOP is now. */
const presses: readonly ((at: Point, turn: number) => Promise<void>)[] = [
  async at => await touches.down(1, at),
  async (at, turn) => {
    await touches.down(1, at);
    await touches.slide(1, (turn * 8) % 81, 0);
  },
  async (at, turn) => {
    await touches.down(1, at);
    await touches.slide(1, 0, -((turn * 8) % 81));
  },
  // A palm, or two to five fingers: the first that touches is the press.
  async (at, turn) => {
    for (let id = 1; id <= 2 + (turn % 4); id++) await touches.down(id, { x: at.x + 22 * (id - 3), y: at.y });
  },
  // Another finger rests, or scrolls, anywhere.
  async at => {
    await touches.down(5, await middleOf(page, '[data-strip]'));
    await touches.down(1, at);
  },
  async at => {
    await touches.down(5, { x: 180, y: 300 });
    await touches.slide(5, 0, -40);
    await touches.down(1, at);
  },
  // Held, and then taken away by the system.
  async at => {
    await touches.down(1, at);
    await framesPass(page, 12);
    await touches.allUp('touchCancel');
  },
  async at => {
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 40, at.y - 60);
    await page.mouse.up();
  },
];

test(
  'each is said within 50 ms of its contact, whatever the fingers do then, the phone upright or on its side',
  repeatedIfStarved(async () => {
    await timeStops();
    const missed: number[] = [];
    for (let turn = 0; turn < 100; turn++) {
      const isUpright = turn % 50 < 25;
      if (turn % 25 === 0)
        await page.setViewportSize(isUpright ? { width: 360, height: 740 } : { width: 740, height: 360 });
      const before = (await timed()).length;
      await presses[turn % presses.length]?.(await middleOf(page, stop), turn);
      await framesPass(page, 2);
      if ((await timed()).length === before) missed.push(turn);
      await touches.allUp();
    }
    await page.setViewportSize({ width: 360, height: 740 });
    const lateMs = (await timed()).map(one => one.lateMs).toSorted((one, other) => one - other);
    expect([missed, lateMs.length >= 100, lateMs.filter(late => late > 50)]).toEqual([[], true, []]);
  }, again),
);
