/** What this browser keeps, taken along as one file, added from one, or erased as a whole. */
import { css, html, LitElement, nothing } from 'lit';
import { historyWords } from '../../../machines/text/history.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { download } from '../common/download.ts';
import { emit } from '../common/events.ts';
import { fileButton, fileButtonStyles } from '../common/file-button.ts';
import { textOfFile } from '../common/file-text.ts';
import { shared } from '../common/styles.ts';
import { got } from './asks.ts';
import { headingStyles } from './heading-styles.ts';
import type { TakenIn } from './taken-in.ts';
import '../common/erase-step.ts';

const words = keptWords.take;

/** More faults than this are read by nobody. */
const mostShown = 12;

export class TakeAlong extends LitElement {
  static override properties = {
    said: { state: true },
    taken: { state: true },
  };
  declare said: string;
  declare taken: TakenIn | null;

  static override styles = [
    shared,
    headingStyles,
    fileButtonStyles,
    css`
      :host {
        display: grid;
        gap: 0.9rem;
        justify-items: start;
      }
      p,
      ul {
        max-width: 44rem;
        overflow-wrap: anywhere;
      }
      ul {
        display: grid;
        gap: 0.3rem;
        padding-inline-start: 1.2rem;
        list-style: disc;
      }
    `,
  ];

  constructor() {
    super();
    this.said = '';
    this.taken = null;
  }

  override render() {
    return html`<h3>${words.heading}</h3>
      <p class="soft">${words.hint}</p>
      <div class="row">
        <button data-save-all @click=${() => void this.#save()}>${words.save}</button>
        ${fileButton(words.load, file => this.#load(file), 'load-hint')}
      </div>
      <p class="soft" id="load-hint">${words.loadHint}</p>
      <p role="status" data-said>${this.said}</p>
      ${this.taken ? this.#told(this.taken) : nothing}
      <erase-step
        data-erase-everything
        action=${words.erase}
        question=${words.eraseSure}
        yes=${historyWords.page.eraseYes}
        no=${historyWords.page.eraseNo}
        @sure=${() => void this.#erase()}
      ></erase-step>`;
  }

  #told({ had, left, notes }: TakenIn) {
    const faults = [...left, ...notes];
    return html`${had > 0 ? html`<p>${fill(words.had, { count: had })}</p>` : nothing}
      ${left.length > 0 ? html`<p>${fill(words.left, { count: left.length })}</p>` : nothing}
      ${
        faults.length === 0
          ? nothing
          : html`<ul>
              ${faults.slice(0, mostShown).map(fault => html`<li>${fill(words.where, fault)}</li>`)}
              ${
                faults.length > mostShown
                  ? html`<li>${fill(words.more, { count: faults.length - mostShown })}</li>`
                  : nothing
              }
            </ul>`
      }`;
  }

  async #save(): Promise<void> {
    this.taken = null;
    const file = await got<unknown>('GET', '/kept/file');
    if (!file.ok) {
      this.said = file.why;
      return;
    }
    const name = `tactus-${new Date().toISOString().slice(0, 10)}.json`;
    download(name, `${JSON.stringify(file.value, null, 1)}\n`);
    this.said = fill(words.saved, { name });
  }

  async #load(file: File): Promise<void> {
    this.taken = null;
    this.said = words.reading;
    const text = await textOfFile(file);
    if (text === null) {
      this.said = keptWords.faults.otherKind;
      return;
    }
    const taken = await got<TakenIn>('POST', '/kept/file', text);
    this.said = taken.ok ? fill(words.took, taken.value.took) : taken.why;
    this.taken = taken.ok ? taken.value : null;
    emit(this, 'taken');
  }

  async #erase(): Promise<void> {
    this.taken = null;
    const erased = await got<{ stays: number }>('DELETE', '/kept');
    if (!erased.ok) this.said = erased.why;
    else this.said = erased.value.stays > 0 ? words.erasedButOne : words.erased;
    emit(this, 'taken');
  }
}
customElements.define('take-along', TakeAlong);
