/** What this browser keeps, taken along as one file, added from one, or erased as a whole. */
import { css, html, LitElement, nothing } from 'lit';
import { historyWords } from '../../../machines/text/history.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { download } from '../common/download.ts';
import { emit } from '../common/events.ts';
import { textOfFile } from '../common/file-text.ts';
import { shared } from '../common/styles.ts';
import { got } from './asks.ts';
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
    css`
      :host {
        display: grid;
        gap: 0.9rem;
        justify-items: start;
      }
      h3 {
        font-size: 1.15rem;
        font-weight: 600;
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
      label.button {
        position: relative;
        display: inline-grid;
        place-items: center;
        min-height: 44px;
        padding: 0.3rem 1.1rem;
        border-radius: 999px;
        border: 1.5px solid var(--control-line);
        background: var(--raised);
        cursor: pointer;
      }
      label.button:focus-within {
        outline: 3px solid var(--ink);
        outline-offset: 3px;
      }
      input[type='file'] {
        position: absolute;
        inset: 0;
        opacity: 0;
        width: 100%;
        cursor: pointer;
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
        <label class="button"
          >${words.load}<input
            type="file"
            accept=".json,application/json"
            aria-describedby="load-hint"
            @change=${(event: Event & { target: HTMLInputElement }) => void this.#load(event.target)}
        /></label>
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

  async #load(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    this.taken = null;
    this.said = words.reading;
    const text = await textOfFile(file);
    // The same file can be picked once more.
    input.value = '';
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
