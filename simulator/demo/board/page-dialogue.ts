/** The dialogue with a board as a page has it: how it stands is told as a whole, and answers come by their keys. */
import { pageBringupWords } from '../../../machines/text/page-bringup.ts';
import { setupWords } from '../../../machines/text/setup.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Button } from '../../../machines/vocabulary.ts';
import {
  type Dialogue,
  type DialogueAnswer,
  type Presses,
  type SetupStep,
  setupSteps,
  yesOrNo,
} from '../../../src/app/setup/dialogue.ts';
import type { TalkAsked, TalkOver, TalkView } from '../../page/board/board-talk.ts';

const words = setupWords.talk;

/** It is over, and nothing is asked any more. */
export class DialogueOver extends Error {}

/** More than any dialogue says. */
const mostSaid = 60;

const answerWords: Readonly<Record<string, string>> = { ...catalogue.calibration.answers, ...words.answers };

type Pending = Readonly<{ answers: ReadonlySet<string>; give(key: string): void; fail(why: Error): void }>;

export class PageDialogue implements Dialogue {
  readonly words = pageBringupWords;
  /** Something was asked or answered: somebody is there. */
  stirred: () => void = () => {};
  readonly #show: (view: TalkView) => void;
  #step: TalkView['step'] = null;
  #said: readonly string[] = [];
  #asked: TalkAsked | null = null;
  #progress: TalkView['progress'] = null;
  #over: TalkOver | null = null;
  #isClosed = false;
  #question = 0;
  #pending: Pending | null = null;

  constructor(show: (view: TalkView) => void) {
    this.#show = show;
  }

  /** The button of the board that is to be pressed now. */
  get wantedPress(): Button | null {
    return this.#asked?.press ?? null;
  }

  reached(step: SetupStep): void {
    const place = setupSteps.indexOf(step) + 1;
    const count = setupSteps.length;
    this.#step = { place, count, word: fill(words.progress, { place, count, step: words.steps[step] }) };
    this.#changed();
  }

  say(sentence: string): void {
    if (this.#isClosed) return;
    this.#said = [...this.#said, sentence].slice(-mostSaid);
    this.#changed();
  }

  /** How far something is that takes its time; null once it is over. */
  progress(progress: TalkView['progress']): void {
    this.#progress = progress;
    this.#changed();
  }

  /** Rejects with DialogueOver once it is over. */
  async ask<T extends string>(
    question: string,
    answers: readonly DialogueAnswer<T>[],
    presses?: Presses,
  ): Promise<T> {
    const shown = answers.map(({ key, word, button }) => ({
      key,
      word: answerWords[word] ?? word,
      button: (presses && button) ?? null,
    }));
    const key = await this.#answered({ sentence: question, answers: shown, press: null }, presses);
    const found = answers.find(one => one.key === key);
    if (!found) throw new Error(`nobody can answer "${key}" to "${question}"`);
    this.say(`${question} ${answerWords[found.word] ?? found.word}`);
    return found.key;
  }

  async yes(question: string, presses?: Presses): Promise<boolean> {
    return (await this.ask(question, yesOrNo, presses)) === 'y';
  }

  async enter(sentence: string): Promise<void> {
    await this.#answered({
      sentence,
      answers: [{ key: 'run', word: words.run, button: null }],
      press: null,
    });
  }

  async press<T>(sentence: string, button: Button, heard: Promise<T>): Promise<T> {
    const asked = this.#answered({ sentence, answers: [], press: button });
    try {
      // Nobody answers it here: it rejects where the dialogue ends first.
      return await Promise.race([heard, asked.then(() => heard)]);
    } finally {
      this.#pending = null;
      this.#asked = null;
      this.#changed();
    }
  }

  /** What a person chose. What was meant for another question counts for none. */
  answer(question: number, key: string): void {
    if (this.#asked?.question === question && this.#pending?.answers.has(key)) this.#pending.give(key);
  }

  /** Nothing is asked from now on; `sentence` says what happens instead. */
  close(sentence: string | null = null): void {
    if (this.#isClosed) return;
    if (sentence !== null) this.say(sentence);
    this.#isClosed = true;
    const pending = this.#pending;
    this.#pending = null;
    this.#asked = null;
    this.#progress = null;
    pending?.fail(new DialogueOver());
    this.#changed();
  }

  /** The last that is told of it. */
  end(over: TalkOver): void {
    this.close();
    this.#over ??= over;
    this.#changed();
  }

  async #answered(asked: Omit<TalkAsked, 'question'>, presses?: Presses): Promise<string> {
    if (this.#isClosed) throw new DialogueOver();
    this.#question += 1;
    this.#asked = { ...asked, question: this.#question };
    let leave = (): void => {};
    const answer = new Promise<string>((give, fail) => {
      this.#pending = { answers: new Set(asked.answers.map(({ key }) => key)), give, fail };
      leave =
        presses?.(button => {
          const found = asked.answers.find(one => one.button === button);
          if (found) give(found.key);
        }) ?? leave;
    });
    this.stirred();
    this.#changed();
    try {
      return await answer;
    } finally {
      leave();
      if (!this.#isClosed && asked.press === null) {
        this.#pending = null;
        this.#asked = null;
        this.stirred();
        this.#changed();
      }
    }
  }

  #changed(): void {
    this.#show({
      step: this.#step,
      said: this.#said,
      asked: this.#asked,
      progress: this.#progress,
      over: this.#over,
    });
  }
}
