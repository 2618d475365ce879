/** The device as an instrument. */
import { html, nothing } from 'lit';
import '../bench/bench-view.ts';
import type { Desk } from '../desk.ts';
import { device } from '../device.ts';
import { notices } from '../notices.ts';

export const draw = (desk: Desk) => {
  const { feed, view, settings, isLive } = desk;
  return html`${notices(desk)}
    <bench-view .feed=${feed} .view=${view} .settings=${settings} ?live=${isLive}>
      ${view ? device(desk, view) : nothing}
    </bench-view>`;
};
