/** A checkout in a folder of its own: the real launcher, one source, and a stand-in for Vite that writes at once. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';

/** What is built tells which source it was built from. `VITE_HANGS`: it has begun, and says so, and never ends. */
const vite = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
export async function build({ root, mode, build: { outDir, ssr } }) {
  mkdirSync(outDir, { recursive: true });
  if (process.env.VITE_HANGS) {
    process.stderr.write('begun\\n');
    await new Promise(resolve => setTimeout(resolve, 60_000));
  }
  if (process.env.VITE_FAILS) throw new Error('a semicolon is missing');
  // Of a folder whose name is not plain the configuration is made first.
  if (typeof ssr === 'string') writeFileSync(join(outDir, 'config.mjs'), 'export default {};');
  if (mode !== 'program') return;
  const text = readFileSync(join(root, 'src', 'main.ts'), 'utf8').trim();
  writeFileSync(join(outDir, 'tactus.js'), 'console.log(' + JSON.stringify(text) + ')');
}`;

export type Ran = Readonly<{ code: number | null; signal: string | null; out: string; err: string }>;

/** What hinders a build: `code` is the exit code. */
export type Wrong = Readonly<{ code: number; said: string; isToolMissing: boolean }>;
type Launcher = Readonly<{ bringUpToDate(root: string): Promise<Wrong | null> }>;

export class SmallCheckout {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
    for (const folder of ['src', 'machines', 'hardware', 'simulator'])
      mkdirSync(join(root, folder), { recursive: true });
    for (const part of ['tactus.js', 'launch'])
      cpSync(join(packageRoot, 'src', part), join(root, 'src', part), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(root, 'package-lock.json'), '{}');
    writeFileSync(join(root, 'vite.config.ts'), 'export default {};');
    this.source('first');
    this.installVite();
  }

  source(text: string): void {
    writeFileSync(join(this.root, 'src', 'main.ts'), text);
  }

  installVite(): void {
    const folder = join(this.root, 'node_modules', 'vite');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      '{ "name": "vite", "type": "module", "exports": "./vite.js" }',
    );
    writeFileSync(join(folder, 'vite.js'), vite);
  }

  /**
   * What its launcher does before it runs anything, in this process: null where the build is up to date by then, else
   * what is wrong.
   */
  async bringUpToDate(): Promise<Wrong | null> {
    // Past the test runner: what the checkout's own code imports is the checkout's.
    const launcher: Launcher = createRequire(import.meta.url)(join(this.root, 'src', 'launch', 'build.js'));
    const { NODE_ENV } = process.env;
    try {
      return await launcher.bringUpToDate(this.root);
    } finally {
      // A launcher's process is its own.
      process.env.NODE_ENV = NODE_ENV;
    }
  }

  /** What would run: what is built says. Null where nothing is. */
  get built(): string | null {
    const path = join(this.root, 'dist', 'tactus.js');
    return existsSync(path) ? (/"(.*)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? null) : null;
  }

  /** Folders of builds other than the one that runs. */
  get beside(): readonly string[] {
    return readdirSync(this.root).filter(name => name.startsWith('dist-'));
  }

  /** Starts it. `begun` is called as soon as a build has begun. `front`: what it is started by. */
  run(
    words: readonly string[] = [],
    {
      env = {},
      front = [],
      begun = () => {},
    }: { env?: Record<string, string>; front?: readonly string[]; begun?: (pid: number) => void } = {},
  ): Promise<Ran> {
    const [program = '', ...rest] = [
      ...front,
      process.execPath,
      join(this.root, 'src', 'tactus.js'),
      ...words,
    ];
    const child = spawn(program, rest, { env: { ...process.env, ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', bytes => {
      out += String(bytes);
    });
    child.stderr.on('data', bytes => {
      err += String(bytes);
      if (err.includes('begun')) begun(child.pid ?? 0);
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, out: out.trim(), err: err.trim() }));
    });
  }
}
