/** Asked, reported and modelled, both motors on one time axis, like an oscilloscope that rolls. */

import { css, html, LitElement, unsafeCSS } from 'lit';
import uPlot from 'uplot';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { benchWords } from '../../../machines/text/bench.ts';
import { fill } from '../../../machines/text/text.ts';
import { Redrawing } from '../common/redrawing.ts';
import { shared } from '../common/styles.ts';
import { followColours } from './colours.ts';
import { behindMs, type MotorName, type Samples, sampleMs, windowMs } from './samples.ts';

const words = benchWords.scope;

const count = windowMs / sampleMs;
const height = 236;
/** Motor A has the upper lane; a lane holds 0 to 1.25 of felt intensity. */
const laneTop = 1.5;
/** A trace is drawn anew with every second frame of most screens: smooth enough, and half the work. */
const drawEveryMs = 33;
/** From what was drawn in one frame to where the next but one is asked for, with room for what a timer may be late. */
const restMs = drawEveryMs - 11;
/** Where no time goes by it is looked at so often whether any does. */
const standsMs = 66;

type Lane = Readonly<{ motor: MotorName; lift: number }>;
const lanes: readonly Lane[] = [
  { motor: 'left', lift: laneTop },
  { motor: 'right', lift: 0 },
];
const kinds = ['modelled', 'reported', 'asked'] as const;

export class ScopeChart extends LitElement {
  static override properties = { samples: { attribute: false }, live: { type: Boolean, reflect: true } };
  declare samples: Samples;
  declare live: boolean;
  /** Session time now. */
  clock: () => number = () => 0;
  #plot: uPlot | null = null;
  readonly #drawing = new Redrawing(() => {
    if (!this.live) return null;
    return this.#draw() ? restMs : standsMs;
  });
  #from = 0;
  readonly #times = Array.from({ length: count }, (_, index) => (index * sampleMs - windowMs) / 1000);
  readonly #values: (number | null)[][] = Array.from({ length: 6 }, () => new Array<number | null>(count));
  readonly #sized = new ResizeObserver(() => this.#resize());
  #leaveColours = (): void => {};

  static override styles = [
    shared,
    unsafeCSS(uPlotStyles),
    css`
      .plot {
        position: relative;
        min-height: ${height}px;
      }
      .lane {
        position: absolute;
        left: 0.2rem;
        font-weight: 600;
        pointer-events: none;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1.3rem;
        font-size: 0.85rem;
      }
      .key span::before {
        content: '';
        display: inline-block;
        width: 1.6rem;
        margin-inline-end: 0.5rem;
        vertical-align: 0.25em;
        border-top: 2px solid var(--colour);
      }
      .asked {
        --colour: var(--asked);
      }
      .key .asked::before {
        border-top-style: dashed;
      }
      .reported {
        --colour: var(--reported);
      }
      .modelled {
        --colour: var(--modelled);
      }
      .key .modelled::before {
        border-top-width: 5px;
        opacity: 0.7;
      }
      :host(:not([live])) .plot {
        opacity: 0.4;
        filter: grayscale(1);
      }
    `,
  ];

  constructor() {
    super();
    this.live = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sized.observe(this);
    this.#leaveColours = followColours(this.#remade);
    this.#drawing.soon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drawing.end();
    this.#sized.disconnect();
    this.#leaveColours();
    this.#plot?.destroy();
    this.#plot = null;
  }

  override firstUpdated(): void {
    this.#make();
  }

  override updated(): void {
    this.#drawing.soon();
  }

  /** A canvas knows no custom properties: with other colours it is made anew. */
  readonly #remade = (): void => {
    this.#plot?.destroy();
    this.#plot = null;
    this.#make();
  };

  #make(): void {
    const room = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!room || this.#plot) return;
    const style = getComputedStyle(this);
    const colour = (name: string): string => {
      // light-dark() is resolved only where a colour is used.
      const probe = document.createElement('i');
      probe.style.color = `var(${name})`;
      room.append(probe);
      const resolved = getComputedStyle(probe).color;
      probe.remove();
      return resolved || style.color;
    };
    const strokes = {
      asked: { stroke: colour('--asked'), width: 1.5, dash: [4, 3] },
      reported: { stroke: colour('--reported'), width: 1.5 },
      modelled: { stroke: colour('--modelled'), width: 3.5 },
    };
    const ink = colour('--ink-soft');
    const grid = { stroke: colour('--line'), width: 1 };
    this.#plot = new uPlot(
      {
        width: Math.max(240, room.clientWidth),
        height,
        legend: { show: false },
        cursor: { y: false, points: { show: false } },
        scales: { x: { time: false, range: [-windowMs / 1000, 0] }, y: { range: [-0.05, 2 * laneTop] } },
        axes: [
          {
            stroke: ink,
            grid,
            ticks: grid,
            font: '12px sans-serif',
            values: (_, splits) => splits.map(split => fill(words.seconds, { seconds: split })),
          },
          {
            stroke: ink,
            grid,
            ticks: grid,
            size: 38,
            font: '12px sans-serif',
            splits: [0, 0.5, 1, laneTop, laneTop + 0.5, laneTop + 1],
            values: (_, splits) => splits.map(split => String(split % laneTop)),
          },
        ],
        series: [
          {},
          ...lanes.flatMap(() =>
            kinds.map(kind => ({ ...strokes[kind], points: { show: false }, spanGaps: false })),
          ),
        ],
      },
      this.#aligned(),
      room,
    );
  }

  #aligned(): uPlot.AlignedData {
    return [this.#times, ...this.#values] as unknown as uPlot.AlignedData;
  }

  /** Whether there was anything new. */
  #draw(): boolean {
    if (!this.#plot) return false;
    const until = Math.floor((this.clock() - behindMs) / sampleMs) * sampleMs;
    if (until === this.#from + windowMs) return false;
    this.samples.advance(until);
    this.#from = until - windowMs;
    for (const [lane, { motor, lift }] of lanes.entries())
      for (const [index, kind] of kinds.entries()) {
        const into = this.#values[lane * kinds.length + index];
        if (!into) continue;
        this.samples.motors[motor][kind].sample(this.#from, count, into);
        if (lift > 0)
          for (let sample = 0; sample < count; sample++) {
            const value = into[sample];
            if (value !== null && value !== undefined) into[sample] = value + lift;
          }
      }
    this.#plot.setData(this.#aligned(), false);
    this.#plot.redraw(true, false);
    return true;
  }

  #resize(): void {
    const room = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (room && this.#plot && room.clientWidth > 0) this.#plot.setSize({ width: room.clientWidth, height });
  }

  override render() {
    return html`<div class="plot" role="img" aria-label=${words.label}></div>
      <p class="key soft">
        <span class="asked">${words.asked}</span><span class="reported">${words.reported}</span
        ><span class="modelled">${words.modelled}</span>
        <b>${words.axes}</b>
      </p>`;
  }
}
customElements.define('scope-chart', ScopeChart);
