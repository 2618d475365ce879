/**
 * When something was on a page, told on this process's clock. Both clocks only ever go on (`performance.now()`): the clocks
 * of the day may be set meanwhile, and nothing seen would then fit anything heard.
 */
import type { Page } from 'playwright-core';

/** Askings: the one that was answered soonest is the least wrong. */
const askings = 20;

/** How far the page's clock is ahead of this process's, in ms; wrong by no more than half the soonest answer took. */
export async function pageAhead(page: Page): Promise<number> {
  let soonest = Number.POSITIVE_INFINITY;
  let ahead = 0;
  for (let asking = 0; asking < askings; asking++) {
    const asked = performance.now();
    const there = await page.evaluate(() => performance.now());
    const tookMs = performance.now() - asked;
    if (tookMs >= soonest) continue;
    soonest = tookMs;
    ahead = there - asked - tookMs / 2;
  }
  return ahead;
}
