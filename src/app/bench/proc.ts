/** What a process uses, as Linux shows it in /proc. */
import { readFileSync } from 'node:fs';

/** Of `utime` and `stime` there are 100 in a second, on every Linux (USER_HZ, proc(5)). */
const ticksPerS = 100;

export type Used = Readonly<{ cpuMs: number; memoryMb: number }>;

/** `stat` and `status` of one process; null where they do not say it. The name in brackets may hold anything. */
export function usedIn(stat: string, status: string): Used | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  if (!Number.isFinite(ticks) || !Number.isFinite(kilobytes)) return null;
  return { cpuMs: (ticks * 1000) / ticksPerS, memoryMb: kilobytes / 1024 };
}

/** What this process has used so far; null where the system does not show it, or it has gone. */
export function usedBy(pid: number): Used | null {
  try {
    return usedIn(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return null;
  }
}
