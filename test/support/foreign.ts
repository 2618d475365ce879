/** What of a page in the language of pseudo.ts is not in it, is put together from parts, or does not fit. */
import type { Page } from 'playwright-core';

/** Each finding in a line; empty where all is well. What has `translate="no"` is called so in every language. */
export const foreignFinds = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const short = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 90);
    const plain = /[A-Za-z]{2,}/;
    /** Between two sentences only an end of line may stand: a comma or a dot there puts a third together from both. */
    const seam = /⟧\s*[^\s⟦⟧\d]+\s*⟦/;
    const whole = (text: string): string => {
      let within = text;
      for (let depth = 0; depth < 6; depth++) within = within.replace(/⟦[^⟦⟧]*⟧/g, '¤');
      return within.replaceAll('¤', '⟦⟧');
    };
    const say = (element: Element, what: string, text: string): void => {
      const host = (element.getRootNode() as ShadowRoot).host?.localName ?? '';
      found.add(`${host} ${element.localName}.${element.classList}: ${what}: ${short(text)}`);
    };
    const look = (element: Element, what: string, text: string): void => {
      if (plain.test(text)) say(element, `${what} is English`, text);
      if (seam.test(whole(text))) say(element, `${what} has a seam`, text);
      if (/\{\w+\}/.test(text)) say(element, `${what} has a place left open`, text);
    };
    const isHidden = (element: Element): boolean =>
      !element.checkVisibility({ visibilityProperty: true }) ||
      getComputedStyle(element).clipPath === 'inset(50%)';
    const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll';

    const fits = (element: HTMLElement): void => {
      const style = getComputedStyle(element);
      const over = element.scrollWidth - element.clientWidth;
      const below = element.scrollHeight - element.clientHeight;
      const holds = element.clientWidth > 0 && style.display !== 'inline';
      // What ends in three dots says itself that there is more.
      if (!holds || style.textOverflow === 'ellipsis') return;
      if (over > 1 && !scrolls(style.overflowX))
        say(element, `is too wide by ${over} px`, element.textContent ?? '');
      const isClosed = style.overflowY === 'hidden' || style.overflowY === 'clip';
      if (below > 1 && isClosed && style.webkitLineClamp === 'none')
        say(element, `is cut off by ${below} px`, element.textContent ?? '');
    };

    /** `scrolled`: within something that can be moved to the side, where nothing is out of reach. */
    const visit = (root: ParentNode, scrolled: boolean, isSaid: boolean): void => {
      for (const element of root.children) {
        if (element instanceof HTMLScriptElement || element instanceof HTMLStyleElement) continue;
        if (element.localName === 'noscript') continue;
        const isOwn = isSaid && element.getAttribute('translate') !== 'no';
        const style = getComputedStyle(element);
        const isMoved = scrolled || scrolls(style.overflowX);
        if (isOwn) {
          const own = [...element.childNodes]
            .map(node => (node instanceof Text ? node.data : '\n'))
            .join('')
            .replace(/⟧\s*\n\s*⟦/g, '⟧ ⟦');
          if (own.trim()) look(element, 'text', own);
          for (const name of [
            'aria-label',
            'title',
            'placeholder',
            'alt',
            'aria-valuetext',
            'aria-description',
          ]) {
            const value = element.getAttribute(name);
            if (value) look(element, name, value);
          }
          const hasText = [...element.childNodes].some(
            node => node instanceof Text && node.data.trim() !== '',
          );
          if (hasText && element instanceof HTMLElement && !isHidden(element)) {
            fits(element);
            const { left, right } = element.getBoundingClientRect();
            const out = Math.max(-left, right - innerWidth);
            if (out > 1 && !isMoved) say(element, `is ${Math.round(out)} px out of sight`, own);
          }
        }
        if (element instanceof HTMLElement && element.shadowRoot) visit(element.shadowRoot, isMoved, isOwn);
        visit(element, isMoved, isOwn);
      }
    };
    visit(document.body, false, true);
    const main = document.querySelector('tactus-page')?.shadowRoot?.querySelector('main');
    const over = (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0);
    if (over > 1) found.add(`main is too wide by ${over} px`);
    if (plain.test(document.title)) found.add(`the title is English: ${document.title}`);
    return [...found];
  });
