/** Seeded noise: what memory holds before anyone has written to it. The same seed gives the same bytes. */
export function noise(seed: number, into: Uint8Array): void {
  // mulberry32: enough for noise, and a few lines.
  let state = seed >>> 0;
  for (let index = 0; index < into.length; index++) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    into[index] = (mixed ^ (mixed >>> 14)) & 0xff;
  }
}
