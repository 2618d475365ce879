/** The boards that are flashed, and how a firmware tells which of them it is for. */

export const flashBoards = ['uno', 'mega'] as const;
/** An Uno or a Nano; a Mega 2560. */
export type FlashBoard = (typeof flashBoards)[number];

type Chip = Readonly<{
  name: string;
  signature: string;
  flashBytes: number;
  vectors: number;
  bootloaderBytes: number;
}>;

/** Data sheets: memories, interrupt vectors; `bootloaderBytes`: what a Mega's own one takes, of an Uno's the smaller. */
export const chips: Readonly<Record<FlashBoard, Chip>> = {
  uno: {
    name: 'ATmega328P',
    signature: '1E 95 0F',
    flashBytes: 32 * 1024,
    vectors: 26,
    bootloaderBytes: 512,
  },
  mega: {
    name: 'ATmega2560',
    signature: '1E 98 01',
    flashBytes: 256 * 1024,
    vectors: 57,
    bootloaderBytes: 8192,
  },
};

const jmp = 0x940c;
const isRelativeJump = (word: number): boolean => word >> 12 === 0xc;

/** Which board's firmware this is, by how many vectors it begins with; null where it begins otherwise than ours. */
export function boardOfImage(image: Uint8Array): FlashBoard | null {
  const word = (at: number): number => (image[at] ?? 0) | ((image[at + 1] ?? 0) << 8);
  const isVector = (at: number): boolean =>
    word(at) === jmp || (isRelativeJump(word(at)) && word(at + 2) === 0);
  let count = 0;
  while (count <= chips.mega.vectors && isVector(count * 4)) count += 1;
  return flashBoards.find(board => chips[board].vectors === count) ?? null;
}
