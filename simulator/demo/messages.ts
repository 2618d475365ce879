/** What the demo's page and its workers say to each other: the wire's text, what begins it, and a board by itself. */
import type { Button } from '../../machines/vocabulary.ts';
import type { Seen } from '../page/alone/own-board.ts';

export type ToWorker =
  /** A line to the worker that keeps things comes with it. */
  | Readonly<{ board: 'emulated'; seed: number }>
  | Readonly<{ board: 'serial' }>
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
  | Readonly<{ failed: string }>;

/** To the board by itself. */
export type ToBoardWorker =
  /** It is plugged in, or anew. */
  Readonly<{ seed: number }> | Readonly<{ button: Button; down: boolean }> | Readonly<{ stands: boolean }>;

export type FromBoardWorker = Readonly<{ seen: Seen }> | Readonly<{ stoodStill: true }>;
