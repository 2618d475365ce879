/** The session for eyes two metres away. */
import { html, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import { notices } from '../shell/notices.ts';
import type { Desk } from '../shell/page-context.ts';
import './distance-view.ts';
import { sentenceNow } from '../common/words.ts';

export const draw = (desk: Desk) => {
  const { feed, view, isLive } = desk;
  return html`${notices(desk)}
    ${
      view
        ? html`<distance-view
            role="region"
            aria-label=${catalogue.page.looks.far}
            .session=${{ ...view.session, sentence: sentenceNow(view) }}
            .time=${view.time}
            .stroke=${view.stroke}
            .clock=${() => feed.now()}
            ?live=${isLive}
          ></distance-view>`
        : nothing
    }`;
};
