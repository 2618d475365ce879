/**
 * Calibration: one question at a time about what a hand feels. Nothing runs but what a person has asked for, and
 * leaving this look ends it.
 */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { answerStyles } from '../common/answer-styles.ts';
import { progressSteps } from '../common/progress-styles.ts';
import { calibrateStyles } from './calibrate-styles.ts';
import './modelled-motors.ts';
import './motor-numbers.ts';
import { shared } from '../common/styles.ts';
import type { Said } from '../link/said-message.ts';

const words = catalogue.calibration;

type Calibration = NonNullable<View['calibration']>;
type Walk = NonNullable<Calibration['walk']>;

export class CalibrateView extends LitElement {
  static override properties = {
    calibration: { attribute: false },
    say: { attribute: false },
    yours: { type: Boolean },
    duty: { attribute: false },
    rate: { type: Number },
    emulated: { type: Boolean },
    live: { type: Boolean },
  };
  declare calibration: View['calibration'];
  declare say: (said: Said) => void;
  /** Whether this page is in control. */
  declare yours: boolean;
  /** What the firmware says it drives. */
  declare duty: View['device']['duty'];
  /** How fast the board's time goes. */
  declare rate: number;
  declare emulated: boolean;
  declare live: boolean;

  static override styles = [shared, progressSteps, answerStyles, calibrateStyles];

  constructor() {
    super();
    this.calibration = null;
    this.duty = null;
    this.rate = 1;
    this.yours = false;
    this.emulated = false;
    this.live = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Whoever looks away no longer holds the board as it was asked for.
    if (this.yours && this.calibration?.walk) this.say({ type: 'calibrate', deed: 'leave' });
  }

  /** Where it goes on to another question, or to its end, whoever cannot see it is taken along. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('calibration')) return;
    const before = changed.get('calibration') as View['calibration'] | undefined;
    if (before === undefined || before === null) return;
    if (before.walk?.step !== this.calibration?.walk?.step)
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  #do(deed: 'begin' | 'play' | 'back' | 'leave' | 'undo'): void {
    this.say({ type: 'calibrate', deed });
  }

  override render() {
    const { calibration } = this;
    if (!calibration) return html`<h2>${words.title}</h2><p>${words.refused.none}</p>`;
    return calibration.walk ? this.#walk(calibration.walk) : this.#rest(calibration);
  }

  #rest(calibration: Calibration) {
    const { hindrance, ended } = calibration;
    const why = this.yours ? hindrance : words.notYours;
    return html`<div class="stack">
      <h2 tabindex="-1">${words.title}</h2>
      ${ended === null ? nothing : html`<p class="ended" role="status">${ended}</p>`}
      <p>${words.why}</p>
      <p class="soft">${this.emulated ? words.emulated : words.hold}</p>
      <div class="row">
        <button
          class="main"
          data-deed="begin"
          aria-disabled=${why === null && this.live ? 'false' : 'true'}
          aria-describedby="why"
          @click=${() => {
            if (why === null && this.live) this.#do('begin');
          }}
        >
          ${words.begin}
        </button>
        <p class="soft" id="why">${why ?? ''}</p>
      </div>
      <a href="#">${words.toSession}</a>
      <motor-numbers
        .calibration=${calibration}
        ?yours=${this.yours && hindrance !== words.hindrances.session && this.live}
        @undo=${() => this.#do('undo')}
      ></motor-numbers>
    </div>`;
  }

  #walk(walk: Walk) {
    const { step, place, count, problem, notes, plays, stage } = walk;
    const isHolder = step === 'implant' || step === 'hands';
    return html`<div class="stack walk" data-step=${step} data-stage=${stage} data-question=${walk.question}>
      <div class="progress" role="img" aria-label=${fill(words.progress, { place, count })}>
        ${Array.from(
          { length: count },
          (_, index) => html`<i class=${index + 1 < place ? 'done' : index + 1 === place ? 'now' : ''}></i>`,
        )}
      </div>
      <h2 tabindex="-1">${words.question[step]}</h2>
      <p>${words.before[step]}</p>
      ${plays ? html`<div class="trial">${this.#play(walk)} ${this.emulated ? this.#modelled(walk) : nothing}</div>` : nothing}
      ${problem === null ? nothing : html`<p class="note" role="alert">${problem}</p>`}
      ${notes.map(note => html`<p class="note">${note}</p>`)}
      ${this.#answers(walk)}
      ${this.yours ? nothing : html`<p class="note">${words.watching}</p>`}
      ${this.emulated || isHolder || walk.answers.length > 2 ? nothing : html`<p class="soft">${words.buttons}</p>`}
      <div class="foot">
        ${this.#button('back', words.back, !walk.mayGoBack)} ${this.#button('leave', words.leave, false)}
      </div>
      <p class="out" aria-live="polite">${this.#said(walk)}</p>
    </div>`;
  }

  /** What is read out: that it plays, and then the question. */
  #said({ step, stage, plays }: Walk): string {
    if (!plays) return '';
    return stage === 'playing' ? words.playing : stage === 'felt' ? words.question[step] : '';
  }

  #play({ stage, rounds }: Walk) {
    const isPlaying = stage === 'playing';
    const word = stage === 'asked' && rounds === 0 ? words.once : words.again;
    return html`<div class="play">
      <button
        class=${stage === 'asked' ? 'main' : ''}
        data-deed="play"
        aria-disabled=${isPlaying || !this.yours || !this.live ? 'true' : 'false'}
        @click=${() => {
          if (!isPlaying && this.yours) this.#do('play');
        }}
      >
        ${word}
      </button>
      ${isPlaying ? html`<span class="pulse" aria-hidden="true"><i></i>${words.playing}</span>` : nothing}
    </div>`;
  }

  #modelled({ question, stage }: Walk) {
    return html`<modelled-motors
      .duty=${this.duty}
      .rate=${this.rate}
      .question=${question}
      .playing=${stage === 'playing'}
    ></modelled-motors>`;
  }

  #answers({ answers, stage, question }: Walk) {
    const may = stage === 'felt' && this.yours && this.live;
    return html`<div class="answers" role="group" aria-label=${words.yourAnswer}>
      ${answers.map(
        felt => html`<button
          data-felt=${felt}
          aria-disabled=${may ? 'false' : 'true'}
          @click=${() => {
            if (may) this.say({ type: 'felt', question, felt });
          }}
        >
          ${words.answers[felt]}
        </button>`,
      )}
    </div>`;
  }

  #button(deed: 'back' | 'leave', word: string, cannot: boolean) {
    const not = cannot || !this.yours || !this.live;
    return html`<button
      data-deed=${deed}
      aria-disabled=${not ? 'true' : 'false'}
      @click=${() => {
        if (!not) this.#do(deed);
      }}
    >
      ${word}
    </button>`;
  }
}
customElements.define('calibrate-view', CalibrateView);
