/**
 * The LED's language: slow while going, steady while it waits, once a second when it asks, twice when it stopped.
 * Where it would wait, but the board wants its STOP tried first, it asks for that: once a second too.
 * Never faster than 3 Hz (WCAG 2.3.1); where blinking light may harm someone, steady or dark only: dark asks for STOP.
 */
import { isCheckIn, isMoving, type StateName } from '../session.states.ts';
import type { Ms } from '../vocabulary.ts';

export type LedPattern = 'dark' | 'steady' | 'going' | 'asking' | 'askingForStop' | 'stopped';

/** Whether a board wants its STOP tried before it may be armed: pressed, and let go. `held`: it is being pressed for that. */
export type StopTrial = 'wanted' | 'held' | 'done';

/** Half of a blink. */
export const ledHalfMs: Readonly<Record<Exclude<LedPattern, 'dark' | 'steady'>, Ms>> = {
  going: 2000,
  asking: 500,
  askingForStop: 500,
  stopped: 250,
};

export function ledPatternOf(state: StateName, stopTrial: StopTrial = 'done'): LedPattern {
  if (isCheckIn(state) || state === 'finishing') return 'asking';
  if (state === 'stopped' || state === 'halting' || state === 'faulted') return 'stopped';
  // Pressed for that it is answered as ever: the light stays on, and means from the release on that it waits.
  if (state === 'paused' || state === 'pausing' || state === 'transition' || state === 'preparation')
    return stopTrial === 'wanted' ? 'askingForStop' : 'steady';
  return isMoving(state) ? 'going' : 'dark';
}

/** Whether the LED is lit at `at`, counted from when this pattern began, and when that changes (null: never). */
export function ledAt(
  pattern: LedPattern,
  beganAt: Ms,
  at: Ms,
  steadyOnly: boolean,
): { lit: boolean; until: Ms | null } {
  if (pattern === 'dark' || pattern === 'steady') return { lit: pattern === 'steady', until: null };
  if (steadyOnly) return { lit: pattern !== 'askingForStop', until: null };
  const half = ledHalfMs[pattern];
  const halves = Math.floor((at - beganAt) / half);
  return { lit: halves % 2 === 0, until: beganAt + (halves + 1) * half };
}
