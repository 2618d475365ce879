/**
 * For a screen two metres away: few words, as large as they can be, and beside them the pace, as a tide that fills its
 * band while the hands go out and has gone when they come back. At rest the time of day, for whoever has a next client.
 */
import { css, html, LitElement, nothing, unsafeCSS } from 'lit';
import { keepsPlace } from '../../../machines/session.states.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { progressOf } from '../body/progress.ts';
import { isStilled } from '../common/motion.ts';
import { Redrawing, type Wait } from '../common/redrawing.ts';
import { shared } from '../common/styles.ts';
import { clockFace, placeWord, sideWord, wayWord, zoneWord } from '../common/words.ts';
import { type Arranged, arranged, arrangedWide, fullPx, lineShare, roomyPx } from './lines.ts';

const far = catalogue.page.far;

/** Reduced motion: the tide rises in so many steps. */
const steps = 8;
const followedRate = 8;
/** Where no time goes by somebody may yet step it on, and it is looked at so often. */
const calmMs = 50;
const narrowPx = 560;
/** What the band has at least, with the gaps beside it: on a narrow screen, and below the words of a wide one. */
const bandPx = { narrow: 28, wide: 64 } as const;
/** The size of a letter where the browser's own is the usual one: see page.css. */
const usualRootPx = 17;

/** How many times as large as usual letters are wanted; never smaller. */
const wantedShare = (): number =>
  Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / usualRootPx);

/** As on the wall: hours and minutes, as they are written here. */
const dayTime = (): string =>
  new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export class DistanceView extends LitElement {
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
  readonly #drawing = new Redrawing(() => this.#draw());
  #lettersPx = fullPx;
  readonly #roomy = matchMedia('(min-width: 1000px) and (min-height: 900px)');
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
        flex: 1 0 auto;
        overflow: hidden;
      }
      /* All that is written stands above the foot of the page: the words give way. */
      :host([moves]) {
        flex: 1 1 0;
        min-height: 0;
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
        :host([moves]) {
          grid-template-rows: minmax(0, 1fr) auto;
          grid-template-columns: minmax(0, 1fr) clamp(4.5rem, 14vw, 14rem);
          column-gap: clamp(0.8rem, 2vw, 2rem);
        }
        .band {
          grid-area: 1 / 2 / 3 / 3;
        }
        .day {
          align-self: end;
          font-size: clamp(4rem, 20vmin, 12rem);
        }
      }
      /* A phone on its side: what is told and the time of day share a line. */
      @media (orientation: landscape) and (max-height: 520px) {
        :host(:not([moves])) {
          grid-template-rows: minmax(0, 1fr) auto;
          grid-template-columns: minmax(0, 1fr) auto;
          column-gap: 1.2rem;
        }
        .day {
          align-self: start;
          font-size: clamp(2.4rem, 20vmin, 4rem);
        }
        :host(:not([moves])) .figures {
          grid-column: 1 / -1;
        }
      }
      .words {
        position: relative;
        min-width: 0;
        display: grid;
        align-content: center;
        font-size: 96px;
        line-height: ${unsafeCSS(lineShare)};
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      .words.rests {
        align-content: start;
      }
      .line {
        display: block;
        width: max-content;
        transform-origin: left;
        white-space: nowrap;
      }
      .words p {
        font-size: max(clamp(44px, 10vmin, 96px), 2.6rem);
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
        gap: 0 1rem;
        font-size: max(clamp(40px, 6.6vmin, 64px), 2.2rem);
        font-variant-numeric: tabular-nums;
        line-height: 1.1;
      }
      /* Pressure and time share a line on a phone, too. */
      @media (max-width: 480px) {
        .figures {
          flex-wrap: nowrap;
          font-size: clamp(20px, 6.6vw, 40px);
        }
        :host([moves]) {
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
    this.#drawing.soon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sized.disconnect();
    this.#drawing.end();
  }

  #draw(): Wait {
    const tide = this.renderRoot.querySelector<HTMLElement>('.tide');
    if (!tide) return null;
    // The clock goes on by itself: what has no news is not to move by it.
    if (!this.live) tide.style.opacity = '0';
    if (!this.live || this.time.rate > followedRate) return null;
    const { stroke, back } = this.stroke ? progressOf(this.stroke, this.clock()) : { stroke: 0, back: 1 };
    const height = back > 0 ? 1 - back : stroke;
    const shown = isStilled() ? Math.round(height * steps) / steps : height;
    tide.style.transform = this.#lying.matches
      ? `translateY(${100 * (1 - shown)}%)`
      : `translateX(${-100 * (1 - shown)}%)`;
    tide.style.opacity = back > 0 ? '0.4' : '1';
    return this.time.rate === 0 || this.stroke === null ? calmMs : 0;
  }

  #arranged(now: NonNullable<View['session']['now']>): Arranged {
    const together = now.side === 'together';
    const told = {
      apart: [zoneWord(now.zone), ...(together ? [] : [sideWord(now.side)])],
      joined: together ? zoneWord(now.zone) : placeWord(now),
      // Where from and to is what counts from two metres.
      way: wayWord({ zone: now.zone, direction: now.direction }),
    };
    const figures = this.renderRoot.querySelector<HTMLElement>('.figures')?.offsetHeight ?? 0;
    const heightPx = this.clientHeight - figures;
    if (this.clientWidth < narrowPx) return arranged(told, heightPx - bandPx.narrow);
    const words = this.renderRoot.querySelector<HTMLElement>('.words');
    const room = {
      roomPx: heightPx - (this.#lying.matches ? 8 : bandPx.wide),
      widthPx: words?.clientWidth ?? this.clientWidth,
      usualPx: this.#roomy.matches ? roomyPx : fullPx,
    };
    return arrangedWide(told, room, wantedShare());
  }

  /** Each line keeps its height; what is too long for the screen is drawn narrower. */
  #fit(): void {
    const words = this.renderRoot.querySelector<HTMLElement>('.words');
    // Not in the markup: the page's policy takes no styles from there.
    if (words) words.style.fontSize = `${this.#lettersPx}px`;
    for (const line of this.renderRoot.querySelectorAll<HTMLElement>('.line')) {
      const room = line.parentElement?.clientWidth ?? this.clientWidth;
      line.style.transform = line.offsetWidth > room ? `scaleX(${room / line.offsetWidth})` : '';
    }
  }

  override updated(): void {
    this.#fit();
    this.#drawing.soon();
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
customElements.define('distance-view', DistanceView);
