/** One glance: where, which way, how firm, how long. */
import { css, html, LitElement, nothing } from 'lit';
import type { PassView, View } from '../../../src/wire/messages.ts';
import { shared } from '../styles.ts';
import { clockFace, directionWord, pressureWord, sideWord, strokeEnds, zoneWord } from '../words.ts';
import './pace-shape.ts';

const place = (pass: PassView): string => `${zoneWord(pass.zone)}, ${sideWord(pass.side)}`;

/** Which way, as from where to where; circles and stillness have no ends. */
function way(pass: PassView): string {
  if (pass.direction === 'circles' || pass.direction === 'still') return directionWord(pass.direction);
  const { from, to } = strokeEnds(pass.zone, pass.direction);
  return `${from} to ${to}`;
}

const movingStates = new Set(['warmUp', 'strokes', 'pressureRamp', 'cooldown', 'eased']);
/** While hands move the place is the largest; while they rest, what has happened is. */
const isMoving = (state: string): boolean => movingStates.has(state.split('.')[0] ?? state);

export class SessionGuide extends LitElement {
  static override properties = {
    session: { attribute: false },
    time: { attribute: false },
    stroke: { attribute: false },
    live: { type: Boolean, reflect: true },
    clock: { attribute: false },
  };
  declare session: View['session'];
  declare time: View['time'];
  declare stroke: View['stroke'];
  declare live: boolean;
  declare clock: () => number;
  #tick: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    shared,
    css`
      .where {
        font-size: clamp(2.4rem, 4.6vw, 3.8rem);
        font-weight: 600;
        line-height: 1.04;
        letter-spacing: -0.01em;
        text-wrap: balance;
      }
      .which {
        font-size: clamp(1.5rem, 3.4vw, 2.3rem);
        color: var(--pace);
        font-weight: 500;
      }
      .how {
        font-size: 1.2rem;
        max-width: 52ch;
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 1.2rem 2.6rem;
        align-items: end;
      }
      .figure b {
        display: block;
        font-size: clamp(2rem, 4.4vw, 3rem);
        font-weight: 500;
        font-variant-numeric: tabular-nums;
        line-height: 1.05;
      }
      .marks {
        display: flex;
        gap: 0.35rem;
        margin-bottom: 0.45rem;
      }
      .marks i {
        width: 2.1rem;
        height: 0.85rem;
        border-radius: 0.45rem;
        border: 1.5px solid var(--ink-soft);
      }
      .marks i.on {
        background: var(--ink);
        border-color: var(--ink);
      }
      .marks i.open {
        border-style: dashed;
      }
      .marks i.never {
        opacity: 0.35;
      }
      .state {
        font-size: 1.25rem;
        font-weight: 500;
      }
      .state.ease {
        color: var(--ease);
      }
      .state.stop {
        color: var(--stop);
      }
      .still {
        font-size: clamp(2rem, 4.6vw, 3.4rem);
        max-width: 24ch;
      }
      .still.stop {
        color: var(--stop);
      }
      .next {
        border-top: 1px solid var(--line);
        padding-top: 0.9rem;
      }
      :host(:not([live])) .figure b {
        color: var(--ink-soft);
      }
    `,
  ];

  constructor() {
    super();
    this.live = false;
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
    const { now, next, state, sentence } = this.session;
    const tone = state === 'eased' ? 'ease' : state === 'stopped' || state === 'faulted' ? 'stop' : '';
    if (!isMoving(state))
      return html`<div class="stack">
        <h2 class="still ${tone}" data-state=${state}>${sentence}</h2>
        <slot></slot>
        ${now ? this.#kept(now) : nothing}
      </div>`;
    return html`<div class="stack">
      <p class="state ${tone}" data-state=${state}>${sentence}</p>
      ${now ? this.#now(now) : nothing}
      <slot></slot>
      ${next ? html`<p class="next soft">Next: ${next.title}, ${place(next).toLowerCase()}</p>` : nothing}
    </div>`;
  }

  #now(now: PassView) {
    return html`<div>
        <p class="where">${place(now)}</p>
        <p class="which">${way(now)}</p>
      </div>
      <pace-shape
        .stroke=${this.stroke}
        .direction=${now.direction}
        .zone=${now.zone}
        .clock=${this.clock}
        ?live=${this.live}
      ></pace-shape>
      <p class="how">${now.instruction}</p>
      <div class="figures">${this.#pressure()} ${this.#left()}</div>`;
  }

  /** Where it stands meanwhile. */
  #kept(now: PassView) {
    return html`<p class="next soft">
        ${this.session.state === 'transition' ? 'Next' : 'Your place'}: ${place(now)}, ${way(now)}
      </p>
      <div class="figures">${this.#pressure()} ${this.#left()}</div>`;
  }

  #pressure() {
    const { pressure, pressureMax } = this.session;
    if (pressure === null) return nothing;
    const mark = (step: number): string =>
      step <= pressure ? 'on' : step <= (pressureMax ?? pressure) ? 'open' : step === 5 ? 'never' : '';
    return html`<div class="figure">
      <div class="marks" role="img" aria-label="Pressure ${pressure} of 5">
        ${[1, 2, 3, 4, 5].map(step => html`<i class=${mark(step)}></i>`)}
      </div>
      <b>${pressure}</b><span class="soft">${pressureWord(pressure)}</span>
    </div>`;
  }

  #left() {
    const gone = this.time.runs && this.live ? this.clock() - this.time.at : 0;
    return html`<div class="figure">
        <b data-figure="pass">${clockFace(this.time.passMs - gone)}</b><span class="soft">left here</span>
      </div>
      <div class="figure">
        <b data-figure="routine">${clockFace(this.time.routineMs - gone)}</b><span class="soft">left in all</span>
      </div>`;
  }
}
customElements.define('session-guide', SessionGuide);
