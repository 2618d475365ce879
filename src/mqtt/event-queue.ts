/**
 * Events that a broker has not acknowledged yet, in their order, on the disk and bounded: what is told too much while
 * nobody listens pushes out the oldest, and that is told in its place.
 *
 * The file has a line for each event, one for each that was acknowledged, and one for each that was pushed out. It is
 * emptied whenever nothing waits. Where the disk takes nothing it goes on in memory, and says so.
 */
import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import * as v from 'valibot';
import { brokerWords } from '../../machines/text/broker.ts';
import { fill } from '../../machines/text/text.ts';
import { codeOf } from '../storage/error-code.ts';
import { keptText } from '../storage/kept-text.ts';
import type { Say } from '../storage/notices.ts';
import { appendLine, copyAside, replaceFile, setAside } from '../storage/private-files.ts';
import { type DeviceEvent, eventSchema } from './messages.ts';

const words = brokerWords.queue;

/** What waits at most. */
export const queueLimits = { events: 1000, bytes: 256 * 1024 } as const;
/** The file may be so many times as long, with what is over and done with. */
const fileFactor = 4;

const lineSchema = v.union([
  v.strictObject({ event: eventSchema }),
  v.strictObject({ done: v.string() }),
  /** The one of this id was pushed out (none in a file that was written anew); so many are by now that nobody was told of. */
  v.strictObject({ pushedOut: v.string(), dropped: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
]);
type Line = v.InferOutput<typeof lineSchema>;

const textOf = (line: Line): string => `${JSON.stringify(line)}\n`;
const bytesOf = (event: DeviceEvent): number => Buffer.byteLength(textOf({ event }));

export type EventQueuePorts = Readonly<{
  /** Null: nothing is kept beyond this process. */
  path: string | null;
  say: Say;
  /** Of the event that tells how many were dropped. */
  stamp(): Readonly<{ id: string; at: string }>;
  limits?: Readonly<{ events: number; bytes: number }>;
}>;

export class EventQueue {
  readonly #ports: EventQueuePorts;
  readonly #limits: Readonly<{ events: number; bytes: number }>;
  #events: DeviceEvent[] = [];
  #bytes = 0;
  #dropped = 0;
  /** The one that has been handed out: it stays where it is, and what it says. */
  #handedOut: string | null = null;
  #file: number | null = null;
  #fileBytes = 0;

  constructor(ports: EventQueuePorts) {
    this.#ports = ports;
    this.#limits = ports.limits ?? queueLimits;
    if (ports.path !== null) this.#guarded(ports.path, path => this.#open(path));
  }

  get count(): number {
    return this.#events.length;
  }

  /** How many were pushed out that nobody was told of yet. */
  get dropped(): number {
    return this.#dropped;
  }

  /** One that waits already is left out. Returns how many were pushed out for it. */
  add(event: DeviceEvent): number {
    if (this.#events.some(({ id }) => id === event.id)) return 0;
    this.#push(event);
    this.#write({ event });
    return this.#bound();
  }

  /** So many were dropped before they came here. */
  addDropped(count: number): void {
    if (count <= 0) return;
    this.#dropped += count;
    this.#rewrite();
  }

  /** The next to be sent; the same until it is done. Null where nothing waits. */
  first(): DeviceEvent | null {
    if (this.#dropped > 0 && this.#handedOut === null) {
      const told: DeviceEvent = { v: 1, ...this.#ports.stamp(), type: 'dropped', count: this.#dropped };
      this.#dropped = 0;
      this.#events.unshift(told);
      this.#bytes += bytesOf(told);
      // What it is called has to outlive this process, so that it is not told twice.
      this.#rewrite();
    }
    const first = this.#events[0] ?? null;
    this.#handedOut = first?.id ?? null;
    return first;
  }

  /** It has been acknowledged. */
  done(id: string): void {
    const first = this.#events[0];
    if (first?.id !== id) return;
    this.#events.shift();
    this.#bytes -= bytesOf(first);
    this.#handedOut = null;
    if (this.#events.length > 0 || this.#dropped > 0) this.#write({ done: id });
    else this.#empty();
  }

  /** The connection is gone: what was handed out waits like all others. */
  takeBack(): void {
    this.#handedOut = null;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  get #mostFileBytes(): number {
    return fileFactor * this.#limits.bytes;
  }

  #push(event: DeviceEvent): void {
    this.#events.push(event);
    this.#bytes += bytesOf(event);
  }

  #bound(): number {
    const { events, bytes } = this.#limits;
    let count = 0;
    while (this.#events.length > 1 && (this.#events.length > events || this.#bytes > bytes)) {
      // What is on its way may have arrived: the next after it is the oldest that nobody can have.
      const index = this.#events[0]?.id === this.#handedOut ? 1 : 0;
      const [oldest] = this.#events.splice(index, 1);
      if (!oldest) break;
      this.#bytes -= bytesOf(oldest);
      this.#dropped += oldest.type === 'dropped' ? oldest.count : 1;
      count += 1;
      this.#write({ pushedOut: oldest.id, dropped: this.#dropped });
    }
    return count;
  }

  #open(path: string): void {
    // A little more than it ever grows to.
    const text = keptText(path, 2 * this.#mostFileBytes);
    if (text.is === 'unreadable' || text.is === 'noFile') {
      this.#ports.say({ file: path, what: text.why, todo: words.todo.closed });
      return;
    }
    if (text.is === 'unfit') this.#setAside(path, setAside(path));
    if (text.is === 'text' && !this.#read(text.text, text.isSound)) this.#setAside(path, copyAside(path));
    if (text.is === 'text') this.#rewriteAt(path);
    else this.#begin(path);
  }

  #begin(path: string): void {
    const how = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
    this.#file = openSync(path, how, 0o600);
    this.#fileBytes = fstatSync(this.#file).size;
  }

  /** Whether all of it could be understood. */
  #read(text: string, isSound: boolean): boolean {
    const lines = text.split('\n');
    // Each line is ended: what follows the last end was cut off, by a power cut say.
    let isWhole = isSound && lines.pop() === '';
    const waiting = new Map<string, DeviceEvent>();
    for (const line of lines) {
      const found = lineIn(line);
      if (found === null) isWhole = false;
      else if ('event' in found) waiting.set(found.event.id, found.event);
      else if ('done' in found) waiting.delete(found.done);
      else {
        waiting.delete(found.pushedOut);
        this.#dropped = found.dropped;
      }
    }
    for (const event of waiting.values()) this.#push(event);
    this.#bound();
    return isWhole;
  }

  #setAside(path: string, aside: string): void {
    this.#ports.say({ file: path, what: fill(words.damaged, { aside }), todo: words.todo.damaged });
  }

  #write(line: Line): void {
    const { path } = this.#ports;
    if (path === null || this.#file === null) return;
    const text = textOf(line);
    if (this.#fileBytes + text.length > this.#mostFileBytes) {
      this.#rewrite();
      return;
    }
    const file = this.#file;
    this.#guarded(path, () => {
      appendLine(file, text);
      this.#fileBytes += text.length;
      if ('event' in line) fdatasyncSync(file);
    });
  }

  #rewrite(): void {
    const { path } = this.#ports;
    if (path !== null && this.#file !== null) this.#guarded(path, () => this.#rewriteAt(path));
  }

  #rewriteAt(path: string): void {
    this.close();
    const lines: Line[] = [
      ...(this.#dropped > 0 ? [{ pushedOut: '', dropped: this.#dropped }] : []),
      ...this.#events.map(event => ({ event })),
    ];
    replaceFile(path, lines.map(textOf).join(''));
    this.#begin(path);
  }

  #empty(): void {
    const { path } = this.#ports;
    const file = this.#file;
    if (path === null || file === null) return;
    this.#guarded(path, () => {
      ftruncateSync(file, 0);
      this.#fileBytes = 0;
    });
  }

  /** A disk that takes nothing is said once; from then on all is kept in memory alone. */
  #guarded(path: string, act: (path: string) => void): void {
    try {
      act(path);
    } catch (error) {
      const why = codeOf(error) || 'cannot be written';
      this.close();
      this.#ports.say({ file: path, what: fill(words.memoryOnly, { why }), todo: words.todo.memoryOnly });
    }
  }
}

function lineIn(text: string): Line | null {
  try {
    const found = v.safeParse(lineSchema, JSON.parse(text));
    return found.success ? found.output : null;
  } catch {
    return null;
  }
}
