/** The place to write a routine of one's own in: checked by the very parser that a file goes through, as one types. */
import { html, LitElement, nothing } from 'lit';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import type { ListedRoutine } from '../../../src/server/api-messages.ts';
import { formStyles } from '../common/form-styles.ts';
import { ask, isDone, keptIn, whyNot } from '../link/ask.ts';
import { barsOf, secondsOf } from '../routines/bars.ts';
import { erasing } from '../routines/erase.ts';
import { sharedMark, sharedText } from '../routines/share.ts';
import '../routines/time-bars.ts';
import { shared } from '../common/styles.ts';
import { clockFace } from '../common/words.ts';
import './begin-form.ts';
import { added, copied, type Draft, fileOf, moved, putBack, removed, textOf, withValue } from './draft.ts';
import { type Form, toldAt } from './field.ts';
import { keyOf } from './fields.ts';
import { download, openFile } from './file-picker.ts';
import { generalForm } from './general-form.ts';
import { advised, type ToldIssue, told } from './issue-words.ts';
import { countWord, phaseForm, phaseTitle } from './phase-form.ts';
import { writeStyles } from './write-styles.ts';
import { writing } from './writing.ts';

const words = writeWords;

/** Whoever rests so long has finished a field. */
const restMs = 900;

const rightWord = (cautions: readonly ToldIssue[]): string =>
  cautions.length === 0 ? words.right : fill(words.rightWithCautions, { count: cautions.length });

/** What is being asked before something would be lost. */
type Asking = 'close' | 'other' | 'replace' | 'erase' | null;

export class WriteView extends LitElement {
  static override properties = {
    wanted: { attribute: false },
    asking: { state: true },
    failure: { state: true },
    showsFaults: { state: true },
    isOver: { state: true },
    isSaving: { state: true },
  };
  /** The routine that the hash names, to be opened; empty where it names none. */
  declare wanted: string;
  declare asking: Asking;
  declare failure: string | null;
  /** Whether somebody wanted to save what has faults. */
  declare showsFaults: boolean;
  declare isOver: boolean;
  declare isSaving: boolean;
  /** How much there is to mend, as it was read out last, and what is waiting to be. */
  #spoken = '';
  #speaking: ReturnType<typeof setTimeout> | undefined;

  static override styles = [shared, formStyles, writeStyles];

  constructor() {
    super();
    this.wanted = '';
    this.asking = null;
    this.failure = null;
    this.showsFaults = false;
    this.isOver = false;
    this.isSaving = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    writing.addEventListener('change', this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    writing.removeEventListener('change', this.#changed);
    clearTimeout(this.#speaking);
    writing.said = '';
  }

  readonly #changed = (): void => this.requestUpdate();

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('wanted') || this.wanted === '') return;
    if (writing.isUnsaved && writing.keptAs !== this.wanted) this.asking = 'other';
    else if (writing.keptAs !== this.wanted) void this.#open(this.wanted);
  }

  /** Opens the routine that was asked for: one's own under its name, any other as a copy. */
  async #open(id: string): Promise<void> {
    this.asking = null;
    if (id.startsWith(sharedMark)) {
      await this.#openShared(id);
      return;
    }
    const [list, answer] = await Promise.all([ask('GET', '/routines'), ask('GET', `/routines/${id}`)]);
    if (!isDone(list) || !isDone(answer)) {
      this.failure = whyNot(isDone(list) ? answer : list);
      return;
    }
    this.failure = null;
    this.showsFaults = false;
    const isOwn = (list.body as readonly ListedRoutine[]).some(one => one.id === id && one.own);
    if (isOwn) writing.edit(answer.body as Routine);
    else writing.copy(answer.body as Routine);
    this.#taken();
  }

  /** One that came within an address: checked as a file is, and nobody's yet. */
  async #openShared(code: string): Promise<void> {
    const text = await sharedText(code);
    this.failure = text === null ? words.sharedDamaged : writing.openFile(words.sharedName, text);
    this.showsFaults = this.failure === null;
    this.#taken();
  }

  /** It is open, or is not to be: coming back to this look is to go on with what is. */
  #taken(): void {
    history.replaceState(null, '', '#write');
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }

  override render() {
    const { draft } = writing;
    return html`<div
      class=${this.isOver ? 'over' : ''}
      @dragover=${(event: DragEvent) => this.#dragged(event, true)}
      @dragleave=${(event: DragEvent) => this.#dragged(event, false)}
      @drop=${(event: DragEvent) => this.#dropped(event)}
    >
      ${this.failure === null ? nothing : html`<p class="fault" role="alert">${this.failure}</p>`}
      ${this.asking === 'other' ? this.#otherAsk() : nothing}
      ${draft ? this.#editor(draft) : html`<begin-form></begin-form>`}
    </div>`;
  }

  #otherAsk() {
    const { title } = writing;
    return html`<div class="sheet stack" role="alert">
      <p>${fill(words.otherAsk, { title })}</p>
      <div class="row">
        <button
          data-go-on
          @click=${() => {
            this.asking = null;
            this.#taken();
          }}
        >
          ${fill(words.otherNo, { title })}
        </button>
        <button data-other-yes @click=${() => void this.#open(this.wanted)}>${words.otherYes}</button>
      </div>
    </div>`;
  }

  #editor(draft: Draft) {
    const parsed = parseRoutine(textOf(draft));
    const issues = parsed.ok ? [] : parsed.issues.map(told);
    const cautions = parsed.ok ? parsed.warnings.map(advised) : [];
    const form: Form = {
      draft,
      told: issues,
      cautions,
      change: (path, value) => writing.change(withValue(draft, path, value)),
    };
    const file = fileOf(draft) as Draft;
    const bars = barsOf(file.phases, 'left');
    this.#speak(issues.length === 0 ? rightWord(cautions) : countWord(issues.length));
    return html`<div class="all">
      ${this.#head(draft)}
      <div class="two">
        <section class="drawn sheet" aria-label=${words.drawing}>
          <h3>${words.drawing}</h3>
          <time-bars lanes .phases=${file.phases} .chosen=${writing.open}></time-bars>
          ${issues.length > 0 && this.showsFaults ? this.#list('faults', issues) : nothing}
          ${cautions.length > 0 ? this.#list('cautions', cautions) : nothing}
        </section>
        <div class="stack">
          <section class="sheet" aria-labelledby="general">
            <h3 id="general" tabindex="-1">${words.general}</h3>
            ${generalForm(form)}
          </section>
          ${this.#phases(form)}
        </div>
      </div>
      <p class="out" aria-live="polite" data-spoken></p>
      ${this.#bar(issues, rightWord(cautions), secondsOf(bars))}
    </div>`;
  }

  /** Read out once the hands rest, not with every letter. */
  #speak(word: string): void {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      const out = this.renderRoot.querySelector('[data-spoken]');
      // What was so from the start is no news.
      if (out && this.#spoken !== '' && this.#spoken !== word) out.textContent = word;
      this.#spoken = word;
    }, restMs);
  }

  #head(draft: Draft) {
    return html`<div class="stack">
      <div class="row">
        <h2>${writing.title}</h2>
        <span class="pill" data-state>${this.#state()}</span>
      </div>
      <div class="row">
        <button
          data-save-file
          @click=${() => download(`${String(draft.id ?? 'routine')}.json`, textOf(draft))}
        >
          ${words.saveAsFile}
        </button>
        <button data-close @click=${() => this.#close()}>${words.close}</button>
        ${
          writing.keptAs === null
            ? nothing
            : erasing({
                title: writing.title,
                asks: this.asking === 'erase',
                ask: asks => void this.#ask(asks ? 'erase' : null, asks ? '[data-keep]' : '[data-erase]'),
                erase: () => {
                  this.asking = null;
                  void writing.erase();
                },
              })
        }
      </div>
      ${
        this.asking === 'close'
          ? html`<div class="row" role="group">
              <p>${fill(words.closeAsk, { title: writing.title })}</p>
              <button data-close-no @click=${() => void this.#ask(null, '[data-close]')}>${words.closeNo}</button>
              <button
                data-close-yes
                @click=${() => {
                  this.asking = null;
                  writing.close();
                }}
              >
                ${words.closeYes}
              </button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #state(): string {
    if (writing.isUnsaved) return writing.keptAs === null ? words.notSaved : words.unsaved;
    return writing.keptAs === null ? words.notSaved : words.saved;
  }

  #close(): void {
    if (writing.isUnsaved) void this.#ask('close', '[data-close-no]');
    else writing.close();
  }

  /** Asks, or no longer; whoever goes by keyboard lands on what loses nothing. */
  async #ask(asking: Asking, focus: string): Promise<void> {
    this.asking = asking;
    await this.#focus(focus);
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #phases(form: Form) {
    const { phases } = form.draft;
    return html`<section aria-labelledby="phases">
      <h3 id="phases">${words.phases} <span class="soft">${phases.length}</span></h3>
      ${toldAt(form.told, ['phases']).map(({ text }) => html`<p class="fault" id="f-phases" tabindex="-1">${text}</p>`)}
      <ol class="phases">
        ${phases.map((_, index) =>
          phaseForm({
            form,
            index,
            count: phases.length,
            isOpen: writing.open === index,
            deeds: {
              toggle: at => this.#toggle(at),
              move: (at, by) => this.#move(form.draft, at, by),
              add: at => this.#grow(added(form.draft, at, words.newPhase), at + 1),
              copy: at => this.#grow(copied(form.draft, at), at + 1),
              remove: at => this.#remove(form.draft, at),
            },
          }),
        )}
      </ol>
      <div class="row after">
        <button data-add-last @click=${() => this.#addLast(form.draft)}>${words.add}</button>
        ${writing.taken ? html`<button data-put-back @click=${() => this.#putBack(form.draft)}>${words.putBack}</button>` : nothing}
      </div>
    </section>`;
  }

  #toggle(index: number): void {
    writing.open = writing.open === index ? null : index;
    this.requestUpdate();
  }

  #move(draft: Draft, index: number, by: -1 | 1): void {
    const to = index + by;
    writing.open = to;
    const after = moved(draft, index, by);
    const place = { title: phaseTitle(draft.phases[index]), number: to + 1, count: draft.phases.length };
    writing.change(after, fill(words.movedTo, place));
    const isAtEnd = to === 0 || to === draft.phases.length - 1;
    // A button that is no longer of use hands on to its neighbour.
    void this.#focus(
      isAtEnd ? (by === -1 ? '[data-down]' : '[data-up]') : by === -1 ? '[data-up]' : '[data-down]',
    );
  }

  #grow(draft: Draft, index: number): void {
    writing.open = index;
    writing.change(draft, fill(words.addedAs, { number: index + 1, count: draft.phases.length }));
    void this.#focus(`[id='${keyOf(['phases', index, 'title'])}']`);
  }

  /** Before the cooldown, where there is one: a phase after it would be out of order. */
  #addLast(draft: Draft): void {
    const firstCooldown = draft.phases.findIndex(({ stage }) => stage === 'cooldown');
    const at = firstCooldown > 0 ? firstCooldown - 1 : draft.phases.length - 1;
    this.#grow(added(draft, at, words.newPhase), at + 1);
  }

  #remove(draft: Draft, index: number): void {
    const phase = draft.phases[index];
    writing.taken = phase ? { phase, index } : null;
    writing.open = null;
    writing.change(removed(draft, index), fill(words.removed, { title: phaseTitle(draft.phases[index]) }));
    void this.#focus('[data-put-back]');
  }

  #putBack(draft: Draft): void {
    const { taken } = writing;
    writing.taken = null;
    if (taken) writing.change(putBack(draft, taken.index, taken.phase));
    void this.#focus('[data-add-last]');
  }

  #list(of: 'faults' | 'cautions', issues: readonly ToldIssue[]) {
    return html`<nav class="summary-of-${of}" aria-labelledby=${of} ?data-faults=${of === 'faults'} ?data-cautions=${of === 'cautions'}>
      <p id=${of} tabindex="-1"><b>${of === 'faults' ? words.faultsTitle : words.cautionsTitle}</b></p>
      <ul>
        ${issues.map(
          issue => html`<li>
            <a href="#write" @click=${(event: Event) => this.#goTo(event, issue)}>${issue.where}: ${issue.text}</a>
          </li>`,
        )}
      </ul>
    </nav>`;
  }

  /** To the field, opening what it is folded into. */
  #goTo(event: Event, { path }: ToldIssue): void {
    event.preventDefault();
    const [room, index] = path;
    if (room === 'phases' && typeof index === 'number') writing.open = index;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      // A fault of no single field is told where its phase, or the list of them, begins.
      const found = [
        `[id='${keyOf(path)}']`,
        ...(typeof index === 'number' ? [`[data-phase='${index}'] .line`] : []),
        `[id='${keyOf(path.slice(0, 1))}']`,
        '#general',
      ]
        .map(selector => this.renderRoot.querySelector<HTMLElement>(selector))
        .find(element => element !== null);
      const folded = found?.closest('details');
      if (folded) folded.open = true;
      found?.focus();
    });
  }

  #bar(issues: readonly ToldIssue[], right: string, seconds: number) {
    return html`<div class="bar">
      <div class="inner">
        <span class="total" aria-label="${words.totalLabel}: ${clockFace(seconds * 1000)}">${clockFace(seconds * 1000)}</span>
        <span class="state">
          ${
            issues.length === 0
              ? html`<span data-right>${right}</span>`
              : html`<button data-show-faults @click=${() => void this.#showFaults()}>${countWord(issues.length)}</button>`
          }
        </span>
        ${writing.keptAs !== null && !writing.isUnsaved ? html`<a class="button" data-choose-it href="#routines/${writing.keptAs}">${words.choose}</a>` : nothing}
        <button class="main" data-save aria-disabled=${this.isSaving ? 'true' : 'false'} @click=${() => void this.#save(issues, false)}>
          ${this.isSaving ? words.saving : words.save}
        </button>
        ${this.asking === 'replace' ? this.#replaceAsk(issues) : nothing}
      </div>
      <p class="inner soft" role="status" data-said>${writing.said || words.saveHint[keptIn()]}</p>
    </div>`;
  }

  #replaceAsk(issues: readonly ToldIssue[]) {
    return html`<div class="row" role="group">
      <p>${words.replaceAsk}</p>
      <button
        data-beside
        @click=${() => {
          writing.renamed();
          void this.#save(issues, false);
        }}
      >
        ${words.replaceNo}
      </button>
      <button data-replace @click=${() => void this.#save(issues, true)}>${words.replaceYes}</button>
    </div>`;
  }

  async #showFaults(): Promise<void> {
    this.showsFaults = true;
    await this.#focus('#faults');
  }

  async #save(issues: readonly ToldIssue[], mayReplace: boolean): Promise<void> {
    // A second press comes while the first is being kept.
    if (this.isSaving) return;
    this.asking = null;
    if (issues.length > 0) {
      writing.said = words.notYet;
      await this.#showFaults();
      return;
    }
    this.isSaving = true;
    const saved = await writing.save(mayReplace);
    this.isSaving = false;
    this.showsFaults = false;
    if (saved === 'wouldReplace') await this.#ask('replace', '[data-beside]');
  }

  #dragged(event: DragEvent, isOver: boolean): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = isOver;
  }

  #dropped(event: DragEvent): void {
    const [file] = event.dataTransfer?.files ?? [];
    this.#dragged(event, false);
    if (!file) return;
    if (writing.isUnsaved) this.failure = fill(words.otherFile, { title: writing.title });
    else
      void openFile(file, why => {
        this.failure = why;
      });
  }
}
customElements.define('write-view', WriteView);
