/** The dialogue with a board as a page leads it, in a world's time: read and answered as a terminal would be. */

import type { RelayedLine } from '../../simulator/demo/board/relayed-line.ts';
import type { BoardTalk, TalkOver, TalkView } from '../../simulator/page/board/board-talk.ts';
import { ending, textIn } from './terminal.ts';
import { relayTo } from './web-relay.ts';
import type { World } from './world.ts';

export type PageMouth = Readonly<{
  /** The newest that was shown of it. */
  view(): TalkView;
  shown(): string;
  until(text: string | RegExp): Promise<string>;
  /** A key of the question that is shown; nothing where there is but one. */
  type(key: string): void;
  talk: BoardTalk;
  ended(): Promise<TalkOver>;
  pullOut(): void;
}>;

/** What was shown, as one text: what was said, what is asked, how it ended. */
const textOf = (lines: readonly string[]): string => lines.join('\n');

export async function pageMouth(
  world: World,
  path: string,
  begin: (line: RelayedLine, show: (view: TalkView) => void) => BoardTalk,
): Promise<PageMouth> {
  const { line, pullOut } = await relayTo(world.surroundings().lineTo(path));
  const shown: string[] = [];
  let newest: TalkView = { step: null, said: [], asked: null, progress: null, over: null };
  const show = (view: TalkView): void => {
    // Each line once, as it comes.
    if (view.said.length > newest.said.length) shown.push(...view.said.slice(newest.said.length));
    if (view.asked && view.asked.question !== newest.asked?.question) shown.push(view.asked.sentence);
    if (view.over && !newest.over) shown.push(...view.over.what, view.over.todo ?? '');
    newest = view;
  };
  const talk = begin(line, show);
  const text = textIn(() => textOf(shown));
  let over: TalkOver | null = null;
  void talk.over.then(how => {
    over = how;
  });
  return {
    view: () => newest,
    shown: () => textOf(shown),
    talk,
    pullOut,
    until: async wanted => {
      await world.until(() => text.has(wanted) || over !== null);
      if (!text.has(wanted))
        throw new Error(
          `"${wanted}" was not shown (${over === null ? 'goes on' : 'over'}):\n${ending(textOf(shown))}`,
        );
      return text.take(wanted);
    },
    type: key => {
      const { asked } = newest;
      if (!asked) throw new Error(`nothing is asked:\n${ending(textOf(shown))}`);
      talk.answer(asked.question, key === '' ? (asked.answers[0]?.key ?? '') : key);
    },
    ended: () => world.resolved(talk.over),
  };
}
