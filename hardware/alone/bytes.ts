/** Numbers in bytes, least significant first, as the board reads them. */

export const little = (value: number, bytes: number): readonly number[] =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);

/** A number of so many bytes at `at`. What lies beyond the end counts as nothing. */
export const numberAt = (bytes: Uint8Array, at: number, count: number): number =>
  Array.from({ length: count }, (_, index) => (bytes[at + index] ?? 0) * 256 ** index).reduce(
    (sum, one) => sum + one,
    0,
  );
