/**
 * All that waits for the disk to have something, one after the other. A live controller has it done in a thread of its
 * own: a disk may take seconds for it, and what paces motors waits for nothing.
 */
import type { BoardCalibration, Ms } from '../../machines/vocabulary.ts';
import type { Preferences, PreferencesChange } from '../server/api-messages.ts';
import type { Say } from '../storage/notices.ts';
import { PreferencesFile } from '../storage/preferences.ts';
import { eraseFile, synced } from '../storage/private-files.ts';
import { keepCalibration } from './board-settings.ts';
import type { Certificate } from './lan/certificate.ts';
import { memoryFile } from './screening-memory-file.ts';

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

/** Has it done by the thread that asks. */
export class DiskHere implements Disk {
  readonly #say: Say;

  constructor(say: Say) {
    this.#say = say;
  }

  async ask<Work extends DiskWork>(work: Work, given: Given<Work>): Promise<Comes<Work>> {
    return await this.#works[work](given);
  }

  async close(): Promise<void> {}

  readonly #works: { [Work in DiskWork]: (given: Given<Work>) => Comes<Work> | Promise<Comes<Work>> } = {
    sync: async ({ file }) => {
      await synced(file);
      return undefined;
    },
    erase: ({ path }) => eraseFile(path),
    preferences: ({ folder, change }) => new PreferencesFile(folder, this.#say).change(change),
    tuning: ({ id, calibration }) => keepCalibration(id, calibration),
    screening: ({ path, text }) => {
      const store = memoryFile(path, this.#say);
      return (text === null ? store.erase() : store.write(text)) !== false;
    },
    certificate: async ({ folder, names, now }) => {
      // Loaded only where it is needed.
      const { lanCertificate } = await import('./lan/certificate.ts');
      return await lanCertificate(folder, names, now, this.#say);
    },
  };
}
