/**
 * Whoever started this program by `npm start` ends it by ending npm. But npm has a shell between itself and us, and
 * where that shell is told to end, or npm is killed, nobody tells us. No word that all shells know would change that.
 * So a program that a script runner started looks whether that one is still there, and ends as by SIGTERM where not.
 */
import { readFileSync } from 'node:fs';
import type { Ms } from '../../machines/vocabulary.ts';

/** How often is looked: the motors run on for so long at most, and are confirmed off then. */
const everyMs: Ms = 100;

export type Process = Readonly<{ name: string; parent: number }>;

export type Processes = Readonly<{
  /** Our parent now. */
  parent(): number;
  /** Whether there is a process of this number. */
  isAlive(pid: number): boolean;
  /** Name and parent of a process; null where the system does not show them. */
  of(pid: number): Process | null;
  /** Runs once, at the next look, unless all else has ended by then. */
  later(run: () => void): void;
}>;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether a script runner started just this, and nothing beside it: npm, npx, pnpm and Yarn say so to whatever they
 * start, and all that it starts says it on. A script that puts its program aside (`&`) means it to stay.
 */
function isScript({ npm_lifecycle_event: event, npm_lifecycle_script: script }: Env, names: string): boolean {
  if (event === undefined) return false;
  // Some runners name the script, and do not say what stands in it.
  return script === undefined || (script.includes(names) && !/[&|;\n]/.test(script));
}

const isShell = (name: string): boolean => /^-?(ba|da|z|k|a|fi)?sh$|^busybox$/.test(name);
/** Who takes over a process whose parent has gone. In a container the runner itself may be the first process. */
const isAdopter = (pid: number, { name }: Process): boolean =>
  name === 'systemd' ||
  name === 'init' ||
  (pid === 1 && !/^(node|MainThread|bun|npm|npx|pnpm|yarn)/.test(name));

/**
 * Calls `gone` once, when the script runner that has started this process is no more. Without one: never. `names` is
 * what a script says that starts this program, and none that starts another which starts this one.
 */
export function watchRunner(names: string, env: Env, processes: Processes, gone: () => void): void {
  if (!isScript(env, names)) return;
  const parent = processes.parent();
  const shell = processes.of(parent);
  const runner = shell && isShell(shell.name) ? shell.parent : null;
  const above = processes.of(runner ?? parent);

  const isGone = (): boolean => {
    // On Windows a process keeps the number of a parent that has gone.
    if (processes.parent() !== parent || !processes.isAlive(parent)) return true;
    if (runner === null) return false;
    const now = processes.of(parent);
    return now !== null && now.parent !== runner;
  };
  const look = (): void => {
    if (isGone()) gone();
    else processes.later(look);
  };
  // It may have gone before we could look.
  if (above && isAdopter(runner ?? parent, above)) gone();
  else look();
}

/** What Linux tells of a process: number, name in brackets (which may hold anything), state, parent. */
export function parsedStat(text: string): Process | null {
  const [, name = '', parent = ''] = /^\d+ \((.*)\) \S (\d+) /s.exec(text) ?? [];
  return parent === '' ? null : { name, parent: Number(parent) };
}

const thisProcess: Processes = {
  parent: () => process.ppid,
  isAlive: pid => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // Only that there is none counts: it may well be somebody else's.
      return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
    }
  },
  of: pid => {
    if (process.platform !== 'linux') return null;
    try {
      return parsedStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      // It has gone, or may not be seen.
      return null;
    }
  },
  later: run => {
    setTimeout(run, everyMs).unref();
  },
};

/** Ends this process as the signal does that its runner would have passed on. Windows knows no such signals. */
function endAsBySigterm(): void {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
}

/** From now on this process ends where the script runner ends that has started it by a script with these words. */
export const endWithRunner = (names: string): void =>
  watchRunner(names, process.env, thisProcess, endAsBySigterm);
