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

export const isMoving = (state: string): boolean => moving.includes(state);
export const isOver = (state: string): boolean => over.includes(state);
