/** Flashing in virtual time, against an emulated bootloader of each kind: byte for byte, or not at all. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootLinesAt } from '../../hardware/flash/boot-line.ts';
import {
  chipFlashBytes,
  type FlashError,
  type Flashed,
  flash,
  mustFit,
  usedBytes,
} from '../../hardware/flash/flash.ts';
import type { BootloaderOptions } from '../../simulator/avr/bootloader.ts';
import { loadHex } from '../../simulator/avr/hex.ts';
import { firmwareHex } from '../../src/installed.ts';
import type { PluggedBoard } from '../support/serial-board.ts';
import { World } from '../support/world.ts';

const firmware = loadHex(firmwareHex(), chipFlashBytes);
const programPage = 0x64;
const enterProgramming = 0x50;

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());
const bare = (options: BootloaderOptions): PluggedBoard => world.plug({ bare: options });
const flashed = (path: string): Promise<Flashed> =>
  world.resolved(flash(bootLinesAt(path, world.surroundings()), firmware));
const failure = async (promise: Promise<unknown>): Promise<FlashError> =>
  promise.then(
    () => {
      throw new Error('it went well');
    },
    error => error as FlashError,
  );

describe('the speeds', () => {
  it.each([
    ['uno', [115_200, 57_600]],
    ['other', [115_200, 57_600]],
    ['notUsb', [115_200, 57_600]],
    ['nano', [57_600, 115_200]],
    ['clone', [57_600, 115_200]],
  ] as const)(
    'are tried as the kind of board makes them likely, each told before it is waited for: %s',
    async (kind, order) => {
      const board = world.plug();
      const told: number[] = [];
      const error = await failure(
        world.resolved(
          flash(bootLinesAt(board.path, world.surroundings()), firmware, {
            kind,
            asking: baud => told.push(baud),
          }),
        ),
      );
      expect([error.why, told]).toEqual(['silent', order]);
    },
  );

  it('a clone with the older bootloader is not kept waiting', async () => {
    const board = bare({ kind: 'old' });
    const told: number[] = [];
    await world.resolved(
      flash(bootLinesAt(board.path, world.surroundings()), firmware, {
        kind: 'clone',
        asking: baud => told.push(baud),
      }),
    );
    expect(told).toEqual([57_600]);
  });
});

describe.each([
  ['optiboot', 115_200],
  ['old', 57_600],
] as const)('through the bootloader "%s"', (kind, baud) => {
  it(`writes every byte, and says that it spoke at ${baud} baud`, async () => {
    const board = bare({ kind });
    expect(await flashed(board.path)).toMatchObject({ bootloader: kind, baud, bytes: usedBytes(firmware) });
    expect(board.image.findIndex((byte, index) => byte !== firmware[index])).toBe(-1);
    expect(board.bootloader?.pagesWritten).toBe(Math.ceil(usedBytes(firmware) / 128) + 1);
  }, 30_000);

  it.each([
    ['an ATmega168', [0x1e, 0x94, 0x06]],
    ['an ATmega328, which is not the P', [0x1e, 0x95, 0x14]],
    ['nothing that is known', [0, 0, 0]],
  ])(
    'refuses %s before anything is written',
    async (_, signature) => {
      const board = bare({ kind, signature });
      const error = await failure(flashed(board.path));
      expect(error).toMatchObject({ name: 'FlashError', why: 'otherChip' });
      expect(error.message).toContain('nothing was written');
      expect(board.image.every(byte => byte === 0xff)).toBe(true);
      expect(board.bootloader?.obeyed).not.toContain(programPage);
      expect(board.bootloader?.obeyed).not.toContain(enterProgramming);
    },
    30_000,
  );

  it('tells which byte reads back as another', async () => {
    const board = bare({ kind, wornAt: 4099 });
    const error = await failure(flashed(board.path));
    expect(error).toMatchObject({ why: 'differs' });
    expect(error.message).toContain('byte 4099 reads back as 00');
  }, 30_000);
});

it('a firmware that would reach into the bootloader is refused, and the larger one needs more room', () => {
  const image = new Uint8Array(chipFlashBytes).fill(0xff);
  image[chipFlashBytes - 513] = 1;
  expect(() => mustFit(image, 512)).not.toThrow();
  expect(() => mustFit(image, 2048)).toThrow(/room for 30720/);
  image[chipFlashBytes - 512] = 1;
  expect(() => mustFit(image, 512)).toThrow(/room for 32256/);
});

it('where no bootloader answers, says so in bounded time, and writes nothing', async () => {
  // The program runs and answers nothing of this kind.
  expect(await failure(flashed(world.plug().path))).toMatchObject({ why: 'silent' });
}, 30_000);

describe('tactus flash', () => {
  it('ends with 65 and one line on the wrong chip, with 0 and what it did on the right one', async () => {
    const wrong = bare({ signature: [0x1e, 0x94, 0x06] });
    const refused = await world.ran(['flash', wrong.path, '--with', 'own']);
    expect(refused.code).toBe(65);
    expect(refused.err).toBe(
      `tactus: ${wrong.path}: the chip says 1E 94 06 (ATmega168), an ATmega328P says 1E 95 0F; nothing was written; take an Uno R3 or a Nano with an ATmega328P\n`,
    );
    wrong.unplug();
    const right = bare({});
    const done = await world.ran(['flash', right.path, '--with', 'own', '--json']);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(JSON.parse(done.out)).toMatchObject({ bootloader: 'optiboot', baud: 115_200, by: 'tactus' });
    expect(Buffer.from(right.image).equals(Buffer.from(firmware))).toBe(true);
  }, 60_000);

  it('refuses a file that is none, and a board behind a bridge', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tactus-')), 'none.hex');
    writeFileSync(file, ':00\n');
    const wrong = await world.ran(['flash', '/dev/null', '--firmware', file, '--with', 'own']);
    expect([wrong.code, wrong.err.includes('line 1')]).toEqual([65, true]);
    expect((await world.ran(['flash', 'tcp://127.0.0.1:1'])).code).toBe(64);
  }, 30_000);
});
