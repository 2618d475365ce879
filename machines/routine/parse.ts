/**
 * From the text of a file to a routine, or to every fault at once, each with its path and line.
 *
 * Total: no text makes it throw. What it refuses it refuses wholly; nothing is repaired in silence.
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { duplicates, nesting, plain } from '../json.ts';
import { routineLimits as limits } from '../limits.ts';
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import { migrated } from './migrations.ts';
import { warnings } from './rises.ts';
import { type Finding, findings, findingsOfPhases } from './rules.ts';
import { type Phase, phaseSchema, type Routine, routineSchema } from './schema.ts';

const words = checkWords.json;

/**
 * One fault of a file. `line` counts from 1; `path` is a JSON path such as `$.phases[3].strokeCm`; `value` is what
 * stands there, as the file writes it, where that is a single value.
 */
export type Issue = Readonly<{ path: string; line: number; message: string; value?: string }>;
/** A routine, or every fault of its file: 200 of them at most. */
export type Parsed =
  /** `warnings`: what the file may say, and is worth a word all the same. */
  | Readonly<{ ok: true; routine: Routine; warnings: readonly Issue[] }>
  | Readonly<{ ok: false; issues: readonly Issue[] }>;

/** What is wrong with a text that is no JSON, in words; what has none is told by the parser's own name for it. */
const jsonFaults: Readonly<Record<string, string>> = words.faults;

/** More would not be read by anyone. */
const issuesMax = 200;

const jsonPath = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (written, key) =>
      typeof key === 'number'
        ? `${written}[${key}]`
        : /^[A-Za-z_$][\w$]*$/.test(key)
          ? `${written}.${key}`
          : `${written}[${JSON.stringify(key)}]`,
    '$',
  );

/** Longer values are not repeated in what is told of them. */
const valueLength = 60;

/** What stands at a path, as the text writes it; undefined for lists, objects and what is not there. */
function valueAt(root: Node, path: readonly (string | number)[], text: string): string | undefined {
  const node = nodeAt(root, path);
  const parent = nodeAt(root, path.slice(0, -1));
  if (node === parent || node.type === 'array' || node.type === 'object') return undefined;
  const written = text.slice(node.offset, node.offset + node.length);
  return written.length > valueLength ? `${written.slice(0, valueLength)}…` : written;
}

/** The node at a path, or the nearest one above it: a missing field is told at the object that lacks it. */
function nodeAt(root: Node, path: readonly (string | number)[]): Node {
  let node = root;
  for (const key of path) {
    let next: Node | undefined;
    if (node.type === 'array' && typeof key === 'number') next = node.children?.[key];
    else if (node.type === 'object')
      next = node.children?.find(property => property.children?.[0]?.value === key)?.children?.[1];
    if (!next) return node;
    node = next;
  }
  return node;
}

/** What of a schema is looked at here; its kind decides which of these it has. */
type Shape = Readonly<{
  type: string;
  wrapped?: Shape;
  item?: Shape;
  entries?: Readonly<Record<string, Shape>>;
}>;

/** Every field that a schema does not know, and every list that stands for an object: a schema tells the first only. */
function* strangers(shape: Shape, value: unknown, path: readonly (string | number)[]): Generator<Finding> {
  if (shape.wrapped) {
    if (value !== undefined) yield* strangers(shape.wrapped, value, path);
    return;
  }
  if (shape.item && Array.isArray(value))
    for (const [index, one] of value.entries()) yield* strangers(shape.item, one, [...path, index]);
  if (!shape.entries || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    yield { path, message: words.object };
    return;
  }
  for (const [name, one] of Object.entries(value)) {
    const known = Object.hasOwn(shape.entries, name) ? shape.entries[name] : undefined;
    if (known) yield* strangers(known, one, [...path, name]);
    else yield { path: [...path, name], message: words.unknown };
  }
}

/** Whether `strangers` has told of this already. */
const isStranger = (issue: v.BaseIssue<unknown>): boolean =>
  issue.type === 'strict_object' && issue.expected === 'never';

function readable(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  return issue.expected === 'Object' ? words.object : words.missing;
}

/** The phases of a faulty file that are right by themselves, each at its own index. */
function soundPhases(value: unknown): readonly (Phase | undefined)[] {
  const list = v.safeParse(v.object({ phases: v.array(v.unknown()) }), value);
  if (!list.success || list.output.phases.length > limits.phases) return [];
  return list.output.phases.map(phase => {
    const parsed = v.safeParse(phaseSchema, phase);
    return parsed.success ? parsed.output : undefined;
  });
}

/** From an offset in a text to its line, counted from 1. */
function linesOf(text: string): (offset: number) => number {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1))
    starts.push(index + 1);
  return offset => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

const refuse = (issues: readonly Issue[]): Parsed => ({ ok: false, issues: issues.slice(0, issuesMax) });
const wholeFile = (message: string): readonly Issue[] => [{ path: '$', line: 1, message }];

/** The text as JSON with the place of everything in it, or what keeps it from being that. */
function treeOf(text: string, lineOf: (offset: number) => number): Node | readonly Issue[] {
  // UTF-8 needs at least as many bytes as the text has UTF-16 units.
  if (text.length > limits.fileBytes || new TextEncoder().encode(text).length > limits.fileBytes)
    return wholeFile(fill(words.large, { size: limits.fileBytes / 1024 }));
  if (nesting(text) > limits.nesting) return wholeFile(fill(words.nested, { most: limits.nesting }));
  const told = (code: ParseError['error']): string => {
    const name = printParseErrorCode(code);
    return jsonFaults[name] ?? name;
  };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (root && errors.length === 0) return root;
  if (errors.length === 0) return wholeFile(words.empty);
  return errors.map(error => ({
    path: '$',
    line: lineOf(error.offset),
    message: fill(words.fault, { why: told(error.error) }),
  }));
}

/** What is wrong with a file that is JSON of a version that is known. */
function faultsOf(value: unknown, issueOf: (finding: Finding) => Issue, most: number): readonly Issue[] {
  const found: Issue[] = [];
  const result = v.safeParse(routineSchema, value);
  for (const stranger of strangers(routineSchema as unknown as Shape, value, [])) {
    if (found.length >= most) break;
    found.push(issueOf(stranger));
  }
  for (const issue of result.issues ?? []) {
    if (isStranger(issue)) continue;
    const path = (issue.path ?? []).map(item => (typeof item.key === 'number' ? item.key : String(item.key)));
    found.push(issueOf({ path, message: readable(issue) }));
  }
  // Where single fields are wrong, what can still be judged is judged, so that one round of mending is enough.
  const judged = result.success ? findings(result.output) : findingsOfPhases(soundPhases(value));
  return [...found, ...[...judged].map(issueOf)];
}

/** Reads a routine file's text. A byte-order mark and CRLF are fine; comments and trailing commas are not JSON. */
export function parseRoutine(source: string): Parsed {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const lineOf = linesOf(text);
  const root = treeOf(text, lineOf);
  if (!('offset' in root)) return refuse(root);

  const migration = migrated(plain(root));
  if (!migration.ok)
    return refuse([
      {
        path: '$.schemaVersion',
        line: lineOf(nodeAt(root, ['schemaVersion']).offset),
        message: migration.message,
      },
    ]);
  const { value } = migration;

  const found: Issue[] = [...duplicates(root, [])].map(finding => ({
    path: jsonPath(finding.path),
    line: lineOf(finding.offset),
    message: finding.message,
  }));
  const issueOf = ({ path, message }: Finding): Issue => {
    const value = valueAt(root, path, text);
    return {
      path: jsonPath(path),
      line: lineOf(nodeAt(root, path).offset),
      message,
      ...(value !== undefined && { value }),
    };
  };
  const all = [...found, ...faultsOf(value, issueOf, issuesMax - found.length)];
  if (all.length > 0) return refuse(all.toSorted((one, other) => one.line - other.line));
  // No issue was told, so the schema succeeded.
  const routine = v.parse(routineSchema, value);
  return { ok: true, routine, warnings: warnings(routine).map(issueOf) };
}
