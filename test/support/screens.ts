/** Screens that a page is shown on, one after the other, as fast as its own layout allows. */
import type { CDPSession } from 'playwright-core';
import { phoneOptions } from './browser.ts';

export type Screen = readonly [width: number, height: number];

/**
 * Shows a phone's page on a screen of this size, in px. Playwright's `setViewportSize` also gives the window around the
 * page another size, which costs as much as the page itself, and nothing in it is looked at. Playwright does not hear of
 * this: put back the size that it knows before it is asked for another.
 */
export async function showOn(tools: CDPSession, [width, height]: Screen): Promise<void> {
  await tools.send('Emulation.setDeviceMetricsOverride', {
    mobile: phoneOptions.isMobile,
    width,
    height,
    screenWidth: width,
    screenHeight: height,
    deviceScaleFactor: 1,
    screenOrientation:
      width > height ? { angle: 90, type: 'landscapePrimary' } : { angle: 0, type: 'portraitPrimary' },
  });
}
