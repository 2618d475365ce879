/**
 * How the program comes to run: built where that is needed, where it can be, and in one sentence where it cannot. A
 * process is started only where one is what it is about: its streams and exit code, its account, a signal, several at once.
 */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SmallCheckout } from '../support/small-checkout.ts';

// A name with all that an address, a pattern or a shell takes for something else.
const folder = mkdtempSync(join(tmpdir(), 'tactus #1 100% what? Ü手 -'));
afterAll(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});
let checkout: SmallCheckout;
let count = 0;
beforeEach(() => {
  count += 1;
  checkout = new SmallCheckout(join(folder, String(count)));
});

/** Root without what lets it write where nobody may. */
const asAnybody =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-all', '--']
    : [];

const files = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).map(name => join(path, name));
const longAgo = new Date('2001-02-03');

it('builds once, runs that the next time, and builds again when a source has changed', async () => {
  expect(await checkout.run()).toMatchObject({ code: 0, out: 'first', err: 'building …' });
  expect(await checkout.run()).toMatchObject({ code: 0, out: 'first', err: '' });
  checkout.source('second');
  expect([await checkout.bringUpToDate(), checkout.built]).toEqual([null, 'second']);
  expect(checkout.beside).toEqual([]);
});

it('takes no page, no hidden file and no link that leads nowhere for a source', async () => {
  await checkout.bringUpToDate();
  writeFileSync(join(checkout.root, 'src', 'README.md'), 'new');
  writeFileSync(join(checkout.root, 'src', '.main.ts.swp'), 'new');
  symlinkSync('nowhere', join(checkout.root, 'src', 'lock.ts'));
  rmSync(join(checkout.root, 'node_modules'), { recursive: true });
  expect([await checkout.bringUpToDate(), checkout.built]).toEqual([null, 'first']);
});

it('runs a copy with other times as it is, where nothing can be written and nothing is there that builds', async () => {
  await checkout.bringUpToDate();
  rmSync(join(checkout.root, 'node_modules'), { recursive: true });
  const copy = join(folder, 'copy');
  cpSync(checkout.root, copy, { recursive: true });
  for (const path of files(copy)) utimesSync(path, longAgo, longAgo);
  const all = [copy, ...files(copy)];
  for (const path of all) chmodSync(path, 0o555);
  const before = files(copy);
  checkout = Object.assign(checkout, { root: copy });
  expect(await checkout.run([], { front: asAnybody })).toMatchObject({ code: 0, out: 'first', err: '' });
  expect(files(copy)).toEqual(before);
  for (const path of all) chmodSync(path, 0o755);
});

describe('where it cannot be built', () => {
  it('says in one line that what builds is not installed, and what to do; an installation is done all the same', async () => {
    rmSync(join(checkout.root, 'node_modules'), { recursive: true });
    const wrong = await checkout.bringUpToDate();
    expect(wrong).toMatchObject({ code: 66, isToolMissing: true });
    expect(wrong?.said).toMatch(/^it is not built yet, and Vite.* is not installed.*; run npm ci[^\n]*$/);
    const prepared = await checkout.run(['--build'], { env: { npm_lifecycle_event: 'prepare' } });
    expect(prepared).toMatchObject({ code: 0, out: '', err: `tactus: ${wrong?.said}` });
  });

  it('says in one line that nothing can be written there, and what to do', async () => {
    await checkout.bringUpToDate();
    checkout.source('second');
    chmodSync(checkout.root, 0o555);
    const { code, out, err } = await checkout.run([], { front: asAnybody });
    chmodSync(checkout.root, 0o755);
    expect([code, out]).toEqual([73, '']);
    expect(err).toMatch(
      /^tactus: its sources have changed .* \(EACCES\); run npm run build there as its owner$/,
    );
    expect(err).toContain(checkout.root);
  });

  it('says in one line which source may not be read', async () => {
    await checkout.bringUpToDate();
    chmodSync(join(checkout.root, 'src', 'main.ts'), 0);
    utimesSync(join(checkout.root, 'src', 'main.ts'), longAgo, longAgo);
    const { code, err } = await checkout.run([], { front: asAnybody });
    expect(code).toBe(77);
    expect(err).toMatch(/^tactus: .*main\.ts may not be read by this account \(EACCES\).*$/);
  });

  it('says what the build has said, and keeps the one that was there', async () => {
    await checkout.bringUpToDate();
    checkout.source('second');
    vi.stubEnv('VITE_FAILS', '1');
    const wrong = await checkout.bringUpToDate();
    vi.unstubAllEnvs();
    expect(wrong).toEqual({
      code: 70,
      said: 'the build failed; what was built before stays as it was: a semicolon is missing',
      isToolMissing: false,
    });
    expect([checkout.built, checkout.beside]).toEqual(['first', []]);
  });
});

describe('builds beside each other', () => {
  it('two at once both come to run, and leave one build', async () => {
    const both = await Promise.all([checkout.run(), checkout.run()]);
    expect(both.map(({ code, out }) => [code, out])).toEqual(Array(2).fill([0, 'first']));
    expect(checkout.beside).toEqual([]);
    rmSync(join(checkout.root, 'node_modules'), { recursive: true });
    expect([await checkout.bringUpToDate(), checkout.built]).toEqual([null, 'first']);
  });

  it('one that is told to end takes its half away', async () => {
    const { signal } = await checkout.run([], {
      env: { VITE_HANGS: '1' },
      begun: pid => process.kill(pid, 'SIGTERM'),
    });
    expect([signal, checkout.beside]).toEqual(['SIGTERM', []]);
  });

  it('of one that was killed the half is removed by a later build, and no other folder', async () => {
    const { signal } = await checkout.run([], {
      env: { VITE_HANGS: '1' },
      begun: pid => process.kill(pid, 'SIGKILL'),
    });
    expect([signal, checkout.beside.length]).toEqual(['SIGKILL', 1]);
    for (const name of ['dist-demo', 'dist-2024', `dist-${process.pid}-0a0a0a0a`])
      mkdirSync(join(checkout.root, name));
    // It may still be at work where nobody knows its number.
    await checkout.bringUpToDate();
    expect(checkout.beside.length).toBe(4);
    checkout.source('second');
    const old = new Date(Date.now() - 3_600_000);
    for (const name of checkout.beside) utimesSync(join(checkout.root, name), old, old);
    await checkout.bringUpToDate();
    expect(checkout.beside.toSorted()).toEqual(
      [`dist-${process.pid}-0a0a0a0a`, 'dist-2024', 'dist-demo'].toSorted(),
    );
  });
});
