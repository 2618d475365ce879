/** Opens a board's line by what a person called it, with plain reasons where that fails. */
import { bridgeAddress } from '../../hardware/bridge.ts';
import type { FoundPort } from '../../hardware/find.ts';
import type { ReopeningLine } from '../../hardware/reopening.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { whenWord } from '../time/calendar.ts';
import { Exit, shown } from './exit.ts';
import { type Holder, holderOf, noteHolder } from './port-lock.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

const words = terminalWords.port;

/** What the system says, and what a person can do about it. The binding has no error codes, only these words. */
const reasons: readonly Readonly<{
  says: RegExp;
  exit: 'noDevice' | 'notPermitted' | 'busy' | 'noInput';
  why: string;
}>[] = [
  {
    says: /permission denied|EACCES|operation not permitted/i,
    exit: 'notPermitted',
    why: words.notPermitted,
  },
  // Windows says "Access denied" of a port that another program has open, and "File not found" of none.
  {
    says: /cannot lock|busy|temporarily unavailable|access (is )?denied/i,
    exit: 'busy',
    why: words.busy,
  },
  { says: /no such (file|device)|file not found|ENOENT|ENXIO/i, exit: 'noDevice', why: words.notThere },
  { says: /inappropriate|is a directory|not a tty/i, exit: 'noInput', why: words.noPort },
  { says: /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|no answer within/i, exit: 'noDevice', why: words.noBridge },
];

const told = ({ what, pid, since }: Holder): string =>
  since === null
    ? fill(words.heldBy, { what: shown(what) || '?', pid })
    : fill(words.heldSince, { what: shown(what) || '?', pid, since: whenWord(since) });

const holderToldOf = (name: string): string | null => {
  const holder = holderOf(stateFolder(), name);
  return holder && told(holder);
};

/** The error of an opening, as the end of a command. */
export function whyNotOpen(name: string, error: unknown): Exit {
  const message = error instanceof Error ? error.message : String(error);
  const reason = reasons.find(({ says }) => says.test(message));
  const why = reason?.exit === 'busy' ? (holderToldOf(name) ?? reason.why) : (reason?.why ?? message);
  return new Exit(reason?.exit ?? 'noDevice', `${shown(name)}: ${why}`);
}

/**
 * Throws Exit 75 where another process certainly has it: without touching the port, which could reset its board. A note
 * that may be of somebody else's holds nothing: then the system's own lock decides.
 */
export function refuseHeld(name: string): void {
  const holder = holderOf(stateFolder(), name);
  if (holder?.isCertain) throw new Exit('busy', `${shown(name)}: ${told(holder)}`);
}

/** The one board on USB that there is. Throws Exit 69 where there is none, 64 where there are several. */
export async function onlyUsbPort({ ports }: Surroundings): Promise<FoundPort> {
  const [first, ...others] = (await ports()).filter(({ vendorId }) => vendorId !== null);
  if (!first) throw new Exit('noDevice', words.noneFound);
  if (others.length > 0)
    throw new Exit(
      'usage',
      fill(words.several, { paths: [first, ...others].map(({ path }) => shown(path)).join(', ') }),
    );
  return first;
}

export type OpenLine = Readonly<{ line: ReopeningLine; close(): void }>;

/** Opens it, exclusively, and says that it is ours. `what` is what others are told of this process. */
export async function openLine(name: string, what: string, { lineTo }: Surroundings): Promise<OpenLine> {
  if (!bridgeAddress(name) && name.startsWith('tcp:'))
    throw new Exit('usage', `${shown(name)}: ${words.noAddress}`);
  refuseHeld(name);
  const line = lineTo(name);
  line.on('error', () => {});
  try {
    await line.open();
  } catch (error) {
    throw whyNotOpen(name, error);
  }
  const release = noteHolder(stateFolder(), name, what);
  return {
    line,
    close: () => {
      line.close();
      release();
    },
  };
}
