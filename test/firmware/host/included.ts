/** A source of C++ and every file of the project that it may include, whatever is defined: each path with its text. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

type Include = Readonly<{ name: string; isQuoted: boolean }>;

/** The folders in which a call looks, each joined to its `-I`. */
const foldersIn = (flags: readonly string[]): readonly string[] =>
  flags.filter(flag => flag.startsWith('-I')).map(flag => flag.slice(2));

const includesOf = (path: string, text: string): readonly Include[] =>
  [...text.matchAll(/^[ \t]*#[ \t]*include\b(.*)$/gm)].map(([, what = '']) => {
    const [, quoted, angled] = /^\s*(?:"([^"]+)"|<([^>]+)>)/.exec(what) ?? [];
    const name = quoted ?? angled;
    if (name === undefined) throw new Error(`${path}: what is included here is not known: ${what.trim()}`);
    return { name, isQuoted: quoted !== undefined };
  });

/** What is not found is the compiler's own, which its version stands for. */
export function included(source: string, flags: readonly string[]): ReadonlyMap<string, string> {
  const folders = foldersIn(flags);
  const texts = new Map<string, string>();
  const open = [resolve(source)];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (texts.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    texts.set(path, text);
    const near = dirname(path);
    for (const { name, isQuoted } of includesOf(path, text)) {
      const places = [...(isQuoted ? [near] : []), ...folders].map(folder => resolve(folder, name));
      open.push(...places.filter(existsSync).slice(0, 1));
    }
  }
  return texts;
}
