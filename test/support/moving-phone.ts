/** The page that runs with no server on a phone, its hands moving; and the fingers that touch it. */
import type { Page } from 'playwright-core';
import { handsMove, phoneOptions } from './browser.ts';
import { type Alone, openDemo } from './opened.ts';
import { Touches } from './touches.ts';

export type MovingPhone = Readonly<{ opened: Alone; page: Page; touches: Touches }>;

export async function openMovingPhone(): Promise<MovingPhone> {
  const opened = await openDemo(phoneOptions);
  const { page } = opened;
  const touches = await Touches.on(page);
  await handsMove(page);
  return { opened, page, touches };
}
