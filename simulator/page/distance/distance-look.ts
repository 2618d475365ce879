/** The session for eyes two metres away. */
import { html, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './distance-view.ts';
import { sentenceNow } from '../common/words.ts';

export const draw = (context: PageContext) => {
  const { feed, view, isLive } = context;
  return html`${notices(context)}
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
