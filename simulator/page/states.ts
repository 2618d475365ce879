/** Which of a session's states are of one kind for this page. */
import type { Desk } from './desk.ts';

const moving = [
  'warmUp',
  'strokes',
  'pressureRamp',
  'cooldown',
  'eased',
  'strokes.checkIn',
  'pressureRamp.checkIn',
];
/** States in which stop has nothing left to do. */
const over = ['completed', 'declined', 'interrupted'];

/** States that want something of a person, beside the ends. */
const asking = ['halting', 'paused', 'transition', 'stopped', 'faulted', 'finishing'];

/** States in which nothing has begun: no motor has been armed for it, and no hand moves. */
const before = ['', 'screening', 'preparation'];
/** What a board says of itself while motors may run. */
const armed = ['armed', 'leased'];

export const isMoving = (state: string): boolean => moving.includes(state);
export const isBefore = (state: string): boolean => before.includes(state);
export const isOver = (state: string): boolean => over.includes(state);
/** Whether it is told or asked something that has to be seen. */
export const isAsking = (state: string): boolean =>
  asking.includes(state) || state.endsWith('.checkIn') || isOver(state);

/** Whether it wants a word of a person before anything goes on. */
export const waits = (state: string): boolean => asking.includes(state) || state.endsWith('.checkIn');

/**
 * Whether anything could run, as far as this page can tell: what is not known to be still may run. Before and after
 * that a key that stops would only alarm.
 */
export function couldRun({ view, isLive }: Pick<Desk, 'view' | 'isLive'>): boolean {
  if (!view || !isLive) return true;
  const { device, session, calibration, outcome } = view;
  const isDriven = device.duty !== null && device.duty.left + device.duty.right > 0;
  if (isDriven || armed.includes(device.state ?? '') || calibration?.walk) return true;
  return outcome === null && !isBefore(session.state) && !isOver(session.state);
}
