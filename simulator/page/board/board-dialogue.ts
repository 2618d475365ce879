/** A dialogue with a board: how far it is, what was said, and the one question or the one press that is wanted now. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { setupWords } from '../../../machines/text/setup.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { answerStyles } from '../common/answer-styles.ts';
import { download } from '../common/download.ts';
import { progressBar, progressSteps } from '../common/progress-styles.ts';
import { shared } from '../common/styles.ts';
import type { BoardTalk, TalkAsked, TalkOver, TalkView } from './board-talk.ts';
import { dialogueStyles } from './dialogue-styles.ts';
import './pressed-board.ts';

const words = setupWords.talk;
const buttonWords: Readonly<Record<string, string>> = catalogue.page.device.buttons;

/** Of what was said so much stands open; the rest is there for whoever asks. */
const shownLines = 2;

export class BoardDialogue extends LitElement {
  static override properties = {
    name: { type: String },
    view: { attribute: false },
    talk: { attribute: false },
    again: { attribute: false },
    leave: { attribute: false },
    use: { attribute: false },
  };
  /** What is done in it. */
  declare name: string;
  declare view: TalkView;
  /** Null until it has begun. */
  declare talk: BoardTalk | null;
  declare again: () => void;
  declare leave: () => void;
  /** Begins with the board; null where there is nothing to begin. */
  declare use: (() => void) | null;

  static override styles = [shared, progressSteps, progressBar, answerStyles, dialogueStyles];

  /** Where another question is asked, and at the end, the focus goes there: whoever cannot see it hears it. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    const before = changed.get('view') as TalkView | undefined;
    const { asked, over } = this.view;
    const isNew = asked?.question !== before?.asked?.question || (over === null) !== (before?.over == null);
    if (isNew && (asked || over)) this.renderRoot.querySelector<HTMLElement>('[data-now]')?.focus();
  }

  override render() {
    const { view } = this;
    const { step, asked, over } = view;
    return html`<div class="stack" data-over=${over?.how ?? nothing} data-question=${asked?.question ?? nothing}>
      <h2>${this.name}</h2>
      ${step ? this.#progress(step) : nothing} ${this.#said(view)}
      ${over ? this.#over(over) : html`<div class="asked">${asked ? this.#asked(asked) : nothing} ${this.#bar(view)}</div>`}
      ${
        over
          ? this.#saidBefore(view)
          : html`${this.#saidBefore(view)}<div class="foot"><button data-do="leave" @click=${() => this.talk?.end('left')}>${words.leave}</button></div>`
      }
    </div>`;
  }

  #progress({ place, count, word }: NonNullable<TalkView['step']>) {
    return html`<div class="progress" role="img" aria-label=${word}>
      ${Array.from({ length: count }, (_, index) => html`<i class=${index + 1 < place ? 'done' : index + 1 === place ? 'now' : ''}></i>`)}
    </div>`;
  }

  #said({ said }: TalkView) {
    return html`<ul class="said" aria-live="polite">${said.slice(-shownLines).map(one => html`<li>${one}</li>`)}</ul>`;
  }

  #saidBefore({ said }: TalkView) {
    const older = said.slice(0, -shownLines);
    if (older.length === 0) return nothing;
    return html`<details>
      <summary>${words.said}</summary>
      <ul class="said">${older.map(one => html`<li>${one}</li>`)}</ul>
    </details>`;
  }

  #asked({ question, sentence, answers, press }: TalkAsked) {
    if (press !== null)
      return html`<h3 data-now tabindex="-1">${sentence}</h3>
        <div class="press">
          <pressed-board .button=${press}></pressed-board>
          <p>${words.onTheBoard}</p>
        </div>`;
    const isOne = answers.length === 1;
    return html`<h3 data-now tabindex="-1">${sentence}</h3>
      <div class="answers" role="group" aria-label=${words.yourAnswer}>
        ${answers.map(
          ({ key, word, button }) => html`<button
            class=${isOne ? 'main' : ''}
            data-key=${key}
            @click=${() => this.talk?.answer(question, key)}
          >
            ${word} ${button ? html`<small>${fill(words.byButton, { button: buttonWords[button] ?? '' })}</small>` : nothing}
          </button>`,
        )}
      </div>`;
  }

  #bar({ progress }: TalkView) {
    if (!progress) return nothing;
    const { sentence, done, of } = progress;
    return html`<div
        class="bar"
        role="progressbar"
        aria-label=${this.name}
        aria-valuemin="0"
        aria-valuemax=${of}
        aria-valuenow=${done}
      >
        <svg viewBox="0 0 ${of} 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width=${done} height="1" />
        </svg>
      </div>
      <p class="counted">${sentence}</p>`;
  }

  #over({ how, what, todo, file }: TalkOver) {
    const lines = what.map(line => html`<p>${line}</p>`);
    const focus = html`<h3 data-now tabindex="-1">${words.overTitle[how]}</h3>`;
    return html`${
      how === 'wrong'
        ? html`<div class="wrong" role="alert">${focus} ${lines}
            ${
              todo === null
                ? nothing
                : html`<p class="soft">${setupWords.bringup.oneThing}</p>
                    <p class="todo">${todo}</p>`
            }</div>`
        : html`<div class="over ${how}" role="status">${focus} ${lines}</div>`
    }
    ${how === 'done' && this.use ? html`<p class="soft">${words.firstTouchWhy}</p>` : nothing}
    <div class="row">
      ${
        how === 'done' && this.use
          ? html`<button class="main" data-do="first" @click=${this.use}>${words.firstTouch}</button>`
          : nothing
      }
      ${
        file
          ? html`<button class="main" data-do="save" @click=${() => download(file.name, file.text)}>${words.saveFile}</button>`
          : nothing
      }
      ${how === 'done' ? nothing : html`<button class="main" data-do="again" @click=${this.again}>${words.again}</button>`}
      <button data-do="close" @click=${this.leave}>${words.close}</button>
    </div>`;
  }
}
customElements.define('board-dialogue', BoardDialogue);
