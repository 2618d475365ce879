/** A conversation at a terminal: sentences, questions with a few answers, and waiting for a deed. */
import { createInterface, type Interface } from 'node:readline';
import type { Button } from '../../../machines/vocabulary.ts';
import { Exit, shown } from '../exit.ts';

/** An answer by its letter; `button` gives it as well, where there is a board that works. */
export type DialogueAnswer<T extends string> = Readonly<{ key: T; word: string; button?: Button }>;

/** What tells of buttons going down while a question is open. */
export type Presses = (pressed: (button: Button) => void) => () => void;

/** Wrong letters before it gives up: someone else is typing. */
const mostMistakes = 20;

export const nobodyAnswers = (): Exit => new Exit('usage', 'nobody answers: this wants a terminal');

export class Dialogue {
  readonly #lines: Interface;
  #waiting: ((line: string | null) => void) | null = null;
  #ended = false;
  #isClosed = false;
  #tellGone: () => void = () => {};
  /** Resolves once nobody can type anything any more. */
  readonly gone: Promise<void> = new Promise(resolve => {
    this.#tellGone = resolve;
  });

  /** `input`: what a person types. */
  constructor(input: NodeJS.ReadableStream) {
    this.#lines = createInterface({ input });
    // A terminal that was hung up is read with an error.
    input.on('error', () => this.#lines.close());
    this.#lines.on('line', line => this.#waiting?.(line.slice(0, 100)));
    this.#lines.on('close', () => {
      this.#ended = true;
      this.#waiting?.(null);
      if (!this.#isClosed) this.#tellGone();
    });
  }

  say(sentence: string): void {
    process.stdout.write(`${sentence}\n`);
  }

  /** Asks until one of the answers is given, by letter or by button. Throws Exit 64 where nobody can answer. */
  async ask<T extends string>(
    question: string,
    answers: readonly DialogueAnswer<T>[],
    presses?: Presses,
  ): Promise<T> {
    const choice = answers.map(({ key, word, button }) =>
      presses && button ? `${key} ${word} (or ${button.toUpperCase()})` : `${key} ${word}`,
    );
    for (let mistakes = 0; mistakes < mostMistakes; mistakes++) {
      process.stdout.write(`${question}  [${choice.join(', ')}] `);
      const given = await this.#answer(answers, presses);
      if (given === null) throw nobodyAnswers();
      const found = answers.find(({ key, word }) => [key, word].includes(given.trim().toLowerCase()));
      if (found) return found.key;
      this.say(`"${shown(given)}" is none of these.`);
    }
    throw new Exit('usage', 'no answer could be understood');
  }

  async yes(question: string, presses?: Presses): Promise<boolean> {
    const answers = [
      { key: 'y', word: 'yes', button: 'go' },
      { key: 'n', word: 'no', button: 'less' },
    ] as const;
    return (await this.ask(question, answers, presses)) === 'y';
  }

  /** Waits for Enter. */
  async enter(sentence: string): Promise<void> {
    process.stdout.write(`${sentence}  [Enter] `);
    if ((await this.#answer([], undefined)) === null) throw nobodyAnswers();
  }

  close(): void {
    this.#isClosed = true;
    this.#lines.close();
  }

  #answer(answers: readonly DialogueAnswer<string>[], presses: Presses | undefined): Promise<string | null> {
    if (this.#ended) return Promise.resolve(null);
    return new Promise(resolve => {
      let stop = (): void => {};
      const given = (line: string | null): void => {
        stop();
        this.#waiting = null;
        resolve(line);
      };
      stop =
        presses?.(button => {
          const found = answers.find(answer => answer.button === button);
          if (!found) return;
          process.stdout.write(`${found.word}\n`);
          given(found.key);
        }) ?? stop;
      this.#waiting = given;
    });
  }
}
