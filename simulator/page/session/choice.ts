/** Which routine a session is of, and the ways to another. */
import { html, nothing } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { PageContext } from '../shell/page-context.ts';

const words = catalogue.page.choice;

const shown = (library: View['library'], id: string) => library.routines.find(one => one.id === id);

/** What is chosen, and the way to all the others. */
export function choice(context: PageContext, view: View) {
  const { library } = view;
  const now = shown(library, library.chosen);
  const last = library.again;
  const isSame =
    last?.routine === library.chosen &&
    (last.minutes === null || last.minutes === Math.round(now?.minutes ?? 0));
  return html`<p class="row chosen">
    <b>${now ? fill(words.chosen, { title: now.title, minutes: Math.round(now.minutes) }) : ''}</b>
    <a class="button" href="#routines">${words.choose}</a> ${isSame ? nothing : again(context, view)}
  </p>`;
}

/** What was begun last, once more, in one press. */
export function again({ feed, begin }: PageContext, { library }: View, isMain = false) {
  if (library.again === null) return nothing;
  const { routine, title, minutes } = library.again;
  const known = shown(library, routine);
  return html`<button
    data-again
    class=${isMain ? 'main' : ''}
    @click=${() => {
      if (!feed.say({ type: 'again' })) return;
      begin();
      location.hash = '';
    }}
  >
    ${fill(words.again, { title, minutes: minutes ?? Math.round(known?.minutes ?? 0) })}
  </button>`;
}

/** After the end: the same again, or another one. */
export const another = (context: PageContext, view: View) => html`<div class="form stack">
  <h2>${words.another}</h2>
  <div class="row">
    ${again(context, view, true)} <a class="button" href="#routines">${words.chooseOne}</a>
  </div>
</div>`;
