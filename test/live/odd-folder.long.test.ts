/** What is installed runs in a folder of any name, with no more packages than those who use it have. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tactus-odd-'));
/** All that an address, a pattern or a shell takes for something else, and letters of three scripts. */
const root = join(scratch, "Ünïcode #1 100% [what]? 手 'and' %20 ع");
const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  dependencies: Readonly<Record<string, string>>;
};

beforeAll(() => {
  for (const part of ['dist', 'package.json', 'hardware/firmware', 'src/tactus.js', 'src/launch/launch.js'])
    cpSync(join(packageRoot, part), join(root, part), { recursive: true });
  for (const name of Object.keys(dependencies)) {
    const path = join(root, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules', name), path, 'junction');
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const start = (...words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(root, 'src', 'tactus.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TACTUS_STATE: join(root, 'state') },
  });

async function said(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', bytes => {
    text += String(bytes);
  });
  await once(child, 'close');
  return text;
}

it('plays a session', async () => {
  const child = start('simulate', 'first-touch', '--json');
  expect(JSON.parse(await said(child))).toMatchObject({ outcome: 'completed' });
  expect(child.exitCode).toBe(0);
});

it('has its emulated board and its history, serves the page and the one without a server, and ends when told to', async () => {
  const child = start('start', '--http', '0');
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout?.on('data', bytes => {
        text += String(bytes);
        const found = /^ready (\S+)$/m.exec(text)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', code => reject(new Error(`it ended with ${code}: ${text}`)));
    });
    for (const room of ['', 'demo/']) {
      const page = await (await fetch(`${address}${room}`)).text();
      const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
      expect((await fetch(`${address}${room}${script}`)).status).toBe(200);
    }
    expect(await (await fetch(`${address}sessions`)).json()).toEqual([]);
    const over = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await over)[0]).toBe(143);
  } finally {
    child.kill('SIGKILL');
  }
});
