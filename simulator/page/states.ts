/** Which of a session's states are of one kind for this page. */

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

export const isMoving = (state: string): boolean => moving.includes(state);
export const isOver = (state: string): boolean => over.includes(state);
/** Whether it is told or asked something that has to be seen. */
export const isAsking = (state: string): boolean =>
  asking.includes(state) || state.endsWith('.checkIn') || isOver(state);
