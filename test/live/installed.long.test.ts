/**
 * The package as it is installed: by npm, without a network or anybody's scripts, into an empty place; then its commands on
 * each Node that is promised, from a folder of a person's own. Without scripts npm puts the same bytes there under every
 * Node; what could tell them apart is which Node a package says it is for.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot, version } from '../../src/installed.ts';
import { BoardProcess } from '../faults/support/board-process.ts';
import {
  cached,
  filesBelow,
  installed,
  nodeOf,
  type Program,
  packedInto,
  runIn,
  startIn,
} from '../support/installed.ts';
import { npmProgram } from '../support/npm.ts';
import { standInRegistry } from '../support/stand-in-registry.ts';
import { repeatedIfStarved } from '../support/starved.ts';

const npm = npmProgram() ?? '';
/** Each Node that is promised, where it can be had. */
const nodes = [
  { name: 'this Node', node: npm ? process.execPath : null },
  ...(await Promise.all(
    [22, 24].map(async major => ({ name: `Node ${major}`, node: npm ? await nodeOf(npm, major) : null })),
  )),
];

const mostBytes = 3_000_000;

const scratch = mkdtempSync(join(tmpdir(), 'tactus-installed-'));
/** What a person's folder may be called. */
const elsewhere = join(scratch, 'Ünïcode #1 100% what? 手');
const cache = join(scratch, 'cache');
let tarball = '';
let installation: Program = { node: '', entry: '', cwd: '', env: {} };
let prefix = '';
let files: readonly string[] = [];
/** What the checkout says of a session. */
let fromCheckout = '';
const session = ['simulate', 'first-touch', '--json'];

beforeAll(async () => {
  if (!npm) return;
  mkdirSync(elsewhere);
  tarball = packedInto(npm, join(scratch, 'packed'));
  const standIn = await standInRegistry();
  const from = { npm, node: process.execPath, cache, registry: standIn.address, cwd: elsewhere };
  await cached(from, standIn.names);
  await standIn.close();
  prefix = mkdtempSync(join(scratch, 'prefix-'));
  installation = await installed({ ...from, tarball, prefix });
  files = filesBelow(prefix);
  const entry = join(packageRoot, 'src', 'tactus.js');
  fromCheckout = (await runIn({ ...installation, entry }, ...session)).out;
}, 180_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Resolves with the rest of the first line that begins so. */
function lineOf(child: ReturnType<typeof startIn>, word: string): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', bytes => {
      said += String(bytes);
      const rest = new RegExp(`^${word}(.*)$`, 'm').exec(said)?.[1];
      if (rest !== undefined) resolve(rest.trim());
    });
    child.once('exit', code => reject(new Error(`it ended with ${code} without saying ${word}: ${said}`)));
  });
}

async function ended(child: ReturnType<typeof startIn>): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

it.skipIf(!npm)('the package is less than 3 MB', () => {
  expect(statSync(tarball).size).toBeLessThan(mostBytes);
});

const own = (path: string): string => join('lib', 'node_modules', 'tactus-pacer', path);

it.skipIf(!npm)('it is installed from a cache alone, with one serialport', () => {
  const serialports = files.filter(path => path.endsWith('node_modules/serialport/package.json'));
  expect(serialports).toEqual([own('node_modules/serialport/package.json')]);
  expect(files.filter(path => /node_modules\/(johnny-five|firmata|firmata-io)\//.test(path))).toEqual([]);
  const expected = [
    'dist/page/index.html',
    'dist/demo/index.html',
    'dist/lib/wire.d.ts',
    'dist/licences.txt',
  ];
  const hexes = ['tactus-uno', 'tactus-uno-normally-open', 'tactus-mega', 'tactus-mega-normally-open'];
  for (const path of [...expected, ...hexes.map(name => `hardware/firmware/${name}.hex`)])
    expect(files).toContain(own(path));
});

describe.each(nodes)('the package on $name', ({ node }) => {
  const test = it.skipIf(!npm || node === null);
  let program = installation;
  beforeAll(() => {
    const state = mkdtempSync(join(scratch, 'state-'));
    program = { ...installation, node: node ?? '', env: { ...installation.env, TACTUS_STATE: state } };
  });

  test('may be installed: every package in it is for this Node', async () => {
    const { satisfies } = createRequire(npm)('semver') as { satisfies(one: string, range: string): boolean };
    const { out } = await runIn({ ...program, entry: '--version' });
    const wanted = files
      .filter(path => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map(path => [path, JSON.parse(readFileSync(join(prefix, path), 'utf8')).engines?.node ?? '*']);
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter(([, range]) => !satisfies(out.trim(), range))).toEqual([]);
  });

  test('plays a session as the checkout does, and knows its commands', async () => {
    const [there, said, routines, flash] = await Promise.all([
      runIn(program, ...session),
      runIn(program, '--version'),
      runIn(program, 'routines', 'list'),
      runIn(program, 'flash', '--help'),
    ]);
    expect(there).toMatchObject({ code: 0, out: fromCheckout });
    expect(fromCheckout).toMatch(/^\{/);
    expect(said.out.trim()).toBe(version);
    expect(routines.out).toMatch(/^evening-legs /m);
    expect(flash.out).toMatch(/^Usage: tactus flash /);
  });

  test('says ready, serves the page and the one without a server, and ends when it is told to', async () => {
    const child = startIn(program, 'start', '--http', '0');
    try {
      const address = await lineOf(child, 'ready ');
      for (const room of ['', 'demo/']) {
        const page = await (await fetch(`${address}${room}`)).text();
        const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
        expect((await fetch(`${address}${room}${script}`)).status).toBe(200);
      }
      expect(await ended(child)).toBe(143);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test(
    'speaks with a board on a port, and ends when it is told to',
    repeatedIfStarved(async () => {
      const board = await BoardProcess.startBy(program);
      const child = startIn(program, 'start', '--headless', '--board', board.path);
      try {
        await lineOf(child, 'ready');
        expect(await ended(child)).toBe(143);
        // An Uno starts anew when its port is opened: somebody has opened it.
        expect(board.lines.map(({ type }) => type)).toContain('opened');
      } finally {
        child.kill('SIGKILL');
        await board.stop();
      }
    }),
  );
});
