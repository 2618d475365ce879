/**
 * Keeps the page within what is seen of it. An on-screen keyboard can lie over the page without the page being told, and
 * two fingers can enlarge a part of it: stop has to lie in what is left, at its own size.
 */

/** Enlarged less than this is not enlarged: the figure is none too exact. */
const enlarged = 1.01;

/**
 * Follows what is seen by properties on the page, all in px but the scale: `--seen-left`, `--seen-top`, `--seen-width`,
 * `--seen-height`, `--seen-scale`; and by `enlarged`. Returns how to leave off.
 */
export function stayWithinSeen(page: HTMLElement): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => {};
  const place = (): void => {
    page.toggleAttribute('enlarged', seen.scale > enlarged);
    for (const [name, px] of [
      ['left', seen.offsetLeft],
      ['top', seen.offsetTop],
      ['width', seen.width],
      ['height', seen.height],
    ] as const)
      page.style.setProperty(`--seen-${name}`, `${px}px`);
    page.style.setProperty('--seen-scale', String(seen.scale));
  };
  place();
  seen.addEventListener('resize', place);
  seen.addEventListener('scroll', place);
  return () => {
    seen.removeEventListener('resize', place);
    seen.removeEventListener('scroll', place);
  };
}
