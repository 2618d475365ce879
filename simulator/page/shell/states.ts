/** What this page makes of a session's states, of which `machines/session.states.ts` says the kinds. */
import { isBefore, isMoving, isOver, type StateName, waits } from '../../../machines/session.states.ts';
import type { PageContext } from './page-context.ts';

/** What a board says of itself while motors may run. */
const armed = ['armed', 'leased'];

/** Whether it is told or asked something that has to be seen. */
export const isAsking = (state: StateName): boolean => waits(state) || isOver(state);

/** Which states show the same on the session's look: all in which hands move and nothing is asked. */
export const contentOf = (state: StateName | null): string | null =>
  state !== null && isMoving(state) && !isAsking(state) ? 'moving' : state;

/**
 * Whether anything could run, as far as this page can tell: what is not known to be still may run. Before and after
 * that a key that stops would only alarm.
 */
export const couldRun = (context: Pick<PageContext, 'feed' | 'view' | 'isLive'>): boolean =>
  context.feed.alsoStops !== null || sessionCouldRun(context);

/** Whether that is in the session. */
function sessionCouldRun({ view, isLive }: Pick<PageContext, 'view' | 'isLive'>): boolean {
  if (!view || !isLive) return true;
  const { device, session, calibration, outcome } = view;
  const isDriven = device.duty !== null && device.duty.left + device.duty.right > 0;
  if (isDriven || armed.includes(device.state ?? '') || calibration?.walk) return true;
  return outcome === null && !isBefore(session.state) && !isOver(session.state);
}
