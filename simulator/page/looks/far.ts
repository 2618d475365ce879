/** The session for eyes two metres away. */
import { html, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { Desk } from '../desk.ts';
import { notices } from '../notices.ts';
import '../parts/far-view.ts';
import { sentenceNow } from '../words.ts';

export const draw = (desk: Desk) => {
  const { feed, view, isLive } = desk;
  return html`${notices(desk)}
    ${
      view
        ? html`<far-view
            role="region"
            aria-label=${catalogue.page.looks.far}
            .session=${{ ...view.session, sentence: sentenceNow(view) }}
            .time=${view.time}
            .stroke=${view.stroke}
            .clock=${() => feed.now()}
            ?live=${isLive}
          ></far-view>`
        : nothing
    }`;
};
