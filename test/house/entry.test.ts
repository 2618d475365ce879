/** The first file of the program is read by whatever Node there is, so that an old one can be told what it lacks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { transformWithOxc } from 'vite';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

const text = readFileSync(join(packageRoot, 'src', 'tactus.js'), 'utf8').replace(/^#!.*/, '');

/** Whether a text has no syntax that is newer than ES2018: then nothing of it has to be put in older words. */
async function isOld(code: string): Promise<boolean> {
  const [older, newer] = await Promise.all(
    (['es2018', 'esnext'] as const).map(target => transformWithOxc(code, 'entry.js', { target })),
  );
  // What prints numbers anew leaves their separators out.
  return older?.code === newer?.code && !/\d_\d/.test(code);
}

it('has no syntax that Node 10 does not know, neither as a module nor as a script', async () => {
  expect(await isOld(text)).toBe(true);
  // No import or export statement, no `import.meta`, no `await` outside of a function.
  expect(() => new Script(text)).not.toThrow();
  // What it loads comes after the look.
  expect(text.match(/\bimport\(|\brequire\(/g)).toEqual(['import(']);
  expect(text.indexOf('import(')).toBeGreaterThan(text.indexOf('process.versions.node'));
});

it.each([
  'a ??= b;',
  'a?.b;',
  'a ?? b;',
  'try { a(); } catch { b(); }',
  '1_000;',
  'class A { b = 1; }',
  'a ||= b;',
])('and newer syntax would be found: %s', async code => {
  expect(await isOld(`${text}\n${code}`)).toBe(false);
});

it('asks for the Node that package.json names', () => {
  const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [, major, minor] = /needed = \[(\d+), (\d+)\]/.exec(text) ?? [];
  expect(engines.node).toMatch(new RegExp(`^>=${major}\\.${minor}(\\.0)?\\b`));
});

/** Runs the first file as a Node of this version would: what it says, its exit code, and whether it went on. */
function asNode(node: string): { said: string; exitCode: number | undefined; wentOn: boolean } {
  let said = '';
  let wentOn = false;
  const process = {
    versions: { node },
    stderr: { write: (words: string) => (said += words) },
    exitCode: undefined as number | undefined,
  };
  const load = (): void => {
    wentOn = true;
  };
  new Script(`(process, load) => {${text.replace('import(', 'load(')}}`).runInThisContext()(process, load);
  return { said, exitCode: process.exitCode, wentOn };
}

it.each(['0.12.18', '10.24.1', '12.22.12', '18.20.4', '20.18.3'])('tells Node %s what it lacks', node => {
  const { said, exitCode, wentOn } = asNode(node);
  expect([exitCode, wentOn]).toEqual([64, false]);
  expect(said).toMatch(/^tactus: this is Node \d+\.\d+\.\d+, and Tactus needs Node 20\.19 or newer: .*\n$/);
  expect(said).toContain(` ${node},`);
});

it.each(['20.19.0', '20.20.2', '21.0.0', '22.12.0', '24.1.0', '101.0.0'])('goes on with Node %s', node => {
  expect(asNode(node)).toEqual({ said: '', exitCode: undefined, wentOn: true });
});
