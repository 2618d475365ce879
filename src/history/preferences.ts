/**
 * What is remembered from one start to the next: how somebody likes it, never how somebody feels. No answer of any
 * question is among it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { users } from '../../machines/routine/schema.ts';
import { isMissing, replaceFile } from './private-files.ts';
import { keepings } from './records.ts';

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

export class PreferencesFile {
  readonly #path: string;

  constructor(stateFolder: string) {
    this.#path = join(stateFolder, 'preferences.json');
  }

  /** What is remembered; the usual where nothing is, or where the file is broken. */
  read(): Preferences {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return usualPreferences;
      throw error;
    }
    try {
      const parsed = v.safeParse(preferencesSchema, JSON.parse(text));
      return parsed.success ? parsed.output : usualPreferences;
    } catch {
      return usualPreferences;
    }
  }

  /** Remembers a change and returns the whole. Nothing is written where nothing changes. */
  change(change: Partial<Omit<Preferences, 'v'>>): Preferences {
    const before = this.read();
    const after = { ...before, ...change };
    if (JSON.stringify(after) !== JSON.stringify(before))
      replaceFile(this.#path, `${JSON.stringify(after, null, 2)}\n`);
    return after;
  }
}
