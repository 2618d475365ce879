/** The page of the person being massaged. */

import { html, nothing } from 'lit';
import type { Desk } from '../desk.ts';
import { lostSentence } from '../notices.ts';
import type { Intended } from '../said.ts';
import '../parts/receiver-view.ts';

export const draw = ({ feed, view, isLive, intend }: Desk) =>
  html`${isLive ? nothing : html`<p class="lost" role="alert">${lostSentence(feed)}</p>`}
    <receiver-view
      .view=${view}
      .notice=${feed.notice?.text ?? null}
      ?live=${isLive}
      @intend=${(event: Intended) => intend(event.detail)}
    ></receiver-view>`;
