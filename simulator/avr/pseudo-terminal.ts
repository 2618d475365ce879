/**
 * A pseudo-terminal as the other end of a serial line: any program can open its path as a serial port.
 *
 * It is read by asking, not by a stream: a stream cannot tell whether anyone has the path open, and that is what a
 * board has to know, because opening an Uno's port resets it. While nobody has it open, reading gives EIO.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, readdirSync, readlinkSync, readSync, writeSync } from 'node:fs';
import pty from '@lydell/node-pty';

/** node-pty's `open` gives a path without starting a program; it is public in its code, not in its types. */
type Opened = Readonly<{
  _fd: number;
  _pty: string;
  _master: { _handle: { readStop(): void } };
  _slave: { destroy(): void; once(event: 'close', run: () => void): void };
}>;
const { open } = pty as unknown as Readonly<{ open(options: { encoding: null }): Opened }>;

const readBytes = 4096;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** What this process itself still has open of a terminal; elsewhere than on Linux that cannot be told. */
function ownDescriptors(path: string): number[] {
  try {
    return readdirSync('/proc/self/fd')
      .filter(name => {
        try {
          return readlinkSync(`/proc/self/fd/${name}`) === path;
        } catch {
          return false;
        }
      })
      .map(Number);
  } catch {
    return [];
  }
}

export class PseudoTerminal {
  readonly path: string;
  /** Bytes that no one read in time: like a real line, this one does not wait. */
  lostBytes = 0;
  readonly #master: number;
  /** Kept: with it the descriptor would go. */
  readonly #opened: Opened;
  readonly #buffer = Buffer.alloc(readBytes);

  private constructor(opened: Opened) {
    this.#opened = opened;
    this.path = opened._pty;
    this.#master = opened._fd;
  }

  /** Throws where this system has no pseudo-terminals. */
  static async open(): Promise<PseudoTerminal> {
    const opened = open({ encoding: null });
    const terminal = new PseudoTerminal(opened);
    // Its own streams would read what is meant for us, and die of the first EIO. They begin to read a turn later.
    await new Promise(resolve => setImmediate(resolve));
    terminal.#raw();
    opened._master._handle.readStop();
    const closed = new Promise<void>(resolve => opened._slave.once('close', resolve));
    opened._slave.destroy();
    await closed;
    for (const descriptor of ownDescriptors(terminal.path)) closeSync(descriptor);
    return terminal;
  }

  /** Bytes, not lines, and no echo: an echoing line would feed the board its own words. */
  #raw(): void {
    const flag = process.platform === 'linux' ? '-F' : '-f';
    spawnSync('stty', [flag, this.path, 'raw', '-echo'], { stdio: 'ignore' });
  }

  /** What has been said since the last look; null while nobody has the path open. */
  read(): Uint8Array | null {
    try {
      const count = readSync(this.#master, this.#buffer, 0, readBytes, null);
      return Uint8Array.from(this.#buffer.subarray(0, count));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EAGAIN') return new Uint8Array(0);
      if (code === 'EIO') return null;
      throw error;
    }
  }

  /** The speed that whoever has it open has set, in baud; 0 where that cannot be told. */
  get baud(): number {
    const flag = process.platform === 'linux' ? '-F' : '-f';
    const { stdout } = spawnSync('stty', [flag, this.path, 'speed'], { encoding: 'utf8' });
    return Number.parseInt(stdout, 10) || 0;
  }

  write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length; ) {
      try {
        written += writeSync(this.#master, bytes, written);
      } catch (error) {
        if (!['EAGAIN', 'EIO'].includes(codeOf(error))) throw error;
        this.lostBytes += bytes.length - written;
        return;
      }
    }
  }

  close(): void {
    closeSync(this.#opened._fd);
  }
}
