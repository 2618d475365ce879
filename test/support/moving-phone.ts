/** The page that runs with no server on a phone, its hands moving; and the fingers that touch it. */
import type { Page } from 'playwright-core';
import { begin, passPreparation, passScreening } from './browser.ts';
import { type Alone, openDemo } from './opened.ts';
import { type Point, Touches } from './touches.ts';

export type MovingPhone = Readonly<{ opened: Alone; page: Page; touches: Touches }>;

export async function openMovingPhone(): Promise<MovingPhone> {
  const opened = await openDemo({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const { page } = opened;
  const touches = await Touches.on(page);
  await passScreening(page);
  await passPreparation(page);
  await begin(page);
  return { opened, page, touches };
}

/** The middle of what is found there, in px of the page. Throws where nothing is. */
export async function middleOf(page: Page, selector: string): Promise<Point> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`no ${selector}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
