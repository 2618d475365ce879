/**
 * A conversation with somebody who has a board in front of them: what is said, asked and waited for, wherever that is
 * shown. A terminal is one mouth of it, the page another; what is asked and done stands in the steps.
 */
import type { terminalWords } from '../../../machines/text/terminal.ts';
import type { Button } from '../../../machines/vocabulary.ts';

/** An answer by its letter; `button` gives it as well, where there is a board that works. */
export type DialogueAnswer<T extends string> = Readonly<{ key: T; word: string; button?: Button }>;

/** What tells of buttons going down while a question is open. */
export type Presses = (pressed: (button: Button) => void) => () => void;

/** The steps of a bringup, in their order. */
export const setupSteps = [
  'holder',
  'open',
  'led',
  'go',
  'less',
  'stop',
  'supply',
  'left',
  'right',
  'nearer',
] as const;
export type SetupStep = (typeof setupSteps)[number];

export interface Dialogue {
  /** The sentences of this mouth: a terminal names commands where a page names its buttons. */
  readonly words: Pick<typeof terminalWords, 'bringup' | 'calibrate'>;
  /** How far it is. */
  reached(step: SetupStep): void;
  say(sentence: string): void;
  /** Asks until one of the answers is given, by a person or by a button of the board. Rejects where nobody can answer. */
  ask<T extends string>(
    question: string,
    answers: readonly DialogueAnswer<T>[],
    presses?: Presses,
  ): Promise<T>;
  yes(question: string, presses?: Presses): Promise<boolean>;
  /** Waits until somebody wants it to go on. Rejects where nobody can. */
  enter(sentence: string): Promise<void>;
  /** Wants this button of the board itself pressed, until `heard` tells what came of it. */
  press<T>(sentence: string, button: Button, heard: Promise<T>): Promise<T>;
}

/** The two answers that most questions have, and the buttons that give them. */
export const yesOrNo = [
  { key: 'y', word: 'yes', button: 'go' },
  { key: 'n', word: 'no', button: 'less' },
] as const;
