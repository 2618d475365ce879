/** What happens now, with the device beside it. */

import { html, nothing } from 'lit';
import type { View } from '../../../src/server/view-messages.ts';
import type { PageEvent } from '../common/events.ts';
import type { Intended } from '../common/said.ts';
import { device } from '../device/device.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import { choice } from './choice.ts';
import { controls, interruption, lighter } from './controls.ts';
import { outcome } from './outcome.ts';
import './check-in-form.ts';
import './preparation-form.ts';
import './screening-form.ts';
import './session-guide.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { ahead, isNew, welcome } from '../shell/welcome.ts';

export const draw = (context: PageContext) => {
  const { view } = context;
  return html`<div class="columns">
    <section class="now ${context.isLive ? '' : 'old'}" aria-label=${catalogue.page.session}>${notices(context)} ${view ? now(context, view) : nothing}</section>
    ${view ? device(context, view) : nothing}
  </div>`;
};

function now(context: PageContext, view: View) {
  if (view.outcome) return outcome(context, view);
  if (isNew(context, view)) return welcome(context, view);
  if (view.session.state === 'screening') return screening(context, view);
  if (view.session.state === 'preparation') return preparation(context, view);
  return underway(context, view);
}

/** The first question has the screen to itself: where there is room the body stands beside it. */
const isFirst = ({ session, screening: { complaint } }: View): boolean =>
  complaint === null && session.offer === null;

const screening = (
  context: PageContext,
  view: View,
) => html`<div class="form stack ${isFirst(view) ? 'beside' : ''}">
  ${view.session.offer ? html`<p class="notice">${view.session.offer}</p>` : nothing}
  <screening-form
    .screening=${view.screening}
    ?urgentOnly=${view.session.offer !== null}
    @answered=${(event: PageEvent<'answered'>) => context.intend({ intent: 'screen', ...event.detail })}
    @reopened=${(event: PageEvent<'reopened'>) => context.intend({ intent: 'reopen', card: event.detail })}
  ></screening-form>
  ${choice(context, view)} ${isFirst(view) ? ahead(view) : nothing}
</div>`;

const preparation = (context: PageContext, view: View) => html`<div class="form stack">
  <preparation-form
    .preparation=${view.preparation}
    .cautions=${view.screening.cautions}
    .memory=${view.screening}
    @remember=${(event: PageEvent<'remember'>) => context.feed.say({ type: 'remember', agreed: event.detail })}
    .local=${context.scores.local}
    .leg=${context.scores.leg}
    @baseline=${(event: PageEvent<'baseline'>) => context.score(event.detail)}
    .linkIsLive=${view.device.link === 'live'}
    @intend=${(event: Intended) => context.intend(event.detail)}
  ></preparation-form>
  ${choice(context, view)}
</div>`;

const underway = (context: PageContext, view: View) => html`${
  view.checkIn
    ? html`<check-in-form
        .checkIn=${view.checkIn}
        .pressure=${view.session.pressure}
        @intend=${(event: Intended) => context.intend(event.detail)}
      ></check-in-form>`
    : nothing
}
  ${lighter(context, view)}
  <session-guide
    .session=${view.session}
    .time=${view.time}
    .stroke=${view.stroke}
    .leftOut=${view.preparation.places.filter(({ isNamed }) => isNamed).map(({ zone }) => zone)}
    .clock=${() => context.feed.now()}
    ?live=${context.isLive}
    >${controls(context, view)} ${interruption(context, view)}</session-guide
  >`;
