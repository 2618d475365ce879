/** avrdude, where it is installed: the tool that everybody else flashes these boards with. */
import { spawn, spawnSync } from 'node:child_process';
import type { Ms } from '../../machines/vocabulary.ts';
import { bootloadersOf, FlashError, type Flashed, type FlashOptions, mustFit } from './flash.ts';

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

/** As `flash` does, by avrdude: it reads the signature before it writes, and reads all of it back. */
export async function flashByAvrdude(
  path: string,
  hexFile: string,
  image: Uint8Array,
  { kind = 'other', asking = () => {} }: Pick<FlashOptions, 'kind' | 'asking'> = {},
  program = 'avrdude',
): Promise<Flashed> {
  const begun = performance.now();
  let last = '';
  for (const { name, baud, bytes } of bootloadersOf(kind)) {
    asking(baud);
    mustFit(image, bytes);
    const { code, said } = await run(program, [
      ...['-p', 'm328p', '-c', 'arduino', '-P', path, '-b', String(baud), '-D'],
      ...['-U', `flash:w:${hexFile}:i`],
    ]);
    if (code === 0) {
      const used = image.findLastIndex(byte => byte !== 0xff) + 1;
      return { bootloader: name, baud, bytes: used, tookMs: Math.round(performance.now() - begun) };
    }
    last = said;
    const chip = /[Dd]evice signature = (0x[0-9a-fA-F]+|[0-9a-fA-F ]+)/.exec(said)?.[1];
    if (chip && /[Ee]xpected signature|does not match/.test(said))
      throw new FlashError(
        'otherChip',
        `the chip says ${chip.trim()}, an ATmega328P says 1E 95 0F; nothing was written`,
      );
    if (/verification mismatch|verification error/i.test(said))
      throw new FlashError('differs', 'what avrdude read back is not what it wrote');
  }
  const line = last.split('\n').findLast(text => /error|not in sync|can't open|unable/i.test(text)) ?? '';
  throw new FlashError(
    'silent',
    `no bootloader answered avrdude, neither at 115200 nor at 57600 baud${line ? ` (${line.trim()})` : ''}`,
  );
}
