/** What a person with a keyboard alone does and finds, on any look of the page. */
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
