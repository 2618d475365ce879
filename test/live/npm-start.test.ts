/** `npm start` as people type it: ready, and gone without a trace. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { below, isAlive } from '../support/family.ts';
import { repeatedIfStarved } from '../support/starved.ts';

test(
  'npm start says where the page is, and SIGTERM to npm leaves no process',
  repeatedIfStarved(async () => {
    const npm = spawn('npm', ['start', '--', '--http', '0'], {
      cwd: packageRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const npmPid = npm.pid ?? 0;
    let line = '';
    for await (const bytes of npm.stdout) {
      line += String(bytes);
      if (/^ready /m.test(line)) break;
    }
    expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/$/m);
    const family = [npmPid, ...below(npmPid)];
    expect(family.length).toBeGreaterThan(1);
    npm.kill('SIGTERM');
    await once(npm, 'exit');
    await expect.poll(() => family.filter(isAlive), { timeout: 5000 }).toEqual([]);
  }),
);
