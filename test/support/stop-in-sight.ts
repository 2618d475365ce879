/** Whether STOP lies wholly within what is seen, whatever has been scrolled, and the page itself has not moved. */
import type { Page } from 'playwright-core';

type Asked = Readonly<{
  /** Frames that are drawn before anybody looks. */
  frames?: number;
  /** Looks once more when all that can be scrolled is scrolled as far as it goes, down and to the side. */
  alsoScrolled?: boolean;
}>;

/**
 * What is wrong with where STOP is, and with the page around it; empty where all is well. In one go: each turn to a
 * browser costs more than all that is looked at.
 */
export const astray = (page: Page, { frames = 0, alsoScrolled = false }: Asked = {}): Promise<string[]> =>
  page.evaluate(
    async asked => {
      const wrong = new Set<string>();
      const look = (): void => {
        const top = document.documentElement;
        for (const one of [top, document.body]) {
          one.scrollTo(9999, 9999);
          if (one.scrollTop !== 0 || one.scrollLeft !== 0) wrong.add(`${one.tagName} scrolls`);
        }
        if (top.scrollHeight > top.clientHeight)
          wrong.add(`page longer by ${top.scrollHeight - top.clientHeight} px`);
        if (top.scrollWidth > top.clientWidth)
          wrong.add(`page wider by ${top.scrollWidth - top.clientWidth} px`);
        if (getComputedStyle(top).overscrollBehaviorY !== 'none') wrong.add('a pull reloads it');
        const root = document.querySelector('tactus-page')?.shadowRoot;
        const seen = window.visualViewport;
        if (!root || !seen) {
          wrong.add('no page');
          return;
        }
        for (const name of ['[data-stop]', 'footer [data-intent=pause]', 'footer [data-intent=less]']) {
          const button = root.querySelector(name);
          if (!button && name !== '[data-stop]') continue;
          const box = button?.getBoundingClientRect();
          if (!box || box.width * seen.scale < 43.5 || box.height * seen.scale < 43.5) {
            wrong.add(`${name} is ${box?.width}×${box?.height}`);
            continue;
          }
          const over = Math.max(
            seen.offsetLeft - box.left,
            seen.offsetTop - box.top,
            box.right - seen.offsetLeft - seen.width,
            box.bottom - seen.offsetTop - seen.height,
          );
          if (over > 1) wrong.add(`${name} is ${Math.round(over)} px out of sight`);
          const hit = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          if (!hit?.closest(name)) wrong.add(`${name} lies under ${hit?.tagName}`);
        }
      };
      const scroll = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) scroll(element.shadowRoot);
          if (element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth)
            element.scrollTo(99_999, 99_999);
        }
      };
      for (let frame = 0; frame < asked.frames; frame++) await new Promise(requestAnimationFrame);
      look();
      if (asked.alsoScrolled) {
        scroll(document);
        // Whatever hears of scrolling has heard of it.
        await new Promise(requestAnimationFrame);
        look();
      }
      return [...wrong];
    },
    { frames, alsoScrolled },
  );
