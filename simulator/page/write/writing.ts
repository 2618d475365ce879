/**
 * What is being written, wherever on the page one looks meanwhile: it lives as long as the page does. Leaving the look
 * loses nothing; leaving the page asks first.
 */
import { routineLimits } from '../../../machines/limits.ts';
import { idFromTitle } from '../../../machines/routine/compose.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import type { ListedRoutine } from '../../../src/server/api-messages.ts';
import { ask, isDone, keptIn, whyNot } from '../link/ask.ts';
import { type Draft, draftOf, type Fields, freshName, textOf, withValue } from './draft.ts';

const words = writeWords;
const idLength = 48;

/** What came of a wish to save. */
export type Saved = 'saved' | 'wouldReplace' | 'failed';

export class Writing extends EventTarget {
  #draft: Draft | null = null;
  /** As it was opened or last saved: what differs from it would be lost. */
  #base = '';
  /** Under which id it is kept among one's own; null where it is not. */
  #keptAs: string | null = null;
  /** Whether the id is still made from the title. */
  #followsTitle = true;
  /** The phase that is looked at, from 0; null where none is. */
  open: number | null = null;
  said = '';
  /** The phase taken out last of what is open, and where it stood. */
  taken: Readonly<{ phase: Fields; index: number }> | null = null;

  constructor() {
    super();
    window.addEventListener('beforeunload', event => {
      if (this.isUnsaved) event.preventDefault();
    });
  }

  get draft(): Draft | null {
    return this.#draft;
  }

  get title(): string {
    const title = this.#draft?.title;
    return typeof title === 'string' && title.trim() !== '' ? title : words.unnamed;
  }

  get keptAs(): string | null {
    return this.#keptAs;
  }

  get isUnsaved(): boolean {
    return this.#draft !== null && textOf(this.#draft) !== this.#base;
  }

  /** What stands now is changed; `said` is read out. */
  change(draft: Draft, said = ''): void {
    this.#draft = draft;
    this.said = said;
    this.#tell();
  }

  /** A copy of a routine, to become one's own. */
  copy(routine: Routine): void {
    const title = fill(words.mineOf, { title: routine.title }).slice(0, 60);
    this.#begin({ ...routine, id: idFromTitle(title), title }, null);
  }

  /** One's own, to be changed under its name. */
  edit(routine: Routine): void {
    this.#begin(routine, routine.id);
  }

  /** What was made from answers: nobody has it anywhere yet. */
  compose(routine: Routine): void {
    this.#begin(routine, null);
    this.#base = '';
    this.#tell();
  }

  /** A file's text; why it can't be opened, where it can't. A file with faults can: to be mended. */
  openFile(name: string, text: string): string | null {
    const parsed = parseRoutine(text);
    const draft = draftOf(parsed.ok ? parsed.routine : looselyRead(text));
    if (!draft) {
      const [issue] = parsed.ok ? [] : parsed.issues;
      return `${fill(words.notOpened, { name })} ${issue ? `${fill(words.line, { line: issue.line })} ${issue.message}.` : ''}`;
    }
    this.#begin(draft, null);
    this.#followsTitle = false;
    this.#base = '';
    this.#tell();
    return null;
  }

  #begin(value: Draft | Routine, keptAs: string | null): void {
    const draft = draftOf(value);
    if (!draft) return;
    this.#draft = draft;
    this.#base = textOf(draft);
    this.#keptAs = keptAs;
    this.#followsTitle = keptAs === null;
    this.taken = null;
    this.open = null;
    this.said = '';
    this.#tell();
  }

  /** Throws it away. */
  close(): void {
    this.#draft = null;
    this.#keptAs = null;
    this.taken = null;
    this.open = null;
    this.#tell();
  }

  /** Has it kept among one's own. With `mayReplace` over another one of the same name. */
  async save(mayReplace: boolean): Promise<Saved> {
    const before = this.#draft;
    if (!before) return 'failed';
    const list = await ask('GET', '/routines');
    if (!isDone(list)) return this.#failed(whyNot(list));
    const others = (list.body as readonly ListedRoutine[]).filter(({ id }) => id !== this.#keptAs);
    const wanted = this.#followsTitle
      ? idFromTitle(this.title)
      : String(before.id ?? idFromTitle(this.title));
    const clash = others.find(({ id }) => id === wanted);
    if (clash?.own && !this.#followsTitle && !mayReplace) return 'wouldReplace';
    const isFree = !clash || (clash.own && mayReplace);
    const id = isFree
      ? wanted
      : freshName(
          wanted,
          others.map(one => one.id),
          idLength,
          '-',
        );
    const draft = withValue(before, ['id'], id);
    const answer = await ask('PUT', '/routines', textOf(draft));
    if (answer.status === 409) return this.#failed(words.conflict);
    if (!isDone(answer)) return this.#failed(whyNot(answer));
    // What was typed meanwhile is not what was saved.
    this.#draft = this.#draft === before ? draft : this.#draft && withValue(this.#draft, ['id'], id);
    this.#base = textOf(draft);
    this.#keptAs = id;
    this.#followsTitle = false;
    this.said = fill(words.savedAt, { where: catalogue.routines.where[keptIn()] });
    this.#tell();
    return 'saved';
  }

  /** From now on under a name that nobody has. */
  renamed(): void {
    this.#followsTitle = true;
  }

  /** Takes it from among one's own; the draft goes with it. */
  async erase(): Promise<boolean> {
    if (this.#keptAs === null) return false;
    const title = this.title;
    const answer = await ask('DELETE', `/routines/${this.#keptAs}`);
    if (!isDone(answer)) {
      this.#failed(whyNot(answer));
      return false;
    }
    this.close();
    this.said = fill(catalogue.routines.erased, { title });
    this.#tell();
    return true;
  }

  #failed(why: string): 'failed' {
    this.said = why;
    this.#tell();
    return 'failed';
  }

  #tell(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function looselyRead(text: string): unknown {
  if (text.length > routineLimits.fileBytes) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The one that this page has. */
export const writing = new Writing();
