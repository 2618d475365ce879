/** A dialogue with a board, as the page sees it: how it stands, told as a whole each time, and what can be said in it. */
import type { Button } from '../../../machines/vocabulary.ts';

/** What is asked. `press`: nothing is to be answered here but by the board's own button. */
export type TalkAsked = Readonly<{
  /** Counted up, so that an answer meant for another question counts for none. */
  question: number;
  sentence: string;
  answers: readonly Readonly<{ key: string; word: string; button: Button | null }>[];
  press: Button | null;
}>;

/** How it ended: all was done; something is wrong, with the one thing to do; or somebody or something ended it. */
export type TalkOver = Readonly<{
  how: 'done' | 'wrong' | 'ended';
  what: readonly string[];
  todo: string | null;
  /** Something to take away; null where there is nothing. */
  file: Readonly<{ name: string; text: string }> | null;
}>;

export type TalkView = Readonly<{
  /** Null where it has no steps. */
  step: Readonly<{ place: number; count: number; word: string }> | null;
  said: readonly string[];
  asked: TalkAsked | null;
  /** Something takes its time. */
  progress: Readonly<{ sentence: string; done: number; of: number }> | null;
  over: TalkOver | null;
}>;

export type TalkEnd = 'stopped' | 'left';

export type BoardTalk = Readonly<{
  /** `question`: the one that was shown. */
  answer(question: number, key: string): void;
  /** Ends it: motors off, nothing kept. */
  end(why: TalkEnd): void;
  /** Resolves once it is over and its port is free. Never rejects. */
  over: Promise<TalkOver>;
}>;

/** What can be done in a dialogue with a board, beside flashing it. */
export type BoardDeed =
  | Readonly<{ deed: 'bringup' }>
  /** Routines onto a board that plays them by itself. `minutes` null: each as long as it is. */
  | Readonly<{
      deed: 'load';
      routines: readonly string[];
      minutes: number | null;
      mayDrop: boolean;
      firstSide: 'left' | 'right';
      quiet: 'full' | 'phases';
      orientation: 'usual' | 'turned';
      /** Whether its clock is measured, which takes a minute. */
      clock: boolean;
    }>
  | Readonly<{ deed: 'list' | 'clear' | 'fetch' }>;
