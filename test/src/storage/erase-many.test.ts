/** Thousands of files are erased as one is, and the disk is waited for a few times in all. */
import childProcess from 'node:child_process';
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseFiles } from '../../../src/storage/erase-many.ts';
import { replaced } from '../../support/replaced.ts';

/** What was done, in order; whether the system can be asked for its whole disk. */
const seen = { deeds: [] as string[], canSettle: true, atSettle: () => {} };

replaced(fs, real => {
  const noted = (name: 'writeSync' | 'fsyncSync' | 'unlinkSync') => ({
    [name]: (...args: unknown[]) => {
      seen.deeds.push(name);
      return (real[name] as (...args: unknown[]) => unknown)(...args);
    },
  });
  return { ...noted('writeSync'), ...noted('fsyncSync'), ...noted('unlinkSync') };
});
replaced(childProcess, () => ({
  spawnSync: () => {
    seen.deeds.push('settled');
    seen.atSettle();
    return { status: seen.canSettle ? 0 : 1 };
  },
}));

let folder: string;
const pathOf = (nth: number): string => join(folder, `${nth}.jsonl`);
const filled = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, nth) => {
    writeFileSync(pathOf(nth), 'private');
    return pathOf(nth);
  });
const counted = (deed: string): number => seen.deeds.filter(one => one === deed).length;
const unfailing = (path: string, error: unknown): void => expect([path, error]).toEqual([]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-many-'));
  Object.assign(seen, { deeds: [], canSettle: true, atSettle: () => {} });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('many files', () => {
  it.runIf(process.platform === 'linux')('are waited for together, all overwritten before one goes', () => {
    const paths = filled(1200);
    seen.atSettle = () => {
      const still = readdirSync(folder).length;
      const overwritten = readdirSync(folder).filter(name =>
        /^\0+$/.test(readFileSync(join(folder, name), 'utf8')),
      );
      expect(overwritten.length).toBe(Math.min(512, still));
    };
    expect(eraseFiles(paths, unfailing)).toBe(1200);
    expect(readdirSync(folder)).toEqual([]);
    expect([counted('settled'), counted('fsyncSync'), counted('unlinkSync')]).toEqual([3, 1, 1200]);
  });

  it('are waited for one by one where the system cannot be asked for all', () => {
    seen.canSettle = false;
    expect(eraseFiles(filled(20), unfailing)).toBe(20);
    // And once for the folder.
    expect(counted('fsyncSync')).toBe(21);
  });

  it('that are gone, or links, or cannot go, hold up none of the others', () => {
    const outside = mkdtempSync(join(tmpdir(), 'tactus-many-'));
    writeFileSync(join(outside, 'precious'), 'precious');
    symlinkSync(join(outside, 'precious'), pathOf(100));
    const failed: string[] = [];
    const paths = [...filled(9), pathOf(99), pathOf(100), outside];
    expect(eraseFiles(paths, path => failed.push(path))).toBe(10);
    expect([readdirSync(folder), failed]).toEqual([[], [outside]]);
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('precious');
    rmSync(outside, { recursive: true });
  });
});
