/** When the page's colours change: by the system, or by a choice on the page. What is drawn on a canvas is drawn anew. */

const queries = ['(prefers-color-scheme: light)', '(prefers-contrast: more)', '(forced-colors: active)'];

/** Calls `changed` each time; returns how to leave off. */
export function followColours(changed: () => void): () => void {
  const lists = queries.map(query => matchMedia(query));
  for (const list of lists) list.addEventListener('change', changed);
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
  return () => {
    for (const list of lists) list.removeEventListener('change', changed);
    chosen.disconnect();
  };
}
