import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const sketch = fileURLToPath(new URL('../../hardware/firmware/tactus/', import.meta.url));
const smoke = fileURLToPath(new URL('./host/smoke.cpp', import.meta.url));
const pure = ['board.cpp', 'drive.cpp', 'obey.cpp', 'parser.cpp', 'replies.cpp', 'reports.cpp'];
const compiler = spawnSync('g++', ['--version']).status === 0;
const name = compiler ? "the firmware's pure parts" : "the firmware's pure parts: not run, no g++ here";

describe.runIf(compiler)(name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-host-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['with a stop switch that opens when pressed', '-DSTOP_NORMALLY_CLOSED=1'],
    ['with a stop switch that closes when pressed', '-DSTOP_NORMALLY_CLOSED=0'],
  ])('hold on a host, under sanitizers, %s', (_, define) => {
    const program = join(folder, `smoke${define.at(-1)}`);
    const flags = ['-std=gnu++11', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-DBUILD_HASH=1UL', define];
    const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    const sources = [smoke, ...pure.map(file => join(sketch, file))];
    const build = spawnSync('g++', [...flags, ...sanitizers, ...sources, '-o', program], {
      encoding: 'utf8',
    });
    expect(build.stderr).toBe('');
    expect(build.status).toBe(0);
    const run = spawnSync(program, { encoding: 'utf8' });
    expect(run.stdout + run.stderr).toBe('all hold\n');
  });
});

it.skipIf(compiler)('the firmware on a host: not run, no g++ here', () => undefined);
