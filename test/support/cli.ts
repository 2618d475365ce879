/** The program as a person starts it: a process of its own, with its output and its exit code. */
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import type { TraceLine } from '../../src/session/trace.ts';

export type Ended = Readonly<{ code: number | null; out: string; err: string }>;

/**
 * Runs `tactus` with these arguments to its end. `shut`: whoever reads its output stops after so many bytes; `out`: its
 * output goes into this file instead; `input`: what is typed into it.
 */
export function tactus(
  args: readonly string[],
  {
    cwd = packageRoot,
    shut,
    out: into,
    input,
  }: { cwd?: string; shut?: number; out?: string; input?: string } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(packageRoot, 'src', 'tactus.js'), ...args], {
      cwd,
      stdio: [
        input === undefined ? 'ignore' : 'pipe',
        into === undefined ? 'pipe' : openSync(into, 'w'),
        'pipe',
      ],
    });
    child.stdin?.write(input ?? '');
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      if (shut !== undefined && out.length >= shut) child.stdout?.destroy();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code, out, err }));
  });
}

/** A folder of a test file's own, gone with it; what is written there by name, as a path. */
export function scratch(): { path(name: string): string; file(name: string, content: unknown): string } {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tactus-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string): string => join(folder, name);
  return {
    path,
    file: (name, content) => {
      writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content));
      return path(name);
    },
  };
}

export const parsedTrace = (text: string): readonly TraceLine[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as TraceLine);
