/** A question answered by a number from 0 to 10. Nothing is chosen beforehand. */
import { css, html, LitElement } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import { emit } from '../common/events.ts';
import { choices, shared } from '../common/styles.ts';

const { forms } = catalogue;

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export class ScoreScale extends LitElement {
  static override properties = { question: {}, value: { attribute: false } };
  declare question: string;
  declare value: number | null;

  static override styles = [
    shared,
    choices,
    css`
      fieldset {
        display: grid;
        gap: 0.5rem;
      }
      legend {
        padding: 0;
        margin-bottom: 0.4rem;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(11, 1fr);
        gap: 0.3rem;
        border: 0;
        border-radius: 0;
        background: none;
        overflow: visible;
      }
      .choices label,
      .choices label + label {
        min-width: 0;
        padding: 0;
        border: 1.5px solid var(--control-line);
        border-radius: 12px;
        background: var(--raised);
        font-variant-numeric: tabular-nums;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        font-size: 0.85rem;
      }
      @media (max-width: 560px) {
        .choices {
          grid-template-columns: repeat(6, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.question = '';
    this.value = null;
  }

  override render() {
    return html`<fieldset>
      <legend>${this.question}</legend>
      <div class="choices">
        ${scores.map(
          score => html`<label
            ><input
              type="radio"
              name="score"
              .checked=${this.value === score}
              @change=${() => {
                this.value = score;
                emit(this, 'scored', score);
              }}
            />${score}</label
          >`,
        )}
      </div>
      <div class="ends soft"><span>${forms.least}</span><span>${forms.most}</span></div>
    </fieldset>`;
  }
}
customElements.define('score-scale', ScoreScale);
