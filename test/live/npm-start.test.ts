/** `npm start` as people type it: ready, and gone without a trace. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { repeatedIfStarved } from '../support/starved.ts';

/** Processes whose parent, or parent's parent and so on, is this one (Linux; elsewhere ps). */
function below(pid: number): number[] {
  const rows = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
  const parents = rows.map(row => row.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  const visit = (parent: number): void => {
    for (const [child, itsParent] of parents)
      if (itsParent === parent && child !== undefined) {
        found.push(child);
        visit(child);
      }
  };
  visit(pid);
  return found;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

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
