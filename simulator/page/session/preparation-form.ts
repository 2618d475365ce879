/** Getting ready: each step confirmed by a person, never measured. */

import { html, LitElement, nothing } from 'lit';
import type { CausesSaid } from '../../../machines/causes.ts';
import type { Intent } from '../../../machines/intent.ts';
import { cardIds } from '../../../machines/screening.questions.ts';
import type { ReopenedCard } from '../../../machines/screening.ts';
import { catalogue, fill, listed } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { emit, type PageEvent } from '../common/events.ts';
import { type Intended, intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';
import { careWord, zoneWord } from '../common/words.ts';
import { keptIn } from '../link/ask.ts';
import { isThisMachine } from '../link/where.ts';
import type { Baseline } from '../shell/page-context.ts';
import './causes-form.ts';
import { preparationStyles } from './preparation-styles.ts';
import './score-scale.ts';

const { forms } = catalogue;

export class PreparationForm extends LitElement {
  static override properties = {
    preparation: { attribute: false },
    cautions: { attribute: false },
    memory: { attribute: false },
    linkIsLive: { attribute: false },
    local: { attribute: false },
    leg: { attribute: false },
  };
  declare preparation: View['preparation'];
  declare cautions: readonly string[];
  /** Whether all being clear may be remembered, or is. */
  declare memory: Pick<View['screening'], 'memory' | 'memoryUntil'>;
  declare linkIsLive: boolean;
  declare local: number | null;
  declare leg: number | null;
  /** What has been chosen of what brings it on, once both questions have an answer. */
  #chosen: CausesSaid | null = null;

  static override styles = [shared, preparationStyles];

  constructor() {
    super();
    this.cautions = [];
    this.memory = { memory: 'none', memoryUntil: null };
    this.linkIsLive = false;
    this.local = null;
    this.leg = null;
  }

  #intend(intent: Intent): void {
    intendFrom(this, intent);
  }

  override render() {
    const { steps, ready } = this.preparation;
    return html`<div class="stack">
      <h2>${forms.ready}</h2>
      ${this.preparation.notes.map(note => html`<p class="soft">${note}</p>`)}
      ${this.cautions.map(question => html`<p class="care">${careWord(question)}</p>`)}
      ${this.preparation.gentle ? html`<p class="care" data-gentle>${this.preparation.gentle}</p>` : nothing}
      ${this.#causes()}
      <ol>
        ${steps.map(
          ({ step, sentence, fact, open }) => html`<li class=${open ? '' : 'done'} data-step=${step}>
            <span class="mark" role="img" aria-label=${open ? forms.open : forms.closed}>${open ? '' : '✓'}</span>
            <div class="body">
              <p>${sentence}</p>
              ${open && fact ? html`<details><summary>${forms.why}</summary><p class="soft">${fact}</p></details>` : nothing}
              ${open ? this.#action(step) : nothing}
            </div>
          </li>`,
        )}
      </ol>
      ${this.#places()} ${this.#start(ready)} ${this.#memory()}
      ${this.#receiverPage()}
      ${this.#changeAnswer()}
    </div>`;
  }

  /** Asked of whoever has a complaint; nothing waits for it. */
  #causes() {
    const { causes } = this.preparation;
    if (causes === null) return nothing;
    if (causes === 'said') return html`<p class="soft" role="status">${catalogue.causes.said}</p>`;
    return html`<causes-form
      @intend=${(event: Intended) => this.#intend(event.detail)}
      @causes=${(event: PageEvent<'causes'>) => {
        this.#chosen = event.detail;
      }}
    ></causes-form>`;
  }

  /** A screen of their own, for less and stop: a phone that scans its code, or this very machine's. */
  #receiverPage() {
    if (!isThisMachine() || keptIn() !== 'controller') return nothing;
    return html`<div class="row">
      <p class="soft">${forms.receiverPage}</p>
      <a class="button" data-receiver-phone href="#phone/receiver">${forms.receiverPhone}</a>
      <a class="button" data-receiver-here href="#receiver" target="_blank" rel="noopener">${forms.receiverHere}</a>
    </div>`;
  }

  get #isOpen(): (step: string) => boolean {
    const { steps } = this.preparation;
    return name => steps.some(({ step, open }) => open && step === name);
  }

  /** What nobody can confirm here for somebody else, and what has to be answered. */
  #waitsFor(): string | null {
    const isOpen = this.#isOpen;
    const isScored = !isOpen('baseline') || (this.local !== null && this.leg !== null);
    if (isOpen('receiver') || isOpen('places') || !isScored) return forms.confirmFirst;
    return this.linkIsLive ? null : forms.waiting;
  }

  /** One press for all that stands above it, and the start with it: it is what somebody says of all of it. */
  #start(ready: boolean) {
    const waitsFor = this.#waitsFor();
    return html`<div class="row">
      <button class="main" data-start ?disabled=${waitsFor !== null} @click=${() => this.#confirmAndStart()}>
        ${ready ? forms.start : forms.startAll}
      </button>
      <p class="soft">${waitsFor ?? (ready ? catalogue.preparation.start : forms.startHint)}</p>
    </div>`;
  }

  #confirmAndStart(): void {
    // What was chosen and not said yet is said with the rest.
    if (this.preparation.causes === 'open' && this.#chosen)
      this.#intend({
        intent: 'causes',
        bringsOn: [...this.#chosen.bringsOn],
        worsens: [...this.#chosen.worsens],
      });
    for (const { step, open } of this.preparation.steps)
      if (open && (step === 'bath' || step === 'oil' || step === 'position'))
        this.#intend({ intent: 'confirm', step });
    if (this.#isOpen('baseline') && this.local !== null && this.leg !== null)
      this.#intend({ intent: 'baseline', local: this.local, leg: this.leg });
    this.#intend({ intent: 'start' });
  }

  /** As long as nothing has begun any card can be asked again. */
  #changeAnswer() {
    const words = catalogue.screening;
    const reopen = (card: ReopenedCard) => html`<li class="card">
      <button data-reopen=${card} @click=${() => this.#intend({ intent: 'reopen', card })}>
        ${card === 'opening' ? words.openingCard : words.cards[card]}
      </button>
    </li>`;
    return html`<details>
      <summary>${words.changeAnswer}</summary>
      <p class="soft">${words.changeNote}</p>
      <ul>${(['opening', ...cardIds] as const).map(reopen)}</ul>
    </details>`;
  }

  /** Zones to be left out today: broken or numb skin, a place that is not for hands. Asked where a card said so. */
  #places() {
    const { places, steps } = this.preparation;
    if (places.length === 0 || steps.some(({ step, open }) => step === 'places' && open)) return nothing;
    return html`<details ?open=${places.some(({ isNamed }) => isNamed)}>
      <summary>${catalogue.preparation.leaveOut}</summary>
      ${this.#placeButtons()}
    </details>`;
  }

  /** Each place by its name; what hands would touch it with goes with it. Pressed again it is back. */
  #placeButtons() {
    const { places } = this.preparation;
    const gone = places.filter(({ isLeftOut }) => isLeftOut).map(({ zone }) => zoneWord(zone));
    return html`<div class="row">
        ${places.map(
          ({ zone, isNamed }) =>
            html`<button
              data-zone=${zone}
              aria-pressed=${isNamed ? 'true' : 'false'}
              @click=${() => this.#intend({ intent: isNamed ? 'bringBack' : 'leaveOut', zones: [zone] })}
            >
              ${zoneWord(zone)}
            </button>`,
        )}
      </div>
      <p class="soft" role="status">
        ${gone.length === 0 ? '' : fill(catalogue.preparation.leftOut, { places: listed(gone) })}
      </p>`;
  }

  #memory() {
    const { memory, memoryUntil } = this.memory;
    const words = catalogue.screening.remember;
    const say = (agreed: boolean) => (): void => {
      emit(this, 'remember', agreed);
    };
    if (memory === 'kept')
      return html`<p class="soft">
        ${fill(words.kept, { until: memoryUntil ?? '' })}
        <button data-forget @click=${say(false)}>${words.forget}</button>
      </p>`;
    if (memory !== 'offered') return nothing;
    return html`<div class="memory">
      <button data-remember @click=${say(true)}>${words.offer}</button>
      <p class="soft">${words.what}</p>
    </div>`;
  }

  #scored(scores: Partial<Baseline>): void {
    emit(this, 'baseline', scores);
  }

  /** On the side instead of face down, where the routine has words for it. */
  #lying() {
    const { liesOnSide } = this.preparation;
    if (liesOnSide === null) return nothing;
    const words = catalogue.preparation;
    return html`<div class="row">
      <button data-on-side @click=${() => this.#intend({ intent: 'lie', onSide: !liesOnSide })}>
        ${liesOnSide ? words.faceDown : words.onSide}
      </button>
      ${liesOnSide ? nothing : html`<p class="soft">${words.onSideMeans}</p>`}
    </div>`;
  }

  /** What a step asks for beside being confirmed. */
  #action(step: string) {
    if (step === 'places')
      return html`${this.#placeButtons()}
        <button data-no-places @click=${() => this.#intend({ intent: 'leaveOut', zones: [] })}>
          ${catalogue.preparation.noPlaces}
        </button>`;
    if (step === 'position') return this.#lying();
    if (step !== 'baseline') return nothing;
    return html`<score-scale
        question=${forms.here}
        .value=${this.local}
        @scored=${(event: PageEvent<'scored'>) => {
          this.#scored({ local: event.detail });
        }}
      ></score-scale>
      <score-scale
        question=${forms.leg}
        .value=${this.leg}
        @scored=${(event: PageEvent<'scored'>) => {
          this.#scored({ leg: event.detail });
        }}
      ></score-scale>`;
  }
}
customElements.define('preparation-form', PreparationForm);
