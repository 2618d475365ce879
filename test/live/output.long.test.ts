/** Output of a process: the same twice, cut short by whoever reads it, or not to be written at all. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { scratch, tactus } from '../support/cli.ts';

const { path } = scratch();

describe('output that cannot be written', () => {
  it.each([
    ['routines', 'list'],
    ['simulate', 'first-touch', '--trace', '-'],
  ])('%s %s: 73, and says so', async (...words) => {
    const ended = await tactus(words.filter(Boolean), { out: '/dev/full' });
    expect([ended.code, ended.err]).toEqual([
      73,
      expect.stringMatching(/^tactus: standard output cannot be written \(ENOSPC\)\n/m),
    ]);
  });

  it('a board’s trace: 73, in one line', async () => {
    const ended = await tactus(['board', '--trace', '/dev/full'], { input: 'mark here\n' });
    expect([ended.code, ended.err]).toEqual([
      73,
      expect.stringMatching(/^tactus: \/dev\/full: cannot be written \(ENOSPC\)\n$/),
    ]);
  });
});

it('a board that is ended the moment it says where it is: 143, and its link is gone', async () => {
  const link = path('board');
  const child = spawn(process.execPath, ['src/tactus.js', 'board', '--link', link], {
    cwd: packageRoot,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await exit).toEqual([143, null]);
  expect(lstatSync(link, { throwIfNoEntry: false })).toBeUndefined();
});

describe('tactus simulate', () => {
  it('twice leaves the same bytes', async () => {
    const [one, other] = await Promise.all(
      ['one', 'other'].map(name =>
        tactus([
          'simulate',
          'evening-legs',
          '--seed',
          '7',
          '--trace',
          path(`${name}.jsonl`),
          '--journal',
          path(`${name}.journal`),
        ]),
      ),
    );
    expect([one?.code, other?.code]).toEqual([0, 0]);
    expect(other?.out).toBe(one?.out);
    for (const kind of ['jsonl', 'journal'])
      expect(readFileSync(path(`other.${kind}`)).equals(readFileSync(path(`one.${kind}`)))).toBe(true);
  });

  it('ends well where whoever reads its trace stops reading', async () => {
    const ended = await tactus(['simulate', 'leg-and-back', '--trace', '-'], { shut: 1000 });
    expect(ended.code).toBe(0);
    expect(ended.err).not.toMatch(/EPIPE|at .*\.js/);
  });
});
