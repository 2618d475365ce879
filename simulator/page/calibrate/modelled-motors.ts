/**
 * The emulated board's motors as the motor model has them: what a hand would feel of what the firmware reports. It
 * moves, and says so in words.
 */
import { css, html, LitElement, type PropertyValues } from 'lit';
import { coinMotor } from '../../../machines/cues/motor-model.ts';
import { Vibration } from '../../../machines/cues/vibration.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { isStilled } from '../common/motion.ts';
import { shared } from '../common/styles.ts';

const words = catalogue.calibration.modelled;

const names = ['left', 'right'] as const;
type Name = (typeof names)[number];
/** How far a drawn motor moves at its rated amplitude. */
const shiverPx = 2.4;
/** A modelled motor is at rest by then. */
const restMs = 400;

type Motor = { vibration: Vibration; peak: number; feltSince: number | null; isFelt: boolean };
const fresh = (): Motor => ({ vibration: new Vibration(), peak: 0, feltSince: null, isFelt: false });

export class ModelledMotors extends LitElement {
  static override properties = {
    duty: { attribute: false },
    question: { type: Number },
    playing: { type: Boolean },
    rate: { type: Number },
  };
  /** As the firmware reports it. */
  declare duty: Readonly<Record<Name, number>> | null;
  /** Another question: what was felt before is over. */
  declare question: number;
  declare playing: boolean;
  /** How fast the board's time goes: where it can be steered, its motors turn by that time and no other. */
  declare rate: number;
  #time = { boardMs: 0, pageMs: 0, rate: 1 };
  #motors: Record<Name, Motor> = { left: fresh(), right: fresh() };
  #frame = 0;
  #quietAt = 0;
  #flip = false;

  static override styles = [
    shared,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.7rem 1.6rem;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.7rem;
        min-width: 9rem;
      }
      i {
        display: grid;
        place-items: center;
        width: 3.2rem;
        height: 3.2rem;
        border-radius: 50%;
        border: 5px solid var(--line);
        background: var(--sheet);
        font-style: normal;
        font-weight: 600;
        font-size: 1.2rem;
      }
      li.turns i {
        border-color: var(--modelled);
      }
      p {
        font-size: 0.92rem;
        padding-bottom: 0.5rem;
      }
      @media (forced-colors: active) {
        li.turns i {
          border-color: Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.duty = null;
    this.question = 0;
    this.playing = false;
    this.rate = 1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** The board's time, as far as this page can tell: only its differences mean something. */
  #now(): number {
    const { boardMs, pageMs, rate } = this.#time;
    return boardMs + (performance.now() - pageMs) * rate;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rate'))
      this.#time = { boardMs: this.#now(), pageMs: performance.now(), rate: this.rate };
    const now = this.#now();
    if (changed.has('question') || (changed.has('playing') && this.playing))
      this.#motors = { left: fresh(), right: fresh() };
    if (!changed.has('duty')) return;
    for (const name of names) this.#motors[name].vibration.drive({ atMs: now, duty: this.duty?.[name] ?? 0 });
    this.#quietAt = now + restMs;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  readonly #draw = (): void => {
    const now = this.#now();
    this.#flip = !this.#flip;
    for (const name of names) this.#follow(name, now);
    const isDriven = names.some(name => (this.duty?.[name] ?? 0) > 0);
    this.#frame = isDriven || now < this.#quietAt ? requestAnimationFrame(this.#draw) : 0;
    this.requestUpdate();
  };

  #follow(name: Name, now: number): void {
    const motor = this.#motors[name];
    const amplitude = motor.vibration.advance(now);
    motor.peak = Math.max(motor.peak, amplitude);
    if (amplitude > coinMotor.feltAbove) {
      motor.feltSince ??= now;
      motor.isFelt ||= now - motor.feltSince >= coinMotor.feltMs;
    } else motor.feltSince = null;
    const drawn = this.renderRoot.querySelector<HTMLElement>(`[data-modelled=${name}] i`);
    if (!drawn) return;
    const shift = isStilled() || amplitude < 0.02 ? 0 : (this.#flip ? 1 : -1) * shiverPx * amplitude;
    drawn.style.transform = shift === 0 ? '' : `translateX(${shift.toFixed(2)}px)`;
  }

  override render() {
    return html`<p class="soft">${words.title}</p>
      <ul>
        ${names.map(name => {
          const { isFelt, peak, feltSince } = this.#motors[name];
          const strength = fill(words.turned, { percent: Math.round(100 * Math.min(1, peak)) });
          return html`<li data-modelled=${name} data-felt=${isFelt} class=${feltSince === null ? '' : 'turns'}>
            <i aria-hidden="true">${name === 'left' ? 'A' : 'B'}</i>
            <span><span class="out">${fill(catalogue.calibration.known.motor, { name: name === 'left' ? 'A' : 'B' })}: </span>${isFelt ? strength : words.still}</span>
          </li>`;
        })}
      </ul>`;
  }
}
customElements.define('modelled-motors', ModelledMotors);
