/** The program in a terminal, as a person has it: typed into, and read. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pty from '@lydell/node-pty';
import { packageRoot } from '../../src/installed.ts';

export type Terminal = Readonly<{
  /** What has been shown so far. */
  shown(): string;
  /** Resolves with what is shown once this appears after what was last waited for. */
  until(text: string | RegExp, withinMs?: number): Promise<void>;
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
}>;

/** Root without the capabilities that let it open what it may not: Linux keeps those apart. */
const withoutRights = ['--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-all', '--'];

export function openTerminal(
  words: readonly string[],
  { front, state, asNobodySpecial = false }: TerminalOptions = {},
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
      PATH: front === undefined ? path : `${front}${delimiter}${path}`,
    },
  });
  let shown = '';
  let from = 0;
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
        throw new Error(`${what} (exit code ${code}):\n${shown.slice(-2000)}`);
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
    until: async (text, withinMs = 20_000) => {
      const found = (): RegExpExecArray | null => {
        const pattern =
          typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text;
        return pattern.exec(shown.slice(from));
      };
      await wait(() => found() !== null, `"${text}" was not shown within ${withinMs} ms`, withinMs);
      const hit = found();
      from += hit ? hit.index + hit[0].length : 0;
    },
    type: line => child.write(`${line}\r`),
    ended: async () => {
      const end = performance.now() + 20_000;
      while (code === null) {
        if (performance.now() > end) {
          child.kill('SIGKILL');
          throw new Error(`it did not end:\n${shown.slice(-2000)}`);
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      return code;
    },
    interrupt: () => child.write('\x03'),
  };
}
