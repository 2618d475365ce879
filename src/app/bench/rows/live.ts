/**
 * Presses and STOPs through everything there is: a board in one process, the controller in another, a pseudo-terminal
 * between them, and whoever is at the page in this one. Times are the board's: `mark` puts the present moment into its
 * trace, always before the blow, so that what is told is never too little.
 */
import { figureWords } from '../../../../machines/text/figures.ts';
import { fill } from '../../../../machines/text/text.ts';
import { BoardProcess, tracedBoardWords } from '../board-process.ts';
import { frameMs, leaseMs, statusMs, stopMs, switchMs } from '../limits.ts';
import { type Live, ledToMoving, movingPage, startLive } from '../live.ts';
import type { PageClient } from '../page-client.ts';
import { pause } from '../pause.ts';
import { isDriven, pinsAfter } from '../pins-after.ts';
import { type AnyRow, type RowId, row, unmeasured } from '../rows.ts';
import type { World } from '../world.ts';
import { handlerAnswers, stockNever } from './chip.ts';

const { by, why } = figureWords;

/** Between a stroke's GLIDE, whose last pin goes low 311 ms after its beginning, and its end 2.5 s after it. */
const afterGlideMs = { least: 250, span: 600 };
/** The answer to a press comes within this, or there is none: it is shorter than from there to the stroke's end. */
const answersWithinMs = 900;
const pressedMs = 60;
/** A GLIDE lasts 311 ms; a STOP is to meet it. */
const intoGlideMs = 120;
const stopWatchedMs = 120;
/** Of the chances that are taken for one sample: a machine that is held up misses some. */
const triesForOne = 4;
/** Strokes begin each 3 s. */
const strokesWithinMs = 5000;

/** The board, the controller on its port, and a page with its hands moving. */
class Practice {
  readonly board: BoardProcess;
  readonly live: Live;
  readonly page: PageClient;

  private constructor(board: BoardProcess, live: Live, page: PageClient) {
    this.board = board;
    this.live = live;
    this.page = page;
  }

  static async begin(world: World, board: BoardProcess): Promise<Practice> {
    const live = await startLive(world.children, '--board', board.path);
    return new Practice(board, live, await movingPage(live));
  }

  /**
   * Resolves as a stroke's GLIDE begins. A machine that is held up for a quarter of a second makes the loop stand still,
   * and the session with it: somebody goes on then, and this waits anew.
   */
  async driven(): Promise<void> {
    for (let left = triesForOne; left > 0; left--) {
      await ledToMoving(this.page);
      const begun = this.board.next(isDriven, strokesWithinMs).then(
        () => true,
        () => false,
      );
      if (await begun) return;
    }
    throw new Error(`no stroke begins; the page shows ${this.page.state}. ${this.page.refused}`);
  }

  /** Resolves in the silence that follows a GLIDE. */
  async #atRest(): Promise<void> {
    await this.driven();
    await pause(311 + afterGlideMs.least + Math.random() * afterGlideMs.span);
  }

  /** From a press until a motor turns, or null where nothing came of it in time. */
  async answer(press: () => void): Promise<number | null> {
    await this.#atRest();
    const from = this.board.lines.length;
    const zero = await this.board.mark();
    press();
    await pause(answersWithinMs);
    const first = this.board.lines.slice(from).find(isDriven);
    return first === undefined ? null : first.at - zero;
  }

  pressPin(): void {
    this.board.say('press less');
    setTimeout(() => this.board.say('release less'), pressedMs);
  }

  /** From STOP on the page, in mid-drive, until both pins are low; null where nothing was driven any more. */
  async stop(): Promise<number | null> {
    await this.driven();
    await pause(Math.random() * intoGlideMs);
    const from = this.board.lines.length;
    const zero = await this.board.mark();
    this.page.intend({ intent: 'stop' });
    await pause(stopWatchedMs);
    const after = pinsAfter(this.board, from, zero);
    return after.driven && Number.isFinite(after.ms) ? after.ms : null;
  }

  async end(world: World): Promise<void> {
    this.page.close();
    await world.children.end(this.live.child);
  }
}

async function samplesOf(count: number, one: () => Promise<number | null>): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let left = count * triesForOne; left > 0 && samples.length < count; left--) {
    const sample = await one();
    if (sample !== null) samples.push(sample);
  }
  if (samples.length === 0) throw new Error('nothing came of any press');
  return samples;
}

async function presses(world: World, board: BoardProcess): Promise<readonly AnyRow[]> {
  const atOnce = await handlerAnswers(world);
  const practice = await Practice.begin(world, board);
  try {
    const count = world.sized(8, 1);
    const pin = await samplesOf(count, () => practice.answer(() => practice.pressPin()));
    const { page } = practice;
    const fromPage = await samplesOf(count, () => practice.answer(() => page.intend({ intent: 'less' })));
    const stops = await samplesOf(count, () => practice.stop());
    return [
      row('press-pin', {
        unit: 'ms',
        samples: pin,
        instead: [{ by: by.handler, samples: atOnce }],
        limit: switchMs + statusMs + frameMs,
      }),
      row('press-page', { unit: 'ms', samples: fromPage, limit: frameMs }),
      row('stop-page', { unit: 'ms', samples: stops, instead: [stockNever], limit: stopMs }),
    ];
  } finally {
    await practice.end(world);
  }
}

/** The controller is struck in mid-drive: each time another one. */
async function struck(world: World, board: BoardProcess, signal: NodeJS.Signals): Promise<number | null> {
  const practice = await Practice.begin(world, board);
  try {
    await practice.driven();
    await pause(Math.random() * intoGlideMs);
    const from = board.lines.length;
    const zero = await board.mark();
    practice.live.child.kill(signal);
    await pause(500);
    const after = pinsAfter(board, from, zero);
    return after.driven && Number.isFinite(after.ms) ? after.ms : null;
  } finally {
    await practice.end(world);
  }
}

async function ends(world: World, board: BoardProcess): Promise<readonly AnyRow[]> {
  const killed = await samplesOf(world.sized(3, 1), () => struck(world, board, 'SIGKILL'));
  const told = await samplesOf(world.sized(3, 1), () => struck(world, board, 'SIGTERM'));
  return [
    row('stop-sigterm', {
      unit: 'ms',
      samples: told,
      instead: [{ by: by.interrupted, samples: killed }, stockNever],
      limit: stopMs,
    }),
    row('stop-kill', { unit: 'ms', samples: killed, instead: [stockNever], limit: leaseMs }),
  ];
}

const liveRows: readonly RowId[] = ['press-pin', 'press-page', 'stop-page', 'stop-sigterm', 'stop-kill'];

export async function liveStops(world: World): Promise<readonly AnyRow[]> {
  let board: BoardProcess;
  try {
    board = await BoardProcess.over(world.children.program(...tracedBoardWords));
  } catch (error) {
    // A system without pseudo-terminals, or without rights to them.
    const said = error instanceof Error ? error.message : String(error);
    return liveRows.map(id => unmeasured(id, 'ms', fill(why.noPty, { why: said })));
  }
  try {
    return [...(await presses(world, board)), ...(await ends(world, board))];
  } finally {
    await board.stop();
  }
}
