/** What the motors feel like, with the device beside it. */
import { html, nothing } from 'lit';
import { device } from '../device/device.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './calibrate-view.ts';

export const draw = (context: PageContext) => {
  const { feed, view, isLive } = context;
  return html`<div class="columns">
    <section class="now">
      ${notices(context)}
      ${
        view
          ? html`<calibrate-view
              .calibration=${view.calibration}
              .duty=${view.device.duty}
              .rate=${view.time.rate}
              .say=${(said: Parameters<typeof feed.say>[0]) => feed.say(said)}
              ?yours=${view.people.role === 'controller'}
              ?emulated=${view.device.emulated}
              ?live=${isLive}
            ></calibrate-view>`
          : nothing
      }
    </section>
    ${
      // Whoever is to feel it on a real board is not told what runs.
      view && (view.device.emulated || !view.calibration?.walk) ? device(context, view) : nothing
    }
  </div>`;
};
