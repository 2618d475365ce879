/** The cues as they are built, in figures: what is felt of each, and how far each is from the others. Pure. */
import { type CueId, cueIds, type Motor, type Ms } from '../vocabulary.ts';
import { type Distance, feltDistance, feltPattern, merged } from './distance.ts';
import { cueMs, expand } from './expand.ts';
import { gentle } from './gentle.ts';
import { cues } from './library.ts';
import { feltOf } from './motor-model.ts';
import type { Cue } from './schema.ts';

export type CueRow = Readonly<{
  id: CueId;
  means: string;
  /** From the beginning of its first pulse to the end of its last. */
  driveMs: Ms;
  /** What a hand counts, whichever motor. */
  bursts: number;
  /** From the first to the last moment it is felt. */
  feltMs: Ms;
  /** Shortest silence between two bursts; null where there is only one. */
  leastGapMs: Ms | null;
  /** Most on-time of a motor. */
  onMs: Ms;
}>;

export function rowOf(cue: Cue): CueRow {
  const pulses = expand(cue, 0);
  const bursts = feltPattern(pulses).asOne[0] ?? [];
  const gaps = bursts.slice(1).map(({ fromMs }, index) => fromMs - (bursts[index]?.untilMs ?? 0));
  const onMs = (motor: Motor): Ms =>
    pulses.reduce((sum, pulse) => sum + (pulse.motor === motor ? pulse.until - pulse.from : 0), 0);
  return {
    id: cue.id,
    means: cue.means,
    driveMs: cueMs(cue),
    bursts: bursts.length,
    feltMs: (bursts.at(-1)?.untilMs ?? 0) - (bursts[0]?.fromMs ?? 0),
    leastGapMs: gaps.length === 0 ? null : Math.min(...gaps),
    onMs: Math.max(onMs('left'), onMs('right')),
  };
}

export type Pair = Readonly<{ one: CueId; other: CueId } & Distance>;

/** Every pair of cues, begun on either motor, as they are or played gently; the nearest first. */
export function pairs(gently = false): readonly Pair[] {
  const shaped = (id: CueId, first: Motor) => {
    const pulses = expand(cues[id], 0, first);
    return feltPattern(gently ? gentle(pulses) : pulses);
  };
  return cueIds
    .flatMap((one, index) =>
      cueIds.slice(index + 1).map(other => {
        const own = shaped(one, 'left');
        const its = [shaped(other, 'left'), shaped(other, 'right')];
        return {
          one,
          other,
          apart: Math.min(...its.map(({ apart }) => feltDistance(own.apart, apart))),
          asOne: Math.min(...its.map(({ asOne }) => feltDistance(own.asOne, asOne))),
        };
      }),
    )
    .toSorted((a, b) => a.asOne - b.asOne);
}

/** Shortest time for which any pulse of any cue is felt, and the shortest silence on one motor between two. */
export function extremes(gently = false): Readonly<{ pulseMs: Ms; gapMs: Ms }> {
  const felt = cueIds.flatMap(id =>
    (['left', 'right'] as const).map(motor => {
      const pulses = expand(cues[id], 0);
      return merged(feltOf(gently ? gentle(pulses) : pulses, motor));
    }),
  );
  const lengths = felt.flat().map(({ fromMs, untilMs }) => untilMs - fromMs);
  const gaps = felt.flatMap(list =>
    list.slice(1).map((one, index) => one.fromMs - (list[index]?.untilMs ?? 0)),
  );
  return { pulseMs: Math.min(...lengths), gapMs: Math.min(...gaps) };
}
