/** Flashing over a pseudo-terminal, against an emulated bootloader of each kind: byte for byte, or not at all. */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { avrdudeVersion, flashByAvrdude } from '../../hardware/flash/avrdude.ts';
import { type FlashError, flash, flashBytes, mustFit, usedBytes } from '../../hardware/flash/flash.ts';
import type { BootloaderOptions } from '../../simulator/avr/bootloader.ts';
import { loadHex } from '../../simulator/avr/hex.ts';
import { firmwareHex, packageRoot } from '../../src/installed.ts';
import { tactus } from '../support/cli.ts';
import { type PluggedBoard, plugBoard } from '../support/serial-board.ts';

const firmware = loadHex(firmwareHex(), flashBytes);
const hexFile = join(packageRoot, 'hardware', 'firmware', 'tactus-uno.hex');
const programPage = 0x64;
const enterProgramming = 0x50;

let plugged: PluggedBoard | null = null;
afterEach(() => {
  plugged?.unplug();
  plugged = null;
});
async function bare(options: BootloaderOptions): Promise<PluggedBoard> {
  plugged = await plugBoard({ bare: options });
  return plugged;
}
const failure = async (promise: Promise<unknown>): Promise<FlashError> =>
  promise.then(
    () => {
      throw new Error('it went well');
    },
    error => error as FlashError,
  );

describe.each([
  ['optiboot', 115_200],
  ['old', 57_600],
] as const)('through the bootloader "%s"', (kind, baud) => {
  it(`writes every byte, and says that it spoke at ${baud} baud`, async () => {
    const board = await bare({ kind });
    const flashed = await flash(board.path, firmware);
    expect(flashed).toMatchObject({ bootloader: kind, baud, bytes: usedBytes(firmware) });
    expect(board.image.findIndex((byte, index) => byte !== firmware[index])).toBe(-1);
    expect(board.bootloader?.pagesWritten).toBe(Math.ceil(usedBytes(firmware) / 128));
  }, 30_000);

  it.each([
    ['an ATmega168', [0x1e, 0x94, 0x06]],
    ['an ATmega328, which is not the P', [0x1e, 0x95, 0x14]],
    ['nothing that is known', [0, 0, 0]],
  ])(
    'refuses %s before anything is written',
    async (_, signature) => {
      const board = await bare({ kind, signature });
      const error = await failure(flash(board.path, firmware));
      expect(error).toMatchObject({ name: 'FlashError', why: 'otherChip' });
      expect(error.message).toContain('nothing was written');
      expect(board.image.every(byte => byte === 0xff)).toBe(true);
      expect(board.bootloader?.obeyed).not.toContain(programPage);
      expect(board.bootloader?.obeyed).not.toContain(enterProgramming);
    },
    30_000,
  );

  it('tells which byte reads back as another', async () => {
    const board = await bare({ kind, wornAt: 4099 });
    const error = await failure(flash(board.path, firmware));
    expect(error).toMatchObject({ why: 'differs' });
    expect(error.message).toContain('byte 4099 reads back as 00');
  }, 30_000);
});

it('a firmware that would reach into the bootloader is refused, and the larger one needs more room', () => {
  const image = new Uint8Array(flashBytes).fill(0xff);
  image[flashBytes - 513] = 1;
  expect(() => mustFit(image, 512)).not.toThrow();
  expect(() => mustFit(image, 2048)).toThrow(/room for 30720/);
  image[flashBytes - 512] = 1;
  expect(() => mustFit(image, 512)).toThrow(/room for 32256/);
});

it('where no bootloader answers, says so in bounded time, and writes nothing', async () => {
  // The program runs and answers nothing of this kind.
  plugged = await plugBoard();
  expect(await failure(flash(plugged.path, firmware))).toMatchObject({ why: 'silent' });
}, 30_000);

describe('tactus flash', () => {
  it('ends with 65 and one line on the wrong chip, with 0 and what it did on the right one', async () => {
    const wrong = await bare({ signature: [0x1e, 0x94, 0x06] });
    const refused = await tactus(['flash', wrong.path, '--with', 'own']);
    expect(refused.code).toBe(65);
    expect(refused.err).toBe(
      `tactus: ${wrong.path}: the chip says 1E 94 06 (ATmega168), an ATmega328P says 1E 95 0F; nothing was written; take an Uno R3 or a Nano with an ATmega328P\n`,
    );
    wrong.unplug();
    const right = await bare({});
    const done = await tactus(['flash', right.path, '--with', 'own', '--json']);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(JSON.parse(done.out)).toMatchObject({ bootloader: 'optiboot', baud: 115_200, by: 'tactus' });
    expect(Buffer.from(right.image).equals(Buffer.from(firmware))).toBe(true);
  }, 60_000);

  it('refuses a file that is none, and a board behind a bridge', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tactus-')), 'none.hex');
    writeFileSync(file, ':00\n');
    const wrong = await tactus(['flash', '/dev/null', '--firmware', file, '--with', 'own']);
    expect([wrong.code, wrong.err.includes('line 1')]).toEqual([65, true]);
    expect((await tactus(['flash', 'tcp://127.0.0.1:1'])).code).toBe(64);
  }, 30_000);
});

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
    expect(await flashByAvrdude('/dev/null', hexFile, firmware, program)).toMatchObject({
      bootloader: 'old',
      baud: 57_600,
    });
  });

  it('tells of a wrong chip without trying again', async () => {
    const program = standIn(
      'echo "avrdude: device signature = 0x1e9406 (probably m168)" >&2; echo "avrdude error: expected signature for ATmega328P is 1E 95 0F" >&2; exit 1',
    );
    expect(await failure(flashByAvrdude('/dev/null', hexFile, firmware, program))).toMatchObject({
      why: 'otherChip',
    });
  });

  it.skipIf(avrdudeVersion() === null)(
    'itself writes every byte through the emulated bootloader',
    async () => {
      const board = await bare({});
      await flashByAvrdude(board.path, hexFile, firmware);
      expect(Buffer.from(board.image).equals(Buffer.from(firmware))).toBe(true);
    },
    60_000,
  );
});
