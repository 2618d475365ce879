/** The page: what happens now, the device beside it, and stop always in reach. */
import { css, html, LitElement, nothing } from 'lit';
import type { View } from '../../src/wire/messages.ts';
import { Feed } from './feed.ts';
import './parts/after-stop-form.ts';
import './parts/check-in-form.ts';
import './parts/device-view.ts';
import './parts/ending-form.ts';
import './parts/interruption-form.ts';
import './parts/preparation-form.ts';
import './parts/receiver-form.ts';
import './parts/routine-choice.ts';
import './parts/screening-form.ts';
import './parts/session-guide.ts';
import { shared } from './styles.ts';
import { stageWord } from './words.ts';

const moving = [
  'warmUp',
  'strokes',
  'pressureRamp',
  'cooldown',
  'eased',
  'strokes.checkIn',
  'pressureRamp.checkIn',
];
/** States in which stop has nothing left to do. */
const over = ['completed', 'declined', 'interrupted'];
const outcomeWords: Readonly<Record<string, string>> = {
  completed: 'Finished',
  stopped: 'Stopped',
  faulted: 'Ended by a fault',
  declined: 'Not today',
  interrupted: 'Left',
};

export class TactusPage extends LitElement {
  readonly #feed = new Feed(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);
  #said = '';

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-rows: auto 1fr auto;
        height: 100dvh;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem 1.6rem;
        align-items: center;
        justify-content: space-between;
        padding: 0.7rem clamp(1rem, 3vw, 2.4rem);
      }
      h1 {
        font-size: 1.15rem;
        font-weight: 600;
        letter-spacing: 0.02em;
      }
      .stages {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 1.1rem;
        font-size: 0.95rem;
      }
      .stages li {
        color: var(--ink-soft);
        padding-bottom: 0.15rem;
        border-bottom: 3px solid transparent;
      }
      .stages li[aria-current] {
        color: var(--ink);
        border-color: var(--pace);
        font-weight: 600;
      }
      main {
        overflow: auto;
        padding: 0.6rem clamp(1rem, 3vw, 2.4rem) 2rem;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(17rem, 22rem);
        gap: clamp(1.6rem, 4vw, 4rem);
        max-width: 76rem;
        margin-inline: auto;
        align-items: start;
      }
      .now {
        display: grid;
        gap: 1.6rem;
      }
      .form {
        max-width: 46rem;
      }
      .notice {
        border-left: 4px solid var(--ease);
        padding: 0.3rem 0 0.3rem 0.9rem;
      }
      .lost {
        border-left: 4px solid var(--stop);
        padding: 0.3rem 0 0.3rem 0.9rem;
      }
      .outcome h2 {
        font-size: clamp(2.2rem, 5vw, 3.6rem);
      }
      .outcome p {
        font-size: 1.25rem;
        max-width: 44ch;
      }
      footer {
        padding: 0.7rem clamp(1rem, 3vw, 2.4rem) max(0.8rem, env(safe-area-inset-bottom));
        background: var(--ground);
        border-top: 1px solid var(--line);
      }
      footer button {
        width: 100%;
        min-height: 4.2rem;
        border-radius: 1.2rem;
        background: var(--stop-ground);
        border-color: var(--stop-ground);
        color: var(--on-stop);
        font-size: 1.5rem;
        font-weight: 700;
        letter-spacing: 0.06em;
      }
      footer small {
        font-size: 0.9rem;
        font-weight: 400;
        letter-spacing: 0;
        margin-left: 0.8rem;
      }
      summary {
        min-height: 44px;
        padding-top: 0.6rem;
        cursor: pointer;
        color: var(--ink-soft);
      }
      @media (max-width: 860px) {
        .columns {
          grid-template-columns: 1fr;
        }
        .stages li:not([aria-current]) {
          display: none;
        }
      }
      @media (max-height: 520px) {
        footer button {
          min-height: 3rem;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#feed.addEventListener('change', () => this.requestUpdate());
    window.addEventListener('keydown', this.#keyed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#keyed);
  }

  /** Escape stops from anywhere; Space where no control would take it. */
  readonly #keyed = (event: KeyboardEvent): void => {
    const free = event.composedPath()[0] instanceof HTMLBodyElement || event.composedPath()[0] === this;
    if (event.key === 'Escape' || (event.key === ' ' && free)) {
      event.preventDefault();
      this.#intend({ intent: 'stop' });
    }
  };

  #intend(intent: object): void {
    this.#feed.say({ type: 'intent', intent } as never);
  }

  override render() {
    const { view, isLive } = this.#feed;
    return html`${this.#header(view)}
      <main>
        <div class="columns">
          <section class="now" aria-label="Session">
            ${isLive ? nothing : html`<p class="lost" role="alert">${this.#lost()}</p>`}
            ${this.#feed.notice ? html`<p class="notice" role="status">${this.#feed.notice.text}</p>` : nothing}
            ${view?.session.warning ? html`<p class="lost" role="alert">${view.session.warning}</p>` : nothing}
            ${view ? this.#now(view, isLive) : nothing}
          </section>
          ${
            view
              ? html`<device-view
                  .device=${view.device}
                  ?live=${isLive}
                  @pressed=${(event: CustomEvent) => this.#feed.say({ type: 'button', ...event.detail })}
                ></device-view>`
              : nothing
          }
        </div>
      </main>
      ${this.#stop(view)}
      <p class="out" aria-live="polite">${this.#said}</p>`;
  }

  #lost(): string {
    if (!this.#feed.connected)
      return this.#feed.view
        ? 'The controller is not answering. What you see is old. The device stops by itself.'
        : 'Waiting for the controller.';
    return 'No news for a second. What you see is old.';
  }

  #header(view: View | null) {
    const stages = ['screening', 'preparation', ...(view?.session.stages.map(({ stage }) => stage) ?? [])];
    return html`<header>
      <h1>Tactus</h1>
      ${
        view
          ? html`<ol class="stages" aria-label="Stages">
              ${stages.map(
                stage =>
                  html`<li aria-current=${view.session.stage === stage ? 'step' : nothing}>${stageWord(stage)}</li>`,
              )}
            </ol>`
          : nothing
      }
    </header>`;
  }

  #now(view: View, live: boolean) {
    const { session } = view;
    const { state } = session;
    if (view.people.role === 'receiver')
      return html`<receiver-form
        .receiver=${view.receiver}
        .sentence=${session.sentence}
        @intend=${(event: CustomEvent) => this.#intend(event.detail)}
      ></receiver-form>`;
    if (view.outcome) return this.#outcome(view);
    if (state === 'screening')
      return html`<div class="form stack">
        <p class=${session.offer ? 'notice' : 'soft'}>${session.offer ?? session.sentence}</p>
        <screening-form
          .screening=${view.screening}
          ?urgentOnly=${session.offer !== null}
          @answered=${(event: CustomEvent) => this.#intend({ intent: 'screen', ...event.detail })}
        ></screening-form>
        ${this.#choice(view)}
      </div>`;
    if (state === 'preparation')
      return html`<div class="form stack">
        <preparation-form
          .preparation=${view.preparation}
          .cautions=${view.screening.cautions}
          .memory=${view.screening}
          @remember=${(event: CustomEvent<boolean>) => this.#feed.say({ type: 'remember', agreed: event.detail })}
          .linkIsLive=${view.device.link === 'live'}
          @intend=${(event: CustomEvent) => this.#intend(event.detail)}
        ></preparation-form>
        ${this.#choice(view)}
      </div>`;
    return html`${
      view.checkIn
        ? html`<check-in-form
              .checkIn=${view.checkIn}
              .pressure=${session.pressure}
              @intend=${(event: CustomEvent) => this.#intend(event.detail)}
            ></check-in-form>`
        : nothing
    }
      <session-guide
        .session=${session}
        .time=${view.time}
        .stroke=${view.stroke}
        .clock=${() => this.#feed.now()}
        ?live=${live}
        >${this.#controls(view)} ${this.#interruption(view)}</session-guide
      >`;
  }

  #interruption({ session: { state }, interruption }: View) {
    if (!moving.includes(state) && state !== 'paused') return nothing;
    return html`<interruption-form
      .interruption=${interruption}
      @intend=${(event: CustomEvent) => this.#intend(event.detail)}
    ></interruption-form>`;
  }

  #controls({ session: { state, sentence, hasOtherTechnique }, device }: View) {
    const button = (intent: string, word: string, main = false) =>
      html`<button class=${main ? 'main' : ''} data-intent=${intent} @click=${() => this.#intend({ intent })}>
        ${word}
      </button>`;
    if (moving.includes(state))
      return html`<div class="row">
        ${button('pause', 'Pause')} ${button('less', 'Less')} ${button('extend', '+1 minute here')}
        ${button('next', 'Next phase')} ${button('skip', 'Leave this place')}
        ${hasOtherTechnique ? button('switchTechnique', 'Other technique') : nothing}
      </div>`;
    if (state === 'paused' || state === 'pausing' || state === 'transition')
      return html`<div class="row">
        ${button('go', state === 'transition' ? 'Ready, go on' : 'Go on', true)} ${button('end', 'End here')}
      </div>`;
    if (state === 'stopped' && sentence.includes('ending'))
      return html`<div class="row">${button('go', 'Begin the cooldown', true)} ${button('end', 'No, end here')}</div>`;
    if (state === 'stopped')
      return html`<after-stop-form
        @intend=${(event: CustomEvent) => this.#intend(event.detail)}
      ></after-stop-form>`;
    if (state === 'faulted')
      return html`<div class="row">
        ${button('acknowledge', 'Understood')}
        ${device.link === 'live' ? button('resume', 'Go on', true) : nothing} ${button('end', 'End here')}
      </div>`;
    if (state === 'finishing') return html`<div class="row">${button('acknowledge', 'Noticed', true)}</div>`;
    return nothing;
  }

  #outcome(view: View) {
    const { outcome, advice } = view.outcome ?? { outcome: '', advice: '' };
    return html`<div class="outcome stack" data-outcome=${outcome}>
        <h2>${outcomeWords[outcome] ?? outcome}</h2>
        <p>${advice}</p>
      </div>
      ${
        view.ending
          ? html`<div class="form">
              <ending-form
                .ending=${view.ending}
                @intend=${(event: CustomEvent) => this.#intend(event.detail)}
              ></ending-form>
            </div>`
          : nothing
      }
      <div class="form stack"><h2>Another session</h2>${this.#choice(view, false)}</div>`;
  }

  #choice(view: View, folded = true) {
    const choice = html`<routine-choice
      .library=${view.library}
      @chosen=${(event: CustomEvent<string>) => this.#feed.say({ type: 'choose', routine: event.detail })}
    ></routine-choice>`;
    const title = view.library.routines.find(({ id }) => id === view.library.chosen)?.title ?? '';
    return folded
      ? html`<details>
          <summary>Routine: ${title}</summary>
          ${choice}
        </details>`
      : choice;
  }

  #stop(view: View | null) {
    const state = view?.session.state ?? '';
    const ended = over.includes(state) || (view !== null && view.outcome !== null);
    return html`<footer>
      <button data-stop @click=${() => this.#intend({ intent: 'stop' })}>
        STOP<small>${ended ? 'nothing is running' : 'one press, or Esc'}</small>
      </button>
    </footer>`;
  }

  /** What is read out: the phase and the state, never the milliseconds. */
  override willUpdate(): void {
    const { view } = this.#feed;
    this.#said = view ? `${view.session.now?.title ?? ''} ${view.session.sentence}`.trim() : '';
  }
}
customElements.define('tactus-page', TactusPage);
