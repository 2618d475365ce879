/** What of a page in the language of pseudo.ts is not in it, or is put together from parts. */
import type { Page } from 'playwright-core';

/** Each finding in a line; empty where all is well. `within`: only that part of the page. What has `translate="no"` is called so in every language. */
export const foreignFinds = (page: Page, within: string | null = null): Promise<string[]> =>
  page.evaluate(part => {
    const found = new Set<string>();
    const plain = /[A-Za-z]{2,}/;
    /** Between two sentences only an end of line may stand: a comma or a dot there makes a third of both. */
    const seam = /⟧\s*[^\s⟦⟧\d]+\s*⟦/;
    const whole = (text: string): string => {
      let within = text;
      for (let depth = 0; depth < 6; depth++) within = within.replace(/⟦[^⟦⟧]*⟧/g, '¤');
      return within.replaceAll('¤', '⟦⟧');
    };
    const look = (element: Element, what: string, text: string): void => {
      const host = (element.getRootNode() as ShadowRoot).host?.localName ?? '';
      const say = (fault: string): void => {
        const shown = text.trim().replace(/\s+/g, ' ').slice(0, 90);
        found.add(`${host} ${element.localName}.${element.classList}: ${what} ${fault}: ${shown}`);
      };
      // A path is called so in every language.
      if (plain.test(text.replace(/(?:\/[\w.-]+)+/g, ''))) say('is English');
      if (seam.test(whole(text))) say('has a seam');
      if (/\{\w+\}/.test(text)) say('has a place left open');
    };
    const spoken = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'aria-description'];
    const visit = (root: ParentNode): void => {
      for (const element of root.children) {
        if (/^(script|style|noscript)$/.test(element.localName)) continue;
        if (element.getAttribute('translate') === 'no') continue;
        const own = [...element.childNodes]
          .map(node => (node instanceof Text ? node.data : '\n'))
          .join('')
          .replace(/⟧\s*\n\s*⟦/g, '⟧ ⟦');
        if (own.trim()) look(element, 'text', own);
        for (const name of spoken) {
          const value = element.getAttribute(name);
          if (value) look(element, name, value);
        }
        if (element.shadowRoot) visit(element.shadowRoot);
        visit(element);
      }
    };
    const shown = document.querySelector('tactus-page')?.shadowRoot;
    visit(part === null ? document.body : (shown?.querySelector(part)?.shadowRoot ?? document.body));
    if (part === null && plain.test(document.title)) found.add(`the title is English: ${document.title}`);
    return [...found];
  }, within);
