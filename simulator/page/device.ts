/** The drawn device, whose buttons press the emulated board's own. */
import { html, nothing } from 'lit';
import { catalogue } from '../../machines/text/text.ts';
import type { View } from '../../src/wire/messages.ts';
import type { Desk } from './desk.ts';
import './parts/device-view.ts';

export const device = ({ feed, isLive }: Desk, view: View) => html`<device-view
  .device=${view.device}
  .cue=${view.cue}
  ?live=${isLive}
  @pressed=${(event: CustomEvent) => feed.say({ type: 'button', ...event.detail })}
  >${
    // While nothing is under way, and from anywhere but there.
    view.calibration?.hindrance === null && !view.calibration.walk && location.hash !== '#calibrate'
      ? html`<a href="#calibrate">${catalogue.calibration.title}</a>`
      : nothing
  }</device-view
>`;
