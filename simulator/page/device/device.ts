/** The drawn device, whose buttons press the emulated board's own. */
import { html, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { PageEvent } from '../common/events.ts';
import type { PageContext } from '../shell/page-context.ts';
import './device-view.ts';
import { isBefore } from '../../../machines/session.states.ts';

const words = catalogue.page.device;

export const device = ({ feed, isLive }: PageContext, view: View) => html`<device-view
  .device=${view.device}
  .cue=${view.cue}
  ?live=${isLive}
  @pressed=${(event: PageEvent<'pressed'>) => feed.say({ type: 'button', ...event.detail })}
  >${
    // Once hands move it is known.
    isBefore(view.session.state)
      ? html`<h2 slot="title">${words.title}</h2>
          <p slot="title" class="soft">${view.device.emulated ? words.emulated : words.real}</p>`
      : nothing
  }
  ${
    // While nothing is under way, and from anywhere but there.
    view.calibration?.hindrance === null && !view.calibration.walk && location.hash !== '#calibrate'
      ? html`<a href="#calibrate">${catalogue.calibration.title}</a>`
      : nothing
  }</device-view
>`;
