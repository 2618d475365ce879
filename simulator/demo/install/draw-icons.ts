/** Draws the page's icons from `simulator/page/icon.svg`, in a Chromium: `npm run icons`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumSwitches, ensureChromium } from '../../../test/support/chromium.ts';
import { iconDrawing, iconFolder, icons, namingItsSource, sourceOf } from './icon-files.ts';

const executablePath = ensureChromium();
if (!executablePath) throw new Error('no Chromium to draw with: install one, or name it in CHROMIUM_PATH');
const browser = await chromium.launch({ executablePath, args: [...chromiumSwitches] });
for (const [name, icon] of Object.entries(icons)) {
  const page = await browser.newPage({ viewport: { width: icon.px, height: icon.px } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${iconDrawing(icon)}`);
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(join(iconFolder, name), namingItsSource(png, sourceOf(icon)));
  await page.close();
}
await browser.close();
