/** What a person with a keyboard alone does and finds, and what axe finds, on any look of the page. */
import type { Page } from 'playwright-core';

/** More steps than a look has controls. */
const mostTabs = 80;

/** What has the focus, through all shadow roots: its text, or what it is called. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const own =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? (element.closest('label')?.textContent ?? element.getAttribute('id') ?? '')
        : (element?.getAttribute('aria-label') ?? element?.textContent ?? '');
    return own.replace(/\s+/g, ' ').trim();
  });

/** Goes on by Tab until what has the focus is called so. */
export async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab');
    if (wanted.test(await focused(page))) return;
  }
  throw new Error(`no way by Tab to ${wanted}`);
}

const looks = [
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;

/** What axe finds in dark, light and forced colours. Its source has to have been evaluated in the page. */
export async function axeFinds(page: Page): Promise<string[]> {
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
