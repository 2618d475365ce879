/** What happens now, with the device beside it. */

import { html, nothing } from 'lit';
import type { View } from '../../../src/server/messages.ts';
import type { Intended } from '../common/said.ts';
import { device } from '../device/device.ts';
import { notices } from '../shell/notices.ts';
import type { Desk } from '../shell/page-context.ts';
import { choice } from './choice.ts';
import { controls, interruption } from './controls.ts';
import { outcome } from './outcome.ts';
import './check-in-form.ts';
import './preparation-form.ts';
import './screening-form.ts';
import './session-guide.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { ahead, isNew, welcome } from '../shell/welcome.ts';

export const draw = (desk: Desk) => {
  const { view } = desk;
  return html`<div class="columns">
    <section class="now ${desk.isLive ? '' : 'old'}" aria-label=${catalogue.page.session}>${notices(desk)} ${view ? now(desk, view) : nothing}</section>
    ${view ? device(desk, view) : nothing}
  </div>`;
};

function now(desk: Desk, view: View) {
  if (view.outcome) return outcome(desk, view);
  if (isNew(desk, view)) return welcome(desk, view);
  if (view.session.state === 'screening') return screening(desk, view);
  if (view.session.state === 'preparation') return preparation(desk, view);
  return underway(desk, view);
}

/** The first question has the screen to itself: where there is room the body stands beside it. */
const isFirst = ({ session, screening: { complaint } }: View): boolean =>
  complaint === null && session.offer === null;

const screening = (desk: Desk, view: View) => html`<div class="form stack ${isFirst(view) ? 'beside' : ''}">
  ${view.session.offer ? html`<p class="notice">${view.session.offer}</p>` : nothing}
  <screening-form
    .screening=${view.screening}
    ?urgentOnly=${view.session.offer !== null}
    @answered=${(event: CustomEvent) => desk.intend({ intent: 'screen', ...event.detail })}
    @reopened=${(event: CustomEvent) => desk.intend({ intent: 'reopen', card: event.detail })}
  ></screening-form>
  ${choice(desk, view)} ${isFirst(view) ? ahead(view) : nothing}
</div>`;

const preparation = (desk: Desk, view: View) => html`<div class="form stack">
  <preparation-form
    .preparation=${view.preparation}
    .cautions=${view.screening.cautions}
    .memory=${view.screening}
    @remember=${(event: CustomEvent<boolean>) => desk.feed.say({ type: 'remember', agreed: event.detail })}
    .local=${desk.scores.local}
    .leg=${desk.scores.leg}
    @scored=${(event: CustomEvent) => desk.score(event.detail)}
    .linkIsLive=${view.device.link === 'live'}
    @intend=${(event: Intended) => desk.intend(event.detail)}
  ></preparation-form>
  ${choice(desk, view)}
</div>`;

const underway = (desk: Desk, view: View) => html`${
  view.checkIn
    ? html`<check-in-form
        .checkIn=${view.checkIn}
        .pressure=${view.session.pressure}
        @intend=${(event: Intended) => desk.intend(event.detail)}
      ></check-in-form>`
    : nothing
}
  <session-guide
    .session=${view.session}
    .time=${view.time}
    .stroke=${view.stroke}
    .leftOut=${view.preparation.places.filter(({ isNamed }) => isNamed).map(({ zone }) => zone)}
    .clock=${() => desk.feed.now()}
    ?live=${desk.isLive}
    >${controls(desk, view)} ${interruption(desk, view)}</session-guide
  >`;
