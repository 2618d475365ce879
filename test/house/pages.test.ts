/** The Markdown pages: every link leads somewhere, every file they name is there, and the front page stays short. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { anchorsOf, fencesOf, linksOf, markdownPages, pageText, spansOf } from '../support/markdown.ts';

const ownPackage = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as Readonly<{
  files: readonly string[];
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
}>;

const isOutside = (link: string): boolean => /^[a-z]+:/.test(link);

/** Where a link of a page leads within the tree. */
function targetOf(page: string, link: string): Readonly<{ path: string; anchor: string | undefined }> {
  const [path = '', anchor] = link.split('#');
  return { path: path === '' ? page : normalize(join(dirname(page), decodeURI(path))), anchor };
}

const insideLinks = (page: string): readonly string[] =>
  linksOf(pageText(page)).filter(link => !isOutside(link));

/** What is wrong with a link, or null. */
function wrongWith(page: string, link: string): string | null {
  if (isOutside(link)) return link.startsWith('https://') ? null : `${link} is not https`;
  const { path, anchor } = targetOf(page, link);
  if (path.startsWith('..') || path.startsWith('/')) return `${link} leads out of the tree`;
  if (!existsSync(join(packageRoot, path))) return `${link}: there is no ${path}`;
  if (anchor === undefined) return null;
  if (!path.endsWith('.md')) return `${link}: only a Markdown page has headings`;
  return anchorsOf(pageText(path)).has(anchor) ? null : `${link}: ${path} has no such heading`;
}

describe('every link leads somewhere', () => {
  it.each(markdownPages)('in %s', page => {
    const links = linksOf(pageText(page));
    expect(links.map(link => wrongWith(page, link)).filter(wrong => wrong !== null)).toEqual([]);
  });

  it('and one that leads nowhere would be found', () => {
    const wrong = ['no-such.md', '#no-such-heading', '../out.md', 'http://example.org', 'LICENSE#what'];
    expect(wrong.filter(link => wrongWith('README.md', link) === null)).toEqual([]);
    const page = 'See [a](a.md), ![b](b.png "B"), [`c`](c.md#d), <img src="e.png" />, `[f](f.md)`.\n';
    expect(linksOf(`${page}\n\`\`\`md\n[g](g.md)\n\`\`\`\n`)).toEqual(['a.md', 'b.png', 'c.md#d', 'e.png']);
    const headings = '# One `two`, three\n\n## Same\n\n## Same\n\n## What it’s (not)\n';
    expect([...anchorsOf(headings)]).toEqual(['one-two-three', 'same', 'same-1', 'what-its-not']);
  });
});

describe('every file that a page names in code is there', () => {
  const path = /(?<![\w./~-])(?:machines|src|hardware|simulator|test)\/[\w./-]*\w\/?/g;
  const namedIn = (page: string): readonly string[] => {
    const text = pageText(page);
    const code = [...spansOf(text), ...fencesOf(text).map(block => block.text)].join('\n');
    return [...code.matchAll(path)].map(([name]) => name);
  };
  // A page may name a test by its path below test/, as the hazard table does.
  const isThere = (name: string): boolean =>
    existsSync(join(packageRoot, name)) ||
    (name.endsWith('.test.ts') && existsSync(join(packageRoot, 'test', name)));
  it.each(markdownPages)('in %s', page => {
    expect(namedIn(page).filter(name => !isThere(name))).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = pageText('README.md');

  it('has at most 12,000 characters', () => {
    expect([...readme].length).toBeLessThanOrEqual(12_000);
  });

  it.each(['A stroke', 'A stop'])('tells the way of %s without going back to a room it has left', title => {
    const from = readme.indexOf(`### ${title},`);
    const steps = readme.slice(from, readme.indexOf('\n#', from + 4)).matchAll(/`([\w./-]+\.\w+)`/g);
    const folders = [...steps]
      .map(([, file = '']) => dirname(file))
      .filter(folder => folder !== 'simulator/avr');
    const rooms = folders.filter((folder, index) => folder !== folders[index - 1]);
    expect(rooms.length).toBeGreaterThan(4);
    expect(rooms).toEqual([...new Set(rooms)]);
  });

  it('leads to every page there is, by way of others', () => {
    const reached = new Set<string>();
    const visit = (page: string): void => {
      if (reached.has(page)) return;
      reached.add(page);
      for (const link of insideLinks(page)) {
        const { path } = targetOf(page, link);
        if (path.endsWith('.md')) visit(path);
      }
    };
    visit('README.md');
    expect(markdownPages.filter(page => !reached.has(page))).toEqual([]);
  });

  it.each(['A stroke, from the file to the motor', 'A stop, from the pin to the page'])(
    'tells the way of one thing by steps, each with its file: %s',
    heading => {
      const [, section = ''] = readme.split(`### ${heading}\n`);
      const [own = ''] = section.split(/^#/m);
      const steps = own.split('\n').filter(line => /^\d+\. /.test(line));
      expect(steps.length).toBeGreaterThanOrEqual(8);
      expect(steps.filter(step => !/`[\w./-]+\.(?:ts|json|cpp|h)`/.test(step))).toEqual([]);
    },
  );
});

describe('an installed package', () => {
  /** `files` of package.json as npm reads it: paths, folders with all below them, `*`, `**` and `{one,other}`. */
  const patterns = ownPackage.files.map(pattern => {
    const source = pattern
      .replaceAll(/[.+]/g, '\\$&')
      .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
      .replaceAll('**/', '\u0000')
      .replaceAll('*', '[^/]*')
      .replaceAll('\u0000', '(?:[^/]+/)*');
    return new RegExp(`^${source}(?:/.*)?$`);
  });
  const isPacked = (path: string): boolean => patterns.some(pattern => pattern.test(path));

  it('brings along all that its pages lead to', () => {
    const pages = markdownPages.filter(isPacked);
    expect(pages).toContain('README.md');
    const missing = pages.flatMap(page =>
      insideLinks(page)
        .map(link => targetOf(page, link).path)
        .filter(path => !isPacked(path))
        .map(path => `${page} leads to ${path}`),
    );
    expect(missing).toEqual([]);
    expect(isPacked('src/session/run.ts')).toBe(false);
  });
});

test('every dependency is named with its reason', () => {
  const page = pageText('CONTRIBUTING.md');
  const names = Object.keys({ ...ownPackage.dependencies, ...ownPackage.devDependencies });
  // `@biomejs/biome` is called biome; what a package is typed by needs no reason of its own.
  const isNamed = (name: string): boolean =>
    name.startsWith('@types/') || page.includes(name) || page.includes(name.replace(/^@biomejs\//, ''));
  expect(names.filter(name => !isNamed(name))).toEqual([]);
});

/** The kind of a PNG whose pixels are numbers of colours: what `keepPicture` makes of a screenshot. */
const ofAPalette = 3;
const mostPictureBytes = 120_000;

test('every picture that is kept is shown on a page', () => {
  const shown = new Set(
    markdownPages.flatMap(page => insideLinks(page).map(link => targetOf(page, link).path)),
  );
  const folder = join('test', 'browser', 'pictures');
  const kept = readdirSync(join(packageRoot, folder));
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.map(name => join(folder, name)).filter(name => !shown.has(name))).toEqual([]);
});

test('no picture that is kept makes the package heavy: each is of at most 256 colours', () => {
  const folder = join(packageRoot, 'test', 'browser', 'pictures');
  const heavy = readdirSync(folder).filter(name => {
    const png = readFileSync(join(folder, name));
    return png[25] !== ofAPalette || png.length > mostPictureBytes;
  });
  expect(heavy).toEqual([]);
});
