/** What the library promises: its names, each with a page and a docstring, and nothing else that could be reached. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { fencesOf } from '../support/markdown.ts';

const read = (...path: string[]): string => readFileSync(join(packageRoot, ...path), 'utf8');
const ownPackage = JSON.parse(read('package.json')) as Readonly<{
  name: string;
  exports: Readonly<Record<string, unknown>>;
  dependencies: Readonly<Record<string, string>>;
}>;

const entries = readdirSync(join(packageRoot, 'src', 'library'))
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replace(/\.ts$/, ''));

/** Names that an entry exports, read from its file. */
function exported(entry: string): Readonly<{ values: readonly string[]; all: readonly string[] }> {
  const text = read('src', 'library', `${entry}.ts`);
  const values: string[] = [];
  const types: string[] = [];
  for (const [, typesOnly, list = ''] of text.matchAll(/^export (type )?\{([^}]*)\}/gm))
    for (const item of list
      .split(',')
      .map(part => part.trim().replace(/^.* as /, marked => (marked.startsWith('type ') ? 'type ' : '')))) {
      if (item === '') continue;
      if (typesOnly || item.startsWith('type ')) types.push(item.replace(/^type /, ''));
      else values.push(item);
    }
  for (const [, kind, name = ''] of text.matchAll(
    /^export (?:async )?(function|const|class|type|interface) (\w+)/gm,
  ))
    (kind === 'type' || kind === 'interface' ? types : values).push(name);
  return { values, all: [...values, ...types].toSorted() };
}

/** The sections of an entry's page, each with its text up to its code. */
const sectionsOf = (entry: string): readonly Readonly<{ name: string; prose: string }>[] =>
  read('src', 'library', 'api', `${entry}.md`)
    .split(/^## /m)
    .slice(1)
    .map(section => {
      const [name = '', ...rest] = section.split('\n');
      return { name, prose: (rest.join('\n').split('```')[0] ?? '').trim() };
    });

test('the package names its entries, its package.json, and no other door', () => {
  expect(ownPackage.name).toBe('tactus-pacer');
  expect(ownPackage.exports).toEqual({
    ...Object.fromEntries(
      entries.map(entry => [
        `./${entry}`,
        { types: `./dist/lib/${entry}.d.ts`, default: `./dist/lib/${entry}.js` },
      ]),
    ),
    './package.json': './package.json',
  });
});

test('nothing behind the entries can be reached', () => {
  const { resolve } = createRequire(import.meta.url);
  expect(resolve('tactus-pacer/package.json')).toBe(join(packageRoot, 'package.json'));
  for (const path of ['', '/dist/lib/cues.js', '/machines/session.ts', '/src/library/cues.ts', '/cues.js'])
    expect(() => resolve(`tactus-pacer${path}`), path).toThrow(/exports/);
});

describe.each(entries)('tactus-pacer/%s', entry => {
  it('has a page with every name that it exports: npm run library', () => {
    expect(
      sectionsOf(entry)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(exported(entry).all);
  });

  it('has a docstring for each', () => {
    expect(sectionsOf(entry).filter(({ prose }) => prose.length < 8)).toEqual([]);
  });
});

test('each entry gives just its values when Node imports it', () => {
  const script = `
    const found = {};
    for (const entry of ${JSON.stringify(entries)})
      found[entry] = Object.keys(await import('tactus-pacer/' + entry)).sort();
    console.log(JSON.stringify(found));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(
    Object.fromEntries(entries.map(entry => [entry, exported(entry).values.toSorted()])),
  );
});

test('what it leaves outside is a dependency of whoever installs it', () => {
  const files = readdirSync(join(packageRoot, 'dist', 'lib'), { recursive: true, encoding: 'utf8' });
  const outside = new Set(
    files
      .filter(file => file.endsWith('.js'))
      .flatMap(file => [...read('dist', 'lib', file).matchAll(/^import [^;]*?from "([^."][^"]*)";/gm)])
      .map(([, name = '']) => name)
      .filter(name => !name.startsWith('node:') && !builtinModules.includes(name)),
  );
  expect(outside).toContain('xstate');
  expect(outside).toContain('valibot');
  expect([...outside].filter(name => !(name in ownPackage.dependencies))).toEqual([]);
});

test('the examples of its page are the tests beside this one, and short', () => {
  const shown = fencesOf(read('src', 'library', 'README.md')).filter(({ language }) => language === 'ts');
  const files = ['routine-to-trace', 'own-program', 'serial-device'].map(name =>
    read('test', 'library', `${name}.test.ts`),
  );
  expect(shown.map(({ text }) => text)).toEqual(files);
  for (const { text } of shown) expect(text.trim().split('\n').length).toBeLessThanOrEqual(18);
});
