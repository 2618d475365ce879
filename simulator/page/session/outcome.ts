/** How a session ended, what to do now, and the next one. */

import { html, nothing } from 'lit';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { Outcome } from '../../../machines/vocabulary.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { Intended } from '../common/said.ts';
import type { PageContext } from '../shell/page-context.ts';
import { another } from './choice.ts';
import './ending-form.ts';

export function outcome(context: PageContext, view: View) {
  const { outcome, advice } = view.outcome ?? { outcome: '', advice: '' };
  return html`<div class="outcome stack" data-outcome=${outcome}>
      <h2>${sentenceIn<Outcome>(catalogue.page.outcomes, outcome, outcome)}</h2>
      <p>${advice}</p>
    </div>
    ${
      view.ending
        ? html`<div class="form">
            <ending-form
              .ending=${view.ending}
              @intend=${(event: Intended) => context.intend(event.detail)}
            ></ending-form>
          </div>`
        : nothing
    }
    ${another(context, view)}`;
}
