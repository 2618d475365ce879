/** The bench: the device as an instrument, with everything that passes between session, line and motors. */
import { html, LitElement, nothing } from 'lit';
import { coinMotor } from '../../../machines/cues/motor-model.ts';
import { benchWords } from '../../../machines/text/bench.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { BenchBatch } from '../../../src/server/messages.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { hear, type PageEvent } from '../common/events.ts';
import { textOfFile } from '../common/file-text.ts';
import { Redrawing } from '../common/redrawing.ts';
import { shared } from '../common/styles.ts';
import type { DeviceView } from '../device/device-view.ts';
import type { Feed } from '../link/feed.ts';
import type { Said } from '../link/said-message.ts';
import type { Settings } from '../shell/settings.ts';
import { BenchRecord } from './bench-record.ts';
import { benchStyles } from './bench-styles.ts';
import './bench-controls.ts';
import './bench-time.ts';
import { type Fold, openJournal } from './fold.ts';
import { Hum } from './hum.ts';
import './journal-scrub.ts';
import './lateness-bars.ts';
import './log-list.ts';
import { panel } from './panel-styles.ts';
import { behindMs, isDriving, Samples } from './samples.ts';
import './scope-chart.ts';
import './state-chart.ts';

const words = benchWords;

/** Lists are for eyes: a few times a second is enough. */
const listEveryMs = 400;
/** So long after the last of its pulses a motor has come to rest, and that has been drawn. */
const stirsMs = 2000;
/** A dropped file larger than this is no journal. */
const largestJournal = 64 * 1024 * 1024;

export class BenchView extends LitElement {
  static override properties = {
    feed: { attribute: false },
    view: { attribute: false },
    settings: { attribute: false },
    live: { type: Boolean, reflect: true },
  };
  declare feed: Feed;
  declare view: View | null;
  declare settings: Settings;
  declare live: boolean;
  readonly samples = new Samples();
  readonly #hum = new Hum(() => this.feed.tell(catalogue.page.notices.soundWaits));
  readonly #record = new BenchRecord();
  #opened: Readonly<{ fold: Fold; name: string }> | null = null;
  #openedAt = 0;
  #fault = '';
  #batch: BenchBatch | null = null;
  #drawnAt = 0;
  /** Until then, on the page's clock, a motor may be moving. */
  #stirsUntil = 0;
  readonly #drawing = new Redrawing(() => {
    this.#shiver();
    return this.settings.hum || performance.now() < this.#stirsUntil ? 0 : null;
  });
  #isOver = false;
  #leaveBench = (): void => {};

  static override styles = [shared, panel, benchStyles];

  constructor() {
    super();
    this.live = false;
    this.view = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaveBench = hear(this.feed, 'bench', batch => this.#take(batch));
    this.feed.watchBench(true);
    this.#drawing.soon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaveBench();
    this.feed.watchBench(false);
    this.#hum.end();
    this.#drawing.end();
  }

  override updated(): void {
    this.#drawing.soon();
  }

  #take(batch: BenchBatch): void {
    if (batch.whole) this.samples.clear();
    this.#batch = batch;
    this.samples.take(batch);
    this.#record.take(batch);
    const now = performance.now();
    if (isDriving(batch)) this.#stirsUntil = now + stirsMs;
    if (now < this.#stirsUntil) this.#drawing.soon();
    if (now - this.#drawnAt < listEveryMs) return;
    this.#drawnAt = now;
    this.requestUpdate();
  }

  /** The drawn motors move as the modelled ones do, and are heard where that was asked for. */
  #shiver(): void {
    const [device] = this.renderRoot.querySelector('slot')?.assignedElements() ?? [];
    const until = this.feed.now() - behindMs;
    if (this.live) this.samples.advance(until);
    const { left, right } = this.samples.motors;
    const amplitudes = this.live
      ? { left: left.vibration.amplitude, right: right.vibration.amplitude }
      : { left: 0, right: 0 };
    if (amplitudes.left + amplitudes.right > 0.02) this.#stirsUntil = performance.now() + stirsMs;
    (device as DeviceView | undefined)?.shiver(amplitudes, coinMotor.feltAbove);
    this.#hum.follow(this.settings.hum && this.live, amplitudes.left, amplitudes.right);
  }

  #say(message: Said): void {
    this.feed.say(message);
  }

  override render() {
    const { view } = this;
    const opened = this.#opened;
    const fold = opened ? opened.fold : this.#record.fold;
    const snapshot = opened
      ? opened.fold.after(opened.fold.countAt(this.#openedAt)).snapshot
      : (fold?.snapshot ?? null);
    return html`<div
      class="bench ${this.#isOver ? 'over' : ''}"
      @dragover=${(event: DragEvent) => this.#dragged(event, true)}
      @dragleave=${(event: DragEvent) => this.#dragged(event, false)}
      @drop=${(event: DragEvent) => this.#dropped(event)}
    >
      <div class="side">
        <slot></slot>
        ${
          view
            ? html`<bench-controls
                .view=${view}
                .keys=${this.settings.keys}
                @say=${(event: PageEvent<'say'>) => this.#say(event.detail)}
              ></bench-controls>`
            : nothing
        }
      </div>
      <div class="main">
        ${
          view
            ? html`<bench-time
                .view=${view}
                .reached=${this.#batch?.reachedRate ?? 1}
                .keys=${this.settings.keys}
                @say=${(event: PageEvent<'say'>) => this.#say(event.detail)}
              ></bench-time>`
            : nothing
        }
        <section class="panel" aria-label=${words.scope.title}>
          <header>
            <h2>${words.scope.title}</h2>
            <span class="soft fixed"><span translate="no">${view?.session.state ?? ''}</span> ${view?.session.now?.title ?? ''}</span>
          </header>
          <scope-chart .samples=${this.samples} .clock=${() => this.feed.now()} ?live=${this.live}></scope-chart>
        </section>
        <div class="chart">
        <section class="panel" aria-label=${words.chart.title}>
          <header><h2>${words.chart.title}</h2>${opened ? html`<span class="soft">${opened.name}</span>` : nothing}</header>
          <state-chart .snapshot=${snapshot}></state-chart>
        </section>
        <section class="panel" aria-label=${words.timing.title}>
          <h2>${words.timing.title}</h2>
          ${this.#batch ? html`<lateness-bars .lateness=${this.#batch.lateness}></lateness-bars>` : nothing}
        </section>
        </div>
        ${opened ? this.#scrub(opened) : nothing}
        <div class="two">
          ${this.#journalPanel()}
          <section class="panel" aria-label=${words.line.title}>
            <header><h2>${words.line.title}</h2><span class="soft">${words.line.directions}</span></header>
            <log-list name=${words.line.label} .rows=${this.#record.lineRows}></log-list>
          </section>
        </div>
      </div>
    </div>`;
  }

  #journalPanel() {
    return html`<section class="panel" aria-label=${words.journal.title}>
      <header>
        <h2>${words.journal.title}</h2>
        <div class="tools">
          <button
            data-save="script"
            ?disabled=${!this.#record.hasDeeds}
            title=${words.journal.scriptMeans}
            @click=${() => this.#save('script')}
          >
            ${words.journal.script}
          </button>
          <button data-save="journal" ?disabled=${!this.#record.hasJournal} @click=${() => this.#save('journal')}>
            ${words.journal.save}
          </button>
          <label class="button"
            >${words.journal.open}<input type="file" accept=".jsonl,.json,.txt" @change=${(event: Event) => this.#chosen(event)}
          /></label>
        </div>
      </header>
      ${this.#fault ? html`<p role="alert">${this.#fault}</p>` : nothing}
      <log-list translate="no" name=${words.journal.title} .rows=${this.#record.journalRows}></log-list>
      <p class="soft">${words.journal.drop}</p>
    </section>`;
  }

  #scrub({ fold, name }: Readonly<{ fold: Fold; name: string }>) {
    return html`<section class="panel" aria-label=${words.journal.opened}>
      <header>
        <h2>${name}</h2>
        <div class="tools">
          <button
            data-close
            @click=${() => {
              this.#opened = null;
              this.requestUpdate();
            }}
          >
            ${words.journal.close}
          </button>
        </div>
      </header>
      <journal-scrub
        .fold=${fold}
        .at=${this.#openedAt}
        @moved=${(event: PageEvent<'moved'>) => {
          this.#openedAt = event.detail;
          this.requestUpdate();
        }}
      ></journal-scrub>
    </section>`;
  }

  #save(what: 'script' | 'journal'): void {
    const text = what === 'journal' ? this.#record.journalText : this.#record.scriptText;
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = what === 'journal' ? 'session.jsonl' : 'script.json';
    link.click();
    URL.revokeObjectURL(address);
  }

  #dragged(event: DragEvent, isOver: boolean): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.requestUpdate();
  }

  #dropped(event: DragEvent): void {
    const [file] = event.dataTransfer?.files ?? [];
    this.#dragged(event, false);
    if (file) void this.#open(file);
  }

  #chosen({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    const [file] = target.files ?? [];
    // The same file can be picked once more.
    if (file)
      void this.#open(file).then(() => {
        target.value = '';
      });
  }

  async #open(file: File): Promise<void> {
    if (file.size > largestJournal) {
      this.#fault = fill(words.journal.tooLarge, { name: file.name });
    } else {
      const text = await textOfFile(file);
      const opened = text === null ? null : openJournal(text);
      if (opened === null) {
        this.#fault = fill(words.journal.unreadable, { name: file.name });
        this.requestUpdate();
        return;
      }
      this.#fault = opened.ok
        ? opened.note
        : fill(words.journal.notWhole, { name: file.name, record: opened.record });
      this.#opened = opened.ok ? { fold: opened.fold, name: file.name } : null;
      this.#openedAt = 0;
    }
    this.requestUpdate();
  }
}
customElements.define('bench-view', BenchView);
