/** What the page of the main thread and the worker with the board say to each other. */
import type { Button } from '../../machines/vocabulary.ts';
import type { PacedEvent } from './paced.ts';
import type { Drive, ResetCause } from './uno.ts';

/** To the worker. The first is `start`. */
export type ToBoard =
  | Readonly<{ type: 'start'; hex: string; seed?: number; eeprom?: Uint8Array }>
  | Readonly<{ type: 'write'; bytes: Uint8Array }>
  | Readonly<{ type: 'setPin'; pin: number; drive: Drive }>
  | Readonly<{ type: 'press' | 'release'; button: Button }>
  | Readonly<{ type: 'reset'; cause: ResetCause }>
  | Readonly<{ type: 'cutLine' }>;

/** From the worker. `ready`: the board is on, at 0 ms of its own time. */
export type FromBoard = Readonly<{ type: 'ready' }> | PacedEvent;

/** A worker as its client sees it, whether Node's or a browser's. */
export type BoardChannel = Readonly<{
  post: (message: ToBoard) => void;
  /** Called once, before anything is posted. `ended` comes once, when nothing more will. */
  listen: (heard: (message: FromBoard) => void, ended: (error?: Error) => void) => void;
  end: () => Promise<void>;
}>;
