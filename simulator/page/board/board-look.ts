/** From a new board to one that sessions run on, step by step. */
import { html } from 'lit';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './board-view.ts';

export const draw = (context: PageContext) => {
  const { feed, view } = context;
  const isUnderWay =
    view !== null && view.outcome === null && !['screening', 'preparation'].includes(view.session.state);
  return html`${notices(context)}<board-view .feed=${feed} ?busy=${isUnderWay}></board-view>`;
};
