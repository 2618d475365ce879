/** What is wrong with a board, and the one thing to do: the end of a dialogue, whatever shows it. */
import type { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import { Exit } from '../exit.ts';

type BringupWords = (typeof terminalWords)['bringup'];

export class SetupWrong extends Exit {
  readonly what: string;
  readonly todo: string;

  /** `oneThing`: how the one thing to do is led up to. */
  constructor(what: string, oneThing: string, todo: string) {
    super('noDevice', `${what}\n${oneThing} ${todo}`);
    this.what = what;
    this.todo = todo;
  }
}

export const setupWrong = (
  { wrong, todo, oneThing }: Pick<BringupWords, 'wrong' | 'todo' | 'oneThing'>,
  is: keyof BringupWords['wrong'],
  values: Readonly<Record<string, string>> = {},
): SetupWrong => new SetupWrong(fill(wrong[is], values), oneThing, fill(todo[is], values));
