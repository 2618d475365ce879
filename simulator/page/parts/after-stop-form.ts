/** After a stop: what happened? Then what can follow from it. */
import { css, html, LitElement } from 'lit';
import { shared } from '../styles.ts';

const answers = [
  { why: 'slip', word: 'Slipped', means: 'Pressed by mistake. Ask them first; it goes on paused.' },
  { why: 'enough', word: 'Enough', means: 'It was good, it is enough. A calm ending is offered.' },
  { why: 'pain', word: 'It hurt', means: 'Over for today.' },
  { why: 'symptom', word: 'Something new', means: 'Numb, weak, dizzy or otherwise new. Over for today.' },
] as const;

export class AfterStopForm extends LitElement {
  static override styles = [
    shared,
    css`
      .answers {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: 0.9rem;
      }
      button {
        border-radius: 22px;
        padding: 1rem 1.2rem;
        text-align: left;
        display: grid;
        gap: 0.2rem;
        align-content: start;
      }
      b {
        font-size: 1.3rem;
        font-weight: 600;
      }
    `,
  ];

  override render() {
    return html`<div class="answers" role="group" aria-label="What happened?">
      ${answers.map(
        ({ why, word, means }) => html`<button
          data-why=${why}
          @click=${() =>
            this.dispatchEvent(new CustomEvent('intend', { detail: { intent: 'afterStop', why } }))}
        >
          <b>${word}</b><span class="soft">${means}</span>
        </button>`,
      )}
    </div>`;
  }
}
customElements.define('after-stop-form', AfterStopForm);
