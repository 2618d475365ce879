/** The page: one look at a time under its header, and stop always in reach. */
import { html, LitElement, nothing } from 'lit';
import { isMoving, type StateName } from '../../../machines/session.states.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { PageEvent } from '../common/events.ts';
import { applyMotion } from '../common/motion.ts';
import { shared } from '../common/styles.ts';
import { sessionTitle, type Told, toldOf } from '../common/told.ts';
import type { Connect } from '../link/channel.ts';
import { Feed } from '../link/feed.ts';
import { Awake } from '../output/awake.ts';
import { Sound } from '../output/sound.ts';
import { fetchSettingsPanel } from './fetched-later.ts';
import { pageFooter } from './footer.ts';
import { footerStyles } from './footer-styles.ts';
import { pageHeader, receiverHeader } from './header.ts';
import { pageKeys } from './keys.ts';
import type { Baseline, PageContext } from './page-context.ts';
import { pageStyles } from './page-styles.ts';
import { type Drawing, type Route, routeNow, routes } from './routes.ts';
import { stayWithinSeen } from './seen-area.ts';
import { applyScheme, keepSettings, readSettings, type Settings } from './settings.ts';
import { smallScreenStyles } from './small-screen-styles.ts';
import { contentOf, couldRun } from './states.ts';
import { canUndo } from './strip.ts';
import { welcomeStyles } from './welcome-styles.ts';

export class TactusPage extends LitElement {
  /** Where the controller is; set before the first page is made, by `show-page.ts`. */
  static connect: Connect;
  readonly #feed = new Feed(TactusPage.connect);
  readonly #awake = new Awake(() => this.#feed.tell(catalogue.page.notices.mayDarken));
  #settings = readSettings();
  readonly #sound = new Sound(this.#settings, sentence => this.#feed.tell(sentence));
  #look = routeNow();
  /** What has come so far. */
  readonly #drawings = new Map<Route, Drawing>();
  #settingsOpen = false;
  #settingsAreHere = false;
  /** Somebody has pressed "Begin" on the first view. */
  #hasBegun = false;
  #scores = unscored;
  /** What is read out, when there is time, and what breaks in. */
  #told: Told = { polite: '', alarm: '' };
  #state: StateName | null = null;
  /** How far down each look was left. */
  readonly #scrolled = new Map<Route, number>();
  #leaveSeen = (): void => {};
  /** What had the focus last, within what stands in the middle. */
  #held: Element | null = null;

  static override styles = [shared, pageStyles, smallScreenStyles, welcomeStyles, footerStyles];

  /** Session time, as this page shows it. */
  get sessionTime(): number {
    return this.#feed.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    applyScheme(this.#settings);
    applyMotion(this.#settings);
    this.#feed.addEventListener('change', this.#changed);
    window.addEventListener('keydown', this.#keyed);
    window.addEventListener('hashchange', this.#turned);
    document.addEventListener('visibilitychange', this.#seen);
    this.#leaveSeen = stayWithinSeen(this);
    this.#turned();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#feed.removeEventListener('change', this.#changed);
    window.removeEventListener('keydown', this.#keyed);
    window.removeEventListener('hashchange', this.#turned);
    document.removeEventListener('visibilitychange', this.#seen);
    this.#leaveSeen();
    this.#sound.silence();
  }

  readonly #seen = (): void => this.#awake.seen();

  readonly #keyed = pageKeys({
    stop: () => this.#feed.stop(),
    nothingRuns: () => {
      this.#feed.tell(catalogue.page.stop.nothingRuns);
      this.requestUpdate();
    },
    couldRun: () => couldRun(this.#context),
    moves: () => this.#feed.view !== null && isMoving(this.#feed.view.session.state),
    look: () => this.#look,
    hasLetters: () => this.#settings.keys,
  });

  readonly #changed = (): void => {
    const { view, isLive } = this.#feed;
    this.#awake.want(Boolean(view && isLive && isMoving(view.session.state)));
    if (view && isLive) this.#sound.follow(view, this.#feed.now());
    else this.#sound.silence();
    this.requestUpdate();
    this.#keepFocus();
  };

  readonly #focused = (event: FocusEvent): void => {
    const [target] = event.composedPath();
    this.#held = target instanceof Element ? target : null;
  };

  /** Whoever pressed what is no longer there goes on from where it stood, not from the top of the page. */
  #keepFocus(): void {
    if (this.#held === null || this.#held.isConnected) return;
    this.#held = null;
    if (this.shadowRoot?.activeElement === null && document.activeElement === document.body)
      this.renderRoot.querySelector('main')?.focus({ preventScroll: true });
  }

  readonly #turned = (): void => {
    const look = routeNow();
    this.#keepPlace(look);
    this.#look = look;
    if (!this.#drawings.has(look)) void this.#fetch(look);
    this.#feed.beReceiver(look === 'receiver');
    this.requestUpdate();
  };

  /** Each look is found again as far down as it was left. */
  #keepPlace(look: Route): void {
    const main = this.renderRoot.querySelector('main');
    if (!main || look === this.#look) return;
    this.#scrolled.set(this.#look, main.scrollTop);
    this.requestUpdate();
    void this.updateComplete.then(() => main.scrollTo(0, this.#scrolled.get(look) ?? 0));
  }

  async #fetch(look: Route): Promise<void> {
    try {
      const drawing = routes[look].load();
      this.#drawings.set(look, drawing instanceof Promise ? await drawing : drawing);
      this.requestUpdate();
    } catch {
      // The next turn to it tries again.
      this.#feed.tell(catalogue.page.notices.notFetched);
      if (this.#look === look) location.hash = '';
    }
  }

  /** Turns to the session, and there to the top, where what happened and what is asked stands. */
  readonly #showNow = (): void => {
    if (this.#look !== 'session') location.hash = '';
    const toTop = (): void => {
      const main = this.renderRoot.querySelector('main');
      main?.scrollTo(0, 0);
      main?.focus({ preventScroll: true });
    };
    // The address turns a moment later.
    setTimeout(() => void this.updateComplete.then(toTop));
  };

  #choose(settings: Settings): void {
    this.#settings = settings;
    if (!keepSettings(settings)) this.#feed.tell(catalogue.page.notices.settingsNotKept);
    applyScheme(settings);
    applyMotion(settings);
    this.#sound.set(settings);
    this.requestUpdate();
  }

  get #context(): PageContext {
    const { view, isLive } = this.#feed;
    return {
      feed: this.#feed,
      view,
      isLive,
      settings: this.#settings,
      hasBegun: this.#hasBegun,
      begin: () => {
        this.#hasBegun = true;
        this.requestUpdate();
      },
      scores: this.#scores,
      score: scores => {
        this.#scores = { ...this.#scores, ...scores };
        this.requestUpdate();
      },
      intend: intent => this.#feed.say({ type: 'intent', intent }),
    };
  }

  override render() {
    const context = this.#context;
    const { view } = context;
    const isAlone = routes[this.#look].isAlone === true;
    return html`${isAlone ? receiverHeader() : this.#header(context)}
      <main class=${this.#look} tabindex="-1" @focusin=${this.#focused}>
        ${this.#settingsOpen && this.#settingsAreHere && !isAlone ? this.#panel() : nothing}
        ${this.#drawings.get(this.#look)?.draw(context) ?? nothing}
      </main>
      ${pageFooter({
        context,
        isThere: this.#look === 'session',
        isAlone,
        show: this.#showNow,
        focused: this.#focused,
      })}
      <p class="out" aria-live="polite">${this.#told.polite}</p>
      <p class="out" aria-live="polite">${canUndo(context) ? catalogue.page.strip.undoSaid : ''}</p>
      <p class="out" aria-live="polite">${view?.session.lighter ?? ''}</p>
      <p class="out" aria-live="assertive">${this.#told.alarm}</p>`;
  }

  #header({ feed, view }: PageContext) {
    return pageHeader({
      // Its stages are the session's, and beside another board nobody would know.
      view: feed.alsoStops ? null : view,
      look: this.#look,
      settingsOpen: this.#settingsOpen,
      openSettings: () => this.#openSettings(),
    });
  }

  #panel() {
    return html`<settings-panel
      .settings=${this.#settings}
      ?bench=${this.#look === 'bench'}
      @settings=${(event: PageEvent<'settings'>) => this.#choose(event.detail)}
    ></settings-panel>`;
  }

  #openSettings(): void {
    this.#settingsOpen = !this.#settingsOpen;
    if (this.#settingsOpen)
      fetchSettingsPanel().then(
        () => {
          this.#settingsAreHere = true;
          this.requestUpdate();
        },
        () => this.#feed.tell(catalogue.page.notices.notFetched),
      );
    this.requestUpdate();
  }

  override willUpdate(): void {
    const { view } = this.#feed;
    const state = view?.session.state ?? null;
    if (state !== 'preparation') this.#scores = unscored;
    const isNew = contentOf(state) !== contentOf(this.#state);
    this.#state = state;
    // What is new stands at the top: whoever has scrolled away from it would not know.
    if (isNew) this.#scrolled.delete('session');
    if (isNew && this.#look === 'session')
      void this.updateComplete.then(() => this.renderRoot.querySelector('main')?.scrollTo(0, 0));
    this.#told = toldOf(view);
    document.title = sessionTitle(view, this.#feed.isLive);
  }
}

const unscored: Baseline = { local: null, leg: null };

declare global {
  interface HTMLElementTagNameMap {
    'tactus-page': TactusPage;
  }
}
