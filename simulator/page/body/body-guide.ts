/**
 * Where the hands are, to be followed without looking at it: the figure, the zone, the way of the stroke, and one
 * large shape that travels along it at the real pace and lets go in the return. With reduced motion: steps that fill.
 */
import { html, LitElement, nothing, svg } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { hearMotion, isStilled } from '../common/motion.ts';
import { Redrawing, type Wait } from '../common/redrawing.ts';
import { shared } from '../common/styles.ts';
import { placeWord, strokesOf, wayWord } from '../common/words.ts';
import { bodyDrawing, hatching, leftOutDrawing, neverDrawing } from './body-drawing.ts';
import { bodyGuideStyles } from './body-guide-styles.ts';
import { bodyStyles } from './body-styles.ts';
import { evenly, line, mirrored, type Point } from './curve.ts';
import { aspectOf, centreOf, drawingOf, halvesOf, liftsOff, type Place } from './place.ts';
import { type HandsDrawn, handsAt, runsBack, untilNextPart } from './progress.ts';

const { places } = catalogue;

const steps = 8;
/** Units of the drawing. */
const discRadius = 33;
const circleRadius = 15;
const pullWidth = 24;
const halfWidth = 150;
const figureHeight = 905;
/** Faster than this nobody follows, and it would flicker. */
const followedRate = 8;
/** A smaller change of how faint something is cannot be seen. */
const leastFainter = 0.02;
/** Two frames of most screens, with room for what a frame may be early. */
const jerkMs = 30;
/** Stilled, or where no time goes by: so often there may be something new all the same. */
const calmMs = 100;

/** What moves, as it is drawn: in units of the drawing, `size` as a share of the whole disc. */
type Drawn = Readonly<{ x: number; y: number; size: number; opacity: number; gone: number }>;

export class BodyGuide extends LitElement {
  static override properties = {
    place: { attribute: false },
    stroke: { attribute: false },
    live: { type: Boolean, reflect: true },
    clock: { attribute: false },
    rate: { attribute: false },
    leftOut: { attribute: false },
  };
  declare place: Place;
  /** The one under way, or what tells it for a moment, where no session does. */
  declare stroke: View['stroke'] | ((now: number) => View['stroke']);
  declare live: boolean;
  /** Session time now. */
  declare clock: () => number;
  /** Session time against real time; 1 but in the simulator. */
  declare rate: number;
  /** Zones where no hand goes today. */
  declare leftOut: readonly string[];
  #length = 0;
  /** How many pixels of the screen a unit of the drawing takes. */
  #pixels = 1;
  #drawn: Drawn | null = null;
  #drawnAt = 0;
  #leaveMotion = (): void => {};
  readonly #drawing = new Redrawing(at => {
    this.#draw(at);
    return this.#wait();
  });

  readonly #sized = new ResizeObserver(() => this.requestUpdate());

  static override styles = [shared, bodyStyles, bodyGuideStyles];

  constructor() {
    super();
    this.stroke = null;
    this.live = false;
    this.clock = () => 0;
    this.rate = 1;
    this.leftOut = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaveMotion = hearMotion(() => this.requestUpdate());
    this.#sized.observe(this);
    this.#drawing.soon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaveMotion();
    this.#sized.disconnect();
    this.#drawing.end();
  }

  /** Frame by frame while something may move. At rest all is drawn once, until something else is to be shown. */
  #wait(): Wait {
    if (!this.live || this.stroke === null || this.rate > followedRate) return null;
    if (this.rate > 0 && !isStilled()) return 0;
    const stroke = this.#stroke(this.clock());
    return stroke ? Math.min(calmMs, untilNextPart(stroke, steps, this.clock()) / this.rate) : calmMs;
  }

  #stroke(now: number): View['stroke'] {
    return typeof this.stroke === 'function' ? this.stroke(now) : this.stroke;
  }

  /** Between strokes the hands are on their way back. */
  #hands(): HandsDrawn & Readonly<{ isMoving: boolean }> {
    const now = this.clock();
    const stroke = this.#stroke(now);
    return stroke
      ? { ...handsAt(stroke, now), isMoving: true }
      : { along: 0, out: 0, back: 1, isMoving: false };
  }

  #draw(at: number): void {
    if (!this.live || this.rate > followedRate) return;
    const { along, out, back, isMoving } = this.#hands();
    const reversed = runsBack(this.place.direction);
    if (isStilled()) {
      const shown = isMoving && back === 0 ? along * steps : 0;
      for (const step of this.renderRoot.querySelectorAll<SVGElement>('.step'))
        step.classList.toggle('on', shown > Number(step.dataset.step));
      return;
    }
    const way = this.renderRoot.querySelector<SVGPathElement>('.way');
    if (!way) return;
    const { x, y } = this.#pointAt(way, reversed ? 1 - along : along);
    const lifted = liftsOff(y, aspectOf(this.place));
    // In the return the hands have let go: smaller, fainter, and gone before the next stroke begins.
    this.#show(
      {
        x: x + out * pullWidth,
        y,
        size: (isMoving ? 1 - 0.7 * back : 0.45) * (lifted ? 0.62 : 1),
        opacity: (1 - 0.7 * back) * (lifted ? 0.45 : 1),
        gone: back > 0 ? 0 : along * this.#length,
      },
      reversed,
      at,
    );
  }

  /** Whether the eye would miss it: a pixel of the screen, or less than one for so long that it would go by jerks. */
  #differs({ x, y, size, opacity, gone }: Drawn, at: number): boolean {
    const last = this.#drawn;
    if (last === null || (opacity === 1) !== (last.opacity === 1) || gone > 1 !== last.gone > 1) return true;
    const moved = Math.max(
      Math.hypot(x - last.x, y - last.y),
      Math.abs(gone - last.gone),
      Math.abs(size - last.size) * discRadius,
    );
    const fainter = Math.abs(opacity - last.opacity);
    return (
      moved * this.#pixels >= 1 ||
      fainter >= leastFainter ||
      (moved + fainter > 0 && at - this.#drawnAt >= jerkMs)
    );
  }

  #show(now: Drawn, reversed: boolean, at: number): void {
    if (!this.#differs(now, at)) return;
    this.#drawnAt = at;
    this.#drawn = now;
    const { x, y, size, opacity, gone } = now;
    for (const disc of this.renderRoot.querySelectorAll<SVGGElement>('.disc')) {
      const half = disc.dataset.half === '-1' ? -1 : 1;
      disc.setAttribute('transform', `translate(${half * x} ${y}) scale(${size})`);
      disc.setAttribute('opacity', String(opacity));
    }
    for (const path of this.renderRoot.querySelectorAll<SVGPathElement>('.gone')) {
      path.setAttribute('stroke-dasharray', `${gone} ${this.#length + 1}`);
      path.setAttribute('stroke-dashoffset', reversed ? String(gone - this.#length) : '0');
      path.setAttribute('opacity', gone > 1 ? '1' : '0');
    }
  }

  /** On the drawn half; its mirror has the other sign. Circles go round once a stroke. */
  #pointAt(way: SVGPathElement, share: number): { x: number; y: number } {
    const { x, y } = way.getPointAtLength(share * this.#length);
    return { x: way.dataset.half === '-1' ? -x : x, y };
  }

  override updated(): void {
    const way = this.renderRoot.querySelector<SVGPathElement>('.way');
    this.#length = way?.getTotalLength() ?? 0;
    const svg = this.renderRoot.querySelector('svg');
    this.#pixels = ((svg?.clientWidth ?? 0) / (svg?.viewBox.baseVal.width || 1)) * devicePixelRatio;
    this.#drawn = null;
    this.#drawing.soon();
  }

  override render() {
    const { place } = this;
    const drawing = drawingOf(place.zone);
    if (!drawing) return nothing;
    const aspect = aspectOf(place);
    const { left, top, width, height } = this.#frameOf(drawing.frame);
    const halves = halvesOf(place.side, aspect);
    const way = this.#way();
    return html`<svg
      viewBox="${left} ${top} ${width} ${height}"
      role="img"
      aria-label=${fill(places.going, { place: placeWord(place), way: wayWord(place) })}
    >
      ${hatching('never')} ${bodyDrawing(aspect, [place])}
      ${halves.map(half => this.#course(half === 1 ? way : mirrored(way), half))}
      ${neverDrawing(aspect, 'never')} ${leftOutDrawing(aspect, 'never', this.leftOut)}
      ${isStilled() ? nothing : halves.map(half => this.#disc(half))}
      ${this.#labels(way, halves[0] ?? 1, width / 2)}
      <text class="side" x=${left + 22} y=${top + height - 22}>${aspect === 'front' ? places.theirRight : places.theirLeft}</text>
      <text class="side" x=${left + width - 22} y=${top + height - 22} text-anchor="end">
        ${aspect === 'front' ? places.theirLeft : places.theirRight}
      </text>
    </svg>`;
  }

  /** What is shown fills the room there is: the zone's own frame, and around it as much more as fits. */
  #frameOf([top, least]: readonly [number, number]) {
    const shape = this.clientWidth > 0 ? this.clientHeight / this.clientWidth : 1;
    const height = Math.min(figureHeight, Math.max(least, 2 * halfWidth * shape));
    const width = Math.max(2 * halfWidth, height / shape);
    const above = Math.min(Math.max(0, top + least / 2 - height / 2), figureHeight - height);
    return { left: -width / 2, top: above, width, height };
  }

  /** Points of the way on the drawn half. Circles and stillness have their place in the middle of the zone. */
  #way(): readonly Point[] {
    const { zone, direction } = this.place;
    const drawing = drawingOf(zone);
    const [x, y] = centreOf(drawing?.areas[0] ?? [[0, 0]]);
    if (direction === 'still')
      return [
        [x, y],
        [x, y - 0.1],
      ];
    if (direction !== 'circles') return drawing?.way ?? [];
    return Array.from({ length: 13 }, (_, index): Point => {
      const angle = (index / 12) * 2 * Math.PI;
      return [x + circleRadius * Math.sin(angle), y - circleRadius * Math.cos(angle)];
    });
  }

  #course(way: readonly Point[], half: 1 | -1) {
    const d = line(way);
    const reversed = runsBack(this.place.direction);
    if (isStilled()) return this.#steps(way, reversed);
    return svg`<path class="way" data-half=${half} d=${d} />
      ${this.#head(way, reversed)}
      <path class="gone" d=${d} opacity="0" />`;
  }

  #disc(half: 1 | -1) {
    return svg`<g class="disc" data-half=${half} opacity="0">
        <circle class="halo" r=${discRadius * 1.35} /><circle r=${discRadius} />
      </g>`;
  }

  #steps(way: readonly Point[], reversed: boolean) {
    const points = evenly(way, steps);
    const inOrder = reversed ? points.toReversed() : points;
    return inOrder.map(
      ([x, y], index) => svg`<circle class="step" data-step=${index} cx=${x} cy=${y} r=${6 + index * 0.8} />`,
    );
  }

  /** An arrowhead where the stroke ends. */
  #head(way: readonly Point[], reversed: boolean) {
    const { direction } = this.place;
    if (direction === 'still') return nothing;
    const course = reversed ? way.toReversed() : way;
    const tip = course.at(-1) ?? [0, 0];
    const before = course.at(-2) ?? [0, 0];
    const angle = (Math.atan2(tip[1] - before[1], tip[0] - before[0]) * 180) / Math.PI;
    return svg`<path
      class="head"
      d="M -13 -12 L 2 0 L -13 12"
      transform="translate(${tip[0]} ${tip[1]}) rotate(${angle})"
    />`;
  }

  /** The ends of the way by name, outside the figure. */
  #labels(way: readonly Point[], half: 1 | -1, edge: number) {
    const { zone, direction } = this.place;
    if (direction === 'circles' || direction === 'still') return nothing;
    const strokes = strokesOf(zone);
    if (!strokes) return nothing;
    const label = (at: Point | undefined, word: string) =>
      svg`<text class="end" x=${half * (edge - 22)} y=${(at?.[1] ?? 0) + 6} text-anchor=${half === 1 ? 'end' : 'start'}>
        ${word}
      </text>`;
    const [lower, upper] = [way[0], way.at(-1)];
    // Two ends on one height would be written over each other.
    if (Math.abs((lower?.[1] ?? 0) - (upper?.[1] ?? 0)) < 30) return nothing;
    return [label(lower, strokes.low), label(upper, strokes.high)];
  }
}
customElements.define('body-guide', BodyGuide);
