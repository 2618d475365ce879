/** What cannot be brought back is asked twice: the action, then a plain question beside it, never a dialog over the page. */
import { css, html, LitElement } from 'lit';
import { emit } from './events.ts';
import { shared } from './styles.ts';

export class EraseStep extends LitElement {
  static override properties = {
    action: {},
    question: {},
    yes: {},
    no: {},
    asked: { state: true },
  };
  declare action: string;
  declare question: string;
  declare yes: string;
  declare no: string;
  declare asked: boolean;

  static override styles = [
    shared,
    css`
      .asked {
        display: grid;
        gap: 0.8rem;
        border-inline-start: 4px solid var(--stop);
        padding: 0.3rem 0 0.3rem 0.9rem;
        max-width: 34rem;
      }
      .sure {
        border-color: var(--stop);
        color: var(--stop);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.asked = false;
  }

  override render() {
    if (!this.asked)
      return html`<button
        data-erase
        @click=${() => {
          this.asked = true;
          // The safe answer has the focus first.
          void this.updateComplete.then(() => this.#focus('[data-no]'));
        }}
      >
        ${this.action}
      </button>`;
    return html`<div class="asked" role="group" aria-label=${this.action}>
      <p role="alert">${this.question}</p>
      <div class="row">
        <button data-no @click=${() => this.#back()}>${this.no}</button>
        <button class="sure" data-yes @click=${() => this.#sure()}>${this.yes}</button>
      </div>
    </div>`;
  }

  #back(): void {
    this.asked = false;
    void this.updateComplete.then(() => this.#focus('[data-erase]'));
  }

  #sure(): void {
    this.asked = false;
    emit(this, 'sure');
  }

  #focus(which: string): void {
    this.renderRoot.querySelector<HTMLElement>(which)?.focus();
  }
}
customElements.define('erase-step', EraseStep);
