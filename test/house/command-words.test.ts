/** What `--help` says comes from the catalogue: no description of a command stands in its code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

const folder = join(packageRoot, 'src', 'cli');
const files = readdirSync(folder).filter(name => name.endsWith('.ts'));

/** Texts in quotes where a description belongs. */
const described = [
  /\.description\(\s*['"`]([^'"`]+)/g,
  /(?:\.(?:option|argument)|new (?:Option|Argument))\(\s*'[^']+',\s*['"`]([^'"`]+)/g,
];
const found = (source: string): string[] =>
  described.flatMap(pattern => [...source.matchAll(pattern)].map(([, text = '']) => text));

test.each(files)('%s', name => {
  expect(found(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
});

test('and it would find some', () => {
  expect(
    found(`.description('the cues')\n.option('--json', "as JSON")\n.option('--all', words.all)`),
  ).toEqual(['the cues', 'as JSON']);
});
