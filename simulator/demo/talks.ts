/** The dialogues with a board on a serial port of the page's, each by what it is to do. */
import mega from '../../hardware/firmware/tactus-mega.json' with { type: 'json' };
import normallyClosed from '../../hardware/firmware/tactus-uno.json' with { type: 'json' };
import normallyOpen from '../../hardware/firmware/tactus-uno-normally-open.json' with { type: 'json' };
import { setupWords } from '../../machines/text/setup.ts';
import type { BoardSettings } from '../../src/app/known-board.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { BoardTalk, TalkView } from '../page/board/board-talk.ts';
import { keptForKind } from './board-id.ts';
import { BringupTalk } from './bringup-talk.ts';
import type { TalkBegin } from './messages.ts';
import type { RelayedLine } from './relayed-line.ts';

const builds = [normallyClosed, normallyOpen, mega].map(({ sourceHash }) => sourceHash.slice(0, 8));

export type TalkPorts = Readonly<{
  clock: Clock;
  line: RelayedLine;
  /** Whether it was kept. */
  keep(settings: BoardSettings): Promise<boolean>;
}>;

export function beginTalk(
  { known: { id, settings } }: TalkBegin,
  { clock, line, keep }: TalkPorts,
  show: (view: TalkView) => void,
): BoardTalk {
  const kept = async (found: BoardSettings): Promise<string> =>
    (await keep(found)) ? keptForKind(id) : setupWords.kept.forNow;
  return new BringupTalk({ clock, line, id, settings, builds, keep: kept }, show);
}
