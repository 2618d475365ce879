/** The lines of a session's trace: one JSON object each, in time order, `at` in whole ms of session time. */

import type { Reason } from '../../machines/session.lists.ts';
import type { StateName } from '../../machines/session.states.ts';
import type {
  BodySide,
  CueId,
  CueWhy,
  Frame,
  Motor,
  Ms,
  Outcome,
  Pressure,
  Side,
} from '../../machines/vocabulary.ts';

/** A line without its time. */
export type Line =
  | { type: 'state'; state: StateName; phase?: string; side?: Side }
  /** `period`: to the beginning of the next. `pull`, `ascent`: of pulls that climb, which one of which. */
  | {
      type: 'stroke';
      phase: string;
      side: Side;
      stroke: number;
      period: Ms;
      pull?: number;
      ascent?: number;
    }
  | { type: 'cue'; cue: CueId; why: CueWhy; phase?: string }
  | { type: 'frame'; motors: Frame }
  | { type: 'pressure'; pressure: Pressure | number; side: BodySide; why: string }
  | { type: 'refusal'; asked: string; gave: string; limit: string; next: string }
  | { type: 'pin'; motor: Motor; duty: number }
  | { type: 'outcome'; outcome: Outcome; reason: Reason; advice: string };

/** One line: `at` in whole ms of session time, and what happened then. */
export type TraceLine = Readonly<{ at: Ms } & Line>;
/** Hears the lines of a trace, in order. */
export type Trace = (line: TraceLine) => void;

/** As it stands in a file. */
export const written = (line: TraceLine): string => `${JSON.stringify(line)}\n`;
