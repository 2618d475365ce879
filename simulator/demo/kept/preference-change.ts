/** Preferences that come from outside, as a change of what is kept. */
import * as v from 'valibot';
import { type PreferencesChange, preferencesChangeSchema } from '../../../src/storage/preferences-schema.ts';

/** Those fields that were named, and no others; nothing where any of them cannot be understood. */
export function changeIn(named: Readonly<Record<string, unknown>>): PreferencesChange {
  const { output, success } = v.safeParse(preferencesChangeSchema, named);
  if (!success) return {};
  return Object.fromEntries(Object.entries(output).filter(([name]) => Object.hasOwn(named, name)));
}
