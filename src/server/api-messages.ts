/** What page and controller say to each other over HTTP, beside the live session: one schema for both sides. */
import type { User } from '../../machines/routine/names.ts';

export {
  mostFavourites,
  type Preferences,
  type PreferencesChange,
  preferencesChangeSchema,
  usualPreferences,
} from '../storage/preferences-schema.ts';

/** A routine as GET /routines lists it. */
export type ListedRoutine = Readonly<{
  id: string;
  title: string;
  summary: string;
  minutes: number;
  for: readonly User[];
  /** One's own, which can be changed and erased. */
  own: boolean;
}>;
