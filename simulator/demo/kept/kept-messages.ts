/** What the worker that keeps things says to the page, and to the worker that paces. */

import type { Routine } from '../../../machines/routine/schema.ts';
import type { OnBoard } from '../../../src/app/alone/known-alone.ts';
import type { PlayedOn } from '../../../src/app/alone/taking.ts';
import type { HttpAnswer } from '../../../src/server/answer.ts';
import type { KeepingChoice } from '../../../src/storage/kept-preferences.ts';
import type { Preferences } from '../../../src/storage/preferences-schema.ts';
import type { LoadedOn } from './page-keeps.ts';
import type { BoardsAsKept, BoardsTaken } from './take-boards.ts';

/** What is kept beside sessions, as the pacing worker needs it at hand. */
export type KeptState = Readonly<{
  routines: readonly Routine[];
  preferences: Preferences;
  /** Null where it is in doubt, or cannot be read: nothing is recorded then. */
  keeping: KeepingChoice | null;
}>;

/** To the worker that keeps, by the pacing worker's own line. */
export type ToKeeper =
  | Readonly<{ begin: string; text: string }>
  | Readonly<{ add: string; text: string }>
  | Readonly<{ close: string }>
  /** A session is over, the one with this id where it was kept: what is too old may go. */
  | Readonly<{ over: string | null }>;

export type FromKeeper =
  | Readonly<{ state: KeptState }>
  /** Sessions, or routines, are others than they were. */
  | Readonly<{ changed: 'sessions' | 'routines' }>
  /** So many letters of that session are written. */
  | Readonly<{ written: number }>
  | Readonly<{ failed: string; why: string }>;

export type KeptAsk = Readonly<{
  method: string;
  path: string;
  body: string | undefined;
  /** What the page knows of boards, where all is taken along. */
  boards?: BoardsAsKept;
}>;

/** `boards`: what the page is to keep of boards that stood in a file. */
export type KeptAnswer = HttpAnswer & Readonly<{ boards?: BoardsTaken['boards'] }>;

/** To the worker that keeps, by the page. */
export type PageToKeeper =
  /** `before`: what an earlier version of this page kept as one text. A line to the pacing worker comes with it. */
  | Readonly<{ open: Readonly<{ before: string | null }> }>
  | Readonly<{ line: true }>
  | Readonly<{ id: number; ask: KeptAsk }>
  | Readonly<{ id: number; played: PlayedOn }>
  /** What is known for a dialogue with the board of this id. */
  | Readonly<{ id: number; knownOf: string }>
  | Readonly<{ id: number; loaded: LoadedOn }>;

/** What a dialogue with a board may use of what is kept; `remembered`: routines that were put on it, the newest first. */
export type KnownOfBoard = Readonly<{ state: KeptState; remembered: readonly OnBoard[] }>;

export type KeeperToPage =
  /** What an earlier version kept is taken over, and can go. */
  | Readonly<{ taken: true }>
  | (Readonly<{ id: number }> & Pick<KeptAnswer, 'status' | 'type' | 'body' | 'boards'>)
  | Readonly<{ id: number; known: KnownOfBoard }>
  /** False where nothing is kept of it. */
  | Readonly<{ id: number; isKept: boolean }>;
