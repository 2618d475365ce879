/** One's own routines, for commands that only look: where nothing may be kept there are none. */
import type { Routine } from '../../machines/routine/schema.ts';
import { OwnRoutines } from '../storage/own-routines.ts';
import { saidNotices } from './said-notices.ts';
import { stateFolder } from './state-folder.ts';

export function ownRoutines(): readonly Routine[] {
  try {
    return new OwnRoutines(stateFolder(), saidNotices.say).list();
  } catch {
    return [];
  }
}
