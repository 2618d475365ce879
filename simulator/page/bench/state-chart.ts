/** The session's statechart with the present state in it, drawn from the machine itself. */

import { css, html, LitElement, nothing, svg } from 'lit';
import type { SessionSnapshot } from '../../../machines/session.view.ts';
import { benchWords } from '../../../machines/text/bench.ts';
import { fill } from '../../../machines/text/text.ts';
import { shared } from '../common/styles.ts';
import { type Arrow, type Box, chartLayout, wordOf } from './chart-layout.ts';
import { panel } from './panel-styles.ts';

const words = benchWords.chart;

const byId = new Map(chartLayout.boxes.map(box => [box.id, box]));
const margin = 10;
const drawnWidth = chartLayout.width + 2 * margin + 30;
const drawnHeight = chartLayout.height + 2 * margin;
/** Against the size at which its words are as large as those around it. */
const scales = { least: 0.4, usual: 1, most: 2.5, step: 1.25 };

/** Paths of every state that is active, outermost first. */
function activeIds(snapshot: SessionSnapshot): ReadonlySet<string> {
  return new Set(snapshot._nodes.map(node => node.path.join('.')).filter(Boolean));
}

/** From side to side where the target lies further on, else round below. */
function curve(from: Box, to: Box): string {
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  if (to.x > from.x) {
    const x1 = from.x + from.width;
    const half = (to.x - x1) / 2;
    return `M ${x1} ${y1} C ${x1 + half} ${y1}, ${to.x - half} ${y2}, ${to.x} ${y2}`;
  }
  if (to.x < from.x) {
    const x2 = to.x + to.width;
    return `M ${from.x} ${y1} C ${from.x - 30} ${y1}, ${x2 + 30} ${y2}, ${x2} ${y2}`;
  }
  const right = from.x + from.width;
  return `M ${right} ${y1} C ${right + 26} ${y1}, ${right + 26} ${y2}, ${right} ${y2}`;
}

const unique = (arrows: readonly Arrow[]): readonly Arrow[] => [
  ...new Map(arrows.map(arrow => [`${arrow.from}>${arrow.to}`, arrow])).values(),
];
const drawn = unique(chartLayout.arrows.filter(({ from, to }) => from !== '' && from !== to));

const eventWord = (event: string): string =>
  event === '' ? words.atOnce : wordOf(event.replace(/^(session|board|screening)\./, ''));

const otherState = (one: SessionSnapshot | null, other: SessionSnapshot | null | undefined): boolean =>
  !one || !other || JSON.stringify(one.value) !== JSON.stringify(other.value);

export class StateChart extends LitElement {
  static override properties = {
    // The context changes with every event; the chart only where the state does.
    snapshot: { attribute: false, hasChanged: otherState },
    scale: { state: true },
  };
  declare snapshot: SessionSnapshot | null;
  declare scale: number;
  #shown = '';

  static override styles = [
    shared,
    panel,
    css`
      .scroll {
        overflow: auto;
        max-height: 27rem;
        cursor: grab;
      }
      .scroll:active {
        cursor: grabbing;
      }
      svg {
        display: block;
      }
      rect {
        fill: var(--ground);
        stroke: var(--line);
        stroke-width: 1.5;
      }
      .depth1 rect {
        fill: var(--sheet);
      }
      .passing rect {
        stroke-dasharray: 4 4;
      }
      .final rect {
        stroke-width: 4;
      }
      .on > rect {
        stroke: var(--pace);
        stroke-width: 2.5;
      }
      .leaf.on > rect {
        fill: var(--pace);
      }
      .leaf.on text {
        fill: var(--on-pace);
        font-weight: 700;
      }
      text {
        fill: var(--ink);
        font: 500 14px var(--type);
      }
      .arrow {
        fill: none;
        stroke: var(--line);
        stroke-width: 1.3;
      }
      .arrow.next {
        stroke: var(--pace);
        stroke-width: 2.2;
      }
      .from {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1.2rem;
        font-size: 0.85rem;
        padding-top: 0.5rem;
      }
      @media (forced-colors: active) {
        rect {
          fill: Canvas;
          stroke: CanvasText;
        }
        .leaf.on > rect {
          fill: Highlight;
        }
        .leaf.on text {
          fill: HighlightText;
        }
        text {
          fill: CanvasText;
        }
        .arrow {
          stroke: GrayText;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.snapshot = null;
    this.scale = scales.usual;
  }

  get #window(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroll');
  }

  /** The state that has come stands in the middle. */
  override updated(): void {
    const leaf = this.renderRoot.querySelector('svg')?.getAttribute('data-active') ?? '';
    const key = `${leaf} ${this.scale}`;
    const box = byId.get(leaf);
    const view = this.#window;
    if (key === this.#shown || !box || !view) return;
    this.#shown = key;
    view.scrollTo({
      left: (box.x + margin + box.width / 2) * this.scale - view.clientWidth / 2,
      top: (box.y + margin + box.height / 2) * this.scale - view.clientHeight / 2,
    });
  }

  #zoom(steps: number): void {
    const wanted = this.scale * scales.step ** steps;
    this.scale = Math.min(scales.most, Math.max(scales.least, wanted));
  }

  /** As large as all of it fits, but never too small to be told apart. */
  #showAll(): void {
    const view = this.#window;
    if (!view) return;
    const fits = Math.min(view.clientWidth / drawnWidth, view.clientHeight / drawnHeight);
    this.scale = Math.min(scales.most, Math.max(scales.least, fits));
  }

  #drag({ buttons, movementX, movementY, pointerType }: PointerEvent): void {
    // A finger scrolls it by itself.
    if (buttons === 1 && pointerType === 'mouse') this.#window?.scrollBy(-movementX, -movementY);
  }

  #keyed({ key }: KeyboardEvent): void {
    if (key === '+' || key === '=') this.#zoom(1);
    if (key === '-') this.#zoom(-1);
    if (key === '0') this.#showAll();
  }

  override render() {
    const active = this.snapshot ? activeIds(this.snapshot) : new Set<string>();
    const { boxes, arrows } = chartLayout;
    const onwards = unique(arrows.filter(({ from, to }) => (from === '' || active.has(from)) && from !== to));
    const leaf = [...active].at(-1) ?? '';
    return html`<div class="tools">
        <button data-zoom="out" aria-label=${words.zoomOut} ?disabled=${this.scale <= scales.least} @click=${() => this.#zoom(-1)}>−</button>
        <button data-zoom="in" aria-label=${words.zoomIn} ?disabled=${this.scale >= scales.most} @click=${() => this.#zoom(1)}>+</button>
        <button data-zoom="all" @click=${() => this.#showAll()}>${words.zoomAll}</button>
      </div>
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label=${words.whole}
        @pointermove=${(event: PointerEvent) => this.#drag(event)}
        @keydown=${(event: KeyboardEvent) => this.#keyed(event)}
      >
        <svg
          width=${Math.round(drawnWidth * this.scale)}
          height=${Math.round(drawnHeight * this.scale)}
          viewBox="${-margin} ${-margin} ${drawnWidth} ${drawnHeight}"
          role="img"
          translate="no"
          aria-label=${leaf ? fill(words.now, { state: wordOf(leaf.replaceAll('.', ', ')) }) : words.none}
          data-active=${leaf}
        >
          ${drawn.map(arrow => this.#arrow(arrow, ''))}
          ${onwards.filter(({ from }) => from !== '').map(arrow => this.#arrow(arrow, 'next'))}
          ${boxes.map(box => this.#box(box, active))}
        </svg>
      </div>
      <p class="from soft">
        <span>${words.fromHere}</span>
        ${onwards.map(({ event, to }) => html`<span translate="no">${fill(words.arrow, { event: eventWord(event), to: wordOf(to.split('.').at(-1) ?? '') })}</span>`)}
      </p>`;
  }

  #arrow({ from, to }: Arrow, kind: string) {
    const [one, other] = [byId.get(from), byId.get(to)];
    return one && other ? svg`<path class="arrow ${kind}" d=${curve(one, other)} />` : nothing;
  }

  #box({ id, word, x, y, width, height, depth, isPassing, isFinal }: Box, active: ReadonlySet<string>) {
    const isLeaf = height <= 34;
    const classes = [
      `depth${depth}`,
      isLeaf ? 'leaf' : '',
      active.has(id) ? 'on' : '',
      isPassing ? 'passing' : '',
      isFinal ? 'final' : '',
    ];
    return svg`<g class=${classes.join(' ')} data-id=${id}>
      <rect x=${x} y=${y} width=${width} height=${height} rx="8" />
      <text x=${x + width / 2} y=${y + (isLeaf ? height / 2 : 14) + 5} text-anchor="middle">${word}</text>
    </g>`;
  }
}
customElements.define('state-chart', StateChart);
