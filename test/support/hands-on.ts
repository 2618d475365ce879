/** A person's hands in a script: presses and holds at their times, and what came of them in the trace. */
import { cardIds } from '../../machines/screening.questions.ts';
import { cooldown, phaseFields, routine, warmUp } from './routines.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from './simulated.ts';

/** Three minutes of warm-up, then two places that may rise, then the cooldown; 2 to begin with. */
export const file = routine(
  [
    warmUp({ durationS: 180, zone: 'thighBack', pressureStart: 2, pressureMax: 2 }),
    phaseFields({ id: 'a', zone: 'calf', durationS: 300, pressureStart: 2, pressureMax: 3 }),
    phaseFields({ id: 'b', zone: 'thighOuter', durationS: 300, pressureStart: 2, pressureMax: 2 }),
    cooldown({ durationS: 180, zone: 'thighBack' }),
  ],
  { kind: 'full', riseDwellS: 120, checkIn: { everyS: 60, timeoutS: 30 } },
);

export type When = Readonly<{ at: number }> | Readonly<{ on: string; nth?: number; afterMs: number }>;
export const later = (when: When, ms: number): When =>
  'at' in when ? { at: when.at + ms } : { ...when, afterMs: when.afterMs + ms };
export const down = (button: string, when: When): RawStep => ({ ...when, button, down: true });
export const up = (button: string, when: When): RawStep => ({ ...when, button, down: false });
export const press = (button: string, when: When, forMs = 140): readonly RawStep[] => [
  down(button, when),
  up(button, later(when, forMs)),
];
/** Somebody stops: for a claim that is decided by then, so that nothing is played for nobody. */
export const over = (at: number): readonly RawStep[] => [{ at, intent: 'stop' }];
/** GO and LESS together. */
export const both = (when: When, forMs = 3200): readonly RawStep[] => [
  ...press('go', when, forMs + 60),
  ...press('less', later(when, 60), forMs),
];
export const lived = (...steps: readonly (readonly RawStep[])[]): Promise<Played> =>
  simulated({ routine: file, steps: [...begun, ...steps.flat()] });

export const statesOf = (played: Played): readonly string[] =>
  linesOf(played, 'state').map(({ state }) => state);
export const stateAt = (played: Played, at: number): string | undefined =>
  linesOf(played, 'state').findLast(line => line.at <= at)?.state;
export const began = (played: Played, state: string): number | undefined =>
  linesOf(played, 'state').find(line => line.state === state)?.at;
export const pressures = (played: Played): readonly string[] =>
  linesOf(played, 'pressure').map(({ pressure, side, why }) => `${side} ${pressure} ${why}`);
export const eased = ['left 2 start', 'right 2 start', 'left 1 ease', 'right 1 ease'];
export const steady = eased.slice(0, 2);
export const question = (nth: number, afterMs: number): When => ({ on: 'checkIn', nth, afterMs });

/** All six cards of the printed screening: none of their questions; from `at` on, 4 s each. */
export const cards = (at: number): readonly RawStep[] =>
  cardIds.flatMap((_, index) => both({ at: at + index * 4000 }));
/** Why and which, of the cues between two moments. */
export const cuesIn = (played: Played, from: number, to: number): readonly string[] =>
  linesOf(played, 'cue')
    .filter(({ at }) => at >= from && at < to)
    .map(({ cue, why }) => `${cue} ${why}`);
export const refusals = (played: Played): readonly string[] =>
  linesOf(played, 'refusal').map(({ asked, limit }) => `${asked} ${limit}`);
export const outcomeOf = (played: Played): string => `${played.outcome.outcome} ${played.outcome.reason}`;
