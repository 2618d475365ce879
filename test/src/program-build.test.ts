/** What is built for the program: what it loads before it does anything, and whose code it has taken in. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { licenceOf } from '../../src/licences.ts';
import { scratch } from '../support/cli.ts';

const dist = join(packageRoot, 'dist');
const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  dependencies: Readonly<Record<string, string>>;
};

/** What the imports of a built file name, and of every file that it imports; those that wait for somebody apart. */
function importsOf(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(dist, file), 'utf8');
    // With or without white space; what waits for somebody is `import(…)`.
    for (const [, name = ''] of text.matchAll(
      /(?:^|;)\s*(?:import|export)\b(?:[^'";()]*\bfrom)?\s*["']([^"'\n]+)["']/gm,
    ))
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else seen.add(name);
  };
  visit(entry);
  return seen;
}

const { file } = scratch();

describe('the built program', () => {
  const names = [...importsOf('tactus.js')];

  it('loads no package and no board before a command asks for one, so that it answers at once', () => {
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter(name => !name.endsWith('.js') && !name.startsWith('node:'))).toEqual([]);
    expect(names.filter(name => /johnny-five|controller|x509/.test(name))).toEqual([]);
  });

  it('asks for no package that an installation would not bring along', () => {
    const asked = [
      'tactus.js',
      'board-worker.js',
      'history-worker.js',
      'disk-worker.js',
      'mqtt-worker.js',
      'bench-child.js',
    ]
      .flatMap(entry => [...importsOf(entry)])
      .filter(name => !name.endsWith('.js') && !name.startsWith('node:'));
    expect(asked.filter(name => !(name in dependencies))).toEqual([]);
  });

  it('speaks to no broker by itself: a controller does not load what it takes, its thread for that does', () => {
    const chunks = readdirSync(join(dist, 'chunks')).map(name => join('chunks', name));
    const controllers = chunks.filter(name => /controller-|live-mqtt-/.test(name));
    expect(controllers.length).toBeGreaterThan(1);
    for (const entry of ['tactus.js', ...controllers]) expect([...importsOf(entry)]).not.toContain('mqtt');
    expect([...importsOf('mqtt-worker.js')]).toContain('mqtt');
  });
});

describe('the licences beside a build', () => {
  const licences = (folder: string): string => readFileSync(join(dist, folder, 'licences.txt'), 'utf8');

  it.each([
    { folder: '.', names: ['johnny-five', 'firmata-io', 'lodash.debounce', 'commander', 'xstate'] },
    { folder: 'page', names: ['lit', 'uplot', 'valibot'] },
    // These two are in its workers.
    { folder: 'demo', names: ['lit', 'avr8js', 'johnny-five'] },
  ])('of $folder name each package, its version and its licence', ({ folder, names }) => {
    for (const name of names)
      expect(licences(folder)).toMatch(
        new RegExp(`^${name.replaceAll('.', '\\.')} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)$`, 'm'),
      );
  });

  it('has the text of one that stands in a README alone', () => {
    expect(licenceOf(join(packageRoot, 'node_modules', 'firmata-io'))).toMatch(
      /Copyright \(c\) .* Julian Gautier/,
    );
  });

  it('refuses to bundle what says nothing of its licence', () => {
    const folder = dirname(file('package.json', { name: 'mine', version: '1.0.0' }));
    expect(() => licenceOf(folder)).toThrow(/^mine is bundled and says nothing of its licence/);
  });
});
