/** Sessions that are over. */
import { html } from 'lit';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './history-view.ts';

export const draw = (context: PageContext) => {
  const { view, isLive } = context;
  // A session that begins, and one that ends, is another history.
  const mark = view ? `${view.time.startedAt} ${view.outcome?.outcome} ${view.kept.sessions}` : '';
  return html`${notices(context)}<history-view .live=${isLive} .mark=${mark}></history-view>`;
};
