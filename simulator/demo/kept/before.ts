/**
 * What an earlier version of this page kept as one text beside the database: taken over once, field by field. What is
 * here already stays; a text that cannot be understood as a whole is set aside, as it was.
 */
import * as v from 'valibot';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { isFields, jsonFields } from '../../../src/storage/json-fields.ts';
import type { KeptPreferences } from '../../../src/storage/kept-preferences.ts';
import type { Say } from '../../../src/storage/notices.ts';
import { preferencesChangeSchema } from '../../../src/storage/preferences-schema.ts';
import type { StateFields } from '../../../src/storage/state-fields.ts';
import type { BrowserRoutines } from './browser-routines.ts';
import { changeIn } from './preference-change.ts';
import type { Image } from './rows/image.ts';
import { nameOfRow, rows } from './rows/row-names.ts';

export type BeforePorts = Readonly<{
  image: Image;
  routines: BrowserRoutines;
  preferences: KeptPreferences;
  preferenceFields: StateFields;
  say: Say;
}>;

/** Takes it over. What of it has no place here stands aside afterwards. */
export function takeBefore(text: string, ports: BeforePorts): void {
  const { image, routines, preferences, preferenceFields, say } = ports;
  const { fields, isWhole } = jsonFields(text);
  let isAllTaken = isWhole && fields.get('v') === 1;
  for (const name of fields.keys()) if (!['v', 'routines', 'likes'].includes(name)) isAllTaken = false;
  const own = fields.get('routines') ?? [];
  if (!Array.isArray(own)) isAllTaken = false;
  for (const one of Array.isArray(own) ? own : []) {
    const parsed = parseRoutine(JSON.stringify(one) ?? '');
    const isKept = parsed.ok && (routines.has(parsed.routine.id) || routines.keep(parsed.routine));
    if (!isKept) isAllTaken = false;
  }
  const likes = fields.get('likes') ?? {};
  if (!isFields(likes)) isAllTaken = false;
  const here = preferenceFields.read().fields;
  const change: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(isFields(likes) ? likes : {})) {
    const found = v.safeParse(preferencesChangeSchema, { [name]: value });
    if (!found.success) isAllTaken = false;
    else if (!here.has(name)) Object.assign(change, { [name]: value });
  }
  preferences.change(changeIn(change));
  if (isAllTaken) return;
  // Two tabs may have it to take over at once.
  const known = image.names().some(name => name.startsWith(`${rows.before}.`) && image.text(name) === text);
  if (known) return;
  const aside = image.asideOf(rows.before);
  image.put(aside, text);
  const { setAside, todo } = keptWords.rows;
  say({
    file: nameOfRow(rows.before),
    what: fill(setAside, { aside: nameOfRow(aside) }),
    todo: todo.setAside,
  });
}
