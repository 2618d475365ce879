/** The house's import table, held against every import there is. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

const rooms = ['machines', 'src', 'hardware', 'simulator'];

function files(folder: string): string[] {
  return readdirSync(join(packageRoot, folder)).flatMap(name => {
    const path = join(folder, name);
    if (statSync(join(packageRoot, path)).isDirectory()) return files(path);
    return /\.ts$/.test(name) && !name.endsWith('.d.ts') ? [path] : [];
  });
}

type Import = Readonly<{ from: string; to: string; typesOnly: boolean }>;

/** Imports within the house; packages are looked at apart. */
function importsOf(file: string): { inside: Import[]; packages: string[] } {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  const inside: Import[] = [];
  const packages: string[] = [];
  const statement =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([^;'"]*?\s*from\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  for (const [, , type, names, target, dynamic] of text.matchAll(statement)) {
    const specifier = target ?? dynamic ?? '';
    if (!specifier.startsWith('.')) {
      packages.push(specifier);
      continue;
    }
    const braces = /\{([^}]*)\}/.exec(names ?? '')?.[1] ?? '';
    const each = braces
      .split(',')
      .map(name => name.trim())
      .filter(Boolean);
    const typesOnly = Boolean(type) || (each.length > 0 && each.every(name => name.startsWith('type ')));
    inside.push({
      from: file,
      to: relative(packageRoot, join(packageRoot, dirname(file), specifier)),
      typesOnly,
    });
  }
  return { inside, packages };
}

const all = rooms.flatMap(files);
const imports = all.flatMap(file => importsOf(file).inside);

/** The rooms of `src`, each of which may use itself and those before it. */
const floors = ['time', 'motors', 'journal', 'session', 'simulation', 'storage', 'history', 'mqtt', 'server'];
const floorOf = (file: string): number => floors.indexOf(file.split('/')[1] ?? '');

/**
 * Where others come in, who start a program or use the library: it may use everything, and nothing but another one uses it.
 * The library only names what exists elsewhere, so that what is promised stands in one place and binds no room.
 */
const isEntry = (file: string): boolean =>
  file === 'src/main.ts' || /^(src\/(app|cli|library)|simulator\/demo)\//.test(file);
/** A stage is where a session meets a board: of what it is made only those who start something know. */
const isStage = (file: string): boolean => /^src\/simulation\/\w+-stage\.ts$/.test(file);
const isClock = (file: string): boolean => file.startsWith('src/time/');

/** Whether the table lets `from` import `to`. */
function allowed({ from, to, typesOnly }: Import): boolean {
  const [room = ''] = from.split('/');
  const [target = ''] = to.split('/');
  // Commands are made of what `app` holds, never the other way round.
  if (from.startsWith('src/app/') && from !== 'src/app/program.ts') return !to.startsWith('src/cli/');
  if (isEntry(from)) return true;
  if (isEntry(to)) return false;
  if (isStage(from)) return true;
  if (isStage(to)) return false;
  if (room === 'machines') return target === 'machines';
  // What is written for the board alone is written from the machines.
  if (/^hardware\/(firmware\/)?alone\//.test(from) && target === 'machines') return true;
  if (isClock(from)) return (target === 'machines' && typesOnly) || isClock(to) || to === 'src/installed.ts';
  if (room === 'src')
    return (
      target === 'machines' ||
      to === 'src/installed.ts' ||
      (target === 'src' && floorOf(to) >= 0 && floorOf(to) <= floorOf(from)) ||
      (to === 'hardware/driver.ts' && typesOnly) ||
      // What a board alone tells is read where one is played.
      (from.startsWith('src/simulation/') && to.startsWith('hardware/alone/'))
    );
  if (room === 'hardware')
    return (
      target === 'hardware' ||
      ['machines/vocabulary.ts', 'machines/limits.ts'].includes(to) ||
      (to === 'src/time/clock.ts' && typesOnly)
    );
  if (room === 'simulator')
    return (
      target === 'simulator' ||
      target === 'machines' ||
      isClock(to) ||
      // The bench folds journals by itself; that is pure.
      to === 'src/journal/journal.ts' ||
      /^src\/server\/[a-z-]*messages\.ts$/.test(to) ||
      ['hardware/pins.ts', 'hardware/lease.ts'].includes(to)
    );
  return false;
}

test('every import keeps to the table of who may import whom', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.filter(one => !allowed(one)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('no file imports itself by way of others, not even for types', () => {
  const next = new Map(all.map(file => [file, imports.filter(one => one.from === file).map(one => one.to)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const index = way.indexOf(file);
    if (index >= 0) circles.push([...way.slice(index), file].join(' -> '));
    if (index >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of all) visit(file, []);
  expect(circles).toEqual([]);
});

test('only hardware names the packages that talk to boards', () => {
  const named = all
    .filter(file => !file.startsWith('hardware/'))
    .filter(file => importsOf(file).packages.some(name => /^(johnny-five|firmata-io|serialport)/.test(name)));
  expect(named).toEqual([]);
});

test('machines know no clock, no chance and no world', () => {
  const impure =
    /\b(Date\.now|new Date|performance\.|setTimeout|setInterval|Math\.random|process\.|console\.)|\bafter:|\bdelays:|from 'node:/;
  const found = files('machines').filter(file => impure.test(readFileSync(join(packageRoot, file), 'utf8')));
  expect(found).toEqual([]);
});

test('the top level holds the rooms and what convention puts there, nothing else', () => {
  const folders = readdirSync(packageRoot, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !/^(\.|node_modules$|dist|coverage$|scratch$)/.test(entry.name))
    .map(entry => entry.name);
  expect(folders.toSorted()).toEqual(['hardware', 'machines', 'simulator', 'src', 'test']);
});

test('a source file is a subject: at most 300 lines, but for what is one table', () => {
  const tables = ['machines/session.ts', 'simulator/avr/instructions.ts'];
  const long = all.filter(file => {
    const lines = readFileSync(join(packageRoot, file), 'utf8').split('\n').length - 1;
    return lines > 300 && !tables.includes(file);
  });
  expect(long).toEqual([]);
});
