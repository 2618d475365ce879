/**
 * For a screen two metres away: few words, as large as they can be, and the pace as a tide that fills the screen
 * while the hands go out and has gone when they come back.
 */
import { css, html, LitElement, nothing } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import { progressOf } from '../body/progress.ts';
import { isStilled } from '../motion.ts';
import { shared } from '../styles.ts';
import { clockFace, placeWord, sideWord, wayWord, zoneWord } from '../words.ts';

const far = catalogue.page.far;

/** Reduced motion: the tide rises in so many steps. */
const steps = 8;
const followedRate = 8;
const narrowPx = 560;
const narrowLetters = 9;

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
  /** A phone on its side has room for two lines: place and side share one. */
  readonly #low = matchMedia('(max-height: 520px)');
  readonly #sized = new ResizeObserver(() => this.requestUpdate());

  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template-rows: 1fr auto;
        grid-template-columns: minmax(0, 1fr);
        min-height: 100%;
        overflow: hidden;
      }
      .tide {
        position: absolute;
        inset: 0 -3rem;
        background: var(--zone);
        border-top: 6px solid var(--pace);
        transform: translateY(100%);
      }
      .words {
        position: relative;
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
          font-size: clamp(24px, 8vw, 40px);
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
    tide.style.transform = `translateY(${100 * (1 - shown)}%)`;
    tide.style.opacity = back > 0 ? '0.4' : '1';
  }

  /** On a narrow screen a few words a line, so that they need not be squeezed. */
  #lines(text: string): readonly string[] {
    if (this.clientWidth >= narrowPx) return [text];
    const lines: string[] = [];
    for (const word of text.split(' ')) {
      const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
      if (lines.length > 0 && longer.length <= narrowLetters) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /** Each line keeps its height; what is too long for the screen is drawn narrower. */
  #fit(): void {
    for (const line of this.renderRoot.querySelectorAll<HTMLElement>('.line')) {
      const room = this.clientWidth;
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
    const places = moves
      ? [zoneWord(now.zone), ...(now.side === 'together' ? [] : [sideWord(now.side)])]
      : [];
    const words =
      this.#low.matches && moves ? [now.side === 'together' ? zoneWord(now.zone) : placeWord(now)] : places;
    return html`<div class="tide"></div>
      <div role="heading" aria-level="2" class="words ${state === 'stopped' || state === 'faulted' ? 'stop' : ''}" data-state=${state}>
        ${words.flatMap(word => this.#lines(word)).map(line => html`<span class="line">${line}</span>`)}
        ${
          moves
            ? this.#lines(wayWord(now)).map(line => html`<span class="line way">${line}</span>`)
            : html`<p>${sentence}</p>`
        }
      </div>
      <div class="figures">
        ${pressure === null ? nothing : html`<span>${fill(far.firm, { pressure })}</span>`}
        ${now ? html`<span>${fill(far.left, { time: clockFace(this.time.passMs - gone) })}</span>` : nothing}
      </div>`;
  }
}
customElements.define('far-view', FarView);
