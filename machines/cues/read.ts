/** A cue file's text, read: the cue it is, or every fault of its form with its place. */
import { findNodeAtLocation, type ParseError, parseTree } from 'jsonc-parser';
import * as v from 'valibot';
import { duplicates, nesting } from '../json.ts';
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import { type Cue, cueSchema } from './schema.ts';

/** One fault of a cue's file. `line` counts from 1; `path` is a JSON path such as `$.pulses[1].forMs`. */
export type CueIssue = Readonly<{ path: string; line: number; message: string }>;
/** A cue is a list of objects within an object. */
const deepest = 16;

type Place = readonly (string | number)[];
export type CueFinding = Readonly<{ at: Place; message: string }>;

const written = (at: Place): string =>
  at.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${key}`), '$');

/** A cue as its file says it, with what tells the place of a finding; or why it is none. */
type ReadCue =
  | Readonly<{ ok: true; cue: Cue; told: (finding: CueFinding) => CueIssue }>
  | Readonly<{ ok: false; issues: readonly CueIssue[] }>;

export function readCue(text: string): ReadCue {
  const errors: ParseError[] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineOf = (offset: number): number => source.slice(0, offset).split('\n').length;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const message = fill(checkWords.json.fault, {
      why: error instanceof Error ? error.message : String(error),
    });
    return { ok: false, issues: [{ path: '$', line: 1, message }] };
  }
  const root = parseTree(source, errors);
  const told = ({ at, message }: CueFinding): CueIssue => {
    // A field that is missing stands where its object does.
    let node = root;
    for (let length = at.length; root && length > 0; length--) {
      node = findNodeAtLocation(root, at.slice(0, length) as (string | number)[]);
      if (node) break;
    }
    return { path: written(at), line: lineOf((node ?? root)?.offset ?? 0), message };
  };
  const twice = root && nesting(source) <= deepest ? [...duplicates(root, [])] : [];
  if (twice.length > 0)
    return {
      ok: false,
      issues: twice.map(({ path, message, offset }) => ({
        path: written(path),
        line: lineOf(offset),
        message,
      })),
    };
  const parsed = v.safeParse(cueSchema, value);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.issues.map(issue =>
        told({
          at: (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
          message:
            issue.type !== 'strict_object'
              ? issue.message
              : issue.expected === 'never'
                ? checkWords.json.unknownOfCue
                : issue.expected === 'Object'
                  ? checkWords.json.object
                  : checkWords.json.missing,
        }),
      ),
    };
  return { ok: true, cue: parsed.output, told };
}
