/** avrdude, where it is installed: the tool that everybody else flashes these boards with. */
import { spawn, spawnSync } from 'node:child_process';
import type { Ms } from '../../machines/vocabulary.ts';
import { chips, type FlashBoard } from './chips.ts';
import {
  type BootloaderKind,
  bootloadersOf,
  FlashError,
  type Flashed,
  type FlashOptions,
  mustFit,
  usedBytes,
} from './flash.ts';

/** 32 KB at 57600 baud take 6 s there and 6 s back. */
const withinMs: Ms = 90_000;
const mostOutputChars = 20_000;

/** Its version; null where there is none. */
export function avrdudeVersion(program = 'avrdude'): string | null {
  const { stderr, stdout, error } = spawnSync(program, ['-?'], { encoding: 'utf8', timeout: 5000 });
  if (error) return null;
  return /avrdude version ([\d.]+)/.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown';
}

function run(
  program: string,
  words: readonly string[],
): Promise<Readonly<{ code: number | null; said: string }>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], timeout: withinMs });
    let said = '';
    const hear = (bytes: Buffer): void => {
      said = (said + bytes.toString('utf8')).slice(-mostOutputChars);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', code => resolve({ code, said }));
  });
}

/** A Mega's bootloader speaks STK500 of the second version. */
const wiring: BootloaderKind = { name: 'wiring', baud: 115_200, bytes: chips.mega.bootloaderBytes };
const parts: Readonly<Record<FlashBoard, readonly [part: string, programmer: string]>> = {
  uno: ['m328p', 'arduino'],
  mega: ['m2560', 'wiring'],
};

/** As `flash` does, by avrdude: it reads the signature before it writes, and reads all of it back. */
export async function flashByAvrdude(
  path: string,
  hexFile: string,
  image: Uint8Array,
  {
    kind = 'other',
    board = 'uno',
    asking = () => {},
  }: Pick<FlashOptions, 'kind' | 'asking'> & Readonly<{ board?: FlashBoard }> = {},
  program = 'avrdude',
): Promise<Flashed> {
  const begun = performance.now();
  let last = '';
  const [part, programmer] = parts[board];
  const bootloaders = board === 'mega' ? [wiring] : bootloadersOf(kind);
  for (const { name, baud, bytes } of bootloaders) {
    asking(baud);
    mustFit(image, bytes, chips[board].flashBytes);
    const { code, said } = await run(program, [
      ...['-p', part, '-c', programmer, '-P', path, '-b', String(baud), '-D'],
      ...['-U', `flash:w:${hexFile}:i`],
    ]);
    if (code === 0) {
      const used = usedBytes(image);
      return { bootloader: name, baud, bytes: used, tookMs: Math.round(performance.now() - begun) };
    }
    last = said;
    const chip = /[Dd]evice signature = (0x[0-9a-fA-F]+|[0-9a-fA-F ]+)/.exec(said)?.[1];
    if (chip && /[Ee]xpected signature|does not match/.test(said))
      throw new FlashError(
        'otherChip',
        `the chip says ${chip.trim()}, an ${chips[board].name} says ${chips[board].signature}; nothing was written`,
      );
    if (/verification mismatch|verification error/i.test(said))
      throw new FlashError('differs', 'what avrdude read back is not what it wrote');
  }
  const line = last.split('\n').findLast(text => /error|not in sync|can't open|unable/i.test(text)) ?? '';
  throw new FlashError(
    'silent',
    `no bootloader answered avrdude at ${bootloaders.map(({ baud }) => baud).join(' or ')} baud${line ? ` (${line.trim()})` : ''}`,
  );
}
