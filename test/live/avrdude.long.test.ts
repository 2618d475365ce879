/** Flashing as a process of its own: by avrdude, and over a pseudo-terminal. */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { avrdudeVersion, flashByAvrdude } from '../../hardware/flash/avrdude.ts';
import { chipFlashBytes, type FlashError } from '../../hardware/flash/flash.ts';
import { loadHex } from '../../simulator/avr/hex.ts';
import { firmwareHex, packageRoot } from '../../src/installed.ts';
import { tactus } from '../support/cli.ts';
import { type PluggedBoard, plugBoard } from '../support/serial-board.ts';
import { repeatedIfStarved } from '../support/starved.ts';

const firmware = loadHex(firmwareHex(), chipFlashBytes);
const hexFile = join(packageRoot, 'hardware', 'firmware', 'tactus-uno.hex');
const path = process.env.PATH;

let plugged: PluggedBoard | null = null;
afterEach(() => {
  plugged?.unplug();
  plugged = null;
  process.env.PATH = path;
});
async function bare(): Promise<PluggedBoard> {
  plugged = await plugBoard({ bare: {} });
  return plugged;
}
const failure = async (promise: Promise<unknown>): Promise<FlashError> =>
  promise.then(
    () => {
      throw new Error('it went well');
    },
    error => error as FlashError,
  );

describe('by avrdude', () => {
  /** A program that says and ends as avrdude does. */
  const standIn = (script: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'tactus-')), 'avrdude');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('is told by its version, and missed where it is not', () => {
    expect(avrdudeVersion(standIn('echo "avrdude version 7.1, URL" >&2'))).toBe('7.1');
    expect(avrdudeVersion('/nowhere/avrdude')).toBeNull();
  });

  it('tries the older speed where the newer is not answered', async () => {
    const program = standIn(
      'case "$*" in *"-b 57600"*) exit 0;; esac; echo "stk500_recv(): programmer is not in sync" >&2; exit 1',
    );
    expect(await flashByAvrdude('/dev/null', hexFile, firmware, {}, program)).toMatchObject({
      bootloader: 'old',
      baud: 57_600,
    });
  });

  it('tells of a wrong chip without trying again', async () => {
    const program = standIn(
      'echo "avrdude: device signature = 0x1e9406 (probably m168)" >&2; echo "avrdude error: expected signature for ATmega328P is 1E 95 0F" >&2; exit 1',
    );
    expect(await failure(flashByAvrdude('/dev/null', hexFile, firmware, {}, program))).toMatchObject({
      why: 'otherChip',
    });
  });

  it.skipIf(avrdudeVersion() === null)(
    'itself writes every byte through the emulated bootloader',
    async () => {
      const board = await bare();
      await flashByAvrdude(board.path, hexFile, firmware);
      expect(Buffer.from(board.image).equals(Buffer.from(firmware))).toBe(true);
    },
    60_000,
  );

  it('is taken where it is installed, and tactus flash says which', async () => {
    const program = standIn('[ "$1" = "-?" ] && echo "avrdude version 7.1, URL" >&2; exit 0');
    process.env.PATH = `${dirname(program)}${delimiter}${path}`;
    const done = await tactus(['flash', '/dev/ttyNowhere', '--json']);
    expect(JSON.parse(done.out)).toMatchObject({ bootloader: 'optiboot', by: 'avrdude 7.1' });
  });
});

it(
  'tactus flash on a pseudo-terminal writes every byte, without any avrdude',
  repeatedIfStarved(async () => {
    const board = await bare();
    const done = await tactus(['flash', board.path, '--with', 'own', '--json']);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(Buffer.from(board.image).equals(Buffer.from(firmware))).toBe(true);
  }),
  60_000,
);
