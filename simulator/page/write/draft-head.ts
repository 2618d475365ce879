/** Above a routine that is being written: its name, whether it is saved, and how it is passed on, closed or erased. */
import { html, nothing } from 'lit';
import { writeWords } from '../../../machines/text/write.ts';
import { download } from '../common/download.ts';
import { erasing } from '../routines/erase.ts';
import { type Draft, textOf } from './draft.ts';
import { closeAsk, type LossAsk } from './loss-asks.ts';
import { writing } from './writing.ts';

const words = writeWords;

type DraftHead = Readonly<{
  draft: Draft;
  asking: LossAsk;
  /** Asks, or no longer, and puts the focus there. */
  ask(asking: LossAsk, focus: string): void;
  /** The question is answered, and all that it stood over is gone. */
  answered(): void;
}>;

export function draftHead({ draft, asking, ask, answered }: DraftHead) {
  return html`<div class="stack">
    <div class="row">
      <h2>${writing.title}</h2>
      <span class="pill" data-state>${savedWord()}</span>
    </div>
    <div class="row">
      <button
        data-save-file
        @click=${() => download(`${String(draft.id ?? 'routine')}.json`, textOf(draft))}
      >
        ${words.saveAsFile}
      </button>
      <button
        data-close
        @click=${() => {
          if (writing.isUnsaved) ask('close', '[data-close-no]');
          else writing.close();
        }}
      >
        ${words.close}
      </button>
      ${
        writing.keptAs === null
          ? nothing
          : erasing({
              title: writing.title,
              asks: asking === 'erase',
              ask: asks => ask(asks ? 'erase' : null, asks ? '[data-keep]' : '[data-erase]'),
              erase: () => {
                answered();
                void writing.erase();
              },
            })
      }
    </div>
    ${
      asking === 'close'
        ? closeAsk({
            goOn: () => ask(null, '[data-close]'),
            close: () => {
              answered();
              writing.close();
            },
          })
        : nothing
    }
  </div>`;
}

function savedWord(): string {
  if (writing.isUnsaved) return writing.keptAs === null ? words.notSaved : words.unsaved;
  return writing.keptAs === null ? words.notSaved : words.saved;
}
