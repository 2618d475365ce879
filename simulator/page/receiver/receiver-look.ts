/** The page of the person being massaged. */

import { html, nothing } from 'lit';
import type { Intended } from '../common/said.ts';
import { lostSentence } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './receiver-view.ts';

export const draw = ({ feed, view, isLive, intend }: PageContext) =>
  html`${isLive ? nothing : html`<p class="lost" role="alert">${lostSentence(feed)}</p>`}
    <receiver-view
      .view=${view}
      .notice=${feed.notices.map(({ text }) => text).join(' ') || null}
      ?live=${isLive}
      @intend=${(event: Intended) => intend(event.detail)}
    ></receiver-view>`;
