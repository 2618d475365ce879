/**
 * What the hand falls on: stop, full width, always at the same place, always one press; pause and less beside it while
 * hands move; and the strip, which says in every look what happens now and leads there.
 */
import { html, nothing } from 'lit';
import { isMoving, isOver } from '../../../machines/session.states.ts';
import { sentenceFor } from '../../../machines/text/sentence.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { pressed } from '../common/pressed.ts';
import type { PageContext } from './page-context.ts';
import { couldRun } from './states.ts';
import { strip } from './strip.ts';

const { stop } = catalogue.page;
const { controls } = catalogue.page;
/** What the device has said of the last stop; nothing where none was asked for. */
const said = (silence: View['device']['silence']): string =>
  silence === 'none' ? stop.how : sentenceFor(stop, silence);

export type Footer = Readonly<{
  context: PageContext;
  /** Whether the look is the session's, where the strip leads. */
  isThere: boolean;
  /** Whether this is the page of somebody who turns to no other look. */
  isAlone: boolean;
  /** Turns to what happens now. */
  show(): void;
  focused(event: FocusEvent): void;
}>;

export function pageFooter({ context, isThere, isAlone, show, focused }: Footer) {
  const { feed, view, isLive, intend } = context;
  const isStopped =
    view !== null &&
    (isOver(view.session.state) || view.session.state === 'stopped' || view.outcome !== null);
  const moves =
    isLive &&
    view !== null &&
    isMoving(view.session.state) &&
    view.people.role === 'controller' &&
    !view.outcome;
  const button = (intent: 'pause' | 'less', name: string) =>
    html`<button class="press ${intent}" data-intent=${intent} ${pressed(() => intend({ intent }))}>${name}</button>`;
  return html`<footer class=${moves ? 'moves' : ''} @focusin=${focused}>
    ${
      // Beside another board a session that only waits, or was stopped, has nothing to say.
      feed.alsoStops && !moves ? nothing : strip({ context, isThere, isAlone, show })
    }
    ${moves ? html`${button('pause', controls.pause)}${button('less', controls.less)}` : nothing}
    <button class="press stop" data-stop ?data-quiet=${!couldRun(context)} ${pressed(() => feed.stop())}>
      ${stop.word} <small>${
        // What the session's board has confirmed says nothing of another one.
        isStopped && view && !feed.alsoStops ? said(view.device.silence) : stop.how
      }</small>
    </button>
  </footer>`;
}
