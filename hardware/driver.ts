/**
 * The seam between the conductor and a board, whichever it is: real, emulated, or only remembered.
 */
import type { BoardCalibration, Button, Frame, Motor, Ms } from '../machines/vocabulary.ts';
import type { BoardState, Hindrance, Note } from './lease.ts';
import type { SilenceState } from './silence.ts';

/** What the firmware last said of itself. `duty` is what it drives, not what was asked. */
export type BoardStatus = Readonly<{
  /** The board's own time since its reset. */
  boardMs: Ms;
  state: BoardState;
  duty: Readonly<Record<Motor, number>>;
  leaseLeftMs: Ms;
  notes: readonly Note[];
  pressed: readonly Button[];
  /** Why it would take no ARM just now. */
  hindrances: readonly Hindrance[];
  /** It may have said so before it heard the ARM that was sent: that it is not armed means nothing yet. */
  armOnItsWay: boolean;
}>;

/**
 * Who is on the line: the name of its firmware, the hash of the sources that it was built from (8 hex digits), and how
 * often it has started, modulo 2^14.
 */
export type BoardIdentity = Readonly<{ firmware: string; buildHash: string; epoch: number }>;

/** What is on the line instead of a firmware that may drive motors. */
export type OtherFirmware = Readonly<{
  /** What it calls itself. */
  name: string;
  /** Not ours at all, ours of another contract, or ours with ceilings that this program does not know. */
  why: 'notOurs' | 'otherContract' | 'otherCeilings';
}>;

/** What a driver tells. Called from within the line's own events: what it throws goes to whoever feeds the line. */
export interface DriverListener {
  /** Johnny-Five is ready and the firmware is ours. */
  ready(board: BoardIdentity): void;
  /** A button went down or up. STOP has had its effect on the board by then. */
  edge(button: Button, down: boolean): void;
  /** The board has said how it is: each 100 ms while it may run, else each 250 ms, and at every change. */
  status(status: BoardStatus): void;
  /** How a hush is coming along. */
  silence(state: SilenceState): void;
  /** The line is gone. */
  lost(why: string): void;
  /** The board started anew while the line stayed: what it was told before is forgotten. */
  restarted(): void;
}

/** A board as a conductor drives it. Nothing here waits and nothing throws: what becomes of it the listener hears. */
export interface Driver {
  /** Who is on the line, once it has said so. */
  readonly identity: BoardIdentity | null;
  /** Whether the line to it is open and it has said who it is since. */
  readonly isPresent: boolean;
  /** Whether the last hush has been confirmed by the firmware. */
  readonly silence: SilenceState;
  /** Only after a person's start or resume. */
  arm(): void;
  /** Drives this frame for at most `leaseMs`. The newest frame replaces the last. */
  apply(frame: NonNullable<Frame>, leaseMs: Ms): void;
  /** Motors off and disarmed, now. */
  hush(): void;
  /** The board's LED. */
  light(on: boolean): void;
  /** From now on its motors are driven by these numbers. Only while nothing runs. */
  calibrate(calibration: BoardCalibration): void;
  /** From now on this one hears, and nobody else. */
  listen(listener: DriverListener): void;
  /** Motors off, and nothing is told any more. The line stays as it is: it belongs to whoever opened it. */
  close(): void;
}
