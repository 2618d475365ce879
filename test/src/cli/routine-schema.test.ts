/** The JSON Schema that editors get, held by a validator of others against what `check` says. */
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { library } from '../../../machines/routine/library.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import { routineSchema } from '../../../machines/routine/schema.ts';
import { routineJsonSchema } from '../../../src/cli/routines.ts';
import { isLong } from '../../support/length.ts';

const validate = new Ajv({ strict: true }).compile(routineJsonSchema() as object);

type Path = readonly string[];
type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const pathsOf = (value: unknown, path: Path = []): readonly Path[] =>
  isFields(value)
    ? Object.entries(value).flatMap(([key, one]) => [[...path, key], ...pathsOf(one, [...path, key])])
    : [];

/** A copy with another value at a path; `undefined` leaves out what stands there. */
function changed(source: unknown, path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(source);
  let at = copy;
  for (const key of path.slice(0, -1)) at = isFields(at) ? at[key] : undefined;
  const [last] = path.slice(-1);
  if (last === undefined || !isFields(at)) throw new Error(`no ${path.join('.')}`);
  if (value !== undefined) at[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
  return copy;
}

const numbers = [-1, 0, 1, 1.5, 2, 3, 4, 5, 29, 30, 80, 81, 91, 300, 301, 1200, 1201, 1e12];
const words = ['', '   ', 'x', 'both', 'prone', 'piriformis', 'self', 'a--b', 'aB1', '-a', 'leg-and-back'];
const signs = ['x\0', 'x\n', 'x\u007f', '\u00a0', '\u200b', '\0', ' x '];
const lengths = ['a', 'é', '😀', ' a'].flatMap(sign =>
  [30, 48, 49, 60, 61, 201, 301].map(n => sign.repeat(n)),
);
const others = [undefined, null, true, [], {}, [1], ['self'], ['self', 'self'], ['nobody'], { loud: 1 }];
const values = [...numbers, ...words, ...signs, ...lengths, ...others];

test('takes every routine of the library', () => {
  for (const routine of library()) expect([routine.id, validate(routine)]).toEqual([routine.id, true]);
});

test('says of every single field what check says', () => {
  const [source] = library().filter(({ id }) => id === 'leg-and-back');
  const paths = pathsOf(source)
    // One phase of two techniques stands for the others.
    .filter(([root, index]) => root !== 'phases' || index === undefined || index === '2');
  const tried = values.filter((_, index) => isLong || index % 9 === 0);
  const wrong: unknown[] = [];
  let taken = 0;
  for (const path of paths)
    for (const value of tried) {
      const file = changed(source, path, value);
      const parsed = parseRoutine(JSON.stringify(file));
      const isObject = parsed.ok || !parsed.issues.some(({ message }) => message === 'must be an object');
      const isRight = isObject && v.safeParse(routineSchema, file).success;
      const says = validate(file);
      if (says !== isRight || (parsed.ok && !says)) wrong.push([path.join('.'), value, says]);
      if (says) taken += 1;
    }
  expect(wrong).toEqual([]);
  expect(taken).toBeGreaterThan(isLong ? 100 : 11);
});
