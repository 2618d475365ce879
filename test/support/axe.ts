/** What axe finds on a page, in both colour schemes and in forced colours. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Looks = Readonly<{ colorScheme: 'dark' | 'light'; forcedColors: 'none' | 'active' }>;
const looks: readonly Looks[] = [
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
];

/** Over the debugger, not as a script of the page: its policy would rightly refuse that. */
export async function bringAxe(page: Page): Promise<void> {
  await page.evaluate(axe);
}

/** Axe has to have been brought since the page was loaded. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    await page.emulateMedia(look);
    const ids = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    found.push(...ids.map(id => `${look.colorScheme} ${look.forcedColors}: ${id}`));
  }
  return found;
}

/** Controls under 44 px, and how far the page is too wide. */
export async function tooSmall(page: Page): Promise<{ small: string[]; over: number }> {
  return await page.evaluate(() => {
    const main = document.querySelector('tactus-page')?.shadowRoot?.querySelector('main');
    const small: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (
          !element.matches(
            'button, select, summary, nav a, .button, label:has(input), textarea, input:not([type=radio], [type=checkbox], [type=file])',
          )
        )
          continue;
        const { width, height } = element.getBoundingClientRect();
        if (width > 0 && (height < 43.5 || width < 43.5))
          small.push(`${element.textContent?.trim()} ${width}×${height}`);
      }
    };
    visit(document);
    return { small, over: (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0) };
  });
}
