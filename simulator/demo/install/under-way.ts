/** Whether a session is under way on this page, so that nothing of the page may change beneath it. Pure. */
import type { View } from '../../../src/server/view-messages.ts';

export type SeenPage = Readonly<{
  /** What the controller told last; null before it has. */
  view: Pick<View, 'session' | 'screening' | 'outcome' | 'calibration'> | null;
  isLive: boolean;
  /** Somebody has pressed "Begin" on the first view. */
  hasBegun: boolean;
  /** Why there is no controller any more, where it will not come by itself. */
  failure: string | null;
  /** A board by itself plays beside it. */
  hasOwnBoard: boolean;
}>;

/**
 * From the first question of the screening to the outcome; a calibration, and a board by itself, count as well. What is not known counts as under way, but for a controller that has failed: nothing runs in it any more, and
 * a new version may be the only cure.
 */
export function isUnderWay({ view, isLive, hasBegun, failure, hasOwnBoard }: SeenPage): boolean {
  if (failure !== null) return false;
  if (hasOwnBoard || view === null || !isLive || view.calibration?.walk) return true;
  if (view.outcome !== null) return false;
  const { session, screening } = view;
  return hasBegun || session.state !== 'screening' || session.offer !== null || screening.complaint !== null;
}
