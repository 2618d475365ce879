/** A hundred presses of STOP while hands move, each watched within the page from its contact to what is said for it. */
import type { Page } from 'playwright-core';
import { framesPass, resized } from './browser.ts';
import { middleOf, type Point, type Touches } from './touches.ts';

/** One press, as the page has seen it. */
type Said = Readonly<{
  /** From the contact, as the browser has stamped it, to what the page says for it, in ms. */
  lateMs: number;
  /** Whether that is said in the very task that takes the contact: before anything else of the page may run. */
  atContact: boolean;
}>;

export type HundredStops = Readonly<{
  /** Presses that nothing was said for, counted from 0. */
  missed: readonly number[];
  said: readonly Said[];
}>;

/** Nothing that is said reaches the controller: hands go on moving, and each press meets a page that is at work. */
const watchStops = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const here = globalThis as unknown as { saidStops: Said[] };
    here.saidStops = [];
    let contactAt = Number.NaN;
    let atContact = false;
    // A message of one's own is a task of its own: it comes when that of the contact is over.
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => (atContact = false);
    for (const type of ['pointerdown', 'touchstart'])
      window.addEventListener(
        type,
        event => {
          contactAt = event.timeStamp;
          atContact = true;
          port1.postMessage(null);
        },
        true,
      );
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: { text?: string }, ...rest: never[]) {
      if (!message.text?.includes('"stop"')) return post.call(this, message, ...rest);
      here.saidStops.push({ lateMs: performance.now() - contactAt, atContact });
    };
  });
const saidStops = (page: Page): Promise<readonly Said[]> =>
  page.evaluate(() => (globalThis as unknown as { saidStops: Said[] }).saidStops);
/** Two frames from now: how many have been said, and where the middle of STOP is. One turn to the browser for both. */
const soon = (page: Page): Promise<Readonly<{ count: number; at: Point }>> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const button = document.querySelector('tactus-page')?.shadowRoot?.querySelector('[data-stop]');
    const box = button?.getBoundingClientRect();
    if (!box) throw new Error('no stop');
    const { length: count } = (globalThis as unknown as { saidStops: Said[] }).saidStops;
    return { count, at: { x: box.x + box.width / 2, y: box.y + box.height / 2 } };
  });

/** One kind of press each, in turn; `at` is where STOP is now. */
const presses: readonly ((page: Page, touches: Touches, at: Point, turn: number) => Promise<void>)[] = [
  async (_, touches, at) => await touches.down(1, at),
  async (_, touches, at, turn) => {
    await touches.down(1, at);
    await touches.slide(1, (turn * 8) % 81, 0);
  },
  async (_, touches, at, turn) => {
    await touches.down(1, at);
    await touches.slide(1, 0, -((turn * 8) % 81));
  },
  // A palm, or two to five fingers: the first that touches is the press.
  async (_, touches, at, turn) => {
    for (let id = 1; id <= 2 + (turn % 4); id++) await touches.down(id, { x: at.x + 22 * (id - 3), y: at.y });
  },
  // Another finger rests, or scrolls, anywhere.
  async (page, touches, at) => {
    await touches.down(5, await middleOf(page, '[data-strip]'));
    await touches.down(1, at);
  },
  async (_, touches, at) => {
    await touches.down(5, { x: 180, y: 300 });
    await touches.slide(5, 0, -40);
    await touches.down(1, at);
  },
  // Held, and then taken away by the system.
  async (page, touches, at) => {
    await touches.down(1, at);
    await framesPass(page, 12);
    await touches.allUp('touchCancel');
  },
  async (page, _, at) => {
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 40, at.y - 60);
    await page.mouse.up();
  },
];

/** Presses STOP of a page whose hands move, the phone now upright and now on its side. */
export async function hundredStops(page: Page, touches: Touches): Promise<HundredStops> {
  await watchStops(page);
  const missed: number[] = [];
  let { count, at } = await soon(page);
  for (let turn = 0; turn < 100; turn++) {
    const isUpright = turn % 50 < 25;
    if (turn % 25 === 0) {
      await (isUpright ? resized(page, 360, 740) : resized(page, 740, 360));
      ({ at } = await soon(page));
    }
    await presses[turn % presses.length]?.(page, touches, at, turn);
    const before = count;
    ({ count, at } = await soon(page));
    if (count === before) missed.push(turn);
    await touches.allUp();
  }
  await resized(page, 360, 740);
  return { missed, said: await saidStops(page) };
}
