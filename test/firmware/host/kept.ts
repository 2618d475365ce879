/**
 * What a compiler makes, made once per content and kept from run to run: an object by its source and all that it may
 * include, a program by its objects; either by the compiler and how it was called.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { included } from './included.ts';

export type Call = Readonly<{ compiler: string; flags: readonly string[] }>;
type Bounds = Readonly<{
  bytes: number;
  /** What was used within this time is never removed: somebody may be about to run it. */
  spareMs: number;
}>;

/** A long run keeps some 50 MB. */
const usualBounds: Bounds = { bytes: 200e6, spareMs: 3_600_000 };

/** `-DNAME=…` changes only what names it. */
const named = (flag: string): string | undefined => /^-D(\w+)/.exec(flag)?.[1];

/** Whether it is there; from now on it is the one that was used last. */
function touched(path: string): boolean {
  try {
    utimesSync(path, new Date(), new Date());
    return true;
  } catch {
    return false;
  }
}

export class KeptBuilds {
  readonly #folder: string;
  readonly #bounds: Bounds;
  readonly #versions = new Map<string, string>();

  constructor(folder: string, bounds = usualBounds) {
    this.#folder = folder;
    this.#bounds = bounds;
  }

  /** The path of what this source is compiled to. Throws with the compiler's words, be it only a warning. */
  object({ compiler, flags }: Call, source: string): string {
    const texts = included(source, flags);
    const all = [...texts.values()].join('\n');
    const counting = flags.filter(flag => {
      const name = named(flag);
      return name === undefined || new RegExp(`\\b${name}\\b`).test(all);
    });
    const key = [...counting.filter(flag => !flag.startsWith('-I')), ...[...texts].flat()];
    return this.#made(compiler, key, [...counting, '-c', source]);
  }

  /** The path of the program that these objects make. */
  program({ compiler, flags }: Call, objects: readonly string[]): string {
    return this.#made(compiler, [...flags, ...objects], [...flags, ...objects]);
  }

  #made(compiler: string, key: readonly string[], words: readonly string[]): string {
    const hash = createHash('sha256').update(JSON.stringify([this.#version(compiler), ...key]));
    const path = join(this.#folder, hash.digest('hex').slice(0, 40));
    if (touched(path)) return path;
    mkdirSync(this.#folder, { recursive: true });
    // Whoever makes the same at the same time makes it for itself: none ever sees half of one.
    const unfinished = `${path}-${randomUUID()}`;
    try {
      const { status, stderr, error } = spawnSync(compiler, [...words, '-o', unfinished], {
        encoding: 'utf8',
      });
      if (status !== 0 || stderr !== '')
        throw new Error(`${compiler} ${words.join(' ')}: ${error ?? stderr}`);
      renameSync(unfinished, path);
    } finally {
      rmSync(unfinished, { force: true });
    }
    this.#removeOldest();
    return path;
  }

  /** All that a compiler says of itself. */
  #version(compiler: string): string {
    const known = this.#versions.get(compiler);
    if (known !== undefined) return known;
    const { stderr, error } = spawnSync(compiler, ['-v'], { encoding: 'utf8' });
    if (error) throw error;
    this.#versions.set(compiler, stderr);
    return stderr;
  }

  #removeOldest(): void {
    const newestFirst = readdirSync(this.#folder)
      .flatMap(name => {
        const path = join(this.#folder, name);
        const found = statSync(path, { throwIfNoEntry: false });
        return found ? [{ path, bytes: found.size, usedAt: found.mtimeMs }] : [];
      })
      .sort((one, other) => other.usedAt - one.usedAt);
    const spared = Date.now() - this.#bounds.spareMs;
    let bytes = 0;
    for (const one of newestFirst) {
      bytes += one.bytes;
      if (bytes > this.#bounds.bytes && one.usedAt < spared) rmSync(one.path, { force: true });
    }
  }
}

/** Those of the tests, beside what other tools keep. */
export const keptBuilds = new KeptBuilds(
  fileURLToPath(new URL('../../../node_modules/.cache/tactus-compiled/', import.meta.url)),
);
