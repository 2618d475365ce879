/** One glance: where, which way, how firm, how long. */

import { css, html, LitElement, nothing } from 'lit';
import { isMoving } from '../../../machines/session.states.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { PassView, View } from '../../../src/server/view-messages.ts';
import '../body/body-guide.ts';
import { shared } from '../common/styles.ts';
import { clockFace, placeWord, pressureWord, wayWord } from '../common/words.ts';
import { courseNow, spokenLeft } from './course-now.ts';

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

  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      .guide {
        display: grid;
        gap: 0.9rem 2.2rem;
        grid-template-areas: 'words' 'figures' 'body' 'course' 'rest';
        grid-template-columns: minmax(0, 1fr);
      }
      .rest .figures {
        grid-area: auto;
      }
      body-guide {
        grid-area: body;
        height: clamp(15rem, 42dvh, 26rem);
      }
      @container (min-width: 38rem) {
        .guide {
          grid-template-areas: 'words body' 'figures body' 'course body' 'rest body';
          grid-template-columns: minmax(0, 1.05fr) minmax(15rem, 0.95fr);
          grid-template-rows: auto auto auto 1fr;
        }
        body-guide {
          height: clamp(20rem, 100dvh - 11.4rem, 46rem);
        }
      }
      /* There the foot of the page has two rows. */
      @media (max-width: 940px) and (min-height: 621px) {
        @container (min-width: 38rem) {
          body-guide {
            height: clamp(20rem, 100dvh - 17.5rem, 46rem);
          }
        }
      }
      /* At rest what can be answered comes before where the hands were. */
      .resting {
        grid-template-areas: 'words' 'rest' 'course' 'body';
      }
      @container (min-width: 38rem) {
        .resting {
          grid-template-areas: 'words body' 'rest body' 'course body';
          grid-template-rows: auto auto 1fr;
        }
      }
      .course {
        grid-area: course;
        display: grid;
        gap: 0.3rem;
        align-self: start;
      }
      .course p {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.8rem;
        font-size: 1.05rem;
        font-variant-numeric: tabular-nums;
      }
      .words {
        grid-area: words;
        display: grid;
        gap: 0.5rem;
        align-content: start;
      }
      .rest {
        grid-area: rest;
        display: grid;
        gap: 1.3rem;
        align-content: start;
      }
      .where {
        font-size: clamp(2.4rem, 6.6cqi, 4rem);
        font-weight: 600;
        line-height: 1.02;
        letter-spacing: -0.015em;
        text-wrap: balance;
        overflow-wrap: anywhere;
      }
      .which {
        font-size: clamp(2.36rem, 5cqi, 3rem);
        line-height: 1.1;
        color: var(--pace);
        font-weight: 500;
      }
      .how {
        font-size: 1.2rem;
        max-width: 46ch;
      }
      .figures {
        grid-area: figures;
        display: flex;
        flex-wrap: wrap;
        gap: 0.7rem 1.5rem;
        align-items: end;
      }
      .figure b {
        display: block;
        font-size: clamp(1.9rem, 4.4cqi, 2.5rem);
        font-weight: 500;
        font-variant-numeric: tabular-nums;
        line-height: 1.05;
      }
      .firm {
        display: grid;
        gap: 0.45rem;
      }
      .firm p {
        font-size: 1.1rem;
        font-weight: 500;
      }
      /* Pressure above both times where all three would not share a line. */
      @container (max-width: 58rem) {
        .firm {
          flex-basis: 100%;
        }
      }
      @container (max-width: 38rem) {
        .firm {
          flex-basis: auto;
        }
      }
      @container (max-width: 25rem) {
        .firm {
          max-width: 11.5rem;
        }
        .firm p {
          line-height: 1.15;
        }
        .marks i {
          width: 1.8rem;
        }
        .all {
          display: none;
        }
      }
      /* A phone on its side: where, which way, how firm and how long are in sight at once. */
      @media (max-height: 520px) {
        .guide {
          gap: 0.4rem 1.2rem;
        }
        .words {
          gap: 0.15rem;
        }
        .words .state {
          font-size: 0.95rem;
          line-height: 1.2;
        }
        .words :is(.where, .still) {
          font-size: 1.6rem;
          line-height: 1.1;
        }
        .which {
          font-size: 1.4rem;
        }
        .figure b {
          font-size: 1.4rem;
        }
        .firm p {
          font-size: 0.95rem;
        }
      }
      .marks {
        display: flex;
        gap: 0.35rem;
        align-items: end;
      }
      .marks i {
        width: 2.3rem;
        height: 0.8rem;
        border-radius: 0.3rem;
        border: 2px solid var(--ink-soft);
      }
      .marks i:nth-child(2) {
        height: 1.05rem;
      }
      .marks i:nth-child(3) {
        height: 1.3rem;
      }
      .marks i:nth-child(4) {
        height: 1.55rem;
      }
      .marks i:nth-child(5) {
        height: 1.8rem;
      }
      .marks i.on {
        background: var(--ink);
        border-color: var(--ink);
      }
      .marks i.open {
        border-style: dashed;
      }
      .marks i.never {
        opacity: 0.3;
      }
      .state {
        font-size: 1.2rem;
        font-weight: 500;
      }
      .state.ease {
        color: var(--ease);
      }
      .state.stop {
        color: var(--stop);
      }
      .still {
        font-size: clamp(2.1rem, 5cqi, 3rem);
        line-height: 1.1;
        max-width: 22ch;
        overflow-wrap: anywhere;
      }
      .still.stop {
        color: var(--stop);
      }
      .next {
        border-top: 1px solid var(--line);
        padding-top: 0.9rem;
        font-size: 1.1rem;
      }
      :host(:not([live])) :is(.state, .still, .where, .which, .how, .firm, .figure b) {
        color: var(--ink-soft);
      }
      @media (forced-colors: active) {
        .marks i.on {
          background: CanvasText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

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
