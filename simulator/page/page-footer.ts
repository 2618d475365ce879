/** Stop: full width, always at the same place, always one press. */
import { html } from 'lit';
import { catalogue } from '../../machines/text/text.ts';
import type { Desk } from './desk.ts';
import { isOver } from './states.ts';

const { word, how, noLine: _, ...said } = catalogue.page.stop;
/** What the device has said of the last stop. */
const afterStop: Readonly<Record<string, string>> = said;

export function pageFooter({ feed, view }: Desk) {
  const ended = view !== null && (isOver(view.session.state) || view.outcome !== null);
  return html`<footer>
    <button data-stop @click=${() => feed.stop()}>
      ${word}<small>${(ended && afterStop[view.device.silence]) || how}</small>
    </button>
  </footer>`;
}
