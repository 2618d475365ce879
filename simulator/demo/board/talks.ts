/** The dialogues with a board on a serial port of the page's, each by what it is to do. */
import mega from '../../../hardware/firmware/tactus-mega.json' with { type: 'json' };
import megaNormallyOpen from '../../../hardware/firmware/tactus-mega-normally-open.json' with {
  type: 'json',
};
import normallyClosed from '../../../hardware/firmware/tactus-uno.json' with { type: 'json' };
import normallyOpen from '../../../hardware/firmware/tactus-uno-normally-open.json' with { type: 'json' };
import { setupWords } from '../../../machines/text/setup.ts';
import type { BoardSettings } from '../../../src/app/known-board.ts';
import type { Clock } from '../../../src/time/clock.ts';
import type { BoardTalk, TalkView } from '../../page/board/board-talk.ts';
import { Kept } from '../kept/kept.ts';
import type { TalkBegin } from '../messages.ts';
import { AloneTalk } from './alone-talk.ts';
import type { AskedPage } from './asked-page.ts';
import { keptForKind } from './board-id.ts';
import { BringupTalk } from './bringup-talk.ts';
import type { RelayedLine } from './relayed-line.ts';

const builds = [normallyClosed, normallyOpen, mega, megaNormallyOpen].map(({ sourceHash }) =>
  sourceHash.slice(0, 8),
);

type TalkPorts = Readonly<{ clock: Clock; line: RelayedLine; page: AskedPage }>;

export function beginTalk(
  { deed, known: { id, settings }, kept, remembered }: TalkBegin,
  { clock, line, page }: TalkPorts,
  show: (view: TalkView) => void,
): BoardTalk {
  if (deed.deed === 'bringup') {
    const keep = async (found: BoardSettings): Promise<string> =>
      (await page.keep(found)) ? keptForKind(id) : setupWords.kept.forNow;
    return new BringupTalk({ clock, line, id, settings, builds, keep }, show);
  }
  const own = new Kept();
  own.take(kept);
  const ask = page.ask.bind(page);
  const routines = own.all();
  const likes = own.preferences();
  return new AloneTalk(deed, { clock, line, id, settings, remembered, routines, likes, ask }, show);
}
