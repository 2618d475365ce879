/** What is compiled for tests is compiled once per content, and never taken for something that it is not. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasSanitizers } from './build.ts';
import { included } from './included.ts';
import { KeptBuilds } from './kept.ts';

let folder = '';
let source = '';
let cache = '';
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-kept-'));
  cache = join(folder, 'cache');
  mkdirSync(join(folder, 'more'));
  write('deep.h', '#pragma once\nconstexpr int deep = 1;\n');
  write('near.h', '#pragma once\n#include "deep.h"\n');
  source = write(
    'source.cpp',
    '#include <cstdint>\n#include "near.h"\nint main() { return deep + VALUE; }\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const call = (value = 2, ...flags: readonly string[]) => ({
  compiler: process.env.CXX ?? 'g++',
  flags: ['-Wall', `-DVALUE=${value}`, ...flags],
});
const kept = (): readonly string[] => readdirSync(cache);
const object = (value?: number, ...flags: readonly string[]): string =>
  new KeptBuilds(cache).object(call(value, ...flags), source);

describe.skipIf(!hasSanitizers)('an object', () => {
  it('is compiled once while nothing of it changes', () => {
    const path = object();
    const { ino } = statSync(path);
    expect(object()).toBe(path);
    expect(statSync(path).ino).toBe(ino);
    expect(kept()).toHaveLength(1);
  });

  it.each([
    ['the source', () => writeFileSync(source, `${readFileSync(source, 'utf8')}int more = 1;\n`)],
    ['a header of a header', () => write('deep.h', '#pragma once\nconstexpr int deep = 5;\n')],
  ])('is compiled anew when %s has changed', (_, change) => {
    const before = object();
    const text = readFileSync(before);
    change();
    const after = object();
    expect(after).not.toBe(before);
    expect(readFileSync(after).equals(text)).toBe(false);
  });

  it('is another one with another flag, and with another value of what it names', () => {
    const paths = [object(), object(2, '-O1'), object(3)];
    expect(new Set(paths).size).toBe(3);
  });

  it('is the same whatever value that has which it does not name', () => {
    expect(object(2, '-DOTHER=1')).toBe(object(2, '-DOTHER=2'));
  });

  it('is compiled anew by another compiler', () => {
    const compilers = ['one', 'another'].map(name => {
      const path = join(folder, name);
      const text = `#!/bin/sh\n[ "$1" = -v ] && echo ${name} >&2 && exit\nexec ${call().compiler} "$@"\n`;
      writeFileSync(path, text, { mode: 0o755 });
      return path;
    });
    const paths = compilers.map(compiler => new KeptBuilds(cache).object({ ...call(), compiler }, source));
    expect(new Set(paths).size).toBe(2);
  });

  it('that is broken fails each time with the compiler’s words, and nothing of it is kept', () => {
    write('deep.h', '#pragma once\nconstexpr int deep = nobody;\n');
    for (let time = 0; time < 2; time++) expect(object).toThrow(/deep\.h:2.*nobody.*was not declared/s);
    expect(kept()).toEqual([]);
    write('deep.h', '#pragma once\nconstexpr int deep = 1;\n');
    const mended = object();
    expect(kept()).toEqual([basename(mended)]);
  });

  it('of which the compiler only warns fails as well', () => {
    writeFileSync(source, 'int main() { int unused = 1; return 0; }\n');
    for (let time = 0; time < 2; time++) expect(object).toThrow(/unused/);
    expect(kept()).toEqual([]);
  });
});

describe.skipIf(!hasSanitizers)('a program', () => {
  it('is linked once, and again of another object', () => {
    const builds = new KeptBuilds(cache);
    const one = builds.program(call(), [object()]);
    expect(builds.program(call(), [object()])).toBe(one);
    expect(builds.program(call(), [object(3)])).not.toBe(one);
    expect(kept()).toHaveLength(4);
  });
});

describe.skipIf(!hasSanitizers)('what is kept', () => {
  const anHour = 3600;
  /** Four that were used some hours ago, the first one last. */
  const made = (): readonly string[] =>
    [1, 2, 3, 4].map(hours => {
      const path = object(hours);
      const usedAt = Date.now() / 1000 - hours * anHour;
      utimesSync(path, usedAt, usedAt);
      return basename(path);
    });
  const keptBy = (spareMs: number): readonly string[] => {
    const bytes = 3.5 * statSync(object(1)).size;
    return [basename(new KeptBuilds(cache, { bytes, spareMs }).object(call(5), source))];
  };

  it('has a bound: those not used for longest are removed', () => {
    const paths = made();
    const newest = keptBy(1000);
    expect(kept().toSorted()).toEqual([...newest, ...paths.slice(0, 2)].toSorted());
  });

  it('is not removed while somebody may be about to use it', () => {
    const paths = made();
    const newest = keptBy(5 * anHour * 1000);
    expect(kept().toSorted()).toEqual([...newest, ...paths].toSorted());
  });
});

describe('what a source may include', () => {
  it('is looked for beside whoever includes it, then where the call says, and each is read once', () => {
    const more = join(folder, 'more');
    writeFileSync(join(more, 'deep.h'), '// hidden by the other\n');
    writeFileSync(join(more, 'far.h'), '#include "deep.h"\n');
    write('near.h', '#  include <far.h>\n#include "deep.h"\n#include "far.h" // again\n');
    expect([...included(source, [`-I${more}`]).keys()].toSorted()).toEqual(
      [
        source,
        join(folder, 'near.h'),
        join(folder, 'deep.h'),
        join(more, 'far.h'),
        join(more, 'deep.h'),
      ].toSorted(),
    );
  });

  it('is an error where no name says it', () => {
    write('near.h', '#define NAME "deep.h"\n#include NAME\n');
    expect(() => included(source, [])).toThrow(/near\.h: what is included here is not known: NAME/);
  });
});
