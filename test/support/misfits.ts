/** Text that does not fit where it stands: cut off, wider than its box, or out of sight where nothing can be moved. */
import type { Page } from 'playwright-core';

export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll';
    const say = (element: Element, what: string): void => {
      const host = (element.getRootNode() as ShadowRoot).host?.localName ?? '';
      const text = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 90);
      found.add(`${host} ${element.localName}.${element.classList} ${what}: ${text}`);
    };
    const look = (element: HTMLElement, isMoved: boolean): void => {
      const style = getComputedStyle(element);
      const hasText = [...element.childNodes].some(node => node instanceof Text && node.data.trim() !== '');
      if (
        !hasText ||
        style.clipPath === 'inset(50%)' ||
        !element.checkVisibility({ visibilityProperty: true })
      )
        return;
      const { left, right } = element.getBoundingClientRect();
      const out = Math.max(-left, right - innerWidth);
      if (out > 1 && !isMoved) say(element, `is ${Math.round(out)} px out of sight`);
      // What ends in three dots says itself that there is more.
      if (element.clientWidth === 0 || style.display === 'inline' || style.textOverflow === 'ellipsis')
        return;
      const over = element.scrollWidth - element.clientWidth;
      const below = element.scrollHeight - element.clientHeight;
      if (over > 1 && !scrolls(style.overflowX)) say(element, `is too wide by ${over} px`);
      const isClosed = style.overflowY === 'hidden' || style.overflowY === 'clip';
      if (below > 1 && isClosed && style.webkitLineClamp === 'none')
        say(element, `is cut off by ${below} px`);
    };
    /** `isMoved`: within something that can be moved to the side, where nothing is out of reach. */
    const visit = (root: ParentNode, isMoved: boolean): void => {
      for (const element of root.children) {
        const moves = isMoved || scrolls(getComputedStyle(element).overflowX);
        if (element instanceof HTMLElement && element.localName !== 'noscript') look(element, moves);
        if (element.shadowRoot) visit(element.shadowRoot, moves);
        visit(element, moves);
      }
    };
    visit(document.body, false);
    const main = document.querySelector('tactus-page')?.shadowRoot?.querySelector('main');
    const over = (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0);
    if (over > 1) found.add(`main is too wide by ${over} px`);
    return [...found];
  });
