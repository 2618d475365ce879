/** One routine in the time there is: what would be done, what would have to go, and choosing it. */
import { html, LitElement, nothing } from 'lit';
import type { User } from '../../../machines/routine/names.ts';
import type { Phase, Routine } from '../../../machines/routine/schema.ts';
import { minutesOf } from '../../../machines/routine/time.ts';
import { catalogue, facts, fill, listed } from '../../../machines/text/text.ts';
import type { ListedRoutine, Preferences, PreferencesChange } from '../../../src/server/api-messages.ts';
import { emit } from '../common/events.ts';
import { formStyles } from '../common/form-styles.ts';
import { choices, shared } from '../common/styles.ts';
import { clockFace, placeWord, stageWord } from '../common/words.ts';
import { isGuest } from '../link/where.ts';
import { barsOf, stagesOf } from './bars.ts';
import { erasing } from './erase.ts';
import { likes } from './likes.ts';
import { type Plan, planOf, type Time } from './plan.ts';
import { planStyles } from './plan-styles.ts';
import { planTime } from './plan-time.ts';
import './share-step.ts';
import './time-bars.ts';

const words = catalogue.routines;
const againMs = 15_000;

export class RoutinePlan extends LitElement {
  static override properties = {
    routine: { attribute: false },
    listed: { attribute: false },
    preferences: { attribute: false },
    user: { attribute: false },
    refusal: { attribute: false },
    time: { state: true },
    mayDrop: { state: true },
    asksErase: { state: true },
    refused: { state: true },
  };
  declare routine: Routine;
  declare listed: ListedRoutine;
  declare preferences: Preferences;
  declare user: User | null;
  /** Why nothing can be chosen now; null where it can. */
  declare refusal: string | null;
  declare time: Time;
  declare mayDrop: boolean;
  declare asksErase: boolean;
  /** What the last press was refused with. */
  declare refused: string | null;
  #tick: ReturnType<typeof setInterval> | undefined;

  static override styles = [shared, choices, formStyles, planStyles];

  constructor() {
    super();
    this.user = null;
    this.refusal = null;
    this.time = { kind: 'asWritten' };
    this.mayDrop = false;
    this.asksErase = false;
    this.refused = null;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('routine') && changed.get('routine') !== undefined) {
      // What was agreed to was agreed to of another routine.
      this.mayDrop = false;
      this.asksErase = false;
      this.refused = null;
      if (this.time.kind === 'minutes') this.time = { kind: 'asWritten' };
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The time until an end on the clock runs, whether or not anybody types.
    this.#tick = setInterval(() => {
      if (this.time.kind === 'endAt') this.requestUpdate();
    }, againMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  /** As of now: what an end on the clock leaves is another with every minute. */
  get #plan(): Plan {
    const { user, mayDrop } = this;
    return planOf(this.routine, this.time, { user, mayDrop, now: Date.now() });
  }

  override render() {
    const { listed } = this;
    const plan = this.#plan;
    return html`<section class="plan" aria-label=${listed.title}>
      <h3>${listed.title}</h3>
      ${planTime({ routine: this.routine, time: this.time, plan, take: time => this.#take(time) })} ${plan.mustAgree || plan.gone.length > 0 ? this.#agree(plan) : nothing}
      ${plan.routine ? this.#picture(plan.routine) : nothing} ${this.#choose(plan)}
      ${plan.routine ? this.#phases(plan.routine, plan) : nothing} ${isGuest() ? nothing : likes(this.preferences, this.#liked)}
      ${this.#deeds(listed)}
    </section>`;
  }

  #take(time: Time): void {
    this.time = time;
    this.mayDrop = false;
    this.refused = null;
  }

  #agree({ gone }: Plan) {
    return html`<div class="go" role="group" aria-labelledby="would-go">
      <p id="would-go">${words.wouldGo}</p>
      <ul>
        ${gone.map(({ title }) => html`<li>${title}</li>`)}
      </ul>
      <label class="check"
        ><input
          type="checkbox"
          data-drop
          .checked=${this.mayDrop}
          @change=${(event: Event & { target: HTMLInputElement }) => {
            this.mayDrop = event.target.checked;
            this.refused = null;
          }}
        /><span>${words.drop}</span></label
      >
    </div>`;
  }

  #picture(routine: Routine) {
    const { firstSide } = this.preferences;
    const stages = listed(
      stagesOf(barsOf(routine.phases, firstSide)).map(({ stage, seconds }) =>
        fill(words.planStage, { stage: stageWord(stage), minutes: clockFace(seconds * 1000) }),
      ),
    );
    return html`<div>
      <p class="label">${words.planTitle}</p>
      <p class="out" role="status">${fill(words.plan, { minutes: Math.round(minutesOf(routine)), stages })}</p>
      <time-bars .phases=${routine.phases} .firstSide=${firstSide}></time-bars>
    </div>`;
  }

  #choose(plan: Plan) {
    const minutes = Math.round(minutesOf(plan.routine ?? this.routine));
    return html`<div class="row">
      <button
        class="main"
        data-choose
        aria-disabled=${plan.refusal !== null || this.refusal !== null ? 'true' : 'false'}
        @click=${() => this.#press()}
      >
        ${fill(words.choose, { minutes })}
      </button>
      <p class="soft">${words.first}</p>
      <div aria-live="polite">${this.refused === null ? nothing : html`<p class="fault" data-refused>${this.refused}</p>`}</div>
    </div>`;
  }

  #press(): void {
    const plan = this.#plan;
    this.refused = plan.refusal ?? this.refusal ?? (plan.mustAgree ? words.dropFirst : null);
    if (this.refused !== null || !plan.routine) return;
    const detail = {
      routine: this.routine.id,
      ...(plan.minutes !== null && { minutes: plan.minutes }),
      ...(plan.gone.length > 0 && { drop: true }),
      ...(this.user && { for: this.user }),
    };
    emit(this, 'chosen', detail);
  }

  /** As it would come, and in its place what would not. */
  #phases(given: Routine, plan: Plan) {
    const lengths = new Map(given.phases.map(phase => [phase.id, phase]));
    const gone = new Set(plan.gone.map(({ id }) => id));
    return html`<details class="phases">
      <summary>${words.phases}</summary>
      <ol>
        ${this.routine.phases.map(written => {
          const phase = lengths.get(written.id) ?? written;
          return html`<li class=${gone.has(written.id) ? 'gone' : ''}>
            <b>${written.title}</b>
            <span class="minutes"
              >${gone.has(written.id) ? html`<span class="pill">${words.leftOut}</span>` : clockFace(phase.durationS * 1000)}</span
            >
            <span class="where soft">${facts([placeWord(phase), firmness(phase)])}</span>
          </li>`;
        })}
      </ol>
    </details>`;
  }

  readonly #liked = (change: PreferencesChange): void => {
    emit(this, 'liked', change);
  };

  #deeds({ id, title, own }: ListedRoutine) {
    if (isGuest()) return html`<div class="row">${this.#share()}</div>`;
    const way = `#write/${id}`;
    if (!own)
      return html`<div class="row"><a class="button" data-mine href=${way}>${words.makeMine}</a>${this.#share()}</div>`;
    return html`<div class="row">
      <a class="button" data-change href=${way}>${words.change}</a>${this.#share()}
      ${erasing({
        title,
        asks: this.asksErase,
        ask: asks => void this.#ask(asks),
        erase: () => emit(this, 'erase'),
      })}
    </div>`;
  }

  #share() {
    return html`<share-step .routine=${this.routine}></share-step>`;
  }

  /** Whoever goes by keyboard lands on what keeps it. */
  async #ask(asks: boolean): Promise<void> {
    this.asksErase = asks;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(asks ? '[data-keep]' : '[data-erase]')?.focus();
  }
}
customElements.define('routine-plan', RoutinePlan);

const firmness = ({ pressureStart, pressureMax }: Phase): string =>
  pressureMax > pressureStart
    ? fill(words.pressureUpTo, { from: pressureStart, to: pressureMax })
    : fill(words.pressure, { from: pressureStart });
