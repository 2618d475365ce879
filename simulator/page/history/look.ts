/** Sessions that are over. */
import { html } from 'lit';
import { notices } from '../shell/notices.ts';
import type { Desk } from '../shell/page-context.ts';
import './history-view.ts';

export const draw = (desk: Desk) => {
  const { view, isLive } = desk;
  // A session that begins, and one that ends, is another history.
  const mark = view ? `${view.time.startedAt} ${view.outcome?.outcome} ${view.kept.sessions}` : '';
  return html`${notices(desk)}<history-view .live=${isLive} .mark=${mark}></history-view>`;
};
