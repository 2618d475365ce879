/** How far one has come with a board, kept while another look is shown. One thing at a time is done. */
import { boardWords } from '../../../machines/text/board.ts';
import { fill } from '../../../machines/text/text.ts';
import type { BoardDeed, BoardTalk, TalkEnd, TalkView } from './board-talk.ts';
import {
  type BoardTools,
  BoardTrouble,
  type ChosenBoard,
  type FlashStage,
  type FoundOnBoard,
  type StopKind,
} from './board-tools.ts';

export const boardSteps = ['plug', 'port', 'look', 'firmware', 'first'] as const;
export type BoardStep = (typeof boardSteps)[number];

type Doing = 'choosing' | 'looking' | 'flashing' | 'talking' | 'using';

/** A dialogue with the board, and how it stands. `talk` null: its port is still being opened. */
export type TalkHere = Readonly<{ deed: BoardDeed; talk: BoardTalk | null; view: TalkView }>;

const unbegun: TalkView = { step: null, said: [], asked: null, progress: null, over: null };

/** Whether sessions can run on it as it is. */
export const isUsable = (found: FoundOnBoard | null): boolean =>
  found !== null && (found.is === 'ours' || found.is === 'otherBuild');

/** Tells `change` for everything that can be seen. */
export class BoardDesk extends EventTarget {
  board: ChosenBoard | null = null;
  found: FoundOnBoard | null = null;
  doing: Doing | null = null;
  stage: FlashStage | null = null;
  trouble: BoardTrouble | null = null;
  /** Writing broke off: the board does nothing until it is completed. */
  isHalf = false;
  /** The firmware was put on it here. */
  isFlashed = false;
  stop: StopKind = 'normallyClosed';
  /** What this browser kept of the board and nobody understands. */
  doubt: string | null = null;
  /** From its beginning until it is closed, over or not. */
  talk: TalkHere | null = null;
  /** Somebody wants the firmware on it once more. */
  #isAgain = false;
  readonly #tools: BoardTools;

  constructor(tools: BoardTools) {
    super();
    this.#tools = tools;
  }

  get cannot(): string | null {
    return this.#tools.cannot;
  }

  get step(): BoardStep {
    if (!this.board) return 'port';
    if (this.doing === 'looking') return 'look';
    if (this.doing === 'flashing' || this.isHalf || this.#isAgain) return 'firmware';
    if (this.found === null) return 'look';
    return isUsable(this.found) ? 'first' : 'firmware';
  }

  /** Asks for a port, and looks what is on it: it may be another board than before. */
  async choose(): Promise<void> {
    const board = await this.#do('choosing', () => this.#tools.choose());
    if (!board) return;
    this.#take(board);
    if (board.kind === 'otherBoard') this.#fail(new BoardTrouble(boardWords.port.kinds.otherBoard, 'choose'));
    else await this.look();
  }

  async look(): Promise<void> {
    const { board } = this;
    if (!board) return;
    this.found = null;
    const found = await this.#do('looking', () => board.look());
    if (found) this.found = found;
    // Half a firmware says nothing: this is another board.
    if (found && found.is !== 'silent') this.isHalf = false;
    if (found?.is === 'ours') this.stop = found.stop;
    this.#changed();
  }

  /** What was on the board is gone. */
  async flash(): Promise<void> {
    const { board, stop } = this;
    if (!board) return;
    // Its port has gone with its cable: what has another now is seen first.
    if (!board.isThere()) {
      await this.choose();
      return;
    }
    const isDone = await this.#do('flashing', async () => {
      await board.flash(stop, stage => {
        this.stage = stage;
        this.#changed();
      });
      return true;
    });
    this.stage = null;
    if (isDone) {
      this.isHalf = false;
      this.isFlashed = true;
      this.#isAgain = false;
      this.found = { is: 'ours', stop };
    }
    this.#changed();
  }

  /** Sessions run on it from now on. */
  async use(): Promise<boolean> {
    const { board } = this;
    if (!board) return false;
    return (await this.#do('using', async () => board.useForSessions().then(() => true))) ?? false;
  }

  async letGo(): Promise<void> {
    const { board } = this;
    if (board) await this.#do('using', () => board.letGo());
  }

  /** Leads through something with the board. Where sessions wait on it they wait elsewhere from now on. */
  async begin(deed: BoardDeed): Promise<void> {
    const { board } = this;
    if (!board || this.doing !== null) return;
    this.talk = { deed, talk: null, view: unbegun };
    this.#endsAs = null;
    const ran = await this.#do('talking', async () => {
      if (board.isInSessions()) await board.letGo();
      const talk = await board.talk(deed, view => this.#shown({ view }));
      this.#shown({ talk });
      if (this.#endsAs !== null) talk.end(this.#endsAs);
      return await talk.over;
    });
    if (ran === null) this.talk = null;
    this.#changed();
  }

  /** Ends it: motors off, nothing kept. */
  endTalk(why: TalkEnd): void {
    if (!this.isTalking) return;
    // One whose port is still being opened ends as soon as it has begun.
    this.#endsAs = why;
    this.talk?.talk?.end(why);
  }
  #endsAs: TalkEnd | null = null;

  get isTalking(): boolean {
    return this.talk !== null && this.talk.view.over === null;
  }

  /** Puts one away that is over. */
  closeTalk(): void {
    if (this.isTalking) return;
    this.talk = null;
    this.#changed();
  }

  #shown(change: Partial<TalkHere>): void {
    if (this.talk) this.talk = { ...this.talk, ...change };
    this.#changed();
  }

  /** Asks again for what is asked before a firmware is put on. */
  wantAgain(): void {
    this.#isAgain = true;
    this.#changed();
  }

  chooseStop(stop: StopKind): void {
    this.stop = stop;
    this.#changed();
  }

  #take(board: ChosenBoard): void {
    this.board = board;
    this.found = null;
    this.isFlashed = false;
    this.doubt = null;
    this.talk = null;
    this.#isAgain = false;
    this.#changed();
    board.doubt().then(
      doubt => {
        if (this.board !== board) return;
        this.doubt = doubt;
        this.#changed();
      },
      () => {},
    );
  }

  async #do<T>(doing: Doing, run: () => Promise<T>): Promise<T | null> {
    if (this.doing !== null) return null;
    this.doing = doing;
    this.trouble = null;
    this.#changed();
    try {
      return await run();
    } catch (error) {
      this.#fail(error);
      return null;
    } finally {
      this.doing = null;
      this.#changed();
    }
  }

  #fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const trouble =
      error instanceof BoardTrouble
        ? error
        : new BoardTrouble(fill(boardWords.trouble.other, { why }), 'again');
    this.trouble = trouble;
    if (trouble.isHalf) this.isHalf = true;
    // No more can be done with this one.
    if (trouble.next === 'choose') {
      this.board = null;
      this.found = null;
    }
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
