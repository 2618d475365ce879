/** What is kept of the sessions to come, and for how long. */
import { css, html, LitElement } from 'lit';
import { historyWords } from '../../../machines/text/history.ts';
import { fill } from '../../../machines/text/text.ts';
import { keepings } from '../../../machines/vocabulary.ts';
import type { ListedSession } from '../../../src/server/history-messages.ts';
import { daysBefore } from '../../../src/time/calendar.ts';
import { emit } from '../common/events.ts';
import { formStyles } from '../common/form-styles.ts';
import { shared } from '../common/styles.ts';
import { got } from './asks.ts';
import type { KeepingChosen } from './keeping.ts';

const words = historyWords.page;

/** A whole number of days within its bounds, or null. */
function daysOf(text: string): number | null {
  const days = Number(text);
  return /^\d{1,3}$/.test(text.trim()) && days >= 1 && days <= 365 ? days : null;
}

export class KeepingForm extends LitElement {
  static override properties = {
    kept: { attribute: false },
    sessions: { attribute: false },
    keep: { state: true },
    days: { state: true },
    said: { state: true },
  };
  declare kept: KeepingChosen;
  declare sessions: readonly ListedSession[];
  /** What has been chosen and not yet saved. */
  declare keep: KeepingChosen['keep'] | null;
  declare days: string | null;
  declare said: string;

  static override styles = [
    shared,
    formStyles,
    css`
      form {
        display: grid;
        gap: 0.9rem;
        justify-items: start;
      }
      .days {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 0.8rem;
        align-items: center;
      }
      .days input {
        max-width: 5.5rem;
      }
      .goes {
        border-inline-start: 4px solid var(--ease);
        padding: 0.2rem 0 0.2rem 0.9rem;
      }
    `,
  ];

  constructor() {
    super();
    this.keep = null;
    this.days = null;
    this.said = '';
    this.sessions = [];
  }

  override render() {
    const keep = this.keep ?? this.kept.keep;
    const text = this.days ?? String(this.kept.keepDays);
    const days = daysOf(text);
    const going = days === null ? 0 : this.#olderThan(days);
    return html`<form
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#save(keep, days);
      }}
    >
      <fieldset>
        <legend>${words.keepingOf}</legend>
        ${keepings.map(
          one => html`<label class="check"
            ><input
              type="radio"
              name="keep"
              value=${one}
              .checked=${keep === one}
              @change=${() => {
                this.keep = one;
                this.said = '';
              }}
            /><span>${words.keep[one]}</span></label
          >`,
        )}
      </fieldset>
      <div class="days">
        <label for="days">${words.days}</label>
        <input
          id="days"
          inputmode="numeric"
          autocomplete="off"
          maxlength="3"
          .value=${text}
          aria-invalid=${days === null ? 'true' : 'false'}
          aria-describedby="days-hint"
          @input=${(event: Event) => {
            if (event.target instanceof HTMLInputElement) this.days = event.target.value;
            this.said = '';
          }}
        />
        <span id="days-hint" class=${days === null ? '' : 'soft'}>${days === null ? words.daysBad : words.daysHint}</span>
      </div>
      <p class=${going > 0 ? 'goes' : 'out'} role="status">
        ${going === 0 ? '' : going === 1 ? words.wouldGoOne : fill(words.wouldGo, { count: going })}
      </p>
      <div class="row">
        <button data-save>${going > 0 ? words.saveAndErase : words.save}</button>
        <span role="status">${this.said}</span>
      </div>
    </form>`;
  }

  /** Sessions that would be too old by that. */
  #olderThan(days: number): number {
    const oldest = daysBefore(Date.now(), days);
    return this.sessions.filter(({ startedAt, underWay }) => !underWay && Date.parse(startedAt) < oldest)
      .length;
  }

  async #save(keep: KeepingChosen['keep'], days: number | null): Promise<void> {
    if (days === null) {
      this.renderRoot.querySelector<HTMLElement>('#days')?.focus();
      return;
    }
    const saved = await got<KeepingChosen>('PUT', '/preferences', { keep, keepDays: days });
    this.said = saved.ok ? words.saved : saved.why;
    if (!saved.ok) return;
    this.keep = null;
    this.days = null;
    emit(this, 'kept', saved.value);
  }
}
customElements.define('keeping-form', KeepingForm);
