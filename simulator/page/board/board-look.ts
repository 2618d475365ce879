/** From a new board to one that sessions run on, step by step. */
import { html } from 'lit';
import type { View } from '../../../src/server/view-messages.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './board-view.ts';

/** Whether a session would be lost. One on the emulated board that STOP has ended, here or there, is lost to nobody. */
function isUnderWay(view: View | null): boolean {
  if (view === null || view.outcome !== null) return false;
  const { state } = view.session;
  if (state === 'stopped') return !view.device.emulated;
  return state !== 'screening' && state !== 'preparation';
}

export const draw = (context: PageContext) => {
  const { feed, view } = context;
  return html`${notices(context)}<board-view .feed=${feed} ?busy=${isUnderWay(view)}></board-view>`;
};
