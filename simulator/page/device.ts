/** The drawn device, whose buttons press the emulated board's own. */
import { html } from 'lit';
import type { View } from '../../src/wire/messages.ts';
import type { Desk } from './desk.ts';
import './parts/device-view.ts';

export const device = ({ feed, isLive }: Desk, view: View) => html`<device-view
  .device=${view.device}
  .cue=${view.cue}
  ?live=${isLive}
  @pressed=${(event: CustomEvent) => feed.say({ type: 'button', ...event.detail })}
></device-view>`;
