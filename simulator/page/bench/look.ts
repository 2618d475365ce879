/** The device as an instrument. */
import { html, nothing } from 'lit';
import './bench-view.ts';
import { device } from '../device/device.ts';
import { notices } from '../shell/notices.ts';
import type { Desk } from '../shell/page-context.ts';

export const draw = (desk: Desk) => {
  const { feed, view, settings, isLive } = desk;
  return html`${notices(desk)}
    <bench-view .feed=${feed} .view=${view} .settings=${settings} ?live=${isLive}>
      ${view ? device(desk, view) : nothing}
    </bench-view>`;
};
