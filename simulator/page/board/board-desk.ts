/** How far one has come with a board, kept while another look is shown. One thing at a time is done. */
import { boardWords } from '../../../machines/text/board.ts';
import { fill } from '../../../machines/text/text.ts';
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

type Doing = 'choosing' | 'looking' | 'flashing' | 'using';

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
    if (this.doing === 'flashing' || this.isHalf) return 'firmware';
    if (this.found === null) return 'look';
    return isUsable(this.found) ? 'first' : 'firmware';
  }

  /** Asks for a port, and looks what is on it. What was only half written is completed at once. */
  async choose(): Promise<void> {
    const board = await this.#do('choosing', () => this.#tools.choose());
    if (!board) return;
    this.#take(board);
    if (board.kind === 'otherBoard') this.#fail(new BoardTrouble(boardWords.port.kinds.otherBoard, 'choose'));
    else if (this.isHalf) await this.flash();
    else await this.look();
  }

  async look(): Promise<void> {
    const { board } = this;
    if (!board) return;
    this.found = null;
    const found = await this.#do('looking', () => board.look());
    if (found) this.found = found;
    this.#changed();
  }

  /** What was on the board is gone. */
  async flash(): Promise<void> {
    const { board, stop } = this;
    if (!board) return;
    // Its port has gone with its cable: it is another one now.
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
      this.found = { is: 'ours' };
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

  chooseStop(stop: StopKind): void {
    this.stop = stop;
    this.#changed();
  }

  #take(board: ChosenBoard): void {
    this.board = board;
    this.found = null;
    this.isFlashed = false;
    this.#changed();
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
