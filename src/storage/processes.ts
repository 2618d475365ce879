/** Which process this is, so that a note of it is not taken for another one that has its number later. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** `began`: when the process began, as its system counts; null where that is not told. */
export type ProcessName = Readonly<{ pid: number; boot: string; began: string | null }>;

/** Boots of one machine lie further apart than two readings of the same one. */
const bootSpreadMs = 10_000;

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Field 22 of /proc/PID/stat, behind a name in brackets that may hold anything (proc(5)). */
const beganOf = (pid: number): string | null =>
  read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19] ?? null;

const bootNow = (): string =>
  read('/proc/sys/kernel/random/boot_id')?.trim() ?? `at ${Math.round(Date.now() - uptime() * 1000)}`;

const sameBoot = (one: string, other: string): boolean => {
  const [first, second] = [one, other].map(boot => /^at (\d+)$/.exec(boot)?.[1]);
  if (first === undefined || second === undefined) return one === other;
  return Math.abs(Number(first) - Number(second)) < bootSpreadMs;
};

export const thisProcess = (): ProcessName => ({
  pid: process.pid,
  boot: bootNow(),
  began: beganOf(process.pid),
});

export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether that very process is still there. */
export function isLiving({ pid, boot, began }: ProcessName): boolean {
  return isRunning(pid) && sameBoot(boot, bootNow()) && (began === null || began === beganOf(pid));
}
