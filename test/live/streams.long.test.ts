/** A controller whose words nobody can hear: it ends all the same, in time, and with the code that tells why. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import { afterEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { scratch } from '../support/cli.ts';

const { file } = scratch();
const program = join(packageRoot, 'src', 'tactus.js');
const start = ['start', '--headless', '--routine', 'first-touch'];
const begin = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 0, intent: 'start' },
];
/** Fails with motors armed. */
const failing = (): string => file('fails.json', [...begin, { at: 1500, expect: 'cooldown' }]);

const open: number[] = [];
afterEach(() => {
  for (const descriptor of open.splice(0)) closeSync(descriptor);
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'tactus-'));

/** What a stream of the program can be. */
const streams = {
  gone: () => {
    const path = join(folder(), 'gone');
    execFileSync('mkfifo', [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, constants.O_WRONLY);
    closeSync(reader);
    return writer;
  },
  full: () => openSync('/dev/full', 'w'),
  blocked: () => {
    const path = join(folder(), 'blocked');
    execFileSync('mkfifo', [path]);
    const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    for (const bytes of [4096, 1])
      try {
        for (let count = 0; count < 1_000_000; count++) writeSync(both, 'x'.repeat(bytes));
      } catch {
        // It is full.
      }
    return both;
  },
} as const;

/** Whether the board of the program that keeps its state here has answered, as its journal tells. */
const boardIsReady = (kept: string): boolean =>
  readdirSync(kept).some(
    name => name.endsWith('.jsonl') && readFileSync(join(kept, name), 'utf8').includes('"board.ready"'),
  );

/** Runs it to its end; where there is a signal, that is sent as soon as its board has answered. */
async function ended(
  words: readonly string[],
  stdio: readonly (number | 'ignore')[],
  signal?: NodeJS.Signals,
): Promise<number | null> {
  const kept = folder();
  const child = spawn(process.execPath, [program, ...words], {
    cwd: packageRoot,
    stdio: [...stdio],
    env: { ...process.env, TACTUS_STATE: kept },
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
  if (signal) {
    await expect.poll(() => boardIsReady(kept), { timeout: 30_000 }).toBe(true);
    child.kill(signal);
  }
  const [code] = await exit;
  clearTimeout(late);
  return code;
}

describe.each(Object.keys(streams) as (keyof typeof streams)[])('standard error is %s', kind => {
  it('a script that fails with the motors armed: 65, and the process is gone', async () => {
    const err = streams[kind]();
    open.push(err);
    expect(await ended([...start, '--script', failing()], ['ignore', 'ignore', err])).toBe(65);
  });

  it('SIGTERM: 143', async () => {
    const err = streams[kind]();
    open.push(err);
    expect(await ended(start, ['ignore', 'ignore', err], 'SIGTERM')).toBe(143);
  });
});

describe.each(['gone', 'blocked'] as const)('both streams are %s', kind => {
  it('a script that fails: 65', async () => {
    const both = streams[kind]();
    open.push(both);
    expect(await ended([...start, '--script', failing()], ['ignore', both, both])).toBe(65);
  });

  it('SIGTERM: 143', async () => {
    const both = streams[kind]();
    open.push(both);
    expect(await ended(start, ['ignore', both, both], 'SIGTERM')).toBe(143);
  });
});

it('a terminal that was stopped with Ctrl-S: a script that fails ends it all the same', async () => {
  const child = pty.spawn(process.execPath, [program, ...start, '--script', failing()], {
    cwd: packageRoot,
    env: { ...process.env, TACTUS_STATE: folder() },
  });
  let shown = '';
  child.onData(text => {
    shown += text;
    if (shown.includes('ready')) child.write('\x13');
  });
  const code = await new Promise<number>(resolve => {
    const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
    child.onExit(({ exitCode, signal }) => {
      clearTimeout(late);
      resolve(signal ? 128 + signal : exitCode);
    });
  });
  expect(code).toBe(65);
});

describe('a terminal that is closed, as its window is', () => {
  it.each([
    ['start', 'ready', [129]],
    ['start --headless', 'ready', [129]],
    // Its input ends in the same moment, and may be read first.
    ['bringup', 'pacemaker', [129, 64]],
  ])('%s: it ends with its own code, and not by a crash of Node’s', async (words, until, codes) => {
    const child = pty.spawn(process.execPath, [program, ...words.split(' ')], {
      cwd: packageRoot,
      env: { ...process.env, TACTUS_STATE: folder() },
    });
    let shown = '';
    child.onData(text => {
      shown += text;
    });
    const exit = new Promise<number>(resolve => {
      child.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode));
    });
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
    await expect.poll(() => shown, { timeout: 50_000 }).toContain(until);
    // Public in node-pty's code, not in its types: the other end is gone, and the system sends SIGHUP.
    if ('destroy' in child && typeof child.destroy === 'function') child.destroy();
    expect(codes).toContain(await exit);
    clearTimeout(late);
  });
});
