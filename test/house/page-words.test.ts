/** No word that people read stands in the code of the page: what is drawn has its words from the catalogue. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { pseudo } from '../support/pseudo.ts';

function filesOf(folder: string): string[] {
  return readdirSync(join(packageRoot, folder)).flatMap(name => {
    const path = join(folder, name);
    if (statSync(join(packageRoot, path)).isDirectory()) return filesOf(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

/** What stands in each `html` and `svg` template of a source, with a blank for whatever is filled in. */
function templatesOf(source: string): string[] {
  const found: string[] = [];
  /** From just behind a backtick to behind the one that ends it. */
  const template = (from: number, isMarkup: boolean): number => {
    let at = from;
    let own = '';
    while (at < source.length && source[at] !== '`') {
      if (source[at] === '\\') at += 2;
      else if (source.startsWith('${', at)) {
        at = code(at + 2, true);
        own += '\u0000';
      } else {
        own += source[at];
        at += 1;
      }
    }
    if (isMarkup) found.push(own);
    return at + 1;
  };
  /** Code, up to the brace that ends it or the end of the source. */
  const code = (from: number, isInner: boolean): number => {
    let depth = 0;
    let at = from;
    while (at < source.length) {
      const sign = source[at];
      if (source.startsWith('//', at)) at = source.indexOf('\n', at) >>> 0;
      else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 2;
      else if (sign === "'" || sign === '"') {
        at += 1;
        while (at < source.length && source[at] !== sign && source[at] !== '\n')
          at += source[at] === '\\' ? 2 : 1;
        at += 1;
      } else if (sign === '`') at = template(at + 1, /(html|svg)$/.test(source.slice(0, at)));
      else if (isInner && sign === '}' && depth === 0) return at + 1;
      else {
        depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
        at += 1;
      }
    }
    return at;
  };
  code(0, false);
  return found;
}

const word = /[A-Za-z]{2,}/;
/** Words that people would read in a template. */
function wordsIn(template: string): string[] {
  const spoken = [...template.matchAll(/\s(?:aria-label|aria-description|title|placeholder|alt)="([^"]*)"/g)];
  const text = template.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '\u0000');
  return [...spoken.map(([, value = '']) => value), ...text.split('\u0000')]
    .map(one => one.trim())
    .filter(one => word.test(one));
}

test.each(filesOf('simulator/page'))('%s', path => {
  const templates = templatesOf(readFileSync(join(packageRoot, path), 'utf8'));
  expect(templates.flatMap(wordsIn)).toEqual([]);
});

test('and it would find some', () => {
  const found = (source: string): string[] => templatesOf(source).flatMap(wordsIn);
  expect(found(`html\`<p>Next: $\{html\`<b title="Its name">$\{name}</b> here\`}</p>\``)).toEqual([
    'Its name',
    'here',
    'Next:',
  ]);
  expect(
    found(`css\`.next { color: red }\`; \`plain\`; // html\`<p>no</p>\`\nhtml\`<p class=$\{a}>$\{b}</p>\``),
  ).toEqual([]);
});

test('the made-up language keeps every place of a sentence, and makes it longer by two fifths at least', () => {
  const sentence = 'Scaled from {from} to {to} minutes.';
  const foreign = pseudo(sentence);
  expect(foreign).toMatch(/\{from\}.*\{to\}/);
  expect(foreign.replace(/\{\w+\}/g, '')).not.toMatch(word);
  expect(foreign.length).toBeGreaterThanOrEqual(sentence.length * 1.4);
  expect(pseudo(sentence, 40).length).toBeLessThanOrEqual(40);
});
