/** A Mega is flashed by avrdude alone, with its own firmware and no other's. */
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flashByAvrdude } from '../../hardware/flash/avrdude.ts';
import { boardOfImage, chips } from '../../hardware/flash/chips.ts';
import { loadHex } from '../../simulator/avr/hex.ts';
import { shippedHex } from '../../src/cli/flash.ts';
import { firmwareHex, packageRoot } from '../../src/installed.ts';
import type { Ended } from '../support/cli.ts';
import { type UsbPort, usbUno } from '../support/serial-board.ts';
import { World } from '../support/world.ts';

const path = '/dev/ttyMega';
const usbMega: UsbPort = { path, vendor: '2341', product: '0042', maker: 'Arduino', serial: '7543' };
const clone: UsbPort = { path, vendor: '1a86', product: '7523', maker: 'QinHeng' };
const folder = mkdtempSync(join(tmpdir(), 'tactus-mega-'));

/** A firmware that begins with as many vectors as a Mega's, and nothing else. */
function megaHex(): string {
  const lines = Array.from({ length: chips.mega.vectors }, (_, index) => {
    const bytes = [4, (index * 4) >> 8, (index * 4) & 0xff, 0, 0x0c, 0x94, 0x00, 0x01];
    const sum = (256 - (bytes.reduce((all, byte) => all + byte, 0) % 256)) % 256;
    return `:${[...bytes, sum].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
  });
  return `${[...lines, ':00000001FF'].join('\n')}\n`;
}
const megaFile = join(folder, 'mega.hex');
writeFileSync(megaFile, megaHex());
const mega = loadHex(megaHex(), chips.mega.flashBytes);

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

const flash = (port: UsbPort, words: readonly string[], avrdude: string | null = null): Promise<Ended> =>
  world.ran(['flash', path, ...words], { ports: [port], around: { avrdude: () => avrdude } });

describe('a firmware', () => {
  it('is known by its vectors', () => {
    expect(boardOfImage(mega)).toBe('mega');
    const folderOf = (name: string): string => join(packageRoot, 'hardware', 'firmware', `${name}.hex`);
    for (const name of ['tactus-mega', 'tactus-mega-normally-open'])
      expect(boardOfImage(loadHex(readFileSync(folderOf(name), 'utf8'), chips.mega.flashBytes))).toBe('mega');
    for (const name of ['tactus-uno', 'tactus-uno-normally-open'])
      expect(boardOfImage(loadHex(readFileSync(folderOf(name), 'utf8'), chips.uno.flashBytes))).toBe('uno');
    expect(boardOfImage(new Uint8Array(1024).fill(0xff))).toBeNull();
  });

  it('of an Uno is not written to a Mega, and the other way round', async () => {
    const uno = join(folder, 'uno.hex');
    writeFileSync(uno, firmwareHex());
    const toMega = await flash(usbMega, ['--firmware', uno]);
    expect([toMega.code, toMega.err]).toEqual([65, expect.stringContaining('is a Mega 2560, and this is')]);
    const toUno = await flash(usbUno(path), ['--firmware', megaFile]);
    expect([toUno.code, toUno.err]).toEqual([65, expect.stringContaining('is an Uno or Nano, and this is')]);
  });
});

describe('a Mega', () => {
  it.each([
    ['by its USB ids', usbMega, []],
    ['by what is said of a clone', clone, ['--board', 'mega']],
  ] as const)('is known %s, and without avrdude told what to install', async (_, port, words) => {
    const { code, err } = await flash(port, [...words, '--firmware', megaFile]);
    expect([code, err]).toEqual([66, expect.stringContaining('install the package avrdude')]);
  });

  it('is flashed by nothing else', async () => {
    const { code, err } = await flash(usbMega, ['--with', 'own', '--firmware', megaFile], '7.1');
    expect([code, err]).toEqual([64, expect.stringContaining('by avrdude alone')]);
  });

  it('is not what USB says is an Uno', async () => {
    const { code, err } = await flash(usbUno(path), ['--board', 'mega', '--firmware', megaFile], '7.1');
    expect([code, err]).toEqual([64, expect.stringContaining('USB says that it is an Uno or Nano')]);
  });

  it('has a firmware of its own for a STOP that closes when pressed', () => {
    expect(shippedHex('mega', 'normallyOpen')).toMatch(/tactus-mega-normally-open\.hex$/);
    expect(readFileSync(shippedHex('mega', 'normallyOpen'), 'utf8')).not.toBe(
      readFileSync(shippedHex('mega', 'normallyClosed'), 'utf8'),
    );
  });

  it('is spoken to as its bootloader wants it', async () => {
    const program = join(folder, 'avrdude');
    writeFileSync(program, `#!/bin/sh\necho "$*" > ${join(folder, 'said')}\n`);
    chmodSync(program, 0o755);
    const done = await world.resolved(
      flashByAvrdude(path, megaFile, mega, { kind: 'clone', board: 'mega' }, program),
    );
    expect(done).toMatchObject({ bootloader: 'wiring', baud: 115_200, bytes: 57 * 4 });
    expect(readFileSync(join(folder, 'said'), 'utf8').trim()).toBe(
      `-p m2560 -c wiring -P ${path} -b 115200 -D -U flash:w:${megaFile}:i`,
    );
  });

  it('that does not answer is told so at its one speed, and what to do', async () => {
    const program = join(folder, 'avrdude-silent');
    writeFileSync(
      program,
      '#!/bin/sh\necho "avrdude: stk500v2_ReceiveMessage(): timeout error" >&2; exit 1\n',
    );
    chmodSync(program, 0o755);
    const failed = world.resolved(
      flashByAvrdude(path, megaFile, mega, { board: 'mega' }, program).catch(error => error.message),
    );
    expect(await failed).toMatch(/at 115200 baud \(avrdude: stk500v2/);
  });
});
