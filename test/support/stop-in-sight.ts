/** Whether STOP lies wholly within what is seen, whatever has been scrolled, and the page itself has not moved. */
import type { Page } from 'playwright-core';

/** What is wrong with where STOP is, and with the page around it; empty where all is well. */
export const astray = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wrong: string[] = [];
    const top = document.documentElement;
    for (const one of [top, document.body]) {
      one.scrollTo(9999, 9999);
      if (one.scrollTop !== 0 || one.scrollLeft !== 0) wrong.push(`${one.tagName} scrolls`);
    }
    if (top.scrollHeight > top.clientHeight)
      wrong.push(`page longer by ${top.scrollHeight - top.clientHeight} px`);
    if (top.scrollWidth > top.clientWidth)
      wrong.push(`page wider by ${top.scrollWidth - top.clientWidth} px`);
    if (getComputedStyle(top).overscrollBehaviorY !== 'none') wrong.push('a pull reloads it');
    const root = document.querySelector('tactus-page')?.shadowRoot;
    const seen = window.visualViewport;
    if (!root || !seen) return [...wrong, 'no page'];
    for (const name of ['[data-stop]', 'footer [data-intent=pause]', 'footer [data-intent=less]']) {
      const button = root.querySelector(name);
      if (!button && name !== '[data-stop]') continue;
      const box = button?.getBoundingClientRect();
      if (!box || box.width * seen.scale < 43.5 || box.height * seen.scale < 43.5) {
        wrong.push(`${name} is ${box?.width}×${box?.height}`);
        continue;
      }
      const over = Math.max(
        seen.offsetLeft - box.left,
        seen.offsetTop - box.top,
        box.right - seen.offsetLeft - seen.width,
        box.bottom - seen.offsetTop - seen.height,
      );
      if (over > 1) wrong.push(`${name} is ${Math.round(over)} px out of sight`);
      const hit = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (!hit?.closest(name)) wrong.push(`${name} lies under ${hit?.tagName}`);
    }
    return wrong;
  });

/** Scrolls all that can be scrolled as far as it goes, down and to the side. */
export const scrollAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth)
          element.scrollTo(99_999, 99_999);
      }
    };
    visit(document);
  });
