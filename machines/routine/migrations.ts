/**
 * From the version a file was written in to the one this program reads, a step at a time.
 *
 * A step turns the plain value of one version into that of the next and knows nothing of any other. What comes out is
 * checked like any file of today: a step that goes wrong is told, not believed.
 */
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import { schemaVersion } from './schema.ts';

const words = checkWords.version;

export type Plain = Readonly<Record<string, unknown>>;

/** `from` becomes `from` + 1. Has to be total on whatever its version's schema let through. */
export type Migration = Readonly<{ from: number; migrate(value: Plain): Plain }>;

/** Version 1 is the first one: nothing leads to it. A new version brings the step that leads to it from the last. */
const migrations: readonly Migration[] = [];

export type Migrated =
  | Readonly<{ ok: true; value: unknown; from: number }>
  | Readonly<{ ok: false; message: string }>;

const isObject = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value in today's version. What has no version of its own to speak of is left for the schema to refuse. */
export function migrated(value: unknown, steps = migrations, current: number = schemaVersion): Migrated {
  const version = isObject(value) ? value.schemaVersion : undefined;
  if (!isObject(value) || typeof version !== 'number' || version === current)
    return { ok: true, value, from: current };
  const oldest = Math.min(current, ...steps.map(({ from }) => from));
  const reads =
    oldest === current
      ? fill(words.one, { version: current })
      : fill(words.several, { oldest, newest: current });
  if (!Number.isInteger(version) || version > current || version < oldest)
    return {
      ok: false,
      message: fill(words.unsupported, { version, reads }),
    };
  let now = value;
  for (let from = version; from < current; from++) {
    const step = steps.find(one => one.from === from);
    if (!step) return { ok: false, message: fill(words.noWay, { from, to: from + 1 }) };
    now = { ...step.migrate(now), schemaVersion: from + 1 };
  }
  return { ok: true, value: now, from: version };
}
