/** The serial line over a real pseudo-terminal, through serialport. */
import { once } from 'node:events';
import { mkdtempSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SerialLine } from '../../hardware/port.ts';
import { PseudoTerminal } from '../../simulator/avr/pseudo-terminal.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { repeatedIfStarved } from '../support/starved.ts';

let terminal: PseudoTerminal;
let path: string;
let line: SerialLine;
let open: boolean;

async function plugIn(): Promise<void> {
  terminal = await PseudoTerminal.open();
  open = true;
  path = join(mkdtempSync(join(tmpdir(), 'tactus-')), 'port');
  symlinkSync(terminal.path, path);
  line = new SerialLine(path, new SystemClock());
  await line.open();
}

beforeEach(plugIn);

afterEach(() => {
  line.close();
  if (open) terminal.close();
});

/** What the other end hears within a moment. */
async function heard(atLeast: number): Promise<number[]> {
  const all: number[] = [];
  await expect
    .poll(
      () => {
        all.push(...(terminal.read() ?? []));
        return all.length;
      },
      { timeout: 5000, interval: 5 },
    )
    .toBeGreaterThanOrEqual(atLeast);
  return all;
}

/** The device goes away, and its name with it: the next terminal may well get the same number. */
const hangUp = (): void => {
  open = false;
  unlinkSync(path);
  terminal.close();
};

test(
  'bytes go both ways as they are, control characters and all',
  repeatedIfStarved(async () => {
    const bytes = Uint8Array.from([0xf0, 0x01, 0xf7, 3, 4, 10, 13, 17, 19, 26, 127, 255, 0]);
    line.write(bytes);
    expect(await heard(bytes.length)).toEqual([...bytes]);
    const [data] = await Promise.all([once(line, 'data'), terminal.write(bytes)]);
    expect([...(data[0] as Uint8Array)]).toEqual([...bytes]);
  }, plugIn),
);

test(
  'an unplug is noticed at once, without anyone writing',
  repeatedIfStarved(async () => {
    const closed = once(line, 'close');
    hangUp();
    await closed;
    expect(line.isOpen).toBe(false);
  }, plugIn),
);

test(
  'what is written while it is closed is refused, and never sent on reopening',
  repeatedIfStarved(async () => {
    const closed = once(line, 'close');
    hangUp();
    await closed;
    const refused = await new Promise(resolve => line.write(Uint8Array.of(0xe5, 100, 1), resolve));
    expect(refused).toBeInstanceOf(Error);
    terminal = await PseudoTerminal.open();
    open = true;
    const opened = once(line, 'open');
    symlinkSync(terminal.path, path);
    await opened;
    line.write(Uint8Array.of(0xff));
    expect(await heard(1)).toEqual([0xff]);
  }, plugIn),
);

test(
  'it comes back by itself, and the same line is open again',
  repeatedIfStarved(async () => {
    const closed = once(line, 'close');
    hangUp();
    await closed;
    terminal = await PseudoTerminal.open();
    open = true;
    const opened = once(line, 'open');
    symlinkSync(terminal.path, path);
    await opened;
    expect(line.isOpen).toBe(true);
  }, plugIn),
);

test(
  'a write that gets stuck counts as an unplug',
  repeatedIfStarved(async () => {
    const closed = once(line, 'close');
    // Nobody reads at the other end: the system takes some kilobytes, then no more.
    for (let count = 0; count < 200; count++) line.write(new Uint8Array(1024).fill(1));
    const [reason] = await closed;
    expect(String(reason)).toContain('a write got stuck');
    expect(line.isOpen).toBe(false);
  }, plugIn),
);

test(
  'a port that is not there is told with the system’s own word',
  repeatedIfStarved(async () => {
    const nowhere = new SerialLine(`${path}-nowhere`, new SystemClock());
    await expect(nowhere.open()).rejects.toThrow(/no such file/i);
  }, plugIn),
);

test(
  'a line that was closed for good stays closed',
  repeatedIfStarved(async () => {
    line.close();
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(line.isOpen).toBe(false);
  }, plugIn),
);
