/** A board of this page's own, and who can start one: the page without a server, and nobody else. */
import type { Button, Motor } from '../../../machines/vocabulary.ts';

/** What somebody beside it sees: its light, and how much each motor's pin is high, of 255. */
export type Seen = Readonly<{ lit: boolean; duty: Readonly<Record<Motor, number>> }>;

export type OwnBoardListener = Readonly<{
  seen(seen: Seen): void;
  /** Its time has stood still for a while, without anybody here having asked for that. */
  stoodStill(): void;
  failed(why: string): void;
}>;

export type OwnBoard = Readonly<{
  button(button: Button, down: boolean): void;
  /** Its time stands, or goes on. */
  stand(stands: boolean): void;
  /** The power goes and comes. */
  replug(): void;
}>;

export type StartOwnBoard = (listener: OwnBoardListener) => OwnBoard;

let offered: StartOwnBoard | null = null;

export function offerOwnBoard(start: StartOwnBoard): void {
  offered = start;
}

export const offeredOwnBoard = (): StartOwnBoard | null => offered;
