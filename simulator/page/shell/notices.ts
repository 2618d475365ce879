/** Whatever is not as it should be, each in its own plain sentence. */
import { html, nothing } from 'lit';
import { isMoving } from '../../../machines/session.states.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { Feed } from '../link/feed.ts';
import type { PageContext } from './page-context.ts';

const words = catalogue.page.notices;

/** What to say while nothing that is shown can be taken as live. */
export function lostSentence({ failure, connected, view }: Feed): string {
  if (failure) return fill(words.failed, { why: failure });
  if (!connected) return view ? words.gone : words.waiting;
  return words.old;
}

export function notices({ feed, view, isLive }: PageContext) {
  return html`${isLive ? nothing : html`<p class="lost" role="alert">${lostSentence(feed)}</p>`}
    ${feed.lines.map(line => (line ? html`<p class="notice" role="status">${line.text}</p>` : nothing))}
    ${view?.session.warning ? html`<p class="lost" role="alert">${view.session.warning}</p>` : nothing}
    ${isLive && view?.people.role === 'viewer' ? watching(feed, view) : nothing}
    ${
      isLive && view && view.time.rate !== 1
        ? html`<p class="notice">
            ${view.time.rate === 0 ? words.timeStands : fill(words.timeRuns, { rate: view.time.rate })}
          </p>`
        : nothing
    }
    ${
      isLive && view && view.time.resumesRate !== null
        ? html`<p class="notice">${fill(words.timeSlowed, { rate: view.time.resumesRate })}</p>`
        : nothing
    }`;
}

const watching = (feed: Feed, { session }: View) => html`<div class="notice row">
  <p>${words.watching}</p>
  ${isMoving(session.state) ? nothing : html`<button @click=${() => feed.say({ type: 'claim' })}>${words.claim}</button>`}
</div>`;
