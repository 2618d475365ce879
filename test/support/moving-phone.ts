/** The page that runs with no server on a phone, its hands moving; and the fingers that touch it. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { jumpToHands, phoneOptions } from './browser.ts';
import { type Alone, openDemo } from './opened.ts';
import { Touches } from './touches.ts';

export type MovingPhone = Readonly<{ opened: Alone; page: Page; touches: Touches }>;

/** `stilled` where it is not about what moves on its screen. */
export async function openMovingPhone(
  options: Pick<BrowserContextOptions, 'reducedMotion'> = {},
): Promise<MovingPhone> {
  const opened = await openDemo({ ...phoneOptions, ...options });
  const { page } = opened;
  const touches = await Touches.on(page);
  await jumpToHands(page, 'hello');
  return { opened, page, touches };
}
