/**
 * Cues: the six tactile patterns, what pulses they are, what both motors do at a moment, which of two that meet is
 * played, and whether one of your own can be felt and told from the others. Pure.
 *
 * @packageDocumentation
 */
export { type CueLimit, type Dropped, PlannedCues } from '../../machines/cues/arbitration.ts';
export { type CheckedCue, checkCue, checkCues } from '../../machines/cues/check.ts';
export { cueMs, expand, playMs } from '../../machines/cues/expand.ts';
export { frameAt, nextChange, rest, sameFrame } from '../../machines/cues/frame.ts';
export { type CueSet, cues, withOwn } from '../../machines/cues/library.ts';
export type { CueIssue } from '../../machines/cues/read.ts';
export { type Cue, cueSchema } from '../../machines/cues/schema.ts';
export {
  type CueId,
  type CueWhy,
  cueIds,
  cueWhys,
  type Frame,
  type Intensity,
  type Motor,
  type Ms,
  motors,
  type Order,
  type Pulse,
} from '../../machines/vocabulary.ts';
