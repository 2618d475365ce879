import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileBusy, holderOfFile, holdFile, whileHeld } from '../../../src/storage/lock.ts';
import { privateFolder, setAside } from '../../../src/storage/private-files.ts';
import { thisProcess } from '../../../src/storage/processes.ts';
import { StateFile } from '../../../src/storage/state-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-lock-'));
  path = join(folder, 'one.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): StateFile => new StateFile({ path, version: ['v', 1], say: () => {} });

it('one after the other: who comes while another one changes a file is told so', () => {
  const letGo = holdFile(path);
  expect(holderOfFile(path)).toBe(process.pid);
  expect(() => holdFile(path)).toThrow(FileBusy);
  letGo();
  expect(holderOfFile(path)).toBeNull();
  whileHeld(path, () => {});
  expect(readdirSync(folder)).toEqual([]);
});

it('of a process that died it is nobody’s, and of another one with its number as well', () => {
  const me = thisProcess();
  for (const note of [
    { ...me, pid: 4_999_999 },
    { ...me, boot: 'another' },
    ...(me.began === null ? [] : [{ ...me, began: '1' }]),
  ]) {
    writeFileSync(`${path}.lock`, JSON.stringify(note));
    expect(holderOfFile(path)).toBeNull();
    expect(whileHeld(path, () => 'mine')).toBe('mine');
  }
  // Its writer died before it said a word.
  writeFileSync(`${path}.lock`, '');
  expect(whileHeld(path, () => 'mine')).toBe('mine');
});

it('a change that another writer makes meanwhile is not lost', () => {
  file().change(() => new Map([['one', 1]]));
  let isFirst = true;
  file().change(({ fields }) => {
    // An editor knows nothing of our lock.
    if (fields.size === 1 && !isFirst) writeFileSync(path, '{"one":1,"other":2}');
    isFirst = false;
    return new Map([...fields, ['three', 3]]);
  });
  expect([...file().read().fields.keys()]).toEqual(['one', 'other', 'three']);
});

it('a change within a change is refused, and the first one stands', () => {
  expect(() =>
    whileHeld(path, () => {
      file().change(() => new Map([['inner', 1]]));
    }),
  ).toThrow(FileBusy);
  expect(readdirSync(folder)).toEqual([]);
});

it('what is set aside never takes the place of what was set aside before', () => {
  for (const text of ['first', 'second', 'third']) {
    writeFileSync(path, text);
    setAside(path);
  }
  expect(readdirSync(folder)).toEqual(['one.json.aside-1', 'one.json.aside-2', 'one.json.aside-3']);
});

// Node's own recursive way never comes back from there.
it.runIf(process.platform === 'linux')('a folder that cannot be made is refused at once', () => {
  expect(() => privateFolder('/proc/nowhere/tactus')).toThrow(/ENOENT/);
  writeFileSync(path, '');
  expect(() => privateFolder(join(path, 'tactus'))).toThrow(/ENOTDIR/);
  expect(() => privateFolder(path)).toThrow(/is no folder/);
});
