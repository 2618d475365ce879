/** What can be done with a real board from this page, and who can do it: the page without a server, and nobody else. */

import type { BoardDeed, BoardTalk, TalkView } from './board-talk.ts';

/** How the STOP of a board is wired: a firmware is built for one of the two. */
export const stopKinds = ['normallyClosed', 'normallyOpen'] as const;
export type StopKind = (typeof stopKinds)[number];

/** What the USB of a port says of the board behind it. A Mega takes another firmware, and another way to put it on. */
export type PortKind = 'uno' | 'nano' | 'clone' | 'mega' | 'otherBoard' | 'unknown';

/** What runs on a board, as it answers itself. */
export type FoundOnBoard =
  /** The very firmware that this page would put on it, for a STOP of this kind. */
  | Readonly<{ is: 'ours'; stop: StopKind }>
  /** Tactus, but built at another time, or for another board. */
  | Readonly<{ is: 'otherBuild' }>
  /** Tactus of a version that this page cannot talk to. */
  | Readonly<{ is: 'otherVersion' }>
  /** Another program, by the name that it gives itself. */
  | Readonly<{ is: 'otherFirmware'; name: string }>
  /** Something that speaks, and not so that it could be understood. */
  | Readonly<{ is: 'unknown' }>
  /** Nothing was heard: nothing is on it, or a program that is silent. */
  | Readonly<{ is: 'silent' }>;

/** How far putting the firmware on has come. */
export type FlashStage =
  /** Its bootloader is asked for, at this speed. */
  | Readonly<{ at: 'looking'; baud: number }>
  | Readonly<{ at: 'writing' | 'checking'; done: number; of: number }>
  /** All is written and read back; the new firmware is asked who it is. */
  | Readonly<{ at: 'starting' }>;

/** Why something did not come off: the message says what, and the one thing to do. */
export class BoardTrouble extends Error {
  override readonly name = 'BoardTrouble';
  /** Which press goes on from here: the same again, or choosing the port anew; `null`: none on this page. */
  readonly next: 'again' | 'choose' | null;
  /** Whether the board is left with a part of a firmware. */
  readonly isHalf: boolean;

  constructor(message: string, next: BoardTrouble['next'], isHalf = false) {
    super(message);
    this.next = next;
    this.isHalf = isHalf;
  }
}

/** A board behind a port that a person has chosen. One thing at a time is done with it. */
export type ChosenBoard = Readonly<{
  kind: PortKind;
  /** Whether its port is still there, as far as the browser says. */
  isThere(): boolean;
  /** Whether sessions run on it now: then nothing else may be done with it until `letGo`. */
  isInSessions(): boolean;
  /** Asks what runs on it; that starts it anew. Rejects with BoardTrouble. */
  look(): Promise<FoundOnBoard>;
  /**
   * Puts the firmware on it, reads it back, and hears from it who it is now. Rejects with BoardTrouble. What was on it
   * is gone: only after a person has said so.
   */
  flash(stop: StopKind, listener: (stage: FlashStage) => void): Promise<void>;
  /** What this browser kept of it and nobody understands, as a sentence; null where there is no such thing. */
  doubt(): Promise<string | null>;
  /** Leads through something with it, in a dialogue. Rejects with BoardTrouble where its port cannot be opened. */
  talk(deed: BoardDeed, show: (view: TalkView) => void): Promise<BoardTalk>;
  /** From now on sessions run on it. Rejects with BoardTrouble. */
  useForSessions(): Promise<void>;
  /** Sessions run on the emulated board again, and this one is free. Only while no session is under way. */
  letGo(): Promise<void>;
}>;

export type BoardTools = Readonly<{
  /** Why this browser cannot do it, as a sentence with what to do; null where it can. */
  cannot: string | null;
  /** Asks a person for a port; only in answer to a press. Rejects with BoardTrouble. */
  choose(): Promise<ChosenBoard>;
}>;

let offered: BoardTools | null = null;

export function offerBoardTools(tools: BoardTools): void {
  offered = tools;
}

export const offeredBoardTools = (): BoardTools | null => offered;
