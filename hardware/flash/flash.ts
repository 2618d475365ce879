/**
 * Writes a firmware through a board's bootloader: Optiboot at 115200 baud, or the older one at 57600.
 *
 * In this order: who is there, at which speed; is it the chip this firmware is for; does the firmware fit below the
 * bootloader; only then is anything written, the first page last; and at the end every page is read back.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { BoardKind } from '../board-kind.ts';
import { chips } from './chips.ts';
import type { BootLines } from './open-boot-line.ts';
import { pageBytes, Stk500 } from './stk500.ts';

export type BootloaderName = 'optiboot' | 'old' | 'wiring';

export type BootloaderKind = Readonly<{
  name: BootloaderName;
  baud: number;
  /** What the bootloader itself takes at the end of the flash. */
  bytes: number;
}>;

const optiboot: BootloaderKind = { name: 'optiboot', baud: 115_200, bytes: 512 };
const old: BootloaderKind = { name: 'old', baud: 57_600, bytes: 2048 };

/** The bridges that Nanos have, and clones, most of which are Nanos too: those leave the maker with the older one. */
const likelierOld: ReadonlySet<BoardKind> = new Set(['nano', 'clone']);

/** In the order in which they are tried: the likelier one first. `kind`: what USB says of the board. */
export const bootloadersOf = (kind: BoardKind): readonly BootloaderKind[] =>
  likelierOld.has(kind) ? [old, optiboot] : [optiboot, old];

/** What is told of the way, which may take a while. */
export type FlashOptions = Readonly<{
  kind?: BoardKind;
  /** It is asked for at this speed now. */
  asking?(baud: number): void;
  progress?(done: number, of: number): void;
}>;

export const chipFlashBytes = chips.uno.flashBytes;
/** ATmega328P (datasheet 28.3). */
const signature: readonly number[] = [0x1e, 0x95, 0x0f];
/** Chips that people have by mistake, by their signature. */
const otherChips: Readonly<Record<string, string>> = {
  '1E 95 14': 'ATmega328',
  '1E 95 16': 'ATmega328PB',
  '1E 94 06': 'ATmega168',
  '1E 94 0B': 'ATmega168P',
  '1E 98 01': 'ATmega2560',
  '1E 95 87': 'ATmega32U4',
};

/** Why nothing was written, or not all of it. */
export class FlashError extends Error {
  override readonly name = 'FlashError';
  /** `halfWritten`: the line failed in the middle; the bootloader is as it was, and flashing again completes it. */
  readonly why: 'silent' | 'otherChip' | 'tooLarge' | 'differs' | 'halfWritten';

  /** Which chip it is instead, where it is another. */
  readonly chip: Readonly<{ signature: string; name?: string }> | null;

  constructor(why: FlashError['why'], message: string, chip: FlashError['chip'] = null) {
    super(message);
    this.why = why;
    this.chip = chip;
  }
}

export type Flashed = Readonly<{ bootloader: BootloaderName; baud: number; bytes: number; tookMs: Ms }>;

const hex = (bytes: Iterable<number>): string =>
  [...bytes].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

/** The number of bytes up to the last that is not erased. */
export const usedBytes = (image: Uint8Array): number => image.findLastIndex(byte => byte !== 0xff) + 1;

/** Throws FlashError where the firmware would reach into the bootloader. */
export function mustFit(image: Uint8Array, bootloaderBytes: number, flashBytes = chipFlashBytes): void {
  const room = flashBytes - bootloaderBytes;
  const used = usedBytes(image);
  if (used > room)
    throw new FlashError(
      'tooLarge',
      `the firmware has ${used} bytes; below this bootloader there is room for ${room}`,
    );
}

const pagesOf = (image: Uint8Array): number => Math.ceil(usedBytes(image) / pageBytes);

/** `rjmp .` (AVR instruction set manual): the reset vector leads to itself. */
const stillPage = new Uint8Array(pageBytes).fill(0xff);
stillPage.set([0xff, 0xcf]);

/**
 * Writes all pages and reads them back. Until all the others are written the first one holds the board still, whose
 * pins then drive nothing: whatever ends this, no part of a program runs with motors on its pins.
 *
 * Rejects with FlashError where a page differs, or with why the line failed.
 */
async function writeAll(board: Stk500, image: Uint8Array, told: (done: number) => void): Promise<void> {
  const pages = pagesOf(image);
  await board.enter();
  await board.write(0, stillPage);
  for (let done = 1; done <= pages; done++) {
    const from = (done % pages) * pageBytes;
    await board.write(from, image.subarray(from, from + pageBytes));
    told(done);
  }
  for (let page = 0; page < pages; page++) {
    const from = page * pageBytes;
    const read = await board.read(from, pageBytes);
    const wrong = read.findIndex((byte, index) => byte !== image[from + index]);
    if (wrong >= 0)
      throw new FlashError(
        'differs',
        `byte ${from + wrong} reads back as ${hex([read[wrong] ?? 0])}, was written as ${hex([image[from + wrong] ?? 0])}`,
      );
    told(pages + page + 1);
  }
}

/** Writes `image` (the whole flash, FFh where nothing is) and reads it back. Rejects with FlashError, or the system's error. */
export async function flash(
  lines: BootLines,
  image: Uint8Array,
  { kind = 'other', asking = () => {}, progress = () => {} }: FlashOptions = {},
): Promise<Flashed> {
  const { clock } = lines;
  const begun = clock.now();
  for (const { name, baud, bytes } of bootloadersOf(kind)) {
    asking(baud);
    const line = await lines.open(baud);
    try {
      const board = new Stk500(line);
      if (!(await board.isThere())) continue;
      const found = await board.signature();
      if (hex(found) !== hex(signature)) {
        const chip = otherChips[hex(found)];
        throw new FlashError(
          'otherChip',
          `the chip says ${hex(found)}${chip ? ` (${chip})` : ''}, an ATmega328P says ${hex(signature)}; nothing was written`,
          { signature: hex(found), ...(chip !== undefined && { name: chip }) },
        );
      }
      mustFit(image, bytes);
      const pages = pagesOf(image);
      let written = 0;
      const told = (done: number): void => {
        written = Math.min(done, pages);
        progress(done, 2 * pages);
      };
      try {
        await writeAll(board, image, told);
      } catch (error) {
        if (error instanceof FlashError) throw error;
        const why = error instanceof Error ? error.message : String(error);
        throw new FlashError('halfWritten', `${written} of ${pages} pages were written: ${why}`);
      }
      // It is whole: how the program begins is seen by whoever talks to it next.
      await board.leave().catch(() => {});
      return { bootloader: name, baud, bytes: usedBytes(image), tookMs: Math.round(clock.now() - begun) };
    } finally {
      await line.close();
    }
  }
  throw new FlashError('silent', 'no bootloader answered, neither at 115200 nor at 57600 baud');
}
