/** What an installation puts on the disk: the package itself, and all that it needs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { figureWords } from '../../../../machines/text/figures.ts';
import { packageRoot } from '../../../installed.ts';
import { type AnyRow, row, type SampleSet, unmeasured, type Without } from '../rows.ts';

const { by, why } = figureWords;

const manifestSchema = v.looseObject({
  dependencies: v.optional(v.record(v.string(), v.string()), {}),
  optionalDependencies: v.optional(v.record(v.string(), v.string()), {}),
  files: v.optional(v.array(v.string()), []),
});
type Manifest = v.InferOutput<typeof manifestSchema>;

const manifestIn = (folder: string): Manifest =>
  v.parse(manifestSchema, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));

/** Of one file or a whole folder, in bytes; without what is installed within it. */
function bytesOf(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path)
    .filter(name => name !== 'node_modules')
    .reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** Where a package is found from a folder, as Node looks for it; null where it is not there. */
function folderOf(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(at) === at) return null;
  }
}

/** Packages that these names bring along, each once. A package that is there only on another system has no folder. */
function closure(names: readonly string[], from: string, found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const folder = folderOf(name, from);
    if (folder === null || found.has(folder)) continue;
    found.add(folder);
    const { dependencies, optionalDependencies } = manifestIn(folder);
    closure(Object.keys({ ...dependencies, ...optionalDependencies }), folder, found);
  }
  return found;
}

const megabytes = (bytes: number): number => bytes / 1e6;

const bytesWith = (names: readonly string[]): number =>
  [...closure(names, packageRoot)].reduce((sum, folder) => sum + bytesOf(folder), 0);

/** A pattern of `files` as npm has it: `{a,b}`, `**` and `*`. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
    .replace(/\*\*\/|\*/g, star => (star === '*' ? '[^/]*' : '(?:.+/)?'));
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** Every file of a checkout that is packed: those that a pattern names, without those that one beginning with `!` does. */
export function packedFiles(patterns: readonly string[], files: readonly string[]): readonly string[] {
  const named = patterns.filter(pattern => !pattern.startsWith('!')).map(patternOf);
  const left = patterns
    .filter(pattern => pattern.startsWith('!'))
    .map(pattern => patternOf(pattern.slice(1)));
  return files.filter(
    file => named.some(pattern => pattern.test(file)) && !left.some(pattern => pattern.test(file)),
  );
}

/** Folders that hold nothing of the package, and much else. */
const isAside = (name: string): boolean => /^(\.|node_modules$|coverage$|dist-)/.test(name);

function filesBelow(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap(entry => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (isAside(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(folder, path) : entry.isFile() ? [path] : [];
  });
}

/** An installed package has nothing in it but what was packed; of a checkout that is counted out. */
function ownBytes({ files }: Manifest): number {
  if (!existsSync(join(packageRoot, 'vite.config.ts'))) return bytesOf(packageRoot);
  return packedFiles([...files, 'package.json'], filesBelow(packageRoot)).reduce(
    (sum, file) => sum + statSync(join(packageRoot, file)).size,
    0,
  );
}

/** Johnny-Five as its users have it: by its own name, with what speaks Firmata, and with ports. */
function johnnyFive(): SampleSet | Without {
  const names = ['johnny-five', 'firmata-io', 'serialport'];
  if (names.some(name => folderOf(name, packageRoot) === null))
    return { by: by.johnnyFive, why: why.noJohnnyFive };
  return { by: by.johnnyFive, samples: [megabytes(bytesWith(names))] };
}

export async function size(): Promise<readonly AnyRow[]> {
  const manifest = manifestIn(packageRoot);
  const needs = Object.keys(manifest.dependencies);
  if (needs.some(name => folderOf(name, packageRoot) === null))
    return [unmeasured('size', 'MB', why.noPackages)];
  return [
    row('size', {
      unit: 'MB',
      samples: [megabytes(ownBytes(manifest) + bytesWith(needs))],
      instead: [johnnyFive()],
    }),
  ];
}
