/** What the demo's page and its workers say to each other: the wire's text, what begins it, and a board by itself. */
import type { Button } from '../../machines/vocabulary.ts';
import type { OnBoard } from '../../src/app/alone/known-alone.ts';
import type { Seen } from '../page/alone/own-board.ts';
import type { BoardDeed, TalkEnd, TalkView } from '../page/board/board-talk.ts';
import type { PageAsk } from './board/asked-page.ts';
import type { KnownBoard } from './board/tuning-here.ts';
import type { KeptState } from './kept/kept-messages.ts';

/** What a dialogue begins with. */
export type TalkBegin = Readonly<{
  deed: BoardDeed;
  known: KnownBoard;
  /** Routines and preferences, as this browser keeps them. */
  kept: KeptState;
  /** Routines that were put on this board from here. */
  remembered: readonly OnBoard[];
}>;

export type ToWorker =
  /** A line to the worker that keeps things comes with it. */
  | Readonly<{ board: 'emulated'; seed: number }>
  | Readonly<{ board: 'serial'; known: KnownBoard }>
  /** No sessions: a dialogue with the board on a serial port. */
  | Readonly<{ talk: TalkBegin }>
  /** To a dialogue. */
  | Readonly<{ replied: Readonly<{ question: number; key: string }> }>
  | Readonly<{ ends: TalkEnd }>
  /** To what it asked its page: see PageAsk. */
  | Readonly<{ pageAnswer: Readonly<{ ask: number; answer: number | null }> }>
  | Readonly<{ text: string }>
  /** What a page asks for over HTTP, where there is a controller. */
  | Readonly<{ ask: Readonly<{ id: number; method: string; path: string; body: string | undefined }> }>
  /** From a serial port of the page's. */
  | Readonly<{ bytes: Uint8Array }>
  | Readonly<{ unplugged: true }>;

export type FromWorker =
  | Readonly<{ opened: true }>
  | Readonly<{ text: string }>
  | Readonly<{ bytes: Uint8Array }>
  | Readonly<{ answer: Readonly<{ id: number; status: number; body: string }> }>
  /** How a dialogue with a board stands. */
  | Readonly<{ talk: TalkView }>
  | Readonly<{ pageAsk: Readonly<{ ask: number; what: PageAsk }> }>
  | Readonly<{ failed: string }>;

/** To the board by itself. */
export type ToBoardWorker =
  /** It is plugged in, or anew. */
  Readonly<{ seed: number }> | Readonly<{ button: Button; down: boolean }> | Readonly<{ stands: boolean }>;

export type FromBoardWorker = Readonly<{ seen: Seen }> | Readonly<{ stoodStill: true }>;
