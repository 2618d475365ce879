/**
 * All that waits for the disk to have something, one after the other. A live controller has it done in a thread of its
 * own: a disk may take seconds for it, and what paces motors waits for nothing.
 */
import type { Say } from '../storage/notices.ts';
import { PreferencesFile } from '../storage/preferences.ts';
import { eraseFile, synced } from '../storage/private-files.ts';
import { keepCalibration } from './board-settings.ts';
import type { Comes, Disk, DiskWork, Given } from './disk-works.ts';
import { memoryFile } from './screening-memory-file.ts';

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
    played: async played => {
      // Loaded only where it is needed.
      const { takePlayed } = await import('./alone/take-played.ts');
      return takePlayed(played, null, this.#say);
    },
    certificate: async ({ folder, names, now }) => {
      // Loaded only where it is needed.
      const { lanCertificate } = await import('./lan/certificate.ts');
      return await lanCertificate(folder, names, now, this.#say);
    },
  };
}
