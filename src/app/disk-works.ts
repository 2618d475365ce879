/** What waits for the disk, and whoever can be asked for it. */
import type { BoardCalibration, Ms } from '../../machines/vocabulary.ts';
import type { Preferences, PreferencesChange } from '../storage/preferences-schema.ts';
import type { PlayedAlone } from './alone/take-played.ts';
import type { Certificate } from './lan/certificate.ts';

/** What it can be asked for, and what comes of it. */
export type DiskWorks = {
  /** What was written to an open file is on the disk. The file belongs to whoever asks. */
  sync: { given: Readonly<{ file: number }>; comes: undefined };
  /** A file is erased; whether there was one. */
  erase: { given: Readonly<{ path: string }>; comes: boolean };
  preferences: { given: Readonly<{ folder: string; change: PreferencesChange }>; comes: Preferences };
  /** What is known of a board's motors, or null for nothing any more; when that was, as an ISO date. */
  tuning: { given: Readonly<{ id: string; calibration: BoardCalibration | null }>; comes: string };
  /** That a screening was clear, or null for nothing any more; whether that is so now. */
  screening: { given: Readonly<{ path: string; text: string | null }>; comes: boolean };
  /** What a board has played by itself goes into the history, as far as somebody has sessions kept; how many were new. */
  played: { given: PlayedAlone; comes: number };
  certificate: {
    given: Readonly<{ folder: string; names: readonly string[]; now: Ms }>;
    comes: Certificate;
  };
};
export type DiskWork = keyof DiskWorks;
export type Given<Work extends DiskWork> = DiskWorks[Work]['given'];
export type Comes<Work extends DiskWork> = DiskWorks[Work]['comes'];

export interface Disk {
  /** Rejects with what went wrong: an error of the system's, or one with a sentence. */
  ask<Work extends DiskWork>(work: Work, given: Given<Work>): Promise<Comes<Work>>;
  /** Resolves once what was begun is done, or given up. */
  close(): Promise<void>;
}
