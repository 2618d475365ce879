/** Bytes that look random and are the same in every run: what a test hands in where the product takes real chance. */
import { seeded } from '../../src/time/virtual-clock.ts';

export function seededBytes(seed: number): (length: number) => Buffer {
  const random = seeded(seed);
  return length => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** So many different places below `most`, the same in every run. */
export function seededPlaces(most: number, count: number, seed = 1): readonly number[] {
  const random = seeded(seed);
  const places = new Set<number>();
  while (places.size < Math.min(most, count)) places.add(Math.floor(random() * most));
  return [...places];
}
