/**
 * A board that plays by itself, visited from the page: routines put on it, what is on it listed or cleared, its sessions
 * fetched. Nothing of it is driven.
 */
import type { BoardContents } from '../../../hardware/alone/keeper.ts';
import type { LoggedSession } from '../../../hardware/alone/logged.ts';
import { NotForBoard, type RoutineChoice } from '../../../hardware/alone/routine-bytes.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { pageAloneWords, pageLoadWords } from '../../../machines/text/page-bringup.ts';
import { setupWords } from '../../../machines/text/setup.ts';
import { fill } from '../../../machines/text/text.ts';
import { type OnBoard, onBoardOf, routineOfHash } from '../../../src/app/alone/known-alone.ts';
import {
  choicesFrom,
  contentsLines,
  loadedLines,
  loadOnto,
  refuseUnfit,
} from '../../../src/app/alone/loading.ts';
import { type Visit, visitOn } from '../../../src/app/alone/visited-line.ts';
import { Exit } from '../../../src/app/exit.ts';
import type { BoardSettings } from '../../../src/app/known-board.ts';
import type { Preferences } from '../../../src/server/api-messages.ts';
import type { Clock } from '../../../src/time/clock.ts';
import type { BoardDeed, BoardTalk, TalkEnd, TalkOver, TalkView } from '../../page/board/board-talk.ts';
import type { PageAsk } from './asked-page.ts';
import { DialogueOver, PageDialogue } from './page-dialogue.ts';
import type { RelayedLine } from './relayed-line.ts';

const words = setupWords.alone;

export type AlonePorts = Readonly<{
  clock: Clock;
  /** Not open yet. */
  line: RelayedLine;
  id: string;
  settings: BoardSettings | null;
  /** What was put on this board from this browser before. */
  remembered: readonly OnBoard[];
  routines: readonly Routine[];
  likes: Preferences;
  ask(what: PageAsk): Promise<number | null>;
}>;

type AloneDeed = Exclude<BoardDeed, Readonly<{ deed: 'bringup' }>>;
type Load = Extract<AloneDeed, Readonly<{ deed: 'load' }>>;

const done = (what: readonly string[], file: TalkOver['file'] = null): TalkOver => ({
  how: 'done',
  what,
  todo: null,
  file,
});

/** What, and behind a semicolon what to do. */
function overOf(error: unknown): TalkOver {
  const isSaid = error instanceof Exit || error instanceof NotForBoard;
  if (!isSaid) {
    const why = error instanceof Error ? error.message : String(error);
    return { how: 'ended', what: [fill(words.failed, { why })], todo: null, file: null };
  }
  const [what = '', todo = null] = error.message.split(/; (.*)/s);
  return { how: 'wrong', what: [what], todo, file: null };
}

export class AloneTalk implements BoardTalk {
  readonly over: Promise<TalkOver>;
  readonly #ports: AlonePorts;
  readonly #dialogue: PageDialogue;
  #end: TalkEnd | 'gone' | null = null;
  #isSettled = false;

  constructor(deed: AloneDeed, ports: AlonePorts, show: (view: TalkView) => void) {
    this.#ports = ports;
    this.#dialogue = new PageDialogue(show);
    ports.line.on('close', () => this.#ended('gone'));
    ports.line.open();
    this.over = this.#run(deed);
  }

  /** Nothing is asked. */
  answer(): void {}

  end(why: TalkEnd): void {
    this.#ended(why);
  }

  async #run(deed: AloneDeed): Promise<TalkOver> {
    const over = await this.#done(deed).catch(overOf);
    const end = this.#end;
    this.#isSettled = true;
    this.#ports.line.leave();
    const told: TalkOver =
      end === null ? over : { how: 'ended', what: [words.ended[end]], todo: null, file: null };
    this.#dialogue.end(told);
    return told;
  }

  async #done(deed: AloneDeed): Promise<TalkOver> {
    const { line, clock, id } = this.#ports;
    // Before the board is spoken to: what cannot be is said at once.
    const choices = deed.deed === 'load' ? this.#choices(deed) : [];
    this.#dialogue.say(words.asking);
    // However it ends, the line is let go of once that is known.
    const at = await visitOn({ path: '', id, line, clock, close: () => {}, words: pageAloneWords });
    if (deed.deed === 'load') return this.#load(at, choices, deed);
    if (deed.deed === 'fetch') return this.#fetch(at);
    if (deed.deed === 'clear') {
      // Whose its sessions are goes with the routines.
      const sessions = await at.kept(keeper => keeper.fetchSessions());
      await at.kept(keeper => keeper.clear());
      if (sessions.some(({ client }) => client)) void this.#ports.ask({ loaded: [], sessions });
    }
    return done(this.#lines(await at.kept(keeper => keeper.list())));
  }

  #choices(deed: Load): readonly RoutineChoice[] {
    const { likes, routines } = this.#ports;
    const { firstSide, quiet, orientation } = deed;
    if (deed.routines.length === 0) throw new Exit('usage', words.noneChosen);
    const choices = choicesFrom({
      names: deed.routines,
      find: name => {
        const routine = routines.find(({ id }) => id === name);
        if (!routine) throw new Exit('noInput', fill(words.noSuch, { name }));
        return routine;
      },
      minutes: deed.minutes ?? undefined,
      mayDrop: deed.mayDrop,
      likes: { ...likes, firstSide, quiet, orientation },
      dropAnyway: words.dropAnyway,
      said: sentence => this.#dialogue.say(sentence),
    });
    refuseUnfit(choices);
    return choices;
  }

  async #load(at: Visit, choices: readonly RoutineChoice[], deed: Load): Promise<TalkOver> {
    const { clock, settings, likes, ask } = this.#ports;
    const { firstSide, quiet, orientation } = deed;
    const routines = choices.map(({ routine }) => onBoardOf(routine));
    this.#dialogue.say(words.writing);
    const loaded = await loadOnto(at, choices, {
      clock,
      likes: { ...likes, firstSide, quiet, orientation },
      calibration: settings?.calibration ?? null,
      measures: deed.clock,
      measuring: progress => this.#measuring(progress),
      written: (contents, sessions) => {
        for (const line of this.#lines(contents, routines)) this.#dialogue.say(line);
        // What cannot be remembered ends no loading: then these have no name the next time.
        void ask({ loaded: routines, sessions });
      },
    });
    return done(loadedLines(loaded, '', pageLoadWords));
  }

  #measuring(progress: Readonly<{ done: number; all: number }> | null): void {
    // Whoever has left waits for no minute.
    if (this.#end !== null) throw new DialogueOver();
    this.#dialogue.progress(
      progress && { sentence: fill(words.measuring, progress), done: progress.done, of: progress.all },
    );
  }

  async #fetch(at: Visit): Promise<TalkOver> {
    const sessions = await at.kept(keeper => keeper.fetchSessions());
    if (this.#end !== null) throw new DialogueOver();
    if (sessions.length === 0) return done([words.fetched.none]);
    const taken = await this.#ports.ask({ take: sessions });
    if (taken === null) return done([words.fetched.asFile], this.#file(sessions));
    return done([taken === 0 ? words.fetched.noneNew : fill(words.fetched.taken, { count: taken })]);
  }

  #file(sessions: readonly LoggedSession[]): NonNullable<TalkOver['file']> {
    return {
      name: 'tactus-board-sessions.json',
      text: `${JSON.stringify({ board: this.#ports.id, sessions }, null, 2)}\n`,
    };
  }

  #lines(contents: BoardContents, fresh: readonly OnBoard[] = []): readonly string[] {
    const { remembered, routines } = this.#ports;
    const known = { visitedAt: null, routines: [...fresh, ...remembered], fetched: [], waiting: [] };
    return contentsLines(contents, hash => routineOfHash(hash, known, routines));
  }

  #ended(why: TalkEnd | 'gone'): void {
    if (this.#end !== null || this.#isSettled) return;
    this.#end = why;
    this.#dialogue.close();
    // What waits for the board waits no longer than its answer takes.
    this.#ports.line.leave();
  }
}
