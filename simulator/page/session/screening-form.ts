/** The screening, card by card. Answers stay here until a card is complete; nothing is answered beforehand. */
import { html, LitElement, nothing } from 'lit';
import type { Answer, CardId, QuestionId } from '../../../machines/screening.questions.ts';
import type { ReopenedCard } from '../../../machines/screening.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { emit, type PageEvents } from '../common/events.ts';
import { choices, shared } from '../common/styles.ts';
import { type Asked, askedNow, type CardAsked } from './screening-asked.ts';
import { screeningStyles } from './screening-styles.ts';

const { screening: words } = catalogue;
const answers: readonly Answer[] = ['no', 'yes', 'unsure'];
/** Before the cards there are two more. */
type AskedQuestion = QuestionId | 'complaint' | 'news';

/** A card that has just come takes no answer yet: the second click of a double click was meant for the one before. */
const freshMs = 500;

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
  declare given: Partial<Record<AskedQuestion, Answer>>;
  /** Cards in which something has changed: they are asked in full. */
  declare inFull: readonly CardId[];
  /** The card has only just come. */
  declare isFresh: boolean;
  #shown = '';
  #ripening: ReturnType<typeof setTimeout> | undefined;

  static override styles = [shared, choices, screeningStyles];

  constructor() {
    super();
    this.given = {};
    this.inFull = [];
    this.isFresh = false;
    this.urgentOnly = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#ripening);
  }

  get #now(): Asked | null {
    return askedNow(this.screening, this.urgentOnly, this.inFull);
  }

  /** What is asked now, as one word that differs from that of everything else. */
  get #asked(): string {
    const now = this.#now;
    if (now === null) return '-';
    const shown = now.kind === 'full' ? [now.card] : now.kind === 'short' ? now.cards : [];
    return [now.kind, ...shown.map(({ id }) => id)].join(' ');
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

  #send(detail: PageEvents['answered']): void {
    emit(this, 'answered', detail);
  }

  /** What has been marked stands: a yes is never answered over by the one button for all the others. */
  #noneOf(questions: readonly QuestionId[]): void {
    if (this.isFresh) return;
    const { given } = this;
    this.given = {};
    this.#send({ answers: Object.fromEntries(questions.map(id => [id, given[id] ?? 'no'])) });
  }

  /** Whether something on this card has been marked that is no "no". */
  get #isMarked(): boolean {
    return Object.values(this.given).some(answer => answer !== 'no');
  }

  #noneButton(act: () => void) {
    return this.#mainButton(this.#isMarked ? words.noneOfTheOthers : words.noneOfThese, act);
  }

  #next(questions: readonly QuestionId[]): void {
    const given = Object.fromEntries(questions.map(id => [id, this.given[id]]));
    this.given = {};
    this.#send({ answers: given as Partial<Record<QuestionId, Answer>> });
  }

  #open(detail: PageEvents['answered']): void {
    if (this.isFresh) return;
    this.given = {};
    this.#send(detail);
  }

  #back(card: ReopenedCard): void {
    this.given = {};
    this.inFull = this.inFull.filter(id => id !== card);
    emit(this, 'reopened', card);
  }

  override render() {
    const now = this.#now;
    if (now === null) return nothing;
    if (now.kind === 'opening') return now.asksNews ? this.#today() : this.#opening();
    if (now.kind === 'news') return this.#news();
    const { place, count, back } = now;
    const shown = now.kind === 'full' ? [now.card] : now.cards;
    return html`<div class="stack">
      ${this.#progress(place, count, shown.length)}
      ${
        now.kind === 'full'
          ? html`<h2 tabindex="-1">${words.cards[now.card.id]}</h2>${this.#full(now.card)}`
          : this.#short(now.cards)
      }
      ${
        back === null
          ? nothing
          : html`<p><button class="back" data-back @click=${() => this.#back(back)}>${words.back}</button></p>`
      }
    </div>`;
  }

  /** How far one is: the cards, and getting ready after them. */
  #progress(place: number, count: number, shown: number) {
    const last = place + shown;
    const label =
      shown > 1
        ? fill(words.progressOfSeveral, { card: place + 1, last, count })
        : fill(words.progress, { card: place + 1, count });
    const mark = (index: number): string => (index < place ? 'done' : index < last ? 'now' : '');
    return html`<div>
      <div class="progress" role="img" aria-label=${label}>
        ${Array.from({ length: count + 1 }, (_, index) => html`<i class=${mark(index)}></i>`)}
      </div>
      <p class="soft" aria-hidden="true">${last === count ? fill(words.progressLast, { cards: label }) : label}</p>
    </div>`;
  }

  #mainButton(word: string, act: () => void) {
    return html`<button class="main" aria-disabled=${this.isFresh ? 'true' : 'false'} @click=${act}>
      ${word}
    </button>`;
  }

  #opening() {
    return html`<div class="stack">
      <h2 tabindex="-1">${words.opening}</h2>
      <p class="soft">${words.openingNote}</p>
      <div class="row">
        ${this.#mainButton(words.answers.yes, () => this.#open({ complaint: true }))}
        ${this.#mainButton(words.answers.no, () => this.#open({ complaint: false }))}
      </div>
    </div>`;
  }

  /** Both questions before the cards, of who returns: the second before anything may count as unchanged. */
  #today() {
    const { morning, morningNote, today } = words.returning;
    const { complaint, news } = this.given;
    const isComplete = complaint !== undefined && news !== undefined;
    return html`<div class="stack">
      <h2 tabindex="-1">${today}</h2>
      <p class="soft">${words.openingNote}</p>
      <div>
        ${this.#choice('complaint', words.opening, undefined, ['no', 'yes'])}
        ${this.#choice('news', morning, morningNote)}
      </div>
      <div class="foot">
        ${this.#noneButton(() => this.#open({ complaint: complaint === 'yes', anythingNew: news ?? 'no' }))}
        <button
          ?disabled=${!isComplete}
          @click=${() => this.#open({ complaint: complaint === 'yes', anythingNew: news ?? 'unsure' })}
        >
          ${words.next}
        </button>
      </div>
    </div>`;
  }

  #news() {
    const { morning, morningNote } = words.returning;
    return html`<div class="stack">
      <h2 tabindex="-1">${morning}</h2>
      <p class="soft">${morningNote}</p>
      <div class="row">
        ${answers.map(value =>
          this.#mainButton(words.answers[value], () => this.#open({ anythingNew: value })),
        )}
      </div>
    </div>`;
  }

  /** The cards' questions to read, and one answer: has anything changed in this? */
  #short(cards: readonly CardAsked[]) {
    const { changed, unchanged, askAll } = words.returning;
    const ids = cards.map(({ id }) => id);
    return html`${cards.map(
      ({ id, questions }) => html`<h2 tabindex="-1">${words.cards[id]}</h2>
          <ul class="plain">
            ${questions.map(question => html`<li>${words.questions[question].ask}</li>`)}
          </ul>`,
    )}
      <p>${changed}</p>
      <div class="foot">
        ${this.#mainButton(unchanged, () => this.#open({ unchanged: [...ids] }))}
        <button
          @click=${() => {
            this.inFull = [...this.inFull, ...ids];
          }}
        >
          ${askAll}
        </button>
      </div>`;
  }

  #full({ questions }: CardAsked) {
    const complete = questions.every(id => this.given[id] !== undefined);
    return html`<div>${questions.map(id => this.#question(id))}</div>
      <div class="foot">
        ${this.#noneButton(() => this.#noneOf(questions))}
        <button ?disabled=${!complete} @click=${() => this.#next(questions)}>${words.next}</button>
      </div>`;
  }

  #question(id: QuestionId) {
    const { ask, note } = words.questions[id] as Readonly<{ ask: string; note?: string }>;
    return this.#choice(id, ask, note);
  }

  #choice(id: AskedQuestion, ask: string, note: string | undefined, values = answers) {
    return html`<fieldset class="question" data-question=${id}>
      <legend><span>${ask}</span></legend>
      <div class="choices">
        ${values.map(
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
