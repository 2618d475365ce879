/** Processes by who has started them. */
import { spawnSync } from 'node:child_process';

/** Processes whose parent, or parent's parent and so on, is this one, the nearest first. */
export function below(pid: number): readonly number[] {
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

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
