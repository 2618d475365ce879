/** The page's icons as pictures, for what takes no SVG: which there are, how each is drawn, and what each says it was drawn from. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

export const iconFolder = fileURLToPath(new URL('./icons/', import.meta.url));
const drawnIcon = fileURLToPath(new URL('../../page/icon.svg', import.meta.url));

/**
 * `maskable`: the system cuts a shape of its own out of it, of which only the middle eighty hundredths are sure to be
 * seen, so the ground reaches every edge. Apple rounds corners by itself and fills what is clear with black.
 */
type Icon = Readonly<{ px: number; isFull: boolean; marginOf64: number }>;
export const icons = {
  'icon-192.png': { px: 192, isFull: false, marginOf64: 0 },
  'icon-512.png': { px: 512, isFull: false, marginOf64: 0 },
  'icon-maskable-512.png': { px: 512, isFull: true, marginOf64: 8 },
  'apple-touch-icon.png': { px: 180, isFull: true, marginOf64: 2 },
} as const satisfies Readonly<Record<string, Icon>>;

export const iconSvg = (): string => readFileSync(drawnIcon, 'utf8');

/** The drawing as one of the pictures has it. Throws where the drawing has no ground to be carried to the edges. */
export function iconDrawing({ px, isFull, marginOf64 }: Icon): string {
  const ground = /<rect [^>]*fill="(#[0-9a-f]{6})"\/>/.exec(iconSvg());
  if (!ground?.[1]) throw new Error(`${drawnIcon}: no <rect … fill="#……"/> as its ground`);
  const side = 64 + 2 * marginOf64;
  // Beyond every edge, or its last row would be half clear.
  const [from, width] = [-marginOf64 - 1, side + 2];
  const full = `<rect x="${from}" y="${from}" width="${width}" height="${width}" fill="${ground[1]}"/>`;
  return (isFull ? iconSvg().replace(ground[0], full) : iconSvg()).replace(
    'viewBox="0 0 64 64"',
    `viewBox="${-marginOf64} ${-marginOf64} ${side} ${side}" width="${px}" height="${px}"`,
  );
}

/** What a picture has to have been drawn from by now, as a hash. */
export const sourceOf = (icon: Icon): string => createHash('sha256').update(iconDrawing(icon)).digest('hex');

const keyword = 'Source';
/** The PNG's own head: eight bytes, then IHDR with its thirteen. */
const headBytes = 8 + 4 + 4 + 13 + 4;

/** The same picture with a text chunk after its head that names its source. */
export function namingItsSource(png: Buffer, source: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${source}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, headBytes), chunk, png.subarray(headBytes)]);
}

/** Width and height in px, and the source that the picture names; '' where it names none. */
export function readPicture(png: Buffer): Readonly<{ width: number; height: number; source: string }> {
  const named = new RegExp(`tEXt${keyword}\\0([0-9a-f]{64})`).exec(png.toString('latin1'));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), source: named?.[1] ?? '' };
}
