/** What a session on a serial port finds out about its board's motors, kept in this browser. */
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import { setupWords } from '../../../machines/text/setup.ts';
import { type BoardSettings, isUncalibrated, untried } from '../../../src/app/known-board.ts';
import type { BoardTuning } from '../../../src/session/board-tuning.ts';

export type KnownBoard = Readonly<{ id: string; settings: BoardSettings | null }>;

/** `keep`: false where the browser keeps nothing. What is found out holds for this visit all the same. */
export function tuningHere(
  { id, settings }: KnownBoard,
  keep: (settings: BoardSettings) => Promise<boolean>,
): BoardTuning {
  let known: ReturnType<BoardTuning['known']> =
    settings && !isUncalibrated(settings) ? { at: settings.at, calibration: settings.calibration } : null;
  return {
    id,
    keptFor: 'kind',
    usual: uncalibratedBoard,
    known: () => known,
    keep: async calibration => {
      const fresh = untried();
      const stop = settings?.stop ?? fresh.stop;
      const found = structuredClone(calibration ?? fresh.calibration) as BoardSettings['calibration'];
      known = calibration && { at: fresh.at, calibration };
      if (!(await keep({ at: fresh.at, stop, calibration: found }))) throw new Error(setupWords.kept.forNow);
    },
  };
}
