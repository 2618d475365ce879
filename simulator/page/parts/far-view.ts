/**
 * For a screen two metres away: few words, as large as they can be, and beside them the pace, as a tide that fills its
 * band while the hands go out and has gone when they come back. At rest the time of day, for whoever has a next client.
 */
import { css, html, LitElement, nothing, unsafeCSS } from 'lit';
import { keepsPlace } from '../../../machines/session.states.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import { progressOf } from '../body/progress.ts';
import { type Arranged, arranged, fullPx, lineShare } from '../looks/far-lines.ts';
import { isStilled } from '../motion.ts';
import { shared } from '../styles.ts';
import { clockFace, placeWord, sideWord, wayWord, zoneWord } from '../words.ts';

const far = catalogue.page.far;

/** Reduced motion: the tide rises in so many steps. */
const steps = 8;
const followedRate = 8;
const narrowPx = 560;
/** What the band has at least on a narrow screen, with the gaps beside it. */
const bandPx = 28;

/** As on the wall: hours and minutes, as they are written here. */
const dayTime = (): string =>
  new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export class FarView extends LitElement {
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
  #frame = 0;
  #lettersPx = fullPx;
  /** A phone on its side has room for two lines: place and side share one. */
  readonly #low = matchMedia('(max-height: 520px)');
  /** Where the screen is wide the band stands beside the words and fills upwards; else it lies below them. */
  readonly #lying = matchMedia('(orientation: landscape)');
  readonly #sized = new ResizeObserver(() => this.requestUpdate());

  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template-rows: auto minmax(2.6rem, 1fr) auto;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.4rem;
        min-height: 100%;
        overflow: hidden;
      }
      /* Nothing is written on it: it is for the corner of an eye. */
      .band {
        position: relative;
        overflow: hidden;
        border-radius: 1.2rem;
        background: var(--raised);
      }
      .tide {
        position: absolute;
        inset: 0;
        background: var(--pace);
        transform: translateX(-100%);
      }
      .day {
        align-self: center;
        font-size: clamp(5rem, 24vmin, 14rem);
        font-weight: 500;
        line-height: 1;
        font-variant-numeric: tabular-nums;
        color: var(--ink-soft);
      }
      @media (orientation: landscape) {
        :host {
          grid-template-rows: minmax(0, 1fr) auto;
          grid-template-columns: minmax(0, 1fr) clamp(4.5rem, 14vw, 14rem);
          column-gap: clamp(0.8rem, 2vw, 2rem);
        }
        .band {
          grid-area: 1 / 2 / 3 / 3;
        }
        .day {
          grid-area: 1 / 1;
          align-self: end;
          font-size: clamp(4rem, 20vmin, 12rem);
        }
        .words {
          grid-area: 1 / 1;
        }
        .words.rests {
          align-content: start;
        }
        :host(:not([moves])) {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      .words {
        position: relative;
        min-width: 0;
        display: grid;
        align-content: center;
        font-size: 96px;
        line-height: 0.98;
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      @media (min-width: 1000px) and (min-height: 900px) {
        .words {
          font-size: 128px;
        }
      }
      @media (max-height: 520px) {
        .words {
          align-content: start;
          line-height: 0.9;
        }
      }
      .line {
        display: block;
        width: max-content;
        transform-origin: left;
        white-space: nowrap;
      }
      .words p {
        font-size: clamp(44px, 10vmin, 96px);
        line-height: 1.05;
      }
      .line:dir(rtl) {
        transform-origin: right;
      }
      .way {
        color: var(--pace);
        font-weight: 500;
      }
      .stop {
        color: var(--stop);
      }
      .figures {
        position: relative;
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 2rem;
        font-size: clamp(40px, 8vmin, 64px);
        font-variant-numeric: tabular-nums;
        line-height: 1.1;
      }
      /* Pressure and time share a line on a phone, too. */
      @media (max-width: 480px) {
        .figures {
          flex-wrap: nowrap;
          font-size: clamp(20px, 6.6vw, 40px);
        }
        /* All that is written stands above the foot of the page: the words give way. */
        .words {
          line-height: ${unsafeCSS(lineShare)};
        }
        :host([moves]) {
          height: 100%;
          grid-template-rows: auto minmax(20px, 1fr) auto;
          gap: 4px;
        }
      }
      /* Where there is room for the session alone the time of day comes when the hands rest. */
      @media (max-width: 480px), (max-height: 520px) {
        [data-day] {
          display: none;
        }
      }
      :host(:not([live])) :is(.words, .way, .figures) {
        color: var(--ink-soft);
      }
      @media (forced-colors: active) {
        .tide {
          background: Canvas;
          border-color: Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.live = false;
    this.stroke = null;
    this.clock = () => 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sized.observe(this);
    const draw = (): void => {
      this.#draw();
      this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sized.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #draw(): void {
    const tide = this.renderRoot.querySelector<HTMLElement>('.tide');
    if (!tide) return;
    // The clock goes on by itself: what has no news is not to move by it.
    if (!this.live) tide.style.opacity = '0';
    if (!this.live || this.time.rate > followedRate) return;
    const { stroke, back } = this.stroke ? progressOf(this.stroke, this.clock()) : { stroke: 0, back: 1 };
    const height = back > 0 ? 1 - back : stroke;
    const shown = isStilled() ? Math.round(height * steps) / steps : height;
    tide.style.transform = this.#lying.matches
      ? `translateY(${100 * (1 - shown)}%)`
      : `translateX(${-100 * (1 - shown)}%)`;
    tide.style.opacity = back > 0 ? '0.4' : '1';
  }

  #arranged(now: NonNullable<View['session']['now']>): Arranged {
    const together = now.side === 'together';
    const apart = [zoneWord(now.zone), ...(together ? [] : [sideWord(now.side)])];
    const joined = together ? zoneWord(now.zone) : placeWord(now);
    const way = wayWord(now);
    if (this.clientWidth >= narrowPx)
      return { places: this.#low.matches ? [joined] : apart, ways: [way], px: fullPx };
    const figures = this.renderRoot.querySelector<HTMLElement>('.figures');
    return arranged({ apart, joined, way }, this.clientHeight - bandPx - (figures?.offsetHeight ?? 0));
  }

  /** Each line keeps its height; what is too long for the screen is drawn narrower. */
  #fit(): void {
    const words = this.renderRoot.querySelector<HTMLElement>('.words');
    // Not in the markup: the page's policy takes no styles from there.
    if (words) words.style.fontSize = this.#lettersPx < fullPx ? `${this.#lettersPx}px` : '';
    for (const line of this.renderRoot.querySelectorAll<HTMLElement>('.line')) {
      const room = line.parentElement?.clientWidth ?? this.clientWidth;
      line.style.transform = line.offsetWidth > room ? `scaleX(${room / line.offsetWidth})` : '';
    }
  }

  override updated(): void {
    this.#fit();
  }

  override render() {
    const { now, state, sentence, pressure } = this.session;
    const gone = this.time.runs && this.live ? this.clock() - this.time.at : 0;
    const moves = this.time.runs && now !== null;
    // What has stopped or ended has no pressure and no time left that anybody could act on.
    const hasPlace = now !== null && keepsPlace(state);
    const written = moves ? this.#arranged(now) : null;
    this.#lettersPx = written?.px ?? fullPx;
    this.toggleAttribute('moves', moves);
    return html`<div
        role="heading"
        aria-level="2"
        class="words ${state === 'stopped' || state === 'faulted' ? 'stop' : ''} ${moves ? '' : 'rests'}"
        data-state=${state}
      >
        ${written?.places.map(line => html`<span class="line">${line}</span>`) ?? nothing}
        ${written?.ways.map(line => html`<span class="line way">${line}</span>`) ?? html`<p>${sentence}</p>`}
      </div>
      ${moves ? html`<div class="band"><div class="tide"></div></div>` : html`<p class="day">${dayTime()}</p>`}
      <div class="figures">
        ${pressure === null || !hasPlace ? nothing : html`<span>${fill(far.firm, { pressure })}</span>`}
        ${hasPlace ? html`<span>${fill(far.left, { time: clockFace(this.time.passMs - gone) })}</span>` : nothing}
        ${moves ? html`<span class="soft" data-day>${dayTime()}</span>` : nothing}
      </div>`;
  }
}
customElements.define('far-view', FarView);
