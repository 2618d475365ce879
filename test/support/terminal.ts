/** The program in a terminal, as a person has it: typed into, and read. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pty from '@lydell/node-pty';
import { packageRoot } from '../../src/installed.ts';

export type Terminal = Readonly<{
  /** What has been shown so far. */
  shown(): string;
  /** Resolves with what was found, once this appears after what was last waited for. */
  until(text: string | RegExp, withinMs?: number): Promise<string>;
  type(line: string): void;
  /** Its exit code. */
  ended(): Promise<number>;
  /** Ctrl-C. */
  interrupt(): void;
  state: string;
}>;

export type TerminalOptions = Readonly<{
  front?: string;
  state?: string;
  /** What files say of who may open them holds for root too. */
  asNobodySpecial?: boolean;
  /** What kind of terminal it says that it is. */
  term?: string;
}>;

/** What was shown, read on and on. */
export function textIn(shown: () => string): {
  has(wanted: string | RegExp): boolean;
  take(wanted: string | RegExp): string;
} {
  let from = 0;
  const search = (wanted: string | RegExp): RegExpExecArray | null => {
    const pattern =
      typeof wanted === 'string' ? new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : wanted;
    return pattern.exec(shown().slice(from));
  };
  return {
    has: wanted => search(wanted) !== null,
    take: wanted => {
      const hit = search(wanted);
      if (!hit) return '';
      from += hit.index + hit[0].length;
      return hit[0];
    },
  };
}

/** The last of it, for whoever reads of a failure. */
export const ending = (shown: string): string => shown.slice(-2000);

/** Root without the capabilities that let it open what it may not: Linux keeps those apart. */
const withoutRights = ['--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-all', '--'];

export function openTerminal(
  words: readonly string[],
  { front, state, asNobodySpecial = false, term }: TerminalOptions = {},
): Terminal {
  const folder = state ?? mkdtempSync(join(tmpdir(), 'tactus-state-'));
  const path = process.env.PATH ?? '';
  const line = [process.execPath, join(packageRoot, 'src', 'tactus.js'), ...words];
  const [program = '', ...rest] =
    asNobodySpecial && process.getuid?.() === 0 ? ['setpriv', ...withoutRights, ...line] : line;
  const child = pty.spawn(program, rest, {
    cwd: packageRoot,
    cols: 200,
    rows: 50,
    env: {
      ...process.env,
      TACTUS_STATE: folder,
      ...(term !== undefined && { TERM: term }),
      PATH: front === undefined ? path : `${front}${delimiter}${path}`,
    },
  });
  let shown = '';
  const text = textIn(() => shown);
  let stirred = (): void => {};
  let code: number | null = null;
  child.onData(text => {
    shown += text;
    stirred();
  });
  child.onExit(({ exitCode, signal }) => {
    code = signal ? 128 + signal : exitCode;
    stirred();
  });
  const wait = async (holds: () => boolean, what: string, withinMs: number): Promise<void> => {
    const end = performance.now() + withinMs;
    while (!holds()) {
      const left = end - performance.now();
      if (left <= 0 || code !== null) {
        child.kill('SIGKILL');
        throw new Error(`${what} (exit code ${code}):\n${ending(shown)}`);
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, Math.min(left, 200));
        stirred = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  return {
    state: folder,
    shown: () => shown,
    until: async (wanted, withinMs = 20_000) => {
      await wait(() => text.has(wanted), `"${wanted}" was not shown within ${withinMs} ms`, withinMs);
      return text.take(wanted);
    },
    type: line => child.write(`${line}\r`),
    ended: async () => {
      const end = performance.now() + 20_000;
      while (code === null) {
        if (performance.now() > end) {
          child.kill('SIGKILL');
          throw new Error(`it did not end:\n${ending(shown)}`);
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      return code;
    },
    interrupt: () => child.write('\x03'),
  };
}
