/** The place to write a routine of one's own in: checked by the very parser that a file goes through, as one types. */
import { html, LitElement, nothing } from 'lit';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import type { ListedRoutine } from '../../../src/server/api-messages.ts';
import { formStyles } from '../common/form-styles.ts';
import { ask, isDone, whyNot } from '../link/ask.ts';
import { barsOf, secondsOf } from '../routines/bars.ts';
import { sharedMark, sharedText } from '../routines/share.ts';
import '../routines/time-bars.ts';
import { shared } from '../common/styles.ts';
import './begin-form.ts';
import { type Draft, fileOf, type Path, textOf, withValue } from './draft.ts';
import { draftHead } from './draft-head.ts';
import type { Form } from './field.ts';
import { openFile } from './file-picker.ts';
import { generalForm } from './general-form.ts';
import { focusField, issueList } from './issue-list.ts';
import { advised, type ToldIssue, told } from './issue-words.ts';
import { type LossAsk, otherAsk } from './loss-asks.ts';
import { countWord } from './phase-form.ts';
import { phaseList } from './phase-list.ts';
import { saveBar } from './save-bar.ts';
import { writeStyles } from './write-styles.ts';
import { writing } from './writing.ts';

const words = writeWords;

/** Whoever rests so long has finished a field. */
const restMs = 900;

const rightWord = (cautions: readonly ToldIssue[]): string =>
  cautions.length === 0 ? words.right : fill(words.rightWithCautions, { count: cautions.length });

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
  declare asking: LossAsk;
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
      ${
        this.asking === 'other'
          ? otherAsk({
              goOn: () => {
                this.asking = null;
                this.#taken();
              },
              open: () => void this.#open(this.wanted),
            })
          : nothing
      }
      ${draft ? this.#editor(draft) : html`<begin-form></begin-form>`}
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
    const goTo = (path: Path): void => this.#goTo(path);
    this.#speak(issues.length === 0 ? rightWord(cautions) : countWord(issues.length));
    return html`<div class="all">
      ${draftHead({
        draft,
        asking: this.asking,
        ask: (asking, focus) => void this.#ask(asking, focus),
        answered: () => {
          this.asking = null;
        },
      })}
      <div class="two">
        <section class="drawn sheet" aria-label=${words.drawing}>
          <h3>${words.drawing}</h3>
          <time-bars lanes .phases=${file.phases} .chosen=${writing.open}></time-bars>
          ${issues.length > 0 && this.showsFaults ? issueList('faults', issues, goTo) : nothing}
          ${cautions.length > 0 ? issueList('cautions', cautions, goTo) : nothing}
        </section>
        <div class="stack">
          <section class="sheet" aria-labelledby="general">
            <h3 id="general" tabindex="-1">${words.general}</h3>
            ${generalForm(form)}
          </section>
          ${phaseList({
            form,
            redraw: () => this.requestUpdate(),
            focus: selector => void this.#focus(selector),
          })}
        </div>
      </div>
      <p class="out" aria-live="polite" data-spoken></p>
      ${saveBar({
        faults: issues.length,
        right: rightWord(cautions),
        seconds: secondsOf(bars),
        isSaving: this.isSaving,
        asksToReplace: this.asking === 'replace',
        showFaults: () => void this.#showFaults(),
        save: mayReplace => void this.#save(issues, mayReplace),
      })}
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

  /** Asks, or no longer; whoever goes by keyboard lands on what loses nothing. */
  async #ask(asking: LossAsk, focus: string): Promise<void> {
    this.asking = asking;
    await this.#focus(focus);
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** To the field at a path, in its phase, which is opened. */
  #goTo(path: Path): void {
    const [room, index] = path;
    if (room === 'phases' && typeof index === 'number') writing.open = index;
    this.requestUpdate();
    void this.updateComplete.then(() => focusField(this.renderRoot, path));
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
