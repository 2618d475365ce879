/**
 * The pace, to be followed without looking at it: one large disc that travels where the hands travel, at their speed,
 * and rests in the return. With reduced motion: a bar that fills in steps.
 */
import { css, html, LitElement, svg } from 'lit';
import type { View } from '../../../src/wire/messages.ts';
import { shared } from '../styles.ts';
import { strokeEnds } from '../words.ts';

const width = 800;
const height = 240;
const steps = 8;
/** From lower left to upper right: up the body, wherever that lies. */
const way = 'M 70 178 C 240 60, 520 210, 730 66';

export class PaceShape extends LitElement {
  static override properties = {
    stroke: { attribute: false },
    direction: {},
    zone: {},
    live: { type: Boolean, reflect: true },
    clock: { attribute: false },
  };
  declare stroke: View['stroke'];
  declare direction: string;
  declare zone: string;
  declare live: boolean;
  /** Session time now. */
  declare clock: () => number;
  #frame = 0;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');

  static override styles = [
    shared,
    css`
      svg {
        display: block;
        width: 100%;
        height: auto;
        max-height: 25vh;
        overflow: visible;
      }
      .way {
        fill: none;
        stroke: var(--line);
        stroke-width: 26;
        stroke-linecap: round;
      }
      .done {
        fill: none;
        stroke: var(--pace-deep);
        stroke-width: 26;
        stroke-linecap: round;
      }
      .disc {
        fill: var(--pace);
      }
      .step {
        fill: var(--line);
      }
      .step.on {
        fill: var(--pace);
      }
      text {
        fill: var(--ink-soft);
        font: 500 25px var(--type);
      }
      :host(:not([live])) svg {
        opacity: 0.35;
        filter: grayscale(1);
      }
    `,
  ];

  constructor() {
    super();
    this.stroke = null;
    this.direction = '';
    this.zone = '';
    this.live = false;
    this.clock = () => 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const draw = (): void => {
      this.#draw();
      this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
  }

  /** How far the stroke is, 0 to 1, and how much of its return is over, 0 to 1. */
  #progress(): { stroke: number; back: number } {
    if (!this.stroke) return { stroke: 0, back: 1 };
    const { at, strokeMs, returnMs } = this.stroke;
    const since = this.clock() - at;
    return {
      stroke: Math.min(1, Math.max(0, since / strokeMs)),
      back: Math.min(1, Math.max(0, (since - strokeMs) / returnMs)),
    };
  }

  #draw(): void {
    if (!this.live) return;
    const { stroke, back } = this.#progress();
    const root = this.renderRoot;
    if (this.#still.matches) {
      for (const [index, step] of root.querySelectorAll('.step').entries())
        step.classList.toggle('on', back === 0 && stroke * steps > index);
      return;
    }
    const path = root.querySelector<SVGPathElement>('.way');
    const disc = root.querySelector('.disc');
    const done = root.querySelector('.done');
    if (!path || !disc || !done) return;
    const length = path.getTotalLength();
    const reversed = this.direction === 'awayFromHeart' || this.direction === 'inward';
    const along = reversed ? 1 - stroke : stroke;
    const point = path.getPointAtLength(along * length);
    // In the return the disc has let go: smaller, and gone before the next stroke begins.
    const size = this.stroke ? 44 * (1 - 0.75 * back) : 20;
    disc.setAttribute('cx', String(point.x));
    disc.setAttribute('cy', String(point.y));
    disc.setAttribute('r', String(size));
    disc.setAttribute('opacity', String(1 - 0.6 * back));
    const shown = back > 0 ? 0 : stroke * length;
    done.setAttribute('stroke-dasharray', `${shown} ${length}`);
    done.setAttribute('stroke-dashoffset', reversed ? String(shown - length) : '0');
    done.setAttribute('opacity', shown > 1 ? '1' : '0');
  }

  override render() {
    const { from, to } = strokeEnds(this.zone, this.direction);
    const reversed = this.direction === 'awayFromHeart' || this.direction === 'inward';
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Stroke from ${from} to ${to}">
      ${
        this.#still.matches
          ? Array.from(
              { length: steps },
              (_, index) =>
                svg`<rect class="step" x=${40 + index * 92} y="90" width="76" height="60" rx="16" />`,
            )
          : svg`<path class="way" d=${way} /><path class="done" d=${way} opacity="0" />
              <circle class="disc" cx="70" cy="178" r="20" />`
      }
      <text x="70" y="232" text-anchor="middle">${reversed ? to : from}</text>
      <text x="730" y="24" text-anchor="middle">${reversed ? from : to}</text>
    </svg>`;
  }
}
customElements.define('pace-shape', PaceShape);
