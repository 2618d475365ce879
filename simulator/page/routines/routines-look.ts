/** Choosing a routine: what there is, how its time would be spent, and what one likes to have the same each time. */
import { html } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { PageEvent } from '../common/events.ts';
import { again } from '../session/choice.ts';
import { hashRest } from '../shell/hash.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './routines-view.ts';

const words = catalogue.routines;

/** Why nothing can be chosen now, in words; null where it can. */
function refusal({ view, isLive }: PageContext): string | null {
  if (!view || !isLive) return words.noLine;
  if (view.people.role !== 'controller') return words.watching;
  const isOpen = view.outcome !== null || ['screening', 'preparation'].includes(view.session.state);
  return isOpen ? null : words.underway;
}

export const draw = (context: PageContext) => {
  const { view, feed } = context;
  const refused = refusal(context);
  return html`${notices(context)}
    <routines-view
      .wanted=${hashRest() || (view?.library.chosen ?? '')}
      .refusal=${refused}
      .mark=${view?.kept.routines ?? 0}
      @chosen=${(event: PageEvent<'chosen'>) => {
        // A refusal from here on is shown where the session is.
        if (!feed.say({ type: 'choose', ...event.detail })) return;
        context.begin();
        location.hash = '';
      }}
      >${view && refused === null ? again(context, view) : ''}</routines-view
    >`;
};
