/**
 * The pacing worker's end of the line to the worker that keeps: a session's records are handed over in pieces, now and
 * then, and nothing is ever waited for. What is not written in time ends the record, never the session.
 */
import { keptWords } from '../../../../machines/text/kept.ts';
import { type SessionHeader, type SessionRecord, writtenRecord } from '../../../../src/history/records.ts';
import { newSessionId } from '../../../../src/history/session-id.ts';
import type { SessionSink } from '../../../../src/history/session-place.ts';
import type { FromKeeper, ToKeeper } from '../kept-messages.ts';

/** A tab that is closed has lost this much of a session at most, and what was on its way. */
export const gatherMs = 250;
/** Letters that may be on their way: some hours of a session. */
export const mostOnWay = 2_000_000;

export type RecordingLinePorts = Readonly<{
  send(message: ToKeeper): void;
  /** Ms since 1970, whatever time goes on here. */
  wallNow(): number;
  /** In real time. */
  after(ms: number, run: () => void): void;
}>;

export class RecordingLine {
  readonly #ports: RecordingLinePorts;
  #onWay = 0;
  #sink: LineSink | null = null;

  constructor(ports: RecordingLinePorts) {
    this.#ports = ports;
  }

  /** Why the session that was begun last is recorded no more; null while all is well. */
  get failure(): string | null {
    return this.#sink?.failure ?? null;
  }

  newId(): string {
    return newSessionId(this.#ports.wallNow());
  }

  begin(header: SessionHeader): SessionSink {
    this.#sink?.close();
    const sink = new LineSink(header, { ...this.#ports, send: message => this.#send(sink, message) });
    this.#sink = sink;
    sink.begin();
    return sink;
  }

  /** A session is over: what is too old may go. */
  over(id: string | null): void {
    this.#ports.send({ over: id });
  }

  hear(said: FromKeeper): void {
    if ('written' in said) this.#onWay = Math.max(0, this.#onWay - said.written);
    if ('failed' in said && said.failed === this.#sink?.id) this.#sink.fail(said.why);
  }

  #send(sink: LineSink, message: ToKeeper): void {
    if ('text' in message) {
      if (this.#onWay + message.text.length > mostOnWay) {
        sink.fail(keptWords.failures.slow);
        return;
      }
      this.#onWay += message.text.length;
    }
    this.#ports.send(message);
  }
}

class LineSink implements SessionSink {
  failure: string | null = null;
  readonly id: string;
  readonly #header: SessionHeader;
  readonly #ports: RecordingLinePorts;
  #gathered = '';
  #isWaiting = false;
  #isClosed = false;

  constructor(header: SessionHeader, ports: RecordingLinePorts) {
    this.id = header.id;
    this.#header = header;
    this.#ports = ports;
  }

  begin(): void {
    this.#ports.send({ begin: this.id, text: writtenRecord(this.#header) });
  }

  keep(record: SessionRecord): void {
    if (this.failure !== null || this.#isClosed) return;
    this.#gathered += writtenRecord(record);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#ports.after(gatherMs, () => {
      this.#isWaiting = false;
      this.#hand();
    });
  }

  fail(why: string): void {
    this.failure ??= why;
    this.#gathered = '';
  }

  close(): void {
    if (this.#isClosed) return;
    this.#hand();
    this.#isClosed = true;
    this.#ports.send({ close: this.id });
  }

  #hand(): void {
    if (this.#gathered === '' || this.#isClosed) return;
    const text = this.#gathered;
    this.#gathered = '';
    this.#ports.send({ add: this.id, text });
  }
}
