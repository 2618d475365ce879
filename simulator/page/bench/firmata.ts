/** Says in words what passes on the line: Firmata's messages (protocol 2.5) and the project's own. */
import { boardStates, type Command, commands, decode, layouts } from '../../../hardware/lease.ts';

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
const sysexNames: Readonly<Record<number, string>> = {
  105: 'which pins are analog?',
  106: 'analog pins',
  107: 'what can the pins do?',
  108: 'what the pins can do',
  109: "a pin's state?",
  110: "a pin's state",
  111: 'extended analog',
  113: 'text',
  121: 'firmware name',
  122: 'sampling interval',
};
const modes = ['input', 'output', 'analog', 'PWM', 'servo', 'shift', 'I2C', 'one-wire', 'stepper', 'encoder'];

const hexOf = (bytes: readonly number[]): string =>
  bytes.map(byte => byte.toString(16).padStart(2, '0')).join(' ');

type Said = Readonly<{ kind: string; words: string }>;

function ours(command: Command, bytes: Uint8Array): Said {
  const kind = command.toUpperCase();
  if (command === 'stop') return { kind, words: 'motors off, disarm' };
  if (command === 'hello' && bytes.length === 3) return { kind, words: 'who are you?' };
  if (!(command in layouts)) return { kind, words: '' };
  const fields = decode(command as keyof typeof layouts, bytes) as
    | Readonly<Record<string, number>>
    | undefined;
  if (!fields) return { kind, words: 'damaged: its checksum or length is wrong' };
  if (command === 'lease')
    return {
      kind,
      words: `A ${fields.left} · B ${fields.right} for ${fields.leaseMs} ms, no. ${fields.seq}`,
    };
  if (command === 'status')
    return {
      kind,
      words: `${boardStates[fields.state ?? 0] ?? '?'} · A ${fields.left} · B ${fields.right} · lease ${fields.leaseLeftMs} ms · board ${fields.boardMs} ms`,
    };
  if (command === 'arm') return { kind, words: `epoch ${fields.epoch}, nonce ${fields.nonce}` };
  return {
    kind,
    words: `contract ${fields.contract} · epoch ${fields.epoch} · ceiling ${fields.runningDuty} · lease ${fields.leaseMs} ms`,
  };
}

function sysex(bytes: readonly number[]): Said {
  const code = bytes[1] ?? 0;
  const command = ourNames.get(code);
  if (command) return ours(command, Uint8Array.from(bytes));
  return { kind: 'sysex', words: sysexNames[code] ?? `unknown, ${bytes.length} bytes` };
}

function short([first = 0, second = 0, third = 0]: readonly number[]): Said {
  const number = first & 0x0f;
  const value = second | (third << 7);
  if (first === 0xff) return { kind: 'RESET', words: 'system reset: stop and forget' };
  if (first === 0xf9)
    return { kind: 'version', words: second === 0 && third === 0 ? 'asked' : `${second}.${third}` };
  if (first === 0xf4) return { kind: 'pin mode', words: `pin ${second} ${modes[third] ?? third}` };
  if (first === 0xf5) return { kind: 'digital', words: `pin ${second} ${third ? 'high' : 'low'}` };
  const kind = first & 0xf0;
  if (kind === 0xe0) return { kind: 'analog', words: `pin ${number} = ${value}` };
  if (kind === 0x90) return { kind: 'port', words: `port ${number} = ${value.toString(2).padStart(8, '0')}` };
  if (kind === 0xd0) return { kind: 'report', words: `port ${number} ${second ? 'on' : 'off'}` };
  if (kind === 0xc0) return { kind: 'report', words: `analog ${number} ${second ? 'on' : 'off'}` };
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
            ? { kind: 'version', words: 'asked' }
            : { kind: 'cut', words: 'cut off by what follows' },
        );
      this.#bytes.push(byte);
      if (inSysex && byte === endOfSysex) tell(sysex(this.#bytes));
      else if (this.#bytes[0] !== startOfSysex && this.#bytes.length >= lengthOf(this.#bytes[0] ?? 0)) {
        const [first = 0] = this.#bytes;
        tell(first < 0x80 ? { kind: '?', words: 'no beginning' } : short(this.#bytes));
      } else if (this.#bytes.length > longest) tell({ kind: '?', words: 'no end' });
    }
    return heard;
  }
}
