/** Says in words what passes on the line: Firmata's messages (protocol 2.5) and the project's own. */

import { boardStates, type Command, commands, decode, layouts } from '../../../hardware/lease.ts';
import { benchWords } from '../../../machines/text/bench.ts';
import { fill } from '../../../machines/text/text.ts';

export type Heard = Readonly<{
  at: number;
  toward: 'board' | 'host';
  hex: string;
  kind: string;
  words: string;
}>;

const endOfSysex = 0xf7;
const startOfSysex = 0xf0;
/** Longer than this is no message; what is under way is told as it is. */
const longest = 600;

const ourNames = new Map<number, Command>(
  Object.entries(commands).map(([name, code]) => [code, name as Command]),
);
const words = benchWords.firmata;
const { kinds } = words;
const sysexNames: Readonly<Record<string, string>> = words.sysex;

const stateWord = (state: number): string => {
  const name = boardStates[state];
  return name ? words.states[name] : '?';
};

const hexOf = (bytes: readonly number[]): string =>
  bytes.map(byte => byte.toString(16).padStart(2, '0')).join(' ');

type Said = Readonly<{ kind: string; words: string }>;

function ours(command: Command, bytes: Uint8Array): Said {
  const kind = command.toUpperCase();
  if (command === 'stop') return { kind, words: words.stop };
  if (command === 'hello' && bytes.length === 3) return { kind, words: words.hello };
  if (!(command in layouts)) return { kind, words: '' };
  const fields = decode(command as keyof typeof layouts, bytes) as
    | Readonly<Record<string, number>>
    | undefined;
  if (!fields) return { kind, words: words.damaged };
  if (command === 'lease') return { kind, words: fill(words.lease, fields) };
  if (command === 'status')
    return { kind, words: fill(words.status, { ...fields, state: stateWord(fields.state ?? 0) }) };
  if (command === 'arm') return { kind, words: fill(words.arm, fields) };
  return { kind, words: fill(words.contract, fields) };
}

function sysex(bytes: readonly number[]): Said {
  const code = bytes[1] ?? 0;
  const command = ourNames.get(code);
  if (command) return ours(command, Uint8Array.from(bytes));
  return { kind: kinds.sysex, words: sysexNames[code] ?? fill(words.unknown, { count: bytes.length }) };
}

function short([first = 0, second = 0, third = 0]: readonly number[]): Said {
  const number = first & 0x0f;
  const value = second | (third << 7);
  if (first === 0xff) return { kind: 'RESET', words: words.reset };
  if (first === 0xf9)
    return { kind: kinds.version, words: second === 0 && third === 0 ? words.asked : `${second}.${third}` };
  if (first === 0xf4)
    return {
      kind: kinds.pinMode,
      words: fill(words.mode, { pin: second, mode: words.modes[third] ?? third }),
    };
  if (first === 0xf5)
    return { kind: kinds.digital, words: fill(third ? words.high : words.low, { pin: second }) };
  const kind = first & 0xf0;
  if (kind === 0xe0) return { kind: kinds.analog, words: fill(words.analogIs, { pin: number, value }) };
  if (kind === 0x90)
    return {
      kind: kinds.port,
      words: fill(words.portIs, { port: number, bits: value.toString(2).padStart(8, '0') }),
    };
  if (kind === 0xd0)
    return { kind: kinds.report, words: fill(second ? words.portOn : words.portOff, { port: number }) };
  if (kind === 0xc0)
    return { kind: kinds.report, words: fill(second ? words.analogOn : words.analogOff, { pin: number }) };
  return { kind: '?', words: hexOf([first, second, third]) };
}

/** How long a message beginning with this byte is; 0 where only `F7` tells. */
function lengthOf(first: number): number {
  if (first === startOfSysex) return 0;
  if (first === 0xff) return 1;
  // A host asks for the version with the one byte, a board answers with three.
  const kind = first & 0xf0;
  return kind === 0xc0 || kind === 0xd0 ? 2 : 3;
}

/** One direction's bytes as messages. */
export class Decoder {
  #bytes: number[] = [];
  readonly #toward: 'board' | 'host';

  constructor(toward: 'board' | 'host') {
    this.#toward = toward;
  }

  take(at: number, hex: string): Heard[] {
    const heard: Heard[] = [];
    const tell = (said: Said): void => {
      heard.push({ at, toward: this.#toward, hex: hexOf(this.#bytes), ...said });
      this.#bytes = [];
    };
    for (let index = 0; index + 1 < hex.length; index += 2) {
      const byte = Number.parseInt(hex.slice(index, index + 2), 16);
      const inSysex = this.#bytes[0] === startOfSysex;
      if (byte >= 0x80 && this.#bytes.length > 0 && !(inSysex && byte === endOfSysex))
        tell(
          this.#bytes[0] === 0xf9
            ? { kind: kinds.version, words: words.asked }
            : { kind: kinds.cut, words: words.cut },
        );
      this.#bytes.push(byte);
      if (inSysex && byte === endOfSysex) tell(sysex(this.#bytes));
      else if (this.#bytes[0] !== startOfSysex && this.#bytes.length >= lengthOf(this.#bytes[0] ?? 0)) {
        const [first = 0] = this.#bytes;
        tell(first < 0x80 ? { kind: '?', words: words.noBeginning } : short(this.#bytes));
      } else if (this.#bytes.length > longest) tell({ kind: '?', words: words.noEnd });
    }
    return heard;
  }
}
