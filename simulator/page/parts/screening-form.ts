/** The screening, card by card. Answers stay here until a card is complete; nothing is answered beforehand. */
import { css, html, LitElement, nothing } from 'lit';
import {
  type Answer,
  applies,
  cards,
  type QuestionId,
  weightOf,
} from '../../../machines/screening.questions.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import { choices, shared } from '../styles.ts';

const { screening: words } = catalogue;
const answers: readonly Readonly<{ value: Answer; word: string }>[] = [
  { value: 'no', word: 'No' },
  { value: 'yes', word: 'Yes' },
  { value: 'unsure', word: 'Unsure' },
];

export class ScreeningForm extends LitElement {
  static override properties = {
    screening: { attribute: false },
    urgentOnly: { type: Boolean },
    given: { state: true },
  };
  declare screening: View['screening'];
  /** Only the stop questions, to go on with a session that broke off. */
  declare urgentOnly: boolean;
  declare given: Partial<Record<QuestionId, Answer>>;

  static override styles = [
    shared,
    choices,
    css`
      .question {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0.4rem 1.2rem;
        align-items: center;
        padding: 0.8rem 0;
        border-top: 1px solid var(--line);
      }
      legend {
        display: contents;
      }
      .note {
        grid-column: 1 / -1;
        font-size: 0.9rem;
      }
      .progress {
        display: flex;
        gap: 0.4rem;
      }
      .progress i {
        flex: 1;
        height: 5px;
        border-radius: 3px;
        background: var(--line);
      }
      .progress i.now {
        background: var(--ink);
      }
      .progress i.done {
        background: var(--pace);
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 0.8rem;
        justify-content: space-between;
        align-items: center;
        padding-top: 0.6rem;
      }
      @media (max-width: 640px) {
        .question {
          grid-template-columns: 1fr;
        }
        .choices {
          display: grid;
          grid-template-columns: repeat(3, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.given = {};
    this.urgentOnly = false;
  }

  #send(detail: Readonly<{ complaint?: boolean; answers?: Partial<Record<QuestionId, Answer>> }>): void {
    this.dispatchEvent(new CustomEvent('answered', { detail }));
  }

  #card() {
    const { complaint, open } = this.screening;
    const asked = cards.filter(card => !this.urgentOnly || weightOf(card.questions[0]) === 'urgent');
    const left = asked.map(card => ({
      ...card,
      questions: card.questions.filter(id => applies(id, complaint ?? true) && open.includes(id)),
    }));
    const index = left.findIndex(card => card.questions.length > 0);
    return { index, card: left[index], count: asked.length };
  }

  #noneOf(questions: readonly QuestionId[]): void {
    this.given = {};
    this.#send({ answers: Object.fromEntries(questions.map(id => [id, 'no'])) });
  }

  #next(questions: readonly QuestionId[]): void {
    const given = Object.fromEntries(questions.map(id => [id, this.given[id]]));
    this.given = {};
    this.#send({ answers: given as Partial<Record<QuestionId, Answer>> });
  }

  override render() {
    const { index, card, count } = this.#card();
    if (this.screening.complaint === null)
      return html`<div class="stack">
        <h2>${words.opening}</h2>
        <p class="soft">In the person to be massaged. Ask them; answer together.</p>
        <div class="row">
          <button class="main" @click=${() => this.#send({ complaint: true })}>Yes</button>
          <button class="main" @click=${() => this.#send({ complaint: false })}>No</button>
        </div>
      </div>`;
    if (!card) return nothing;
    const complete = card.questions.every(id => this.given[id] !== undefined);
    return html`<div class="stack">
      <div class="progress" role="img" aria-label="Card ${index + 1} of ${count}">
        ${Array.from({ length: count }, (_, place) => html`<i class=${place < index ? 'done' : place === index ? 'now' : ''}></i>`)}
      </div>
      <h2>${words.cards[card.id]}</h2>
      <div>${card.questions.map(id => this.#question(id))}</div>
      <div class="foot">
        <button class="main" @click=${() => this.#noneOf(card.questions)}>${words.noneOfThese}</button>
        <button ?disabled=${!complete} @click=${() => this.#next(card.questions)}>Next card</button>
      </div>
    </div>`;
  }

  #question(id: QuestionId) {
    const { ask, note } = words.questions[id] as Readonly<{ ask: string; note?: string }>;
    return html`<fieldset class="question" data-question=${id}>
      <legend><span>${ask}</span></legend>
      <div class="choices">
        ${answers.map(
          ({ value, word }) => html`<label
            ><input
              type="radio"
              name=${id}
              .checked=${this.given[id] === value}
              @change=${() => {
                this.given = { ...this.given, [id]: value };
              }}
            />${word}</label
          >`,
        )}
      </div>
      ${note ? html`<p class="note soft">${note}</p>` : nothing}
    </fieldset>`;
  }
}
customElements.define('screening-form', ScreeningForm);
