/** The Markdown pages of the tree, as far as tests read them: headings, links, code. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';

/** Folders that are made or fetched, and none of the tree's own. */
const notOurs = /^(\.git|node_modules|dist.*|coverage|build|scratch)$/;

function pagesIn(folder: string): string[] {
  return readdirSync(join(packageRoot, folder)).flatMap(name => {
    if (notOurs.test(name)) return [];
    const path = join(folder, name);
    if (statSync(join(packageRoot, path)).isDirectory()) return pagesIn(path);
    return name.endsWith('.md') ? [path] : [];
  });
}

/** Every Markdown page, by its path from the top. */
export const markdownPages: readonly string[] = pagesIn('').toSorted();

export const pageText = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

export type Fence = Readonly<{ language: string; text: string }>;

const fence = /^( *)```([^\n]*)\n([\s\S]*?)^\1```[ \t]*$/gm;

/** Blocks of code between fences, and those that are set in by four spaces, without a language. */
export function fencesOf(text: string): readonly Fence[] {
  const fenced = [...text.matchAll(fence)].map(([, indent = '', language = '', body = '']) => ({
    language: language.trim(),
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
  const setIn = [...text.replace(fence, '').matchAll(/(?:^|\n\n)((?: {4}\S[^\n]*\n)+)/g)].map(
    ([, body = '']) => ({ language: '', text: body.replaceAll(/^ {4}/gm, '') }),
  );
  return [...fenced, ...setIn];
}

/** What is left of a page without its blocks of code and its comments. */
const prose = (text: string): string => text.replace(fence, '').replace(/<!--[\s\S]*?-->/g, '');

/** Code within lines. In a table a bar is written `\|`. */
export const spansOf = (text: string): readonly string[] =>
  [...prose(text).matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)].map(([, code = '']) =>
    code.replaceAll('\\|', '|').replaceAll(/\s*\n\s*/g, ' '),
  );

const plain = (heading: string): string =>
  heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');

/** Where links within a page can lead: its headings as GitHub names them, and anchors of its own. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const found = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = plain(heading)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = found.get(slug) ?? 0;
    found.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  for (const [, own = ''] of prose(text).matchAll(/<a [^>]*(?:id|name)="([^"]+)"/g)) anchors.add(own);
  return anchors;
}

/** What links and pictures of a page lead to, as it is written. */
export function linksOf(text: string): readonly string[] {
  // A link may have code in it; a link within code is none.
  const read = prose(text).replaceAll(/`[^`\n]*`/g, 'code');
  return [
    ...[...read.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)],
    ...[...read.matchAll(/<(?:img|a|source)\b[^>]*\b(?:src|href|srcset)="([^"]+)"/g)],
    ...[...read.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)],
    ...[...read.matchAll(/<(https?:\/\/[^>\s]+)>/g)],
  ].map(([, target = '']) => target);
}
