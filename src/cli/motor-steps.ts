/** Steps by which a person tells what the two motors feel like. */
import type { BoardCalibration } from '../../hardware/duty.ts';
import { mostLeadMs } from '../../hardware/duty.ts';
import { motorLimits } from '../../machines/limits.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { Motor, Ms } from '../../machines/vocabulary.ts';
import { type Bench, pause } from './bench.ts';
import type { Dialogue } from './dialogue.ts';

const words = catalogue.calibrate;

const pulseMs: Ms = 500;
const still = { left: 0, right: 0 };
const a = { left: 1, right: 0 };
const b = { left: 0, right: 1 };

/** A, then B: which is nearer the hand that holds it? */
export async function feel(
  dialogue: Dialogue,
  bench: Bench,
  calibration: BoardCalibration,
): Promise<'a' | 'b'> {
  for (;;) {
    await bench.play(
      [
        { frame: a, forMs: pulseMs },
        { frame: still, forMs: pulseMs },
        { frame: b, forMs: pulseMs },
      ],
      calibration,
    );
    const nearer = await dialogue.ask(
      words.nearer,
      [
        { key: '1', word: 'first', button: 'go' },
        { key: '2', word: 'second', button: 'less' },
        { key: 'a', word: 'again' },
      ],
      bench.presses,
    );
    if (nearer !== 'a') return nearer === '1' ? 'a' : 'b';
  }
}

/** Search of the start duty: nothing turns below the first, everything at the second. Found to `stepDuty`. */
const search = { least: 30, stepDuty: 6, marginDuty: 6 } as const;

/** The lowest duty at which this motor is felt to turn from rest, by halving. Each pulse is started by a person. */
export async function startDuty(dialogue: Dialogue, bench: Bench, motor: Motor): Promise<number | null> {
  let low: number = search.least;
  let high: number = motorLimits.runningDuty;
  const name = motor === 'left' ? 'A' : 'B';
  await dialogue.enter(fill(words.start, { name }));
  const isFelt = async (duty: number): Promise<boolean> => {
    const flat = { startDuty: duty, ratedDuty: duty, kickDuty: duty };
    for (;;) {
      await bench.pulse(motor, pulseMs, { ...bench.settings.calibration, [motor]: flat });
      const answers = [
        { key: 'y', word: 'yes', button: 'go' },
        { key: 'n', word: 'no', button: 'less' },
        { key: 'a', word: 'again' },
      ] as const;
      const answer = await dialogue.ask(fill(words.turns, { name }), answers, bench.presses);
      if (answer !== 'a') return answer === 'y';
    }
  };
  if (!(await isFelt(high))) return null;
  while (high - low > search.stepDuty) {
    const middle = Math.round((low + high) / 2);
    if (await isFelt(middle)) high = middle;
    else low = middle;
  }
  return Math.min(motorLimits.runningDuty, high + search.marginDuty);
}

/** The stronger motor is turned down, a tenth at a time, until both feel the same. */
const mostRounds = 6;

export async function match(
  dialogue: Dialogue,
  bench: Bench,
  begin: BoardCalibration,
): Promise<BoardCalibration> {
  let now = begin;
  await dialogue.enter(words.match);
  for (let round = 0; round < mostRounds; round++) {
    await bench.play(
      [
        { frame: a, forMs: pulseMs },
        { frame: still, forMs: pulseMs },
        { frame: b, forMs: pulseMs },
      ],
      now,
    );
    const stronger = await dialogue.ask(words.stronger, [
      { key: '1', word: 'first' },
      { key: '2', word: 'second' },
      { key: 's', word: 'same' },
    ]);
    if (stronger === 's') break;
    const motor: Motor = stronger === '1' ? 'left' : 'right';
    const { ratedDuty, startDuty: start } = now[motor];
    const lower = Math.max(start, Math.round(ratedDuty * 0.9));
    if (lower === ratedDuty) {
      dialogue.say(words.cannotMatch);
      break;
    }
    now = { ...now, [motor]: { ...now[motor], ratedDuty: lower } };
  }
  return now;
}

const lagStepMs: Ms = 10;
/** Between two onsets: twice what the firmware keeps two starts apart. */
const apartMs: Ms = 150;

/** A then B, and B then A: the gap that is felt longer ends in the motor that is felt later. */
export async function lag(
  dialogue: Dialogue,
  bench: Bench,
  begin: BoardCalibration,
): Promise<BoardCalibration> {
  let now = begin;
  await dialogue.enter(words.lag);
  for (let round = 0; round < mostRounds; round++) {
    const pair = (first: typeof a, second: typeof a) => [
      { frame: first, forMs: apartMs },
      { frame: { left: 1, right: 1 }, forMs: apartMs },
      { frame: second, forMs: apartMs },
    ];
    await bench.play(pair(a, b), now);
    await pause(900);
    await bench.play(pair(b, a), now);
    const longer = await dialogue.ask(words.longer, [
      { key: '1', word: 'first' },
      { key: '2', word: 'second' },
      { key: 's', word: 'same' },
    ]);
    if (longer === 's') break;
    // The difference of the two lags is what counts: what one gains the other gives back first.
    const { left, right } = now.lagMs;
    const difference = Math.max(
      -mostLeadMs,
      Math.min(mostLeadMs, right - left + (longer === '1' ? lagStepMs : -lagStepMs)),
    );
    now = { ...now, lagMs: { left: Math.max(0, -difference), right: Math.max(0, difference) } };
  }
  return now;
}
