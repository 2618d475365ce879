/** Why a board that is there may not be armed, and what people are told to do about it. */
import type { BoardStatus } from '../../hardware/driver.ts';
import type { catalogue } from '../../machines/text/text.ts';

/** `locked` until its power is cut, `alone` while it plays a session by itself. The first that holds is told. */
export type BoardHindrance = 'locked' | 'alone' | BoardStatus['hindrances'][number];
/** How a refusal names it, and the sentence of the catalogue's that says what to do. */
export const hindered = {
  locked: { limit: 'boardLocked', next: 'cutPower' },
  alone: { limit: 'boardAlone', next: 'boardAlone' },
  stopUntried: { limit: 'stopUntried', next: 'tryStop' },
  motorPath: { limit: 'motorPath', next: 'motorPath' },
  lowSupply: { limit: 'lowSupply', next: 'lowSupply' },
} as const satisfies Record<BoardHindrance, { limit: string; next: keyof typeof catalogue.refusals.next }>;
