/** The device as an instrument. */
import { html, nothing } from 'lit';
import './bench-view.ts';
import { device } from '../device/device.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';

export const draw = (context: PageContext) => {
  const { feed, view, settings, isLive } = context;
  return html`${notices(context)}
    <bench-view .feed=${feed} .view=${view} .settings=${settings} ?live=${isLive}>
      ${view ? device(context, view) : nothing}
    </bench-view>`;
};
