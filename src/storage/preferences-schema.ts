/** What is remembered from one start to the next, as it stands in its file and as a page changes it. */

import * as v from 'valibot';
import { users } from '../../machines/routine/names.ts';
import { keepings } from '../../machines/vocabulary.ts';

const routineId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is no id of a routine'),
  v.maxLength(48),
);
const minutes = v.pipe(
  v.number('must be a number of minutes'),
  v.integer('must be a whole number of minutes'),
  v.minValue(3, 'must be 3 to 90 minutes'),
  v.maxValue(90, 'must be 3 to 90 minutes'),
);

export const mostFavourites = 6;
/** What is remembered from one start to the next: how somebody likes it, never how somebody feels. */
export const preferencesSchema = v.strictObject({
  v: v.optional(v.literal(1), 1),
  /** What the last session was begun with. */
  routine: v.optional(v.nullable(routineId), null),
  minutes: v.optional(v.nullable(minutes), null),
  for: v.optional(v.nullable(v.picklist(users, `must be one of ${users.join(', ')}`)), null),
  /** Which of the receiver's sides comes first. */
  firstSide: v.optional(v.picklist(['left', 'right'], 'must be left or right'), 'left'),
  /** `phases`: strokes have no cues. */
  quiet: v.optional(v.picklist(['full', 'phases'], 'must be full or phases'), 'full'),
  /** `turned`: the board is worn the other way round. */
  orientation: v.optional(v.picklist(['usual', 'turned'], 'must be usual or turned'), 'usual'),
  /** Chosen without a screen by as many presses as their place here. */
  favourites: v.optional(v.pipe(v.array(routineId), v.maxLength(mostFavourites)), []),
  /** What of a session is kept, and for how long. */
  keep: v.optional(v.picklist(keepings, `must be one of ${keepings.join(', ')}`), 'plain'),
  keepDays: v.optional(
    v.pipe(
      v.number('must be a number of days'),
      v.integer('must be a whole number of days'),
      v.minValue(1, 'must be 1 to 365 days'),
      v.maxValue(365, 'must be 1 to 365 days'),
    ),
    30,
  ),
});
export type Preferences = Readonly<v.InferOutput<typeof preferencesSchema>>;

export const usualPreferences: Preferences = v.parse(preferencesSchema, {});

/** A change: any of the fields, none of them unknown. */
export const preferencesChangeSchema = v.partial(v.omit(preferencesSchema, ['v']));
export type PreferencesChange = Partial<Omit<Preferences, 'v'>>;
