/** The screening, card by card. Answers stay here until a card is complete; nothing is answered beforehand. */
import { css, html, LitElement, nothing } from 'lit';
import {
  type Answer,
  applies,
  type CardId,
  cards,
  mayBeUnchanged,
  type QuestionId,
  weightOf,
} from '../../../machines/screening.questions.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import { choices, shared } from '../styles.ts';

const { screening: words } = catalogue;
const answers: readonly Answer[] = ['no', 'yes', 'unsure'];

/** A card that has just come takes no answer yet: the second click of a double click was meant for the one before. */
const freshMs = 500;

type Detail = Readonly<{
  complaint?: boolean;
  answers?: Partial<Record<QuestionId, Answer>>;
  anythingNew?: Answer;
  unchanged?: readonly CardId[];
}>;

export class ScreeningForm extends LitElement {
  static override properties = {
    screening: { attribute: false },
    urgentOnly: { type: Boolean },
    given: { state: true },
    inFull: { state: true },
    isFresh: { state: true },
  };
  declare screening: View['screening'];
  /** Only the stop questions, to go on with a session that broke off. */
  declare urgentOnly: boolean;
  declare given: Partial<Record<QuestionId, Answer>>;
  /** A card in which something has changed: it is asked in full. */
  declare inFull: CardId | null;
  /** The card has only just come. */
  declare isFresh: boolean;
  #shown = '';
  #ripening: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    shared,
    choices,
    css`
      h2 {
        scroll-margin-top: 2rem;
      }
      h2:focus-visible {
        outline: none;
      }
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
      .plain {
        display: grid;
        gap: 0.4rem;
        padding-inline-start: 1.1rem;
        list-style: disc;
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
          display: flex;
        }
        /* Of one width while their words fit; a longer one takes a line of its own. */
        .choices label {
          flex-basis: 30%;
          min-width: min-content;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.given = {};
    this.inFull = null;
    this.isFresh = false;
    this.urgentOnly = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#ripening);
  }

  /** What is asked now: another question, another card, or the same one in full. */
  get #asked(): string {
    const { complaint, anythingNew } = this.screening;
    return [complaint, anythingNew, this.#card().card?.id, this.inFull].join(' ');
  }

  override willUpdate(): void {
    if (this.#asked === this.#shown) return;
    this.isFresh = true;
    clearTimeout(this.#ripening);
    this.#ripening = setTimeout(() => {
      this.isFresh = false;
    }, freshMs);
  }

  /** Another card is read from its top, by eye and by ear. */
  override updated(): void {
    const before = this.#shown;
    this.#shown = this.#asked;
    if (before === '' || before === this.#shown) return;
    const heading = this.renderRoot.querySelector('h2');
    if (this.renderRoot.contains(this.shadowRoot?.activeElement ?? null))
      heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  }

  #send(detail: Detail): void {
    this.dispatchEvent(new CustomEvent('answered', { detail }));
  }

  #noneOf(questions: readonly QuestionId[]): void {
    if (this.isFresh) return;
    this.given = {};
    this.#send({ answers: Object.fromEntries(questions.map(id => [id, 'no'])) });
  }

  #next(questions: readonly QuestionId[]): void {
    const given = Object.fromEntries(questions.map(id => [id, this.given[id]]));
    this.given = {};
    this.#send({ answers: given as Partial<Record<QuestionId, Answer>> });
  }

  #news(value: Answer): void {
    if (!this.isFresh) this.#send({ anythingNew: value });
  }

  #unchanged(id: CardId): void {
    if (!this.isFresh) this.#send({ unchanged: [id] });
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

  override render() {
    const { index, card, count } = this.#card();
    const { complaint, scope, anythingNew } = this.screening;
    if (complaint === null)
      return html`<div class="stack">
        <h2 tabindex="-1">${words.opening}</h2>
        <p class="soft">${words.openingNote}</p>
        <div class="row">
          <button class="main" @click=${() => this.#send({ complaint: true })}>${words.answers.yes}</button>
          <button class="main" @click=${() => this.#send({ complaint: false })}>${words.answers.no}</button>
        </div>
      </div>`;
    if (scope === 'returning' && anythingNew === null) return this.#anythingNew();
    if (!card) return nothing;
    // What cannot be unchanged is asked in full once the rest of its card has been.
    const short = card.questions.filter(id => mayBeUnchanged(card.id, id));
    const inShort =
      scope === 'returning' && anythingNew === 'no' && short.length > 0 && this.inFull !== card.id;
    return html`<div class="stack">
      <div class="progress" role="img" aria-label=${fill(words.progress, { card: index + 1, count })}>
        ${Array.from({ length: count }, (_, place) => html`<i class=${place < index ? 'done' : place === index ? 'now' : ''}></i>`)}
      </div>
      <h2 tabindex="-1">${words.cards[card.id]}</h2>
      ${inShort ? this.#short({ id: card.id, questions: short }) : this.#full(card)}
    </div>`;
  }

  /** Asked of whoever returns, before anything may count as unchanged. */
  #anythingNew() {
    const { morning, morningNote } = words.returning;
    return html`<div class="stack">
      <h2 tabindex="-1">${morning}</h2>
      <p class="soft">${morningNote}</p>
      <div class="row">
        ${answers.map(
          value =>
            html`<button
              class="main"
              aria-disabled=${this.isFresh ? 'true' : 'false'}
              @click=${() => this.#news(value)}
            >
              ${words.answers[value]}
            </button>`,
        )}
      </div>
    </div>`;
  }

  /** The card's questions to read, and one answer: has anything changed in this? */
  #short({ id, questions }: Readonly<{ id: CardId; questions: readonly QuestionId[] }>) {
    const { changed, unchanged, askAll } = words.returning;
    return html`<ul class="plain">
        ${questions.map(question => html`<li>${words.questions[question].ask}</li>`)}
      </ul>
      <p>${changed}</p>
      <div class="foot">
        <button
          class="main"
          aria-disabled=${this.isFresh ? 'true' : 'false'}
          @click=${() => this.#unchanged(id)}
        >
          ${unchanged}
        </button>
        <button
          @click=${() => {
            this.inFull = id;
          }}
        >
          ${askAll}
        </button>
      </div>`;
  }

  #full({ questions }: Readonly<{ questions: readonly QuestionId[] }>) {
    const complete = questions.every(id => this.given[id] !== undefined);
    return html`<div>${questions.map(id => this.#question(id))}</div>
      <div class="foot">
        <button
          class="main"
          aria-disabled=${this.isFresh ? 'true' : 'false'}
          @click=${() => this.#noneOf(questions)}
        >
          ${words.noneOfThese}
        </button>
        <button ?disabled=${!complete} @click=${() => this.#next(questions)}>${words.next}</button>
      </div>`;
  }

  #question(id: QuestionId) {
    const { ask, note } = words.questions[id] as Readonly<{ ask: string; note?: string }>;
    return html`<fieldset class="question" data-question=${id}>
      <legend><span>${ask}</span></legend>
      <div class="choices">
        ${answers.map(
          value => html`<label
            ><input
              type="radio"
              name=${id}
              .checked=${this.given[id] === value}
              @change=${() => {
                this.given = { ...this.given, [id]: value };
              }}
            />${words.answers[value]}</label
          >`,
        )}
      </div>
      ${note ? html`<p class="note soft">${note}</p>` : nothing}
    </fieldset>`;
  }
}
customElements.define('screening-form', ScreeningForm);
