/** What may befall a file, and what has to hold of all that is kept whatever it was. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Notices, noticeSentence } from '../../src/storage/notices.ts';
import {
  afterSession,
  everyFile,
  type KeptFile,
  keptFiles,
  neighbourPaths,
  neighbours,
} from './kept-files.ts';
import { remembered } from './remembered-folder.ts';

const [preferences] = keptFiles;

/** Of each file, how to put the folder that it was made in: what makes it waits for the disk with each of its files. */
const folders = new Map<KeptFile, (into: string) => void>();

async function make(kept: KeptFile, state: string): Promise<void> {
  const put = folders.get(kept);
  if (put) return put(state);
  neighbours(state);
  await preferences?.make(state);
  await kept.make(state);
  folders.set(kept, remembered(state));
}

/** A state folder with this file and others, for as long as `look` takes. */
export async function inState(kept: KeptFile, look: (state: string) => void | Promise<void>): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'tactus-kept-'));
  try {
    await make(kept, state);
    await look(state);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

/** What a use threw is an answer of the system, or a sentence for a person; anything else is a fault of ours. */
export async function used(kept: KeptFile, state: string, notices: Notices): Promise<string | null> {
  try {
    await kept.use(state, notices.say);
    return null;
  } catch (error) {
    const isTold = error instanceof Error && ('code' in error || 'kind' in error);
    if (!isTold) throw error;
    return error.message;
  }
}

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};
const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a use sets anew on purpose. */
const changed = new Set([
  'v',
  'version',
  'routine',
  'firstSide',
  'firmAt',
  'leapAt',
  'keepDays',
  'usb:three',
]);

/** Whether every field of one stands in the other, but for those that a use sets anew. */
function carries(before: unknown, after: unknown): boolean {
  if (!isFields(before) || !isFields(after)) return JSON.stringify(before) === JSON.stringify(after);
  return Object.entries(before).every(([name, value]) => changed.has(name) || carries(value, after[name]));
}

/** Its bytes, or its fields, are still somewhere; all the others are as they were. */
export function nothingLost(
  state: string,
  kept: KeptFile,
  damaged: Buffer,
  before: ReadonlyMap<string, Buffer>,
): void {
  const after = everyFile(state);
  for (const path of [...neighbourPaths, 'preferences.json'].filter(path => path !== kept.path))
    expect([kept.name, path, after.get(path)?.equals(before.get(path) ?? Buffer.alloc(0))]).toEqual([
      kept.name,
      path,
      true,
    ]);
  const isStill = [...after.values()].some(
    bytes => bytes.length >= damaged.length && bytes.subarray(0, damaged.length).equals(damaged),
  );
  const [now] = [after.get(kept.path)].filter(bytes => bytes !== undefined);
  const isCarried = now !== undefined && isFields(parsed(damaged)) && carries(parsed(damaged), parsed(now));
  expect([kept.name, damaged.toString('latin1').slice(0, 300), isStill || isCarried]).toEqual([
    kept.name,
    damaged.toString('latin1').slice(0, 300),
    true,
  ]);
}

/** Nobody's session is kept who said that none is, and none goes by its age that was to stay. */
export function privateAsBefore(state: string): void {
  const { isKept } = afterSession(state, () => {});
  expect(isKept).toBe(false);
  expect([...everyFile(state).keys()]).toContain(neighbourPaths[0]);
}

/** Puts other bytes in its place, looks and writes, and holds all of it to the rules. Returns what was said. */
export async function withBytes(
  kept: KeptFile,
  state: string,
  bytes: Buffer,
  good: unknown,
): Promise<readonly string[]> {
  const path = join(state, kept.path);
  writeFileSync(path, bytes);
  const before = everyFile(state);
  const notices = new Notices();
  const seen = kept.look(state, notices.say);
  const looked = everyFile(state);
  expect([kept.name, [...looked.keys()]]).toEqual([kept.name, [...before.keys()]]);
  expect([kept.name, looked.get(kept.path)?.equals(bytes)]).toEqual([kept.name, true]);
  if (kept.name !== 'what was seen') privateAsBefore(state);
  const atUse = everyFile(state);
  const thrown = await used(kept, state, notices);
  // What was understood may be replaced, or put away, on purpose.
  const isUnderstood =
    JSON.stringify(seen) === JSON.stringify(good) && (kept.isReplaced || kept.name === 'a journal');
  if (!isUnderstood && kept.name !== 'screening') nothingLost(state, kept, bytes, atUse);
  privateAsBefore(state);
  return [...notices.all.map(noticeSentence), ...(thrown === null ? [] : [thrown])];
}

/** The same bytes with one bit the other way. */
export function flipped(bytes: Buffer, bit: number): Buffer {
  const other = Buffer.from(bytes);
  other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
}

/** Every damage of its text that a person or another version does, by name. */
export function textDamages(kept: KeptFile, state: string): readonly (readonly [string, string])[] {
  const text = readFileSync(join(state, kept.path), 'utf8');
  const { json } = kept;
  return [
    ['empty', ''],
    ['BOM', `\uFEFF${text}`],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ...(json
      ? ([
          ['one unknown field', text.replace('{', '{"mood":{"is":"good"},')],
          ['wrong type in one field', text.replace(...json.wrong)],
          ['another version', text.replace(...json.version)],
        ] as const)
      : []),
  ];
}
