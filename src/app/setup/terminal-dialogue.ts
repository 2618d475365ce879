/** The dialogue at a terminal: sentences on standard output, answers by their letters and Enter. */
import { createInterface, type Interface } from 'node:readline';
import { terminalWords } from '../../../machines/text/terminal.ts';
import type { Button } from '../../../machines/vocabulary.ts';
import type { Ending } from '../ending.ts';
import { Exit, shown } from '../exit.ts';
import type { BoardUnderTest } from './board-under-test.ts';
import { type Dialogue, type DialogueAnswer, type Presses, yesOrNo } from './dialogue.ts';

/** Wrong letters before it gives up: someone else is typing. */
const mostMistakes = 20;

const nobodyAnswers = (): Exit => new Exit('usage', 'nobody answers: this wants a terminal');

export class TerminalDialogue implements Dialogue {
  readonly words = terminalWords;
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

  /** Whoever reads along sees it by what is asked. */
  reached(): void {}

  say(sentence: string): void {
    process.stdout.write(`${sentence}\n`);
  }

  /** Throws Exit 64 where nobody can answer. */
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
    return (await this.ask(question, yesOrNo, presses)) === 'y';
  }

  /** Waits for Enter. */
  async enter(sentence: string): Promise<void> {
    process.stdout.write(`${sentence}  [Enter] `);
    if ((await this.#answer([], undefined)) === null) throw nobodyAnswers();
  }

  press<T>(sentence: string, _button: Button, heard: Promise<T>): Promise<T> {
    this.say(sentence);
    return heard;
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

/** From now on the command ends by letting go of this board; and it ends where nobody can answer any more. */
export function letGoAtEnd(bench: BoardUnderTest, dialogue: TerminalDialogue, ending: Ending): void {
  ending.silenceBy(() => {
    dialogue.close();
    return bench.silent();
  });
  const { code, message } = nobodyAnswers();
  dialogue.gone.then(
    () => ending.end(code, `tactus: ${message}`),
    () => {},
  );
}
