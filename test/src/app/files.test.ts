import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exit, exitCodes, shown } from '../../../src/app/exit.ts';
import { readText, refuseUnanswerable, routineFrom, scriptFrom, writer } from '../../../src/app/files.ts';
import { phaseFile, rootFile } from '../../support/files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-files-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
/** The exit that something ends with. */
function exitOf(deed: () => unknown): Exit {
  try {
    deed();
  } catch (error) {
    if (error instanceof Exit) return error;
    throw error;
  }
  throw new Error('it did not end');
}

/** Root may read everything: what it may not is tried as somebody else. */
function asNobody<T>(deed: () => T): T {
  if (process.geteuid?.() !== 0) return deed();
  process.seteuid?.(65_534);
  try {
    return deed();
  } finally {
    process.seteuid?.(0);
  }
}

describe('reading', () => {
  it('is the text of a file, by a link too', () => {
    const path = file('a.txt', 'grüße');
    symlinkSync(path, join(folder, 'link.txt'));
    expect(readText(path, 100)).toBe('grüße');
    expect(readText(join(folder, 'link.txt'), 100)).toBe('grüße');
    expect(readText(file('empty.txt', ''), 100)).toBe('');
  });

  it('reads one byte more than it was allowed, for whoever judges the size', () => {
    const path = file('long.txt', 'x'.repeat(50));
    expect(readText(path, 10)).toHaveLength(11);
    expect(readText(path, 50)).toHaveLength(50);
  });

  it('is all or nothing where that is asked', () => {
    const path = file('big.txt', 'x'.repeat(5000));
    const exit = exitOf(() => readText(path, 2048, { whole: true }));
    expect([exit.code, exit.message]).toEqual([exitCodes.content, `${path}: is larger than 2 KB`]);
    expect(readText(path, 5000, { whole: true })).toHaveLength(5000);
  });

  it.each([
    ['a file that is not there', () => join(folder, 'nothing'), 'does not exist'],
    ['a folder', () => folder, 'is not a regular file'],
    ['a device', () => '/dev/null', 'is not a regular file'],
    ['an endless device', () => '/dev/zero', 'is not a regular file'],
    ['a name with a zero in it', () => 'a\0b', 'does not exist'],
  ])('of %s is no input', (_, path, why) => {
    const exit = exitOf(() => readText(path(), 100));
    expect(exit.code).toBe(exitCodes.noInput);
    expect(exit.message).toContain(why);
  });

  it('of a pipe is refused at once, without waiting for a writer', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(exitOf(() => readText(pipe, 100)).message).toContain('is not a regular file');
  });

  it('of what is no UTF-8 is refused where letters matter, and goes by bytes elsewhere', () => {
    const path = file('latin1.txt', new Uint8Array([0x42, 0xfc]));
    const exit = exitOf(() => readText(path, 100, { strict: true }));
    expect([exit.code, exit.message]).toEqual([
      exitCodes.content,
      `${path}: is not UTF-8 text: save it as UTF-8`,
    ]);
    expect(readText(path, 100)).toBe('B\ufffd');
    // Cut off within a letter, a large file is still told to be too large.
    expect(readText(file('large.txt', 'ü'.repeat(10)), 10, { strict: true })).toHaveLength(6);
  });

  it('of a file that may not be read is not permitted', () => {
    const path = file('secret.txt', 'x');
    chmodSync(path, 0);
    const exit = asNobody(() => exitOf(() => readText(path, 100)));
    expect([exit.code, exit.message]).toEqual([
      exitCodes.notPermitted,
      `${path}: cannot be read by this account`,
    ]);
  });
});

describe('writing', () => {
  it('begins a file anew, private, and holds everything once closed', () => {
    const path = file('out.jsonl', 'before');
    const out = writer(path);
    const line = `${'x'.repeat(999)}\n`;
    for (let count = 0; count < 200; count++) out.write(line);
    out.close();
    expect(readFileSync(path, 'utf8')).toBe(line.repeat(200));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('where nothing can be written says so', () => {
    expect(exitOf(() => writer(join(folder, 'no', 'such', 'folder'))).code).toBe(exitCodes.cannotWrite);
  });

  it('to a full disk says so', () => {
    const out = writer('/dev/full');
    out.write('x');
    expect(exitOf(() => out.close()).code).toBe(exitCodes.cannotWrite);
  });
});

describe('a routine', () => {
  it('is found by its id, or read from its file', () => {
    expect(routineFrom('leg-and-back').id).toBe('leg-and-back');
    expect(routineFrom(file('mine.json', rootFile({}))).id).toBe('small');
  });

  it('that is not there is told with those that are', () => {
    const exit = exitOf(() => routineFrom('no-such'));
    expect(exit.code).toBe(exitCodes.noInput);
    expect(exit.message).toMatch(
      /^no-such: no such routine; there are evening-legs, leg-and-back, first-touch/,
    );
  });

  it('that is faulty is told with every fault, one a line, with file, line and path', () => {
    const path = file('bad.json', phaseFile({ strokeCm: 1, zone: 'spine' }));
    const exit = exitOf(() => routineFrom(path));
    expect(exit.code).toBe(exitCodes.content);
    const [first, ...details] = exit.message.split('\n');
    expect(first).toBe(`${path}: 2 faults`);
    expect(details).toHaveLength(2);
    for (const detail of details)
      expect(detail).toMatch(/^.*bad\.json:\d+: \$\.phases\[1\]\.(zone|strokeCm) is ("spine"|1): must be /);
  });

  it('that is too large is told to be', () => {
    const path = file('huge.json', ' '.repeat(2 * 1024 * 1024));
    expect(exitOf(() => routineFrom(path)).message).toContain('is larger than 256 KB');
  });
});

describe('a script', () => {
  it('is read from its file', () => {
    expect(scriptFrom(file('s.json', '[{"at":0,"intent":"start"}]'))).toHaveLength(1);
  });
  it('that is faulty is told with every faulty step', () => {
    const exit = exitOf(() => scriptFrom(file('s2.json', '[{"at":0,"intent":"fly"},{"intent":"start"}]')));
    expect(exit.code).toBe(exitCodes.content);
    expect(exit.message.split('\n')).toHaveLength(3);
  });
  it('that answers what nobody asks in this run is told with every such step', () => {
    const steps = scriptFrom(
      file('s4.json', '[{"at":0,"intent":"screen","anythingNew":"no","unchanged":["health"]}]'),
    );
    const exit = exitOf(() => refuseUnanswerable('s4.json', steps, { returns: false }));
    expect(exit.code).toBe(exitCodes.content);
    expect(exit.message.split('\n').slice(1)).toEqual([
      's4.json: step 1: anythingNew is asked only where all was clear lately (simulate --returning)',
      's4.json: step 1: unchanged is asked only where all was clear lately (simulate --returning)',
    ]);
    expect(() => refuseUnanswerable('s4.json', steps, { returns: true })).not.toThrow();
  });
  it('that is too large is told to be', () => {
    const exit = exitOf(() => scriptFrom(file('s3.json', `[${' '.repeat(1024 * 1024)}]`)));
    expect([exit.code, exit.message.includes('is larger than 1024 KB')]).toEqual([exitCodes.content, true]);
  });
});

it('a name from outside is shown without anything that paints a terminal, and not endlessly', () => {
  expect(shown('a\u001b[31mb\nc\u009bd')).toBe('a?[31mb?c?d');
  expect(shown('x'.repeat(1000))).toHaveLength(300);
  expect(shown('grüße.json')).toBe('grüße.json');
});
