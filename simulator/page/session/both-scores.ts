/** The two scores that are asked together, each from 0 to 10: where the hands are, and down the leg. */
import { html } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { PageEvent } from '../common/events.ts';
import './score-scale.ts';

const { forms } = catalogue;

/** Whoever asks: draws itself anew when either is said. */
type Scored = { local: number | null; leg: number | null };

export const bothScores = (asker: Scored) => html`<score-scale
    question=${forms.hereNow}
    .value=${asker.local}
    @scored=${(event: PageEvent<'scored'>) => {
      asker.local = event.detail;
    }}
  ></score-scale>
  <score-scale
    question=${forms.leg}
    .value=${asker.leg}
    @scored=${(event: PageEvent<'scored'>) => {
      asker.leg = event.detail;
    }}
  ></score-scale>`;
