/**
 * The same session by hands on a board alone and on no board, and what has to be equal of the two: its states, strokes,
 * cues, pressures and outcome, line for line; its pins within the bounds of a board with a computer.
 */
import type { Routine } from '../../machines/routine/schema.ts';
import { motors } from '../../machines/vocabulary.ts';
import { aloneHex } from '../../src/installed.ts';
import { type TraceLine, written } from '../../src/session/trace.ts';
import { loadedBoard, simulateAlone } from '../../src/simulation/alone-stage.ts';
import { rememberedStage } from '../../src/simulation/recorded-stage.ts';
import { assumedHands } from '../../src/simulation/script-by-touch.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { driven } from './driven.ts';
import { type RawStep, stepsOf } from './simulated.ts';

/** The kinds of line that any board tells, in the order in which they stand within one moment. */
const kinds = ['state', 'stroke', 'cue', 'pressure', 'outcome'] as const;

/** What has to be the same, one line each. Within a moment the kinds are put in one order: a board has one of its own. */
export const toldOf = (lines: readonly TraceLine[]): readonly string[] => {
  const rank = ({ type }: TraceLine): number => (kinds as readonly string[]).indexOf(type);
  return lines
    .filter(line => rank(line) >= 0)
    .toSorted((one, other) => one.at - other.at || rank(one) - rank(other))
    .map(written);
};

/** Session time on a board begins within one turn of its loop. */
const zeroWithinMs = 4;
/**
 * What a chip of 16 MHz takes to find out what comes next and which cues give way: 4 to 14 ms were seen. It does not add
 * up, for every moment is worked out from the time at which it was due.
 */
const workedOutWithinMs = 20;

/** Where the pins of a board alone do not do what the frames ask for on no board, within the bounds; empty: nowhere. */
export const strayPins = (none: readonly TraceLine[], alone: readonly TraceLine[]): readonly string[] =>
  motors.flatMap(motor => {
    const asked = driven(none, motor, 'frame');
    const was = driven(alone, motor, 'pin');
    const strays = asked.flatMap(([at, on], index) => {
      const found = was[index];
      const lateMs = (found?.[0] ?? Number.NaN) - at;
      return found?.[1] === on && lateMs >= -zeroWithinMs && lateMs <= workedOutWithinMs
        ? []
        : [
            `${motor} ${on ? 'on' : 'off'} at ${at}: ${found ? `${found[1] ? 'on' : 'off'} at ${found[0]}` : 'never'}`,
          ];
    });
    const more = was.slice(asked.length).map(([at, on]) => `${motor} ${on ? 'on' : 'off'} at ${at}: unasked`);
    return [...strays, ...more];
  });

/** Both traces of one script by hands; without one the assumed hands. */
export async function onNoneAndAlone(
  routine: Routine,
  raw?: readonly RawStep[],
): Promise<Readonly<{ none: readonly TraceLine[]; alone: readonly TraceLine[] }>> {
  const steps = raw ? stepsOf(raw) : assumedHands(routine);
  const board = loadedBoard(routine);
  const none: TraceLine[] = [];
  const stage = rememberedStage();
  try {
    await simulate(stage, { routine, steps, product: 'test', trace: line => none.push(line) });
  } finally {
    stage.close();
  }
  const alone: TraceLine[] = [];
  simulateAlone({ hex: aloneHex(), seed: 1, routine, board, steps, trace: line => alone.push(line) });
  return { none, alone };
}
