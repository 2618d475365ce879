/**
 * A board that plays alone, as far as a host that loads it or fetches from it can tell: it says who it is, reports its
 * clock, and keeps what it is given. What it keeps may be the compiled firmware's.
 */
import {
  crc16,
  crcStarts,
  eepromBytes,
  logAt,
  logBodyBytes,
  logEntryBytes,
  logHeadBytes,
  logSlots,
  recordContentBytes,
  recordKinds,
  recordSlots,
  slotAt,
  storeVersion,
} from '../../hardware/alone/layout.ts';
import {
  type BoardState,
  boardStates,
  commands,
  contractVersion,
  decode,
  encode,
  type KeepAnswer,
  keepAnswers,
  keepDeeds,
  type LeaseFields,
} from '../../hardware/lease.ts';
import {
  type Backoff,
  type Connection,
  type ConnectionListener,
  ReopeningLine,
} from '../../hardware/reopening.ts';
import type { Clock } from '../../src/time/clock.ts';
import { seeded } from '../../src/time/virtual-clock.ts';

const statusEveryMs = 250;

const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);

const sealed = (bytes: readonly number[], start: number): number[] => [
  ...bytes,
  ...little(crc16(bytes, start), 2),
];

const quietStatus: LeaseFields<'status'> = {
  seq: 0,
  boardMs: 0,
  state: 0,
  left: 0,
  right: 0,
  leaseLeftMs: 0,
  notes: 0,
  buttons: 0,
  rxHighWater: 0,
  rxDropped: 0,
  crcBad: 0,
  refused: 0,
  rxFree: 127,
  nonce: 1,
  epoch: 1,
};

const hello: LeaseFields<'hello'> = {
  contract: contractVersion,
  buildHash: 0,
  resetCause: 0,
  epoch: 1,
  nonce: 1,
  runningDuty: 153,
  kickDuty: 184,
  leaseMs: 250,
  share: 40,
  continuousMs: 2500,
};

/** An entry of its log: `end` as its 19 bytes, null where it broke off. */
export type LogEntry = Readonly<{
  sequence: number;
  epoch: number;
  hash: number;
  end: readonly number[] | null;
}>;

/** The bytes of an end: moved half minutes of each stage and side, counts, bands, seconds, outcome and reason. */
export const endBytes = ({
  moved = [0, 0, 0, 0, 0, 0, 0, 0],
  counts = [0, 0, 0],
  here = [0, 0],
  leg = [0, 0],
  seconds = 0,
  outcome = 0,
  reason = 0x7f,
  fault = 0x0f,
}): readonly number[] => [
  ...moved,
  ...counts,
  ...here,
  ...leg,
  seconds % 128,
  Math.floor(seconds / 128),
  outcome | (fault << 3),
  reason,
];

export class AloneBoard {
  readonly memory = new Uint8Array(eepromBytes).fill(0xff);
  state: BoardState = 'disarmed';
  /** By how many millionths its clock is slow; from a moment on by others. */
  slowPpm: (boardMs: number) => number = () => 0;
  /** An older firmware, or an Uno: it does not know of it. */
  knowsKeep = true;
  /** Another firmware says nothing of ours. */
  isOurs = true;
  /** The sysex commands it was sent. */
  readonly heard: number[] = [];
  writes = 0;
  /** What answers in its place. */
  keeps: (message: Uint8Array) => Uint8Array | Promise<Uint8Array> = message => this.#keep(message);

  /** Puts an entry into its log. */
  log({ sequence, epoch, hash, end }: LogEntry): void {
    const head = sealed([sequence, ...little(epoch, 2), ...little(hash, 4)], crcStarts.log);
    const body = [...head, ...(end ?? Array.from({ length: logBodyBytes }, () => 0xff))];
    const whole = end ? sealed(body, crcStarts.log) : [...body, 0xff, 0xff];
    if (head.length !== logHeadBytes || whole.length !== logEntryBytes) throw new Error(`${whole.length}`);
    this.memory.set(whole, logAt + (sequence % logSlots) * logEntryBytes);
  }

  #keep(message: Uint8Array): Uint8Array {
    const fields = decode('keep', message);
    if (!fields) throw new Error('a damaged message');
    const { at, length } = fields;
    const deed = keepDeeds[fields.deed];
    const given = Object.entries(fields)
      .filter(([name]) => /^b\d/.test(name))
      .map(([, value]) => value);
    if (this.state === 'alone') return this.#kept(fields, 'busyAlone', []);
    if (deed === 'read') return this.#kept(fields, 'done', [...this.memory.subarray(at, at + length)]);
    this.writes += 1;
    if (deed === 'write') this.memory.set(given.slice(0, length), at);
    else this.#record(at, given);
    return this.#kept(fields, 'done', []);
  }

  #record(kind: number, content: readonly number[]): void {
    const name = recordKinds[kind];
    if (!name) throw new Error(`${kind}`);
    const slots = Array.from({ length: recordSlots }, (_, slot) => slotAt(name, slot));
    const used = slots.filter(at => this.memory[at] === storeVersion);
    const sequences = used.map(at => this.memory[at + 1] ?? 0);
    const [free] = slots.filter(at => !used.includes(at));
    const at = free ?? used[sequences.indexOf(Math.min(...sequences))] ?? 0;
    const bytes = [
      storeVersion,
      (Math.max(-1, ...sequences) + 1) % 256,
      ...content.slice(0, recordContentBytes),
    ];
    this.memory.set(sealed(bytes, crcStarts[name]), at);
  }

  #kept(fields: LeaseFields<'keep'>, answer: KeepAnswer, bytes: readonly number[]): Uint8Array {
    const byte = (index: number): number => bytes[index] ?? 0;
    return encode('kept', {
      ...fields,
      ...Object.fromEntries(
        Array.from({ length: recordContentBytes }, (_, index) => [`b${index}`, byte(index)]),
      ),
      answer: keepAnswers.indexOf(answer),
    });
  }

  /** A line to it, not opened yet. */
  line(clock: Clock): ReopeningLine {
    return new AloneLine(this, clock);
  }
}

class AloneLine extends ReopeningLine {
  readonly name = 'a board in memory';
  protected override readonly backoff: Backoff = [60_000];
  readonly #board: AloneBoard;

  constructor(board: AloneBoard, clock: Clock) {
    super(clock);
    this.#board = board;
  }

  protected override async connect(heard: ConnectionListener): Promise<Connection> {
    const board = this.#board;
    const { clock } = this;
    const random = seeded(7);
    let isOver = false;
    const say = (bytes: Uint8Array, afterMs = 2): void => {
      clock.at(clock.now() + afterMs, () => !isOver && heard.data(bytes));
    };
    const reset = clock.now();
    let boardMs = 0;
    const report = (): void => {
      if (isOver || !board.isOurs) return;
      // Heard up to 15 ms late, as over a busy line.
      const status = {
        ...quietStatus,
        boardMs: Math.floor(boardMs),
        state: boardStates.indexOf(board.state),
      };
      say(encode('status', status), 1 + random() * 14);
      boardMs += statusEveryMs;
      clock.at(clock.now() + statusEveryMs * (1 + board.slowPpm(boardMs) / 1_000_000), report);
    };
    clock.at(reset + 5, report);
    return {
      write: (bytes, written) => {
        written(null);
        const [, command = 0] = bytes;
        board.heard.push(command);
        if (!board.isOurs) return;
        if (command === commands.hello) say(encode('hello', hello));
        if (command !== commands.keep || !board.knowsKeep) return;
        const answer = board.keeps(bytes);
        if (answer instanceof Uint8Array) say(answer);
        else void answer.then(one => !isOver && heard.data(one));
      },
      drop: () => {
        isOver = true;
      },
    };
  }
}
