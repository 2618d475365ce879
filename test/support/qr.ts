/** Reads QR codes as a phone's camera would: from what is seen, not from what was meant. */
import jsqr from 'jsqr';
import { pixelsOf } from './smaller-picture.ts';

/** A picture of so many pixels for each module; true is dark. */
export function readModules(rows: readonly (readonly boolean[])[], scale = 4): string | null {
  const height = rows.length * scale;
  const width = (rows[0]?.length ?? 0) * scale;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return readPixels(pixels, width, height);
}

/** A screenshot, dark on light. */
export function readPicture(png: Uint8Array): string | null {
  const { width, height, rgb } = pixelsOf(png);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++)
    pixels.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return readPixels(pixels, width, height);
}

function readPixels(pixels: Uint8ClampedArray, width: number, height: number): string | null {
  return jsqr(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
}

/**
 * What a terminal shows of these lines, as dark or light: `ink` is the colour of a block where the lines do not say,
 * on a terminal of the other one.
 */
export function seenInTerminal(text: string, ink: 'light' | 'dark'): boolean[][] {
  const rows: boolean[][] = [];
  for (const line of text.split('\n')) {
    // Black on white is said by its codes.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the escapes of a terminal
    const isPainted = /^\u001b\[30;107m/.test(line);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the escapes of a terminal
    const blocks = [...line.replace(/\u001b\[[\d;]+m/g, '')];
    const inkIsDark = isPainted || ink === 'dark';
    const upper = blocks.map(block => (block === '█' || block === '▀') === inkIsDark);
    const lower = blocks.map(block => (block === '█' || block === '▄') === inkIsDark);
    rows.push(upper, lower);
  }
  return rows;
}
