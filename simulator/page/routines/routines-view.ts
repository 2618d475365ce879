/** The library and one's own routines as cards, each for somebody, with its plan beside it. */
import { html, LitElement, nothing } from 'lit';
import { type User, users } from '../../../machines/routine/names.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { sentenceFor } from '../../../machines/text/sentence.ts';
import { catalogue, fill, listed } from '../../../machines/text/text.ts';
import {
  type ListedRoutine,
  type Preferences,
  type PreferencesChange,
  usualPreferences,
} from '../../../src/server/api-messages.ts';
import type { PageEvent } from '../common/events.ts';
import { formStyles } from '../common/form-styles.ts';
import { choices, shared } from '../common/styles.ts';
import { ask, isDone, whyNot } from '../link/ask.ts';
import { isGuest } from '../link/where.ts';
import { routinesStyles } from './routines-styles.ts';
import './routine-plan.ts';

const words = catalogue.routines;
const wide = matchMedia('(min-width: 941px)');

export class RoutinesView extends LitElement {
  static override properties = {
    wanted: { attribute: false },
    refusal: { attribute: false },
    mark: { attribute: false },
    list: { state: true },
    preferences: { state: true },
    picked: { state: true },
    user: { state: true },
    failure: { state: true },
    said: { state: true },
  };
  /** The routine to begin with: the one that the hash names, or the session's. */
  declare wanted: string;
  declare refusal: string | null;
  /** Changes with what is kept: another page may have written or erased one. */
  declare mark: number;
  declare list: readonly ListedRoutine[] | null;
  declare preferences: Preferences | null;
  declare picked: string | null;
  declare user: User | null;
  declare failure: string | null;
  declare said: string;
  readonly #fetched = new Map<string, Routine>();

  static override styles = [shared, choices, formStyles, routinesStyles];

  constructor() {
    super();
    this.wanted = '';
    this.refusal = null;
    this.mark = 0;
    this.list = null;
    this.preferences = null;
    this.picked = null;
    this.user = null;
    this.failure = null;
    this.said = '';
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('mark') && changed.get('mark') !== undefined && this.list !== null) void this.#refresh();
  }

  /** What is shown is there, as it is by now; what was picked stays so where it is. */
  async #refresh(): Promise<void> {
    // The library's own never change.
    for (const { id, own } of this.list ?? []) if (own) this.#fetched.delete(id);
    this.wanted = this.picked ?? this.wanted;
    await this.#fetch();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener('change', this.#widened);
    void this.#fetch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener('change', this.#widened);
  }

  readonly #widened = (): void => this.requestUpdate();

  async #fetch(): Promise<void> {
    this.failure = null;
    // What somebody likes is the machine's own: a phone is not told.
    const [list, preferences] = await Promise.all([
      ask('GET', '/routines'),
      isGuest() ? { status: 200, body: usualPreferences } : ask('GET', '/preferences'),
    ]);
    const failed = [list, preferences].find(answer => !isDone(answer));
    if (failed) {
      this.failure = whyNot(failed);
      return;
    }
    this.list = list.body as readonly ListedRoutine[];
    this.preferences = preferences.body as Preferences;
    this.user = this.preferences.for;
    const wanted = this.list.find(({ id }) => id === this.wanted);
    // What somebody asked for by name is shown, whomever it is for.
    if (wanted && this.user && !wanted.for.includes(this.user)) this.user = null;
    await this.#pick(wanted?.id ?? this.#shown[0]?.id ?? null);
  }

  get #shown(): readonly ListedRoutine[] {
    return (this.list ?? []).filter(({ for: whom }) => this.user === null || whom.includes(this.user));
  }

  async #pick(id: string | null): Promise<void> {
    this.picked = id;
    if (!wide.matches) void this.updateComplete.then(() => this.#showPicked());
    if (id === null || this.#fetched.has(id)) return;
    const answer = await ask('GET', `/routines/${id}`);
    if (isDone(answer)) this.#fetched.set(id, answer.body as Routine);
    else this.failure = whyNot(answer);
    this.requestUpdate();
  }

  /** A plan that closes above it would carry the chosen one out of sight. */
  #showPicked(): void {
    this.renderRoot.querySelector('.card:has(input:checked)')?.scrollIntoView({ block: 'nearest' });
  }

  async #choose(user: User | null): Promise<void> {
    this.user = user;
    if (!this.#shown.some(({ id }) => id === this.picked)) await this.#pick(this.#shown[0]?.id ?? null);
    await this.#like({ for: user });
  }

  async #like(change: PreferencesChange): Promise<void> {
    if (this.preferences) this.preferences = { ...this.preferences, ...change };
    if (isGuest()) return;
    const answer = await ask('PUT', '/preferences', change);
    if (!isDone(answer)) this.said = whyNot(answer);
  }

  async #erase({ id, title }: ListedRoutine): Promise<void> {
    const answer = await ask('DELETE', `/routines/${id}`);
    const isErased = isDone(answer);
    // It vanishes with the word that says so; what else there is is asked for anew.
    if (isErased && this.list) this.list = this.list.filter(listed => listed.id !== id);
    this.said = isErased ? fill(words.erased, { title }) : whyNot(answer);
    this.#fetched.delete(id);
    await this.#fetch();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input:checked')?.focus();
  }

  override render() {
    return html`<div class="all">
      <div class="head">
        <div>
          <h2>${words.title}</h2>
          <p class="soft">${words.intro}</p>
        </div>
        <div class="row">
          <slot></slot>${isGuest() ? nothing : html`<a class="button" data-write href="#write">${words.write}</a>`}
        </div>
        ${this.refusal === null ? nothing : html`<p class="fault" role="status" data-refusal>${this.refusal}</p>`}
        ${this.said ? html`<p role="status" data-said>${this.said}</p>` : nothing}
      </div>
      ${this.failure === null ? nothing : this.#failed(this.failure)}
      ${this.list === null ? html`<p class="soft">${this.failure === null ? words.loading : ''}</p>` : this.#all()}
    </div>`;
  }

  #failed(why: string) {
    return html`<div class="row" role="alert">
      <p class="fault">${why}</p>
      <button @click=${() => void this.#fetch()}>${words.retry}</button>
    </div>`;
  }

  #all() {
    const picked = this.#shown.find(({ id }) => id === this.picked);
    return html`<fieldset>
        <legend>${words.for}</legend>
        <div class="choices">
          ${[null, ...users].map(
            user => html`<label
              ><input
                type="radio"
                name="for"
                value=${user ?? 'anyone'}
                .checked=${this.user === user}
                @change=${() => void this.#choose(user)}
              />${words[user ?? 'anyone']}</label
            >`,
          )}
        </div>
      </fieldset>
      <div class="two">
        <fieldset>
          <legend class="out">${words.list}</legend>
          ${this.#shown.length === 0 ? html`<p>${words.none}</p>` : nothing}
          <div class="cards">
            ${this.#shown.map(
              one => html`${this.#card(one)} ${!wide.matches && one === picked ? this.#plan(one) : nothing}`,
            )}
          </div>
        </fieldset>
        ${wide.matches && picked ? html`<div class="beside sheet">${this.#plan(picked)}</div>` : nothing}
      </div>`;
  }

  #card({ id, title, summary, minutes, for: whom, own }: ListedRoutine) {
    return html`<label class="card">
      <input
        type="radio"
        name="routine"
        data-routine=${id}
        aria-label=${listed([title, fill(words.minutes, { minutes: Math.round(minutes) })])}
        aria-describedby="about-${id}"
        .checked=${this.picked === id}
        @change=${() => void this.#pick(id)}
      />
      <b><span class="mark"></span>${title}</b>
      <span class="minutes">${fill(words.minutes, { minutes: Math.round(minutes) })}</span>
      <span class="summary soft" id="about-${id}">${summary}</span>
      <span class="whom soft"
        >${own ? html`<span class="pill">${words.own}</span>` : nothing}${listed(whom.map(user => sentenceFor(catalogue.users, user)))}</span
      >
    </label>`;
  }

  #plan(listed: ListedRoutine) {
    const routine = this.#fetched.get(listed.id);
    if (!routine || !this.preferences) return nothing;
    return html`<routine-plan
      .routine=${routine}
      .listed=${listed}
      .preferences=${this.preferences}
      .user=${this.user}
      .refusal=${this.refusal}
      @liked=${(event: PageEvent<'liked'>) => void this.#like(event.detail)}
      @erase=${() => void this.#erase(listed)}
    ></routine-plan>`;
  }
}
customElements.define('routines-view', RoutinesView);
