/**
 * Past sessions, as far as they were kept: the list, one of them opened, trends, what is kept, erasing. Asked for anew
 * whenever this page comes back or something changed, so that nothing is shown that is gone.
 */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { historyWords } from '../../../machines/text/history.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import type { HistoryPlace, ListedSession } from '../../../src/server/history-messages.ts';
import type { PageEvent } from '../common/events.ts';
import { keptIn } from '../link/ask.ts';
import { got } from './asks.ts';
import { Documents } from './documents.ts';
import { headingStyles } from './heading-styles.ts';
import { historyStyles } from './history-styles.ts';
import '../common/erase-step.ts';
import './keeping-form.ts';
import type { KeepingChosen } from './keeping.ts';
import { SessionDetail } from './session-detail.ts';
import './session-list.ts';
import './trend-charts.ts';
import { choices, shared } from '../common/styles.ts';

const words = historyWords.page;
const trendReport = '/sessions/trends.html';

type Known = Readonly<{
  sessions: readonly ListedSession[];
  kept: KeepingChosen;
  where: Pick<HistoryPlace, 'folder' | 'browser'>;
  /** What has to be said of files that are kept. */
  notices: readonly string[];
}>;

/** Where it stands, and in a browser for how long that has promised to keep it. */
function placeWords({ folder, browser }: Known['where']): string {
  if (!browser) return fill(words.local, { folder });
  const { local, persisted, notPersisted, unknown, breaksOff } = keptWords.place;
  const promised = browser.persisted === null ? unknown : browser.persisted ? persisted : notPersisted;
  return [local, promised, breaksOff].join(' ');
}

export class HistoryView extends LitElement {
  static override properties = {
    live: { type: Boolean },
    mark: {},
    known: { state: true },
    why: { state: true },
    opened: { state: true },
    client: { state: true },
    said: { state: true },
  };
  /** Whether the controller answers. */
  declare live: boolean;
  /** Changes with whatever may have changed the history: a session that began, one that ended. */
  declare mark: string;
  declare known: Known | null;
  declare why: string | null;
  declare opened: string | null;
  /** One receiver's letter; null for everybody's. */
  declare client: string | null;
  declare said: string;
  /** Answers come in any order; only the newest question's counts. */
  #asked = 0;
  readonly #documents = new Documents();

  static override styles = [shared, choices, headingStyles, historyStyles];

  constructor() {
    super();
    this.live = false;
    this.mark = '';
    this.known = null;
    this.why = null;
    this.opened = null;
    this.client = null;
    this.said = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#seen);
    void this.#read();
    if (keptIn() === 'browser') void import('./take-along.ts');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#seen);
    this.#documents.free();
  }

  readonly #seen = (): void => {
    if (!document.hidden) this.#readAgain();
  };

  override updated(changed: PropertyValues<this>): void {
    const isBack = changed.has('live') && this.live && changed.get('live') === false;
    if (isBack || (changed.has('mark') && changed.get('mark') !== undefined)) this.#readAgain();
  }

  #readAgain(): void {
    void this.#read();
    const detail = this.renderRoot.querySelector('session-detail');
    if (detail instanceof SessionDetail) void detail.read();
  }

  async #read(): Promise<void> {
    const mine = ++this.#asked;
    const [sessions, kept, place] = await Promise.all([
      got<readonly ListedSession[]>('GET', '/sessions'),
      got<KeepingChosen>('GET', '/preferences'),
      got<HistoryPlace>('GET', '/sessions/place'),
    ]);
    if (mine !== this.#asked) return;
    if (sessions.ok && kept.ok && place.ok) {
      const { notices = [], ...where } = place.value;
      this.known = { sessions: sessions.value, kept: kept.value, where, notices };
      this.why = null;
      await this.#documents.fetch(sessions.value.length < 2 ? [] : [trendReport]);
      this.requestUpdate();
    } else {
      // What was read before may be gone by now.
      this.known = null;
      this.why = [sessions, kept, place].flatMap(one => (one.ok ? [] : [one.why]))[0] ?? words.lost;
    }
    await this.updateComplete;
  }

  override render() {
    return html`<div class=${this.live ? '' : 'old'} ?inert=${!this.live}>
      ${
        this.opened === null
          ? this.#all()
          : html`<session-detail
              .session=${this.opened}
              @left=${(event: PageEvent<'left'>) => void this.#back(event.detail)}
            ></session-detail>`
      }
    </div>`;
  }

  #all() {
    const { known } = this;
    return html`<div class="stack">
      <h2 tabindex="-1">${words.title}</h2>
      ${known?.notices.map(notice => html`<p class="why" role="status">${notice}</p>`)}
      ${known ? html`<p class="soft place">${placeWords(known.where)}</p>` : nothing}
      <p role="status" class=${this.said === '' ? 'out' : ''}>${this.said}</p>
      ${known ? this.#known(known) : this.#unknown()}
    </div>`;
  }

  #unknown() {
    if (this.why === null) return html`<p role="status">${words.reading}</p>`;
    return html`<p role="alert">${this.why}</p>
      <div><button data-again @click=${() => void this.#read()}>${words.tryAgain}</button></div>`;
  }

  #known({ sessions, kept }: Known) {
    const clients = [...new Set(sessions.flatMap(({ client }) => client ?? []))].toSorted();
    const chosen = clients.includes(this.client ?? '') ? this.client : null;
    const shown = chosen === null ? sessions : sessions.filter(({ client }) => client === chosen);
    return html`<div class="both">
      <div>
        <section aria-label=${words.sessions}>
          ${clients.length > 0 && sessions.length > 1 ? this.#clients(clients, chosen) : nothing}
          ${
            sessions.length === 0
              ? html`<p class="empty">${kept.keep === 'off' ? words.noneOff : words.none}</p>`
              : html`<session-list
                  .sessions=${shown}
                  @opened=${(event: PageEvent<'opened'>) => {
                    this.said = '';
                    this.opened = event.detail;
                  }}
                ></session-list>`
          }
        </section>
      </div>
      <div>
        ${sessions.length === 0 ? nothing : this.#trends(shown)}
        <section aria-labelledby="keeping">
          <h3 id="keeping">${words.keeping}</h3>
          <keeping-form
            .kept=${kept}
            .sessions=${sessions}
            @kept=${(event: PageEvent<'kept'>) => {
              this.known = this.known && { ...this.known, kept: event.detail };
              void this.#read();
            }}
          ></keeping-form>
        </section>
        ${
          sessions.length === 0
            ? nothing
            : html`<erase-step
                action=${words.eraseAll}
                question=${fill(words.eraseAllSure, { count: sessions.length })}
                yes=${words.eraseYes}
                no=${words.eraseNo}
                @sure=${() => void this.#eraseAll(sessions)}
              ></erase-step>`
        }
        ${keptIn() === 'browser' ? html`<take-along @taken=${() => void this.#read()}></take-along>` : nothing}
      </div>
    </div>`;
  }

  #clients(clients: readonly string[], chosen: string | null) {
    return html`<fieldset>
      <legend class="out">${words.whose}</legend>
      <div class="choices">
        ${[null, ...clients].map(
          client => html`<label
            ><input
              type="radio"
              name="client"
              .checked=${client === chosen}
              @change=${() => {
                this.client = client;
              }}
            />${client === null ? words.everybody : fill(words.client, { client })}</label
          >`,
        )}
      </div>
    </fieldset>`;
  }

  #trends(shown: readonly ListedSession[]) {
    return html`<section aria-labelledby="trends">
      <h3 id="trends">${words.trends}</h3>
      <trend-charts .sessions=${shown}></trend-charts>
      ${
        shown.length < 2
          ? nothing
          : html`<a class="button" href=${this.#documents.address(trendReport) ?? nothing} target="_blank" rel="noopener"
              ><span>${words.trendReport} <small class="soft">(${words.newTab})</small></span></a
            >`
      }
    </section>`;
  }

  async #back(said: string): Promise<void> {
    const gone = said === '' ? null : this.opened;
    // It vanishes at once; what else there is is asked for anew.
    if (gone !== null && this.known)
      this.known = { ...this.known, sessions: this.known.sessions.filter(({ id }) => id !== gone) };
    this.opened = null;
    this.said = said;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
    await this.#read();
  }

  async #eraseAll(before: readonly ListedSession[]): Promise<void> {
    const erased = await got<{ erased: number }>('DELETE', '/sessions');
    if (!erased.ok) {
      this.said = erased.why;
      return;
    }
    if (this.known) this.known = { ...this.known, sessions: before.filter(({ underWay }) => underWay) };
    await this.#read();
    const count = erased.value.erased;
    const stays = (this.known?.sessions.length ?? 0) > 0;
    this.said = fill(stays ? words.erasedAllButOne : words.erasedAll, { count });
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }
}
customElements.define('history-view', HistoryView);
