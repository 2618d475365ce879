/**
 * A routine drawn along its time: stages, told apart by texture as well as by name; with `lanes` the receiver's two
 * sides, and how firm it may become. Widths are shares of the whole, so that it fits wherever it stands.
 */
import { css, html, LitElement, nothing, svg } from 'lit';
import { catalogue, fill, listed } from '../../../machines/text/text.ts';
import { shared } from '../common/styles.ts';
import { clockFace, stageWord } from '../common/words.ts';
import { type Bar, barsOf, type Stretch, secondsOf, stagesOf, ticksOf } from './bars.ts';

const words = catalogue.routines;
const laneHeight = 24;
/** One level of pressure. */
const levelHeight = 15;
const levels = [1, 2, 3, 4] as const;

const share = (part: number, whole: number): string =>
  `${(whole > 0 ? (part / whole) * 100 : 0).toFixed(3)}%`;

export class TimeBars extends LitElement {
  static override properties = {
    phases: { attribute: false },
    firstSide: { attribute: false },
    lanes: { type: Boolean },
    chosen: { attribute: false },
  };
  declare phases: readonly Stretch[];
  declare firstSide: 'left' | 'right';
  declare lanes: boolean;
  /** The phase that is being looked at, from 0. */
  declare chosen: number | null;

  static override styles = [
    shared,
    css`
      :host {
        min-width: 0;
      }
      .drawing {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.35rem 0.6rem;
        align-items: center;
      }
      .plain {
        grid-template-columns: minmax(0, 1fr);
      }
      .side,
      .firm {
        font-size: 0.9rem;
        color: var(--ink-soft);
        text-align: end;
      }
      .firm {
        align-self: stretch;
        display: flex;
        flex-direction: column-reverse;
        justify-content: space-around;
        font-size: 0.8rem;
        line-height: 15px;
      }
      svg {
        display: block;
        width: 100%;
        overflow: visible;
      }
      .warmUp {
        fill: url(#dots);
      }
      .strokes {
        fill: var(--pace-deep);
      }
      .pressureRamp {
        fill: url(#rising);
      }
      .cooldown {
        fill: url(#lines);
      }
      .bar {
        stroke: var(--ink-soft);
        stroke-width: 1;
      }
      .bar.chosen {
        stroke: var(--ink);
        stroke-width: 3;
      }
      .base {
        fill: var(--pace-deep);
      }
      .planned {
        fill: url(#rising);
        stroke: var(--ink-soft);
        stroke-width: 1;
        vector-effect: non-scaling-stroke;
      }
      .grid {
        stroke: var(--line);
        stroke-width: 1;
      }
      .mark {
        fill: var(--ink-soft);
      }
      .paper {
        fill: var(--sheet);
      }
      .scale {
        fill: var(--ink-soft);
        font-size: 12px;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1.1rem;
        padding-top: 0.5rem;
        font-size: 0.92rem;
      }
      .key li {
        display: flex;
        gap: 0.45rem;
        align-items: center;
      }
      .key svg {
        width: 20px;
        height: 16px;
        flex: none;
      }
      .key b {
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      @media (forced-colors: active) {
        .strokes,
        .base {
          fill: CanvasText;
        }
        .mark,
        .scale {
          fill: CanvasText;
        }
        .grid {
          stroke: GrayText;
        }
        .paper {
          fill: Canvas;
        }
        .bar,
        .planned {
          stroke: CanvasText;
        }
        .bar.chosen {
          stroke: Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.phases = [];
    this.firstSide = 'left';
    this.lanes = false;
    this.chosen = null;
  }

  override render() {
    const bars = barsOf(this.phases, this.firstSide);
    const whole = secondsOf(bars);
    const stages = stagesOf(bars);
    const said = listed(
      stages.map(({ stage, seconds }) =>
        fill(words.planStage, { stage: stageWord(stage), minutes: clockFace(seconds * 1000) }),
      ),
    );
    return html`<svg class="defs" width="0" height="0" aria-hidden="true">${textures}</svg>
      <div class=${this.lanes ? 'drawing' : 'drawing plain'} role="img" aria-label=${said}>
        ${this.lanes ? this.#sides(bars, whole) : row(bars, whole, this.chosen)}
      </div>
      <ul class="key">
        ${stages.map(
          ({ stage, seconds }) => html`<li>
            <svg aria-hidden="true"><rect class="bar ${stage}" x="1" y="1" width="18" height="14" rx="2" /></svg>
            ${stageWord(stage)} <b>${clockFace(seconds * 1000)}</b>
          </li>`,
        )}
        ${
          this.lanes && bars.some(bar => bar.pressureMax > bar.pressureStart)
            ? html`<li>
                <svg aria-hidden="true"><polygon class="planned" points="1,15 19,15 19,1" /></svg>${words.mayRise}
              </li>`
            : nothing
        }
      </ul>`;
  }

  /** The receiver's left, their right, and how firm. */
  #sides(bars: readonly Bar[], whole: number) {
    const lane = (side: 'left' | 'right') =>
      row(
        bars.filter(bar => bar.side === side || bar.side === 'together'),
        whole,
        this.chosen,
      );
    return html`<span class="side">${words.left}</span>${lane('left')}
      <span class="side">${words.right}</span>${lane('right')}
      <span class="firm">${levels.map(level => html`<span>${level}</span>`)}</span>${firmness(bars, whole)}
      <span></span>${minutes(whole)}`;
  }
}
customElements.define('time-bars', TimeBars);

const row = (bars: readonly Bar[], whole: number, chosen: number | null) => html`<svg
  height=${laneHeight}
  aria-hidden="true"
>
  ${bars.map(
    ({ index, stage, from, to }) =>
      svg`<rect class="bar ${stage} ${index === chosen ? 'chosen' : ''}" x=${share(from, whole)} y="1" width=${share(to - from, whole)} height=${laneHeight - 2} rx="2" />`,
  )}
</svg>`;

/** What a phase begins with, and as a slope what it may rise to. */
const firmness = (bars: readonly Bar[], whole: number) => {
  const height = levels.length * levelHeight;
  return html`<svg height=${height} aria-hidden="true">
    ${levels.map(level => {
      const y = height - level * levelHeight;
      return svg`<line class="grid" x1="0" x2="100%" y1=${y} y2=${y} />`;
    })}
    ${bars.map(({ from, to, pressureStart, pressureMax }) => {
      const start = height - pressureStart * levelHeight;
      const top = height - pressureMax * levelHeight;
      return svg`<rect class="base" x=${share(from, whole)} width=${share(to - from, whole)} y=${start} height=${height - start} />
        ${
          pressureMax > pressureStart
            ? svg`<svg x=${share(from, whole)} width=${share(to - from, whole)} y=${top} height=${start - top} viewBox="0 0 100 100" preserveAspectRatio="none">
                <polygon class="planned" points="0,100 100,100 100,0" />
              </svg>`
            : nothing
        }`;
    })}
  </svg>`;
};

const minutes = (whole: number) => html`<svg height="16" aria-hidden="true">
  ${ticksOf(whole).map(
    (minute, index) =>
      svg`<text class="scale" x=${share(minute * 60, whole)} y="12" text-anchor=${index === 0 ? 'start' : 'middle'}>${minute}</text>`,
  )}
</svg>`;

const textures = svg`<defs>
  <pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">
    <rect class="paper" width="7" height="7" /><circle class="mark" cx="3.5" cy="3.5" r="1.2" />
  </pattern>
  <pattern id="rising" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="paper" width="7" height="7" /><rect class="mark" width="2.4" height="7" />
  </pattern>
  <pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse">
    <rect class="paper" width="6" height="6" /><rect class="mark" y="2" width="6" height="1.2" />
  </pattern>
</defs>`;
