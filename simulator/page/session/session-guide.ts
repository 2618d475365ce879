/** One glance: where, which way, how firm, how long. */

import { html, LitElement, nothing } from 'lit';
import { isMoving } from '../../../machines/session.states.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { PassView, View } from '../../../src/server/view-messages.ts';
import '../body/body-guide.ts';
import { shared } from '../common/styles.ts';
import { clockFace, placeWord, pressureWord, wayWord } from '../common/words.ts';
import { courseNow, spokenLeft } from './course-now.ts';
import { sessionGuideStyles } from './session-guide-styles.ts';

const words = catalogue.page.guide;

export class SessionGuide extends LitElement {
  static override properties = {
    session: { attribute: false },
    time: { attribute: false },
    stroke: { attribute: false },
    leftOut: { attribute: false },
    live: { type: Boolean, reflect: true },
    clock: { attribute: false },
  };
  declare session: View['session'];
  declare time: View['time'];
  declare stroke: View['stroke'];
  /** Zones where no hand goes today. */
  declare leftOut: readonly string[];
  declare live: boolean;
  declare clock: () => number;
  #tick: ReturnType<typeof setInterval> | undefined;

  static override styles = [shared, sessionGuideStyles];

  constructor() {
    super();
    this.live = false;
    this.leftOut = [];
    this.clock = () => 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.requestUpdate(), 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  override render() {
    const { now, state, sentence } = this.session;
    const tone = state === 'eased' ? 'ease' : state === 'stopped' || state === 'faulted' ? 'stop' : '';
    if (!isMoving(state))
      return html`<div class="guide resting">
        <div class="words"><h2 class="still ${tone}" data-state=${state}>${sentence}</h2></div>
        ${this.#course(false)} ${now ? this.#body(now) : nothing}
        <div class="rest">
          <slot></slot>
          ${now ? this.#kept(now) : nothing}
          ${now ? html`<div class="figures">${this.#pressure()} ${this.#left()}</div>` : nothing}
        </div>
      </div>`;
    return html`<div class="guide">
      <div class="words">
        <p class="state ${tone}" data-state=${state}>${sentence}</p>
        ${
          now
            ? html`<h2 class="where">${placeWord(now)}</h2>
                <p class="which">${wayWord(now)}</p>`
            : nothing
        }
      </div>
      <div class="figures">${this.#pressure()} ${this.#left()}</div>
      ${this.#course(true)} ${now ? this.#body(now) : nothing}
      <div class="rest">
        ${now ? html`<p class="how">${now.instruction}</p>` : nothing}
        ${this.session.gentle ? html`<p class="how" data-gentle>${this.session.gentle}</p>` : nothing}
        <slot></slot>
      </div>
    </div>`;
  }

  #body(now: PassView) {
    return html`<body-guide
      .place=${now}
      .stroke=${this.stroke}
      .leftOut=${this.leftOut}
      .clock=${this.clock}
      .rate=${this.time.rate}
      ?live=${this.live}
    ></body-guide>`;
  }

  /** Where it stands meanwhile. */
  #kept(now: PassView) {
    return html`<p class="next soft">
      ${fill(this.session.state === 'transition' ? words.nextPlace : words.yourPlace, {
        place: placeWord(now),
        way: wayWord(now),
      })}
    </p>`;
  }

  #pressure() {
    const { pressure, pressureMax } = this.session;
    if (pressure === null) return nothing;
    const mark = (step: number): string =>
      step <= pressure ? 'on' : step <= (pressureMax ?? pressure) ? 'open' : step === 5 ? 'never' : '';
    return html`<div class="firm">
      <div class="marks" role="img" aria-label=${fill(words.pressure, { pressure })}>
        ${[1, 2, 3, 4, 5].map(step => html`<i class=${mark(step)}></i>`)}
      </div>
      <p>${fill(words.pressureWord, { pressure, word: pressureWord(pressure) })}</p>
    </div>`;
  }

  get #goneMs(): number {
    return this.time.runs && this.live ? this.clock() - this.time.at : 0;
  }

  #course(isMoving: boolean) {
    return courseNow({ session: this.session, leftMs: this.time.passMs - this.#goneMs, isMoving });
  }

  /** The countdown changes each second to the eye; who hears the page is told of it at most each fifteen seconds. */
  #left() {
    const gone = this.#goneMs;
    const leftMs = this.time.passMs - gone;
    return html`<div class="figure">
        <b data-figure="pass" role="timer" aria-live="off">${clockFace(leftMs)}</b><span class="soft">${words.leftHere}</span>
        <span class="out" aria-live="polite" data-spoken
          >${spokenLeft(leftMs, this.time.rate, this.time.runs && this.live)}</span
        >
      </div>
      <div class="figure all">
        <b data-figure="routine">${clockFace(this.time.routineMs - gone)}</b><span class="soft">${words.leftInAll}</span>
      </div>`;
  }
}
customElements.define('session-guide', SessionGuide);
