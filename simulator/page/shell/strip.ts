/**
 * The strip above stop: in every look and state one line that says what happens now, leads there, and carries the
 * question that waits. Whoever is in History when it stops, or has scrolled away, knows it all the same. For a few
 * seconds it takes a Less back.
 */
import { html, nothing } from 'lit';
import { isMoving, waits } from '../../../machines/session.states.ts';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Outcome } from '../../../machines/vocabulary.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { sentenceNow } from '../common/words.ts';
import type { PageContext } from './page-context.ts';

const words = catalogue.page.strip;

type Strip = Readonly<{ context: PageContext; isThere: boolean; isAlone: boolean; show(): void }>;

type Tone = 'calm' | 'ask' | 'ease' | 'stop-tone' | 'old';

/** Red is for stop and faults, amber for lighter; a question has the accent. Each has its shape as well. */
function toneOf({ session: { state }, outcome }: View): Tone {
  const ended = outcome?.outcome;
  if (state === 'stopped' || state === 'faulted' || ended === 'stopped' || ended === 'faulted')
    return 'stop-tone';
  if (state === 'eased') return 'ease';
  return waits(state) ? 'ask' : 'calm';
}

/** What is said: how it ended, or the sentence of the state, with the phase while hands move. */
function said(view: View) {
  const { session, outcome } = view;
  if (outcome)
    return html`${sentenceIn<Outcome>(catalogue.page.outcomes, outcome.outcome, session.sentence)}`;
  // A question comes alone: what the phase is called may sound like an answer to it.
  if (!isMoving(session.state) || waits(session.state) || session.now === null)
    return html`${sentenceNow(view)}`;
  return html`${fill(words.moving, { title: session.now.title, sentence: session.sentence })}`;
}

/** The last less can be taken back, by the page that it may have come from. */
export const canUndo = ({ view, isLive, feed }: Pick<PageContext, 'view' | 'isLive' | 'feed'>): boolean => {
  if (!view?.undo || !isLive || feed.now() > view.undo.until) return false;
  return view.people.role === (view.undo.byReceiver ? 'receiver' : 'controller');
};

export function strip({ context, isThere, isAlone, show }: Strip) {
  const { view, isLive, intend } = context;
  const tone = view && isLive ? toneOf(view) : 'old';
  const asks = view !== null && (waits(view.session.state) || view.ending?.answer === null);
  const leads = view !== null && !isAlone && (!isThere || asks);
  return html`<div class="strip ${tone}" data-strip=${view?.session.state ?? ''} role="group" aria-label=${words.label}>
    <p>${!view ? words.waiting : isLive ? said(view) : words.old}</p>
    ${
      canUndo(context)
        ? html`<button data-undo @click=${() => intend({ intent: 'undo' })}>${words.undo}</button>`
        : nothing
    }
    ${
      leads
        ? html`<a class="button" href="#" data-show @click=${(event: Event) => {
            event.preventDefault();
            show();
          }}>${asks ? words.answer : words.show}</a>`
        : nothing
    }
  </div>`;
}
