/** One past session: its figures, its drawing, its note, what can be taken along, and erasing it. */
import { html, LitElement, nothing } from 'lit';
import { beganWord } from '../../../machines/text/began.ts';
import { historyWords } from '../../../machines/text/history.ts';
import { catalogue, facts, fill } from '../../../machines/text/text.ts';
import type { SessionFacts } from '../../../src/server/history-messages.ts';
import { whenWord } from '../../../src/time/calendar.ts';
import { emit } from '../common/events.ts';
import { shared } from '../common/styles.ts';
import { clockFace, zoneWord } from '../common/words.ts';
import { endWord, got, minutesAnswer } from './asks.ts';
import { detailStyles } from './detail-styles.ts';
import { Documents } from './documents.ts';
import { headingStyles } from './heading-styles.ts';
import '../common/erase-step.ts';

const { page: words, tiles, charts, keeping, balance, note: noteWords } = historyWords;
/** As the controller bounds it. */
const noteLength = 2000;

export class SessionDetail extends LitElement {
  static override properties = {
    session: {},
    facts: { state: true },
    note: { state: true },
    why: { state: true },
    said: { state: true },
    copied: { state: true },
  };
  /** Which one: its id. */
  declare session: string;
  declare facts: SessionFacts | null;
  declare note: string;
  /** Why there is nothing to show. */
  declare why: string | null;
  declare said: string;
  declare copied: string;

  readonly #documents = new Documents();

  static override styles = [shared, headingStyles, detailStyles];

  constructor() {
    super();
    this.facts = null;
    this.note = '';
    this.why = null;
    this.said = '';
    this.copied = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read().then(() => this.focusOn('h2'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#documents.free();
  }

  focusOn(which: string): void {
    this.renderRoot.querySelector<HTMLElement>(which)?.focus();
  }

  /** Asks for it anew: what is gone is shown no longer. */
  async read(): Promise<void> {
    const path = `/sessions/${this.session}`;
    const [facts, note] = await Promise.all([got<SessionFacts>('GET', path), got('GET', `${path}/note`)]);
    this.facts = facts.ok ? facts.value : null;
    this.why = facts.ok ? null : facts.why;
    this.note = note.ok ? String(note.value) : '';
    await this.#documents.fetch(
      facts.ok
        ? ['chart.svg', 'report.html', 'report.csv', 'report.json'].map(leaf => `${path}/${leaf}`)
        : [],
    );
    this.requestUpdate();
    await this.updateComplete;
  }

  override render() {
    return html`<div class="stack">
      <div><button data-back @click=${() => this.#leave('')}>← ${words.back}</button></div>
      ${this.facts ? this.#facts(this.facts) : html`<p role="status">${this.why ?? words.reading}</p>`}
    </div>`;
  }

  #facts({ header, summary, described, underWay }: SessionFacts) {
    const path = `/sessions/${this.session}`;
    const file = `tactus-${this.session}`;
    const { outcome } = summary;
    const address = (of: string) => this.#documents.address(of) ?? nothing;
    return html`<h2 tabindex="-1">${header.routine.title}</h2>
      <p class="soft">
        ${facts([
          beganWord(header, whenWord),
          ...(header.alone ? [historyWords.alone.by] : []),
          ...(summary.practice ? [historyWords.practice.by] : []),
          ...(header.client === null ? [] : [fill(words.client, { client: header.client })]),
          ...(header.intakeAttested ? [noteWords.attested] : []),
        ])}
      </p>
      <p class="end">
        ${underWay ? words.goingOn : endWord({ outcome: outcome?.outcome ?? 'brokeOff', reason: outcome?.reason ?? null })}
      </p>
      ${this.#tiles(summary)}
      <div class="both">
      <div class="stack">
      ${
        summary.stages === null
          ? html`<div class="wide" role="region" tabindex="0" aria-label=${charts.scroll}>
              <img src=${address(`${path}/chart.svg?${summary.lastedMs}`)} alt="${words.chart} ${described}" width="900" height="520" />
            </div>`
          : this.#stages(summary.stages)
      }
      ${this.#places(summary)}
      <p class="soft">${keeping[header.keeps]}</p>
      </div>
      <div class="stack">
      <div class="row">
        <a class="button" href=${address(`${path}/report.html`)} target="_blank" rel="noopener"
          ><span>${words.report} <small class="soft">(${words.newTab})</small></span></a
        >
        <a class="button" href=${address(`${path}/report.csv`)} download="${file}.csv">${words.csv}</a>
        <a class="button" href=${address(`${path}/report.json`)} download="${file}.json">${words.json}</a>
      </div>
      ${this.#note()}
      ${
        underWay
          ? html`<p class="soft">${words.underWay}</p>`
          : html`<erase-step
              action=${words.erase}
              question=${fill(words.eraseSure, { when: beganWord(header, whenWord) })}
              yes=${words.eraseYes}
              no=${words.eraseNo}
              @sure=${() => void this.#erase()}
            ></erase-step>`
      }
      <p role="status">${this.said}</p>
      </div>
      </div>`;
  }

  #tiles(summary: SessionFacts['summary']) {
    const minutes = (ms: number): string => minutesAnswer(Math.round(ms / 6000) / 10);
    const { left, right } = summary.pressureMax;
    const pressure = Math.max(0, left ?? 0, right ?? 0);
    const all: readonly (readonly [string, string])[] = [
      [fill(tiles.movedOf, { lasted: minutes(summary.lastedMs) }), minutes(summary.movedMs)],
      ...(summary.stages === null ? [[tiles.strokes, String(summary.strokes)] as const] : []),
      [tiles.pressure, pressure === 0 ? words.noPressure : String(pressure)],
      [tiles.rises, String(summary.rises)],
      [tiles.eased, String(summary.eased)],
      [tiles.extended, String(summary.extended)],
      [tiles.pauses, String(summary.pauses)],
    ];
    return html`<dl>${all.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  /** All that a board which played it by itself has told of it. */
  #stages(stages: NonNullable<SessionFacts['summary']['stages']>) {
    const { caption, stageName } = historyWords.alone;
    return html`<table>
      <caption>${caption}</caption>
      <thead>
        <tr><th scope="col">${stageName}</th><th scope="col">${balance.left}</th><th scope="col">${balance.right}</th></tr>
      </thead>
      <tbody>
        ${stages.map(
          ({ stage, leftMs, rightMs }) =>
            html`<tr><th scope="row">${catalogue.stages[stage]}</th><td>${clockFace(leftMs)}</td><td>${clockFace(rightMs)}</td></tr>`,
        )}
      </tbody>
    </table>`;
  }

  #places({ zones }: SessionFacts['summary']) {
    if (zones.length === 0) return nothing;
    return html`<table>
      <caption>${words.places}</caption>
      <thead>
        <tr><th scope="col">${historyWords.table.place}</th><th scope="col">${balance.left}</th><th scope="col">${balance.right}</th></tr>
      </thead>
      <tbody>
        ${zones.map(
          ({ zone, leftMs, rightMs }) =>
            html`<tr><th scope="row">${zoneWord(zone)}</th><td>${clockFace(leftMs)}</td><td>${clockFace(rightMs)}</td></tr>`,
        )}
      </tbody>
    </table>`;
  }

  #note() {
    return html`<section aria-labelledby="note">
      <h3 id="note">${words.note}</h3>
      <textarea
        data-note
        readonly
        rows=${Math.min(12, this.note.split('\n').length + 1)}
        aria-label=${words.noteToPaste}
        .value=${this.note}
      ></textarea>
      <div class="row">
        <button data-copy @click=${() => void this.#copy()}>${words.copy}</button>
        <span role="status">${this.copied}</span>
      </div>
      <label
        >${words.write}
        <textarea
          data-write
          rows="3"
          maxlength=${noteLength}
          aria-describedby="write-hint"
        ></textarea>
      </label>
      <p class="soft" id="write-hint">${fill(words.writeHint, { most: noteLength })}</p>
      <button data-add @click=${() => void this.#add()}>${words.add}</button>
    </section>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.note);
      this.copied = words.copied;
    } catch {
      this.renderRoot.querySelector<HTMLTextAreaElement>('[data-note]')?.select();
      this.copied = words.notCopied;
    }
  }

  async #add(): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>('[data-write]');
    const text = field?.value.trim() ?? '';
    if (!field || text === '') {
      field?.focus();
      return;
    }
    const added = await got('POST', `/sessions/${this.session}/note`, { text });
    if (added.ok) {
      field.value = '';
      this.copied = '';
      await this.read();
    }
    this.said = added.ok ? words.added : added.why;
  }

  async #erase(): Promise<void> {
    const erased = await got('DELETE', `/sessions/${this.session}`);
    // What somebody else has erased meanwhile is gone just the same.
    if (erased.ok || erased.isGone) this.#leave(words.erased);
    else this.said = erased.why;
  }

  #leave(said: string): void {
    emit(this, 'left', said);
  }
}
customElements.define('session-detail', SessionDetail);
