/** The page: what happens now, the device beside it, and stop always in reach. */
import { html, LitElement, nothing } from 'lit';
import type { View } from '../../src/wire/messages.ts';
import { Awake } from './awake.ts';
import type { Connect } from './channel.ts';
import { Feed, type Said } from './feed.ts';
import { pageStyles } from './page-styles.ts';
import './parts/after-stop-form.ts';
import './parts/check-in-form.ts';
import './parts/device-view.ts';
import './parts/ending-form.ts';
import './parts/interruption-form.ts';
import './parts/preparation-form.ts';
import './parts/routine-choice.ts';
import './parts/screening-form.ts';
import './parts/session-guide.ts';
import { applyScheme, keepSettings, readSettings, type Settings } from './settings.ts';
import { Sound } from './sound.ts';
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
/** What the device has said of the last stop. */
const afterStop: Readonly<Record<string, string>> = {
  asked: 'stopping …',
  confirmed: 'motors off, confirmed',
  escalated: 'not confirmed: unplug it if anything runs',
};

/** States in which stop has nothing left to do. */
const over = ['completed', 'declined', 'interrupted'];
const outcomeWords: Readonly<Record<string, string>> = {
  completed: 'Finished',
  stopped: 'Stopped',
  faulted: 'Ended by a fault',
  declined: 'Not today',
  interrupted: 'Left',
};

/** Parts that not everybody looks at come when they are asked for. */
const parts = {
  bench: () => import('./bench/bench-view.ts'),
  far: () => import('./parts/far-view.ts'),
  receiver: () => import('./parts/receiver-view.ts'),
  settings: () => import('./parts/settings-panel.ts'),
} as const;

/** Whether a part has come: before that it cannot take what it is given. */
const isHere = (part: string): boolean => customElements.get(part) !== undefined;

const looks = ['session', 'far', 'bench', 'receiver'] as const;
type Look = (typeof looks)[number];
const lookNow = (): Look => looks.find(look => `#${look}` === location.hash) ?? 'session';

/** What only some pages can do. */
export type Extras = Readonly<{
  /** Asks the person for a real board on a serial port of this browser's. */
  useBoard?: () => Promise<void>;
}>;

export class TactusPage extends LitElement {
  /** Where the controller is; set before the first page is made. */
  static connect: Connect;
  static extras: Extras = {};
  readonly #feed = new Feed(TactusPage.connect);
  readonly #awake = new Awake();
  #settings = readSettings();
  readonly #sound = new Sound(this.#settings);
  #look = lookNow();
  #settingsOpen = false;
  #said = '';

  static override styles = [shared, pageStyles];

  /** Session time, as this page shows it. */
  get sessionTime(): number {
    return this.#feed.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    applyScheme(this.#settings);
    this.#feed.addEventListener('change', this.#changed);
    window.addEventListener('keydown', this.#keyed);
    window.addEventListener('hashchange', this.#turned);
    document.addEventListener('visibilitychange', this.#seen);
    this.#turned();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#feed.removeEventListener('change', this.#changed);
    window.removeEventListener('keydown', this.#keyed);
    window.removeEventListener('hashchange', this.#turned);
    document.removeEventListener('visibilitychange', this.#seen);
    this.#sound.silence();
  }

  readonly #seen = (): void => this.#awake.seen();

  readonly #changed = (): void => {
    const { view, isLive } = this.#feed;
    this.#awake.want(Boolean(view && isLive && moving.includes(view.session.state)));
    if (view && isLive) this.#sound.follow(view, this.#feed.now());
    else this.#sound.silence();
    this.requestUpdate();
  };

  readonly #turned = (): void => {
    this.#look = lookNow();
    if (this.#look !== 'session') void parts[this.#look]().then(() => this.requestUpdate());
    this.#feed.beReceiver(this.#look === 'receiver');
    this.requestUpdate();
  };

  /** Escape stops from anywhere; Space where no control would take it; single letters turn to another look. */
  readonly #keyed = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const free = target instanceof HTMLBodyElement || target === this;
    if (event.key === 'Escape' || (event.key === ' ' && free)) {
      event.preventDefault();
      // A key that is held down is one stop, not thirty a second.
      if (!event.repeat) this.#feed.stop();
      return;
    }
    const typing =
      target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox';
    if (
      !this.#settings.keys ||
      typing ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      this.#look === 'receiver'
    )
      return;
    if (event.key === 'b') location.hash = this.#look === 'bench' ? '' : 'bench';
    if (event.key === 'f') location.hash = this.#look === 'far' ? '' : 'far';
  };

  #intend(intent: object): void {
    this.#feed.say({ type: 'intent', intent } as Said);
  }

  #choose(settings: Settings): void {
    this.#settings = settings;
    keepSettings(settings);
    applyScheme(settings);
    this.#sound.set(settings);
    this.requestUpdate();
  }

  override render() {
    const { view, isLive } = this.#feed;
    if (this.#look === 'receiver') return this.#receiver(view, isLive);
    return html`${this.#header(view)}
      <main class=${this.#look}>
        ${this.#settingsOpen && isHere('settings-panel') ? this.#panel() : nothing}
        ${this.#look === 'bench' ? this.#bench(view, isLive) : nothing}
        ${this.#look === 'far' ? this.#far(view, isLive) : nothing}
        ${this.#look === 'session' ? this.#session(view, isLive) : nothing}
      </main>
      ${this.#stop(view)}
      <p class="out" aria-live="polite">${this.#said}</p>`;
  }

  #session(view: View | null, isLive: boolean) {
    return html`<div class="columns">
      <section class="now" aria-label="Session">
        ${this.#notices(view, isLive)} ${view ? this.#now(view, isLive) : nothing}
      </section>
      ${view ? this.#device(view, isLive) : nothing}
    </div>`;
  }

  #device(view: View, isLive: boolean) {
    return html`<device-view
      .device=${view.device}
      ?live=${isLive}
      @pressed=${(event: CustomEvent) => this.#feed.say({ type: 'button', ...event.detail })}
    ></device-view>`;
  }

  /** Whatever is not as it should be, each in its own plain sentence. */
  #notices(view: View | null, isLive: boolean) {
    const { notice } = this.#feed;
    return html`${isLive ? nothing : html`<p class="lost" role="alert">${this.#lost()}</p>`}
      ${notice ? html`<p class="notice" role="status">${notice.text}</p>` : nothing}
      ${view?.session.warning ? html`<p class="lost" role="alert">${view.session.warning}</p>` : nothing}
      ${isLive && view?.people.role === 'viewer' ? this.#watching(view) : nothing}
      ${
        isLive && view && view.time.rate !== 1
          ? html`<p class="notice">
              ${view.time.rate === 0 ? 'Time stands still, from the bench.' : `Time runs ${view.time.rate} times as fast, from the bench.`}
            </p>`
          : nothing
      }`;
  }

  #watching(view: View) {
    return html`<div class="notice row">
      <p>Someone else is in control. You are watching; stop works for you too.</p>
      ${
        moving.includes(view.session.state)
          ? nothing
          : html`<button @click=${() => this.#feed.say({ type: 'claim' })}>Take control</button>`
      }
    </div>`;
  }

  #panel() {
    return html`<settings-panel
      .settings=${this.#settings}
      ?bench=${this.#look === 'bench'}
      @settings=${(event: CustomEvent<Settings>) => this.#choose(event.detail)}
      >${
        TactusPage.extras.useBoard
          ? html`<button data-serial @click=${() => this.#useBoard()}>Use a board on USB</button>`
          : nothing
      }</settings-panel
    >`;
  }

  #bench(view: View | null, isLive: boolean) {
    if (!isHere('bench-view')) return nothing;
    return html`${this.#notices(view, isLive)}
      <bench-view .feed=${this.#feed} .view=${view} .settings=${this.#settings} ?live=${isLive}>
        ${view ? this.#device(view, isLive) : nothing}
      </bench-view>`;
  }

  #far(view: View | null, isLive: boolean) {
    return html`${this.#notices(view, isLive)}
    ${
      view && isHere('far-view')
        ? html`<far-view
            .session=${view.session}
            .time=${view.time}
            .stroke=${view.stroke}
            .clock=${() => this.#feed.now()}
            ?live=${isLive}
          ></far-view>`
        : nothing
    }`;
  }

  #receiver(view: View | null, isLive: boolean) {
    return html`<header><h1>Tactus</h1><p class="soft">for the person being massaged</p></header>
      <main class="receiver">
        ${isLive ? nothing : html`<p class="lost" role="alert">${this.#lost()}</p>`}
        <receiver-view
          .view=${view}
          ?live=${isLive}
          @intend=${(event: CustomEvent) => this.#intend(event.detail)}
        ></receiver-view>
      </main>
      ${this.#stop(view)}
      <p class="out" aria-live="polite">${this.#said}</p>`;
  }

  #useBoard(): void {
    TactusPage.extras.useBoard?.().catch((error: unknown) => {
      this.#feed.tell(error instanceof Error ? error.message : String(error));
    });
  }

  #lost(): string {
    if (this.#feed.failure)
      return `The controller could not begin: ${this.#feed.failure}. Load the page again.`;
    if (!this.#feed.connected)
      return this.#feed.view
        ? 'The controller is not answering. What you see is old. To stop, press STOP on the device or say it aloud.'
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
      <nav aria-label="Looks">
        ${this.#tab('session', '', 'Session', '')}${this.#tab('far', 'far', 'Far', 'F')}${this.#tab('bench', 'bench', 'Bench', 'B')}
        <button
          class="plain"
          aria-expanded=${this.#settingsOpen ? 'true' : 'false'}
          aria-label="Looks and sounds"
          @click=${() => this.#openSettings()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1" />
            <circle cx="15" cy="7" r="2" /><circle cx="9" cy="12" r="2" /><circle cx="17" cy="17" r="2" />
          </svg>
        </button>
      </nav>
    </header>`;
  }

  #tab(look: Look, hash: string, word: string, key: string) {
    return html`<a
      href="#${hash}"
      aria-current=${this.#look === look ? 'page' : nothing}
      aria-keyshortcuts=${key || nothing}
      >${word}</a
    >`;
  }

  #openSettings(): void {
    this.#settingsOpen = !this.#settingsOpen;
    if (this.#settingsOpen) void parts.settings().then(() => this.requestUpdate());
    this.requestUpdate();
  }

  #now(view: View, live: boolean) {
    const { session } = view;
    const { state } = session;
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
    if (['paused', 'pausing', 'halting', 'transition'].includes(state))
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
      <button data-stop @click=${() => this.#feed.stop()}>
        STOP<small>${(ended && view && afterStop[view.device.silence]) || 'one press, or Esc'}</small>
      </button>
    </footer>`;
  }

  /** What is read out: the phase and the state, never the milliseconds. */
  override willUpdate(): void {
    const { view } = this.#feed;
    this.#said = view ? `${view.session.now?.title ?? ''} ${view.session.sentence}`.trim() : '';
  }
}

/** Makes the page of the controller at the other end of a channel. */
export function showPage(connect: Connect, extras: Extras = {}): void {
  TactusPage.connect = connect;
  TactusPage.extras = extras;
  customElements.define('tactus-page', TactusPage);
}

declare global {
  interface HTMLElementTagNameMap {
    'tactus-page': TactusPage;
  }
}
