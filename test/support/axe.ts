/** What axe finds on a page, in both colour schemes and in forced colours; and what is too small or cut off. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Colours = Readonly<{ colorScheme: 'dark' | 'light'; forcedColors: 'none' | 'active' }>;
/** The one that a page is left in comes last. */
const allColours: readonly Colours[] = [
  { colorScheme: 'dark', forcedColors: 'active' },
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
];

/** Every rule of axe that reads a colour. The others ask what is there and how it is named, in whatever colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe objects to: by all its rules in the last of the colours, which the page is left in, and by those that read
 * a colour in the others.
 */
export async function axeFinds(page: Page, colours: readonly Colours[] = allColours): Promise<string[]> {
  // Over the debugger, not as a script of the page: its policy would rightly refuse that.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const found: string[] = [];
  for (const one of colours) {
    await page.emulateMedia(one);
    const ids = await page.evaluate(
      async rules => {
        const { axe } = globalThis as unknown as {
          axe: {
            run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
          };
        };
        // Every rule looks at every node; only of what is right nothing is put together that nobody reads.
        const asked = { resultTypes: ['violations'], selectors: false };
        const { violations } = await axe.run(rules ? { ...asked, runOnly: rules } : asked);
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      },
      one === colours.at(-1) ? null : colourRules,
    );
    found.push(...ids.map(id => `${one.colorScheme} ${one.forcedColors}: ${id}`));
  }
  return found;
}

const allControls =
  'button, select, summary, nav a, .button, label:has(input), textarea, input:not([type=radio], [type=checkbox], [type=file])';

/** Controls under 44 px, and how far what stands in the middle of the page is too wide for it. */
export async function tooSmall(
  page: Page,
  controls: string = allControls,
): Promise<{ small: string[]; over: number }> {
  return await page.evaluate(selector => {
    const main = document.querySelector('tactus-page')?.shadowRoot?.querySelector('main');
    const small: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches(selector)) continue;
        const { width, height } = element.getBoundingClientRect();
        if (width > 0 && (height < 43.5 || width < 43.5))
          small.push(`${element.textContent?.trim()} ${width}×${height}`);
      }
    };
    visit(document);
    return { small, over: (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0) };
  }, controls);
}

/** How far the page itself reaches beyond its screen, in px. */
export const beyondScreen = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** STOP can be pressed: it lies within the screen, whole, and under nothing. */
export const stopIsFree = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const root = document.querySelector('tactus-page')?.shadowRoot;
    const box = root?.querySelector('[data-stop]')?.getBoundingClientRect();
    if (!root || !box || box.width === 0 || box.top < 0 || box.bottom > innerHeight + 0.5) return false;
    const hit = root.elementFromPoint(box.x + box.width / 2, box.y + 20);
    return Boolean(hit?.closest('[data-stop]'));
  });
