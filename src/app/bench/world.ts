/** What a row may use to be measured, and how much of everything there is time for. */
import type { Children } from './children.ts';

export type World = Readonly<{
  children: Children;
  /** How long beats are compared, idle and busy each: decided when it is asked for first. */
  beatsS(): number;
  /** So many samples of a full run; a shorter one takes fewer of all. */
  sized(full: number, least?: number): number;
  /** So many ms of a full run; a shorter one watches for less. */
  lasting(fullMs: number, leastMs?: number): number;
}>;

/** Seconds of beats from which on everything is measured in full. */
const fullFromS = 60;
/** All of a usual run, a minute of the ten left over. */
const budgetS = 540;
/** Whatever the rest took: beats are compared for no less, and no longer than this. */
const beatsOfS = { least: 30, most: 240 };
const wholeS = 10;

/** How long beats may last where the rest has taken so long already: half of what is left, in whole tens. */
export const beatsLeftS = (tookS: number): number =>
  Math.min(beatsOfS.most, Math.max(beatsOfS.least, Math.floor((budgetS - tookS) / 2 / wholeS) * wholeS));

/** `seconds`: how long beats last; null where they take what the rest of the run leaves, counted from now on. */
export function worldOf(children: Children, seconds: number | null): World {
  const share = Math.min(1, (seconds ?? fullFromS) / fullFromS);
  const began = performance.now();
  let decidedS = seconds;
  return {
    children,
    beatsS: () => {
      decidedS ??= beatsLeftS((performance.now() - began) / 1000);
      return decidedS;
    },
    sized: (full, least = 1) => Math.max(least, Math.round(full * share)),
    lasting: (fullMs, leastMs = 200) => Math.max(leastMs, fullMs * share),
  };
}
