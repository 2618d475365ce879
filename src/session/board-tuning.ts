/** What a board's motors are known to feel like. */
import type { BoardCalibration } from '../../machines/vocabulary.ts';

/** What is known of a board's motors, and where that is kept. */
export interface BoardTuning {
  readonly id: string | null;
  /** For the board wherever it is plugged in, for its port, for all of its kind, or only until this process ends. */
  readonly keptFor: 'board' | 'port' | 'kind' | 'run';
  /** What every board begins with. */
  readonly usual: BoardCalibration;
  /** Null where nothing has been found out. `at` is an ISO date. */
  known(): Readonly<{ at: string; calibration: BoardCalibration }> | null;
  /** Keeps it in the place of what was known; null forgets. Rejects with an error to be shown where that can't be. */
  keep(calibration: BoardCalibration | null): void | Promise<void>;
}

/** A board whose motors are known only as long as this process lives. */
export function tunedForNow(usual: BoardCalibration, wallNow: () => number): BoardTuning {
  let known: ReturnType<BoardTuning['known']> = null;
  return {
    id: null,
    keptFor: 'run',
    usual,
    known: () => known,
    keep: calibration => {
      known = calibration && { at: new Date(wallNow()).toISOString(), calibration };
    },
  };
}

/** Keeps it, and tells when that is done: null, or why it could not be. */
export function keepTuning(
  tuning: BoardTuning,
  calibration: BoardCalibration | null,
  done: (why: string | null) => void,
): void {
  const failed = (error: unknown): void => done(error instanceof Error ? error.message : String(error));
  try {
    const keeping = tuning.keep(calibration);
    if (keeping) keeping.then(() => done(null), failed);
    else done(null);
  } catch (error) {
    failed(error);
  }
}
