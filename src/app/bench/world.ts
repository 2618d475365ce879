/** What a row may use to be measured. */
import type { Children } from './children.ts';

export type World = Readonly<{
  children: Children;
  /** How long beats are compared, idle and busy each. */
  seconds: number;
  /** So many samples of a full run; a shorter one takes fewer of all. */
  sized(full: number, least?: number): number;
  /** So many ms of a full run; a shorter one watches for less. */
  lasting(fullMs: number, leastMs?: number): number;
  /** One word about what is being done, for whoever waits. */
  say(what: string): void;
}>;

/** Seconds of beats from which on everything is measured in full. */
export const fullFromS = 100;

export function worldOf(
  children: Children,
  seconds: number,
  say: (what: string) => void = () => {},
): World {
  const share = Math.min(1, seconds / fullFromS);
  return {
    children,
    seconds,
    sized: (full, least = 1) => Math.max(least, Math.round(full * share)),
    lasting: (fullMs, leastMs = 200) => Math.max(leastMs, fullMs * share),
    say,
  };
}
