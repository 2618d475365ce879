/**
 * A screenshot as a PNG of at most 256 colours, a third as large: the pictures of the READMEs come along in the package.
 *
 * The colours that a page uses flatly stay what they are, to the bit; what smooths the edges of letters and lines comes
 * within a few shades.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

/** Pixels row by row, three bytes each. */
export type Pixels = Readonly<{ width: number; height: number; rgb: Uint8Array }>;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function chunksOf(png: Uint8Array): readonly (readonly [type: string, data: Buffer])[] {
  const bytes = Buffer.from(png);
  const found: [string, Buffer][] = [];
  for (let at = signature.length; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    found.push([bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return found;
}

/** The predictor of PNG's fourth filter. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map(value => Math.abs(guess - value));
  if ((toLeft ?? 0) <= (toUp ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toUp ?? 0) <= (toCorner ?? 0) ? up : corner;
}

/** Reads what Chromium writes: eight bits, RGB, not interlaced; and what `smaller` has made of it. Throws for all else. */
export function pixelsOf(png: Uint8Array): Pixels {
  const chunks = chunksOf(png);
  const data = (type: string): Buffer =>
    Buffer.concat(chunks.flatMap(([name, part]) => (name === type ? [part] : [])));
  const head = data('IHDR');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth, kind, , , interlaced] = head.subarray(8);
  if (depth !== 8 || (kind !== 2 && kind !== 3) || interlaced !== 0) throw new Error('a PNG of another kind');
  const step = kind === 2 ? 3 : 1;
  const line = width * step;
  const packed = inflateSync(data('IDAT'));
  const plain = new Uint8Array(line * height);
  for (let row = 0; row < height; row++) {
    const filter = packed[row * (line + 1)];
    for (let column = 0; column < line; column++) {
      const at = row * line + column;
      const left = column < step ? 0 : (plain[at - step] ?? 0);
      const up = row === 0 ? 0 : (plain[at - line] ?? 0);
      const corner = column < step || row === 0 ? 0 : (plain[at - line - step] ?? 0);
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      plain[at] = (packed[row * (line + 1) + 1 + column] ?? 0) + (guesses[filter ?? 0] ?? 0);
    }
  }
  if (kind === 2) return { width, height, rgb: plain };
  const palette = data('PLTE');
  return {
    width,
    height,
    rgb: Uint8Array.from(
      { length: plain.length * 3 },
      (_, at) => palette[(plain[Math.floor(at / 3)] ?? 0) * 3 + (at % 3)] ?? 0,
    ),
  };
}

type Colour = Readonly<{ parts: readonly [number, number, number]; count: number }>;

const countOf = (box: readonly Colour[]): number => box.reduce((sum, { count }) => sum + count, 0);

/** The part in which the colours of a box differ most, weighed by how many pixels have them. */
function widest(box: readonly Colour[]): Readonly<{ part: 0 | 1 | 2; spread: number }> {
  const total = countOf(box);
  const spreads = ([0, 1, 2] as const).map(part => {
    const mean = box.reduce((sum, { parts, count }) => sum + parts[part] * count, 0) / total;
    const spread = box.reduce((sum, { parts, count }) => sum + (parts[part] - mean) ** 2 * count, 0);
    return { part, spread };
  });
  return spreads.reduce((one, other) => (other.spread > one.spread ? other : one));
}

/** Cuts the box that differs most, again and again, each time at the mean of its widest part. */
function boxesOf(colours: readonly Colour[]): readonly (readonly Colour[])[] {
  const boxes = [{ box: colours, ...widest(colours) }];
  while (boxes.length < mostColours) {
    const at = boxes.reduce(
      (best, { spread }, index) => (spread > (boxes[best]?.spread ?? 0) ? index : best),
      0,
    );
    const worst = boxes[at];
    if (!worst || worst.spread === 0) break;
    const { box, part } = worst;
    const mean = box.reduce((sum, { parts, count }) => sum + parts[part] * count, 0) / countOf(box);
    const halves = [box.filter(one => one.parts[part] <= mean), box.filter(one => one.parts[part] > mean)];
    boxes.splice(at, 1, ...halves.map(half => ({ box: half, ...widest(half) })));
  }
  return boxes.map(({ box }) => box);
}

/** The same picture with at most 256 colours, each of them one that it has. */
export function smaller(png: Uint8Array): Buffer {
  const { width, height, rgb } = pixelsOf(png);
  const keyAt = (pixel: number): number =>
    ((rgb[pixel * 3] ?? 0) << 16) | ((rgb[pixel * 3 + 1] ?? 0) << 8) | (rgb[pixel * 3 + 2] ?? 0);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < width * height; pixel++)
    counts.set(keyAt(pixel), (counts.get(keyAt(pixel)) ?? 0) + 1);
  const colours = [...counts].map(
    ([key, count]): Colour => ({ parts: [key >> 16, (key >> 8) & 255, key & 255], count }),
  );
  const palette: number[] = [];
  const indexOf = new Map<number, number>();
  for (const [index, box] of boxesOf(colours).entries()) {
    palette.push(...box.reduce((one, other) => (other.count > one.count ? other : one)).parts);
    for (const { parts } of box) indexOf.set((parts[0] << 16) | (parts[1] << 8) | parts[2], index);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel++)
    rows[pixel + Math.floor(pixel / width) + 1] = indexOf.get(keyAt(pixel)) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Uint8Array.from(palette)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
