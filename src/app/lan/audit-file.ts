/** Who asked for what over the network: one line each in a file of its own, at most two megabytes of them. */
import { closeSync, existsSync, fstatSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Ms } from '../../../machines/vocabulary.ts';
import { type AuditLine, stranger } from '../../server/lan/lan.ts';
import { TokenBucket } from '../../server/token-bucket.ts';
import { codeOf } from '../../storage/error-code.ts';
import { appendLine, openLines } from '../../storage/private-files.ts';

const mostBytes = 1_000_000;
const linesPerSecond = 10;
const burst = 200;
/** Of whoever is not paired: so little that no stranger can push out what paired phones did. */
const strangersPerSecond = 1;
const strangersBurst = 50;
const mostOfStrangersBytes = 200_000;

export type AuditPorts = Readonly<{
  folder: string;
  now(): Ms;
  wallNow(): Ms;
  /** It takes nothing more; told once. */
  failed(code: string): void;
}>;

export class AuditFile {
  readonly #ports: AuditPorts;
  readonly #budget: TokenBucket;
  #file: number | null = null;
  #bytes = 0;
  readonly #strangers: TokenBucket;
  #ofStrangersBytes = 0;
  #leftOut = 0;

  constructor(ports: AuditPorts) {
    this.#ports = ports;
    this.#budget = new TokenBucket(linesPerSecond, burst, ports.now());
    this.#strangers = new TokenBucket(strangersPerSecond, strangersBurst, ports.now());
    this.#guarded(() => this.#open());
  }

  /** Writes one line; of a flood only some, and how many were left out. */
  write(line: AuditLine): void {
    if (!this.#mayWrite(line)) {
      this.#leftOut += 1;
      return;
    }
    this.#guarded(() => {
      if (this.#leftOut > 0)
        this.#append({
          who: 'this machine',
          what: 'lines left out',
          from: '',
          result: String(this.#leftOut),
        });
      this.#leftOut = 0;
      this.#append(line);
    });
  }

  #mayWrite({ who }: AuditLine): boolean {
    const now = this.#ports.now();
    if (who !== stranger) return this.#budget.take(now);
    // Never so much that the file rolls over by it.
    return (
      this.#bytes <= mostBytes && this.#ofStrangersBytes <= mostOfStrangersBytes && this.#strangers.take(now)
    );
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  get #path(): string {
    return join(this.#ports.folder, 'lan.jsonl');
  }

  #open(): void {
    this.#file = openLines(this.#path, !existsSync(this.#path));
    this.#bytes = fstatSync(this.#file).size;
  }

  #append(line: AuditLine): void {
    if (this.#bytes > mostBytes && this.#file !== null) {
      // Another process may have put it away already: what stands there now is its own, and goes on.
      const isStill = statSync(this.#path, { throwIfNoEntry: false })?.ino === fstatSync(this.#file).ino;
      this.close();
      if (isStill) renameSync(this.#path, join(this.#ports.folder, 'lan-before.jsonl'));
      this.#ofStrangersBytes = 0;
      this.#open();
    }
    if (this.#file === null) return;
    const text = `${JSON.stringify({ at: new Date(this.#ports.wallNow()).toISOString(), ...line })}\n`;
    appendLine(this.#file, text);
    this.#bytes += Buffer.byteLength(text);
    if (line.who === stranger) this.#ofStrangersBytes += Buffer.byteLength(text);
  }

  #guarded(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#file = null;
      this.#ports.failed(codeOf(error) || 'cannot be written');
    }
  }
}
