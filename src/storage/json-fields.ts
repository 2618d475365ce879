/** A JSON object read field by field: what is broken in one place spoils nothing in another. */
import { type ParseError, parseTree } from 'jsonc-parser';
import { duplicates, nesting, plain } from '../../machines/json.ts';

export type JsonFields = Readonly<{
  /** What stands there, by name, in the order of the file; without what stands twice. */
  fields: ReadonlyMap<string, unknown>;
  /** Whether the whole text is one object in JSON, in which nothing stands twice. */
  isWhole: boolean;
}>;

const none: JsonFields = { fields: new Map(), isWhole: false };
/** Deeper than anything of ours. */
const deepest = 16;

export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function jsonFields(text: string): JsonFields {
  if (nesting(text) > deepest) return none;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (root?.type !== 'object') return none;
  const twice = [...duplicates(root, [])];
  const value = plain(root);
  if (!isFields(value)) return none;
  const doubtful = new Set(twice.map(({ path }) => String(path[0])));
  return {
    fields: new Map(Object.entries(value).filter(([name]) => !doubtful.has(name))),
    isWhole: errors.length === 0 && twice.length === 0,
  };
}

/** The fields as a text, `__proto__` among them. */
export const jsonText = (fields: ReadonlyMap<string, unknown>): string => {
  const value: Record<string, unknown> = Object.create(null);
  for (const [name, field] of fields) value[name] = field;
  return `${JSON.stringify(value, null, 2)}\n`;
};
