/** On which machine, when, and by which version a run was made. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { figureWords } from '../../../machines/text/figures.ts';
import { fill } from '../../../machines/text/text.ts';
import { packageRoot, version } from '../../installed.ts';

export const machineSchema = v.strictObject({
  cpu: v.string(),
  cores: v.number(),
  memoryMb: v.number(),
  os: v.string(),
  node: v.string(),
  version: v.string(),
  /** Null in an installed package, and where git is not. */
  commit: v.nullable(v.string()),
  /** Of the day on which it began, as ISO 8601 has it. */
  date: v.string(),
});
export type Machine = Readonly<v.InferOutput<typeof machineSchema>>;

const gitWithinMs = 5000;

function commitHere(): string | null {
  if (!existsSync(join(packageRoot, '.git'))) return null;
  const asked = spawnSync('git', ['rev-parse', '--short=10', 'HEAD'], {
    cwd: packageRoot,
    encoding: 'utf8',
    timeout: gitWithinMs,
  });
  const commit = asked.status === 0 ? asked.stdout.trim() : '';
  return /^[0-9a-f]{7,40}$/.test(commit) ? commit : null;
}

export function thisMachineNow(now: Date = new Date()): Machine {
  const [cpu] = cpus();
  return {
    // Some systems name none.
    cpu: cpu?.model.trim() || process.arch,
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    os: `${type()} ${release()}`,
    node: process.versions.node,
    version,
    commit: commitHere(),
    date: now.toISOString().slice(0, 10),
  };
}

/** The machine as one line. */
export const machineLine = (machine: Machine): string =>
  fill(figureWords.table.machine, {
    ...machine,
    commit: machine.commit === null ? '' : ` (${machine.commit})`,
  });
