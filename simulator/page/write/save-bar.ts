/** At the foot of a routine that is being written: how long it takes, whether it is right, and saving it. */
import { html, nothing } from 'lit';
import { writeWords } from '../../../machines/text/write.ts';
import { clockFace } from '../common/words.ts';
import { keptIn } from '../link/ask.ts';
import { replaceAsk } from './loss-asks.ts';
import { countWord } from './phase-form.ts';
import { writing } from './writing.ts';

const words = writeWords;

type SaveBar = Readonly<{
  /** How many there are to mend. */
  faults: number;
  /** What is said where there are none. */
  right: string;
  seconds: number;
  isSaving: boolean;
  asksToReplace: boolean;
  showFaults(): void;
  save(mayReplace: boolean): void;
}>;

export function saveBar({ faults, right, seconds, isSaving, asksToReplace, showFaults, save }: SaveBar) {
  const clock = clockFace(seconds * 1000);
  return html`<div class="bar">
    <div class="inner">
      <span class="total" aria-label="${words.totalLabel}: ${clock}">${clock}</span>
      <span class="state">
        ${
          faults === 0
            ? html`<span data-right>${right}</span>`
            : html`<button data-show-faults @click=${() => showFaults()}>${countWord(faults)}</button>`
        }
      </span>
      ${writing.keptAs !== null && !writing.isUnsaved ? html`<a class="button" data-choose-it href="#routines/${writing.keptAs}">${words.choose}</a>` : nothing}
      <button class="main" data-save aria-disabled=${isSaving ? 'true' : 'false'} @click=${() => save(false)}>
        ${isSaving ? words.saving : words.save}
      </button>
      ${
        asksToReplace
          ? replaceAsk({
              keepBoth: () => {
                writing.renamed();
                save(false);
              },
              replace: () => save(true),
            })
          : nothing
      }
    </div>
    <p class="inner soft" role="status" data-said>${writing.said || words.saveHint[keptIn()]}</p>
  </div>`;
}
