/**
 * What has to be said of files: which one, what is wrong with it, and what to do. Each sentence once in the life of a
 * process, to whoever listens, and kept for who asks later.
 */

export type FileNotice = Readonly<{
  /** Path of the file. */
  file: string;
  /** What is the matter with it, following the path in a sentence. */
  what: string;
  /** The one thing to do. */
  todo: string;
}>;

export type Say = (notice: FileNotice) => void;

/** More would not be read by anyone. */
const mostNotices = 100;

/** As a line: the file, what is wrong, what to do. */
export const noticeSentence = ({ file, what, todo }: FileNotice): string => `${file}: ${what}; ${todo}`;

export class Notices {
  readonly #said = new Map<string, FileNotice>();
  #listener: Say | null = null;

  /** Whoever listens first is told what came before, too. */
  listen(listener: Say): void {
    this.#listener = listener;
    for (const notice of this.#said.values()) listener(notice);
  }

  readonly say: Say = notice => {
    const sentence = noticeSentence(notice);
    if (this.#said.has(sentence) || this.#said.size >= mostNotices) return;
    this.#said.set(sentence, notice);
    this.#listener?.(notice);
  };

  get all(): readonly FileNotice[] {
    return [...this.#said.values()];
  }
}

/** For whoever only looks, and has been told elsewhere. */
export const unheard: Say = () => {};
