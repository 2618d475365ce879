// biome-ignore-all lint/complexity/useLiteralKeys: brackets reach what the chip keeps private
/**
 * A host in miniature for the tests: the shipped hex on an emulated Uno, the project's own messages, and a record
 * of every edge of the motor pins. It uses no Johnny-Five and no driver, so what a test sees is the firmware's.
 */
import { readFileSync } from 'node:fs';
import { TraceReader, type TraceRecord, tracePortAddress } from '../../hardware/alone/trace-port.ts';
import { decode, encode, type LeaseFields } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { type Button, buttons } from '../../machines/vocabulary.ts';
import type { BoardOptions } from '../../simulator/avr/board-options.ts';
import type { EmulatedBoard, ResetCause } from '../../simulator/avr/emulated-board.ts';
import { Mega } from '../../simulator/avr/mega.ts';
import type { PinEdge, Scope, ScopeEvent } from '../../simulator/avr/scope.ts';
import { triedMega, triedUno } from '../../simulator/avr/tried.ts';
import { clockHz, Uno } from '../../simulator/avr/uno.ts';
import { aloneHex } from '../../src/installed.ts';

export const hex = readFileSync(new URL('../../hardware/firmware/tactus-uno.hex', import.meta.url), 'utf8');

export type Status = LeaseFields<'status'> & Readonly<{ heardAtMs: number }>;
export type Message = Readonly<{ atMs: number; bytes: readonly number[] }>;

const msOf = (cycle: number): number => cycle / (clockHz / 1000);

/** What a host in miniature needs of a board, whoever emulates it. */
export type RigBoard = Pick<
  Uno,
  'nowMs' | 'queuedBytes' | 'write' | 'advanceTo' | 'press' | 'release' | 'cutLine'
> &
  Readonly<{ scope: Pick<Scope, 'subscribe' | 'subscribeEdges'> }>;

/** The host, on any board. */
export class HostRig<Board extends RigBoard> {
  readonly uno: Board;
  /** Every change of a motor pin. */
  readonly edges: PinEdge[] = [];
  readonly events: ScopeEvent[] = [];
  readonly statuses: Status[] = [];
  readonly hellos: LeaseFields<'hello'>[] = [];
  /** Every message that is not one of our own. */
  readonly others: Message[] = [];
  private seq = 0;
  private pending: number[] = [];

  constructor(board: Board) {
    this.uno = board;
    this.uno.scope.subscribeEdges(edge => {
      if (edge.pin !== pins.led) this.edges.push(edge);
    });
    this.uno.scope.subscribe(event => this.events.push(event));
  }

  get nowMs(): number {
    return this.uno.nowMs;
  }

  /** Whether a motor is being driven: its pin has risen within the last two PWM periods. */
  get isDriven(): boolean {
    const last = this.edges.findLast(({ high }) => high);
    return last !== undefined && this.nowMs - msOf(last.cycle) < 2.1;
  }

  get status(): Status {
    const newest = this.statuses.at(-1);
    if (!newest) throw new Error('no STATUS yet');
    return newest;
  }

  get hello(): LeaseFields<'hello'> {
    const newest = this.hellos.at(-1);
    if (!newest) throw new Error('no HELLO yet');
    return newest;
  }

  to(ms: number): this {
    while (this.uno.nowMs < ms) {
      const { nowMs, bytes } = this.uno.advanceTo(ms);
      for (const byte of bytes ?? []) this.hear(byte, nowMs);
    }
    return this;
  }

  for(ms: number): this {
    return this.to(this.uno.nowMs + ms);
  }

  /** Until all that was sent has arrived, and been obeyed. */
  drain(): this {
    while (this.uno.queuedBytes > 0) this.for(0.1);
    return this.for(0.5);
  }

  send(...bytes: readonly number[]): this {
    this.uno.write(Uint8Array.from(bytes));
    return this;
  }

  analog(motor: 'left' | 'right', duty: number): this {
    return this.send(0xe0 | pins[motor], duty & 0x7f, (duty >> 7) & 0x7f);
  }

  ask(left: number, right: number): this {
    return this.analog('left', left).analog('right', right);
  }

  arm(fields: Partial<LeaseFields<'arm'>> = {}): this {
    this.uno.write(this.armBytes(fields));
    return this;
  }

  armBytes(fields: Partial<LeaseFields<'arm'>> = {}): Uint8Array {
    const { epoch, nonce } = this.status;
    return encode('arm', { epoch, nonce, ...fields });
  }

  lease(left: number, right: number, fields: Partial<LeaseFields<'lease'>> = {}): this {
    this.uno.write(this.leaseBytes(left, right, fields));
    return this;
  }

  leaseBytes(left: number, right: number, fields: Partial<LeaseFields<'lease'>> = {}): Uint8Array {
    this.seq = (this.seq + 1) % 2 ** 14;
    const { epoch, boardMs } = this.status;
    const statusMs = boardMs % 2 ** 14;
    return encode('lease', { seq: this.seq, epoch, leaseMs: 250, statusMs, left, right, ...fields });
  }

  /** A host at its work: a new lease each 100 ms. */
  hold(ms: number, left: number, right: number): this {
    const until = this.nowMs + ms;
    while (this.nowMs < until) {
      this.ask(left, right).lease(left, right);
      this.to(Math.min(until, this.nowMs + 100));
    }
    return this;
  }

  /** STOP pressed and let go, as after the power has come on. */
  tryStop(): this {
    this.uno.press('stop');
    this.for(30);
    this.uno.release('stop');
    return this.for(30);
  }

  /** Booted, armed and leased, with nothing driven. */
  ready(): this {
    return this.to(50).arm().lease(0, 0).for(20);
  }

  /** Booted and driving the left motor. */
  running(duty = 150): this {
    return this.ready().ask(duty, 0).lease(duty, 0).for(20);
  }

  /** When a motor pin was high in a stretch of time, its ends included. */
  highMs(motor: 'left' | 'right', fromMs: number, untilMs: number): number {
    let high = false;
    let since = fromMs;
    let sum = 0;
    for (const edge of this.edges) {
      if (edge.pin !== pins[motor]) continue;
      const at = Math.min(Math.max(msOf(edge.cycle), fromMs), untilMs);
      if (high) sum += at - since;
      high = edge.high;
      since = at;
    }
    return high ? sum + untilMs - since : sum;
  }

  /** The moment after which neither motor pin was high any more. */
  get silentSinceMs(): number {
    const last = this.edges.at(-1);
    if (last?.high) return Number.POSITIVE_INFINITY;
    return msOf(last?.cycle ?? 0);
  }

  /** Whether a motor pin rose after this moment. */
  roseAfter(ms: number): boolean {
    const last = this.edges.findLast(({ high }) => high);
    return last !== undefined && msOf(last.cycle) > ms;
  }

  /** Rising edges of a motor pin, by time. */
  rises(motor: 'left' | 'right'): number[] {
    return this.edges.filter(({ pin, high }) => high && pin === pins[motor]).map(({ cycle }) => msOf(cycle));
  }

  private hear(byte: number, atMs: number): void {
    if (byte >= 0x80 && byte !== 0xf7) this.pending = [];
    this.pending.push(byte);
    const [first = 0] = this.pending;
    const length = first === 0xf9 || (first >= 0x80 && first < 0xf0) ? 3 : Number.POSITIVE_INFINITY;
    if (byte === 0xf7 || this.pending.length === length) this.finish(atMs);
  }

  private finish(atMs: number): void {
    const bytes = this.pending;
    this.pending = [];
    const status = decode('status', Uint8Array.from(bytes));
    if (status) return void this.statuses.push({ ...status, heardAtMs: atMs });
    const hello = decode('hello', Uint8Array.from(bytes));
    if (hello) return void this.hellos.push(hello);
    this.others.push({ atMs, bytes });
  }
}

/** A host whose board is emulated: it can be made to hang. */
export class EmulatedRig<Board extends EmulatedBoard> extends HostRig<Board> {
  private hungAt = 0;

  /** The program goes round in circles from here on, as a hanging main loop would; or with interrupts off too. */
  hang(interruptsOff = false): this {
    const { chip } = this.uno;
    const { cpu } = chip;
    cpu.progMem[this.lastWord] = 0xcfff; // rjmp to itself
    while (!chip['asleep']) this.for(0.01);
    this.hungAt = cpu.pc;
    chip['asleep'] = false;
    cpu.pc = this.lastWord;
    if (interruptsOff) cpu.data[0x5f] = cpu.SREG & 0x7f;
    return this;
  }

  /** Lets the main loop go on from where it hung. */
  unhang(): this {
    const { cpu } = this.uno.chip;
    while (cpu.pc !== this.lastWord) this.for(0.001);
    cpu.pc = this.hungAt;
    return this;
  }

  private get lastWord(): number {
    return this.uno.chip.cpu.progMem.length - 1;
  }
}

export class Rig extends EmulatedRig<Uno> {
  /** A board whose STOP has been tried; with `isFresh`, one that has just been switched on. */
  constructor(options: BoardOptions = {}, hexText = hex, isFresh = false) {
    super(isFresh ? new Uno(hexText, options) : triedUno(hexText, options));
  }

  /** Just switched on: nothing is remembered, and nobody has tried its STOP. */
  static fresh(options: BoardOptions = {}, hexText = hex): Rig {
    return new Rig(options, hexText, true);
  }
}

const megaHex = aloneHex();

/** A board that can play sessions by itself, and what its trace port tells of them. */
export class MegaRig extends EmulatedRig<Mega> {
  readonly records: TraceRecord[] = [];
  readonly resets: ResetCause[] = [];
  private readonly reader = new TraceReader();

  /** A board whose STOP has been tried; with `isFresh`, one that has just been switched on. */
  constructor(options: BoardOptions = {}, isFresh = false, hexText = megaHex) {
    super(isFresh ? new Mega(hexText, options) : triedMega(hexText, options));
    this.uno.writes.listen(tracePortAddress, byte => {
      const record = this.reader.take(byte);
      if (record) this.records.push(record);
    });
    this.uno.onReset = cause => {
      this.reader.forget();
      this.resets.push(cause);
    };
  }

  static fresh(options: BoardOptions = {}): MegaRig {
    return new MegaRig(options, true);
  }

  /** Of the session that is open. */
  get session(): string {
    return this.records.findLast(record => record.type === 'state')?.state ?? 'none';
  }

  /** How many sessions the board has opened: one at each start, and one more for each that somebody asked for. */
  get opened(): number {
    return this.records.filter(({ type }) => type === 'opened').length;
  }

  pressed(button: Button, forMs = 140): this {
    this.uno.press(button);
    this.for(forMs);
    this.uno.release(button);
    return this;
  }

  /** GO and LESS together: none of a card's questions. */
  both(forMs = 3200): this {
    this.uno.press('go');
    this.for(60);
    this.uno.press('less');
    this.for(forMs);
    this.uno.release('go');
    this.uno.release('less');
    return this;
  }

  letGo(): this {
    for (const button of buttons) this.uno.release(button);
    return this;
  }
}

/** A note by name, as STATUS shows it. */
export const hasNote = (status: Status, bit: number): boolean => (status.notes & (1 << bit)) !== 0;
