/** Reading and writing what a command is given, with plain reasons where that fails. */

import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fchmodSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { type CheckedCue, checkCues } from '../../machines/cues/check.ts';
import type { Cue } from '../../machines/cues/schema.ts';
import { routineLimits } from '../../machines/limits.ts';
import { library } from '../../machines/routine/library.ts';
import { type Issue, parseRoutine } from '../../machines/routine/parse.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { type AskedInRun, parseScript, type Step, unanswerable } from '../simulation/script.ts';
import { notByHands } from '../simulation/script-by-touch.ts';
import { codeOf } from '../storage/error-code.ts';
import { Exit, shown } from './exit.ts';

const { refused } = terminalWords;

/**
 * The text of a regular file. Of one larger than `mostBytes` a byte more than that is read, for whoever judges it,
 * where `whole` does not ask for all or nothing. `strict`: bytes that are no UTF-8 are refused, where they would else
 * become other letters in silence.
 */
export function readText(path: string, mostBytes: number, { whole = false, strict = false } = {}): string {
  let file: number;
  try {
    // A pipe would wait for whoever writes to it: it is not regular, and said to be so at once.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const isForbidden = codeOf(error) === 'EACCES';
    throw isForbidden
      ? new Exit('notPermitted', fill(refused.mayNotRead, { path: shown(path) }))
      : new Exit('noInput', fill(refused.notThere, { path: shown(path) }));
  }
  try {
    if (!fstatSync(file).isFile()) throw new Exit('noInput', fill(refused.notRegular, { path: shown(path) }));
    const { size } = fstatSync(file);
    if (whole && size > mostBytes)
      throw new Exit(
        'content',
        fill(refused.tooLarge, { path: shown(path), size: Math.floor(mostBytes / 1024) }),
      );
    // A file that the kernel makes up says that it is empty.
    const bytes = Buffer.alloc((size > 0 ? Math.min(size, mostBytes) : mostBytes) + 1);
    let length = 0;
    for (;;) {
      const count = readSync(file, bytes, length, bytes.length - length, length);
      if (count === 0) break;
      length += count;
    }
    const read = bytes.subarray(0, length);
    // What was cut off at `mostBytes` may end within a letter.
    if (strict && length <= mostBytes && !isUtf8(read))
      throw new Exit('content', fill(refused.notUtf8, { path: shown(path) }));
    return read.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** Opens a file for writing from its beginning, for this account alone; `-` is standard output. `eachLine`: nothing waits to be written. */
export function writer(
  path: string,
  { eachLine = false } = {},
): { write(text: string): void; close(): void } {
  if (path === '-')
    return {
      write: text => {
        process.stdout.write(text);
      },
      close: () => {},
    };
  let file: number;
  try {
    file = openSync(path, 'w', 0o600);
    // One that was there already may have been everybody's.
    const found = fstatSync(file);
    if (found.isFile() && found.uid === process.geteuid?.()) fchmodSync(file, 0o600);
  } catch (error) {
    throw new Exit(
      'cannotWrite',
      fill(refused.notWritten, { path: shown(path), code: codeOf(error) || 'unknown' }),
    );
  }
  let waiting: string[] = [];
  let waitingLength = 0;
  const flush = (): void => {
    if (waitingLength === 0) return;
    const bytes = Buffer.from(waiting.join(''));
    waiting = [];
    waitingLength = 0;
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    } catch (error) {
      throw new Exit(
        'cannotWrite',
        fill(refused.notWritten, { path: shown(path), code: codeOf(error) || 'unknown' }),
      );
    }
  };
  return {
    write: text => {
      waiting.push(text);
      waitingLength += text.length;
      if (eachLine || waitingLength > 65_536) flush();
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}

export const issueLines = (path: string, issues: readonly Issue[]): string =>
  issues
    .map(
      ({ line, path: field, value, message }) =>
        `${shown(path)}:${line}: ${shown(field)}${value === undefined ? '' : ` is ${shown(value)}:`} ${shown(message)}`,
    )
    .join('\n');

export const routineText = (path: string): string =>
  readText(path, routineLimits.fileBytes, { strict: true });

/** A routine by its id, in the library or among one's own, or by its file. */
export function routineFrom(nameOrPath: string, own: readonly Routine[] = []): Routine {
  const shipped = [...library(), ...own];
  const known = shipped.find(routine => routine.id === nameOrPath);
  if (known) return known;
  const isId = /^[a-z0-9-]+$/.test(nameOrPath);
  if (isId)
    throw new Exit(
      'noInput',
      fill(refused.noRoutine, { name: shown(nameOrPath), ids: shipped.map(({ id }) => id).join(', ') }),
    );
  const parsed = parseRoutine(routineText(nameOrPath));
  if (parsed.ok) return parsed.routine;
  const count = parsed.issues.length;
  throw new Exit(
    'content',
    `${shown(nameOrPath)}: ${count} ${count === 1 ? 'fault' : 'faults'}\n${issueLines(nameOrPath, parsed.issues)}`,
  );
}

const cueFileBytes = 64 * 1024;

export type CueFile = Readonly<{ path: string }> & CheckedCue;

/** Cue files, checked beside each other. Throws where one cannot be read. */
export function cueFiles(paths: readonly string[]): readonly CueFile[] {
  const checked = checkCues(paths.map(path => readText(path, cueFileBytes, { whole: true })));
  // One result for each text.
  return paths.flatMap((path, index) => {
    const one = checked[index];
    return one ? [{ path, ...one }] : [];
  });
}

/** What is wrong with cue files, in one message; null where nothing is. */
export function cueFaults(files: readonly CueFile[], { listed = true } = {}): string | null {
  const faulty = files.flatMap(file => (file.ok ? [] : [file]));
  if (faulty.length === 0) return null;
  const count = faulty.reduce((sum, { issues }) => sum + issues.length, 0);
  const told = faulty.map(({ path, issues }) => issueLines(path, issues)).join('\n');
  return `${count} ${count === 1 ? 'fault' : 'faults'}${listed ? `\n${told}` : ''}`;
}

/** Cues of one's own from their files. Throws what is wrong with any of them. */
export function cuesFrom(paths: readonly string[]): readonly Cue[] {
  const files = cueFiles(paths);
  const faults = cueFaults(files);
  if (faults !== null) throw new Exit('content', `cues: ${faults}`);
  const cues = files.flatMap(file => (file.ok ? [file.cue] : []));
  const twice = cues.find(({ id }, index) => cues.findIndex(one => one.id === id) !== index);
  if (twice) throw new Exit('usage', fill(refused.twoCues, { id: twice.id }));
  return cues;
}

const scriptBytes = 1024 * 1024;

export function scriptFrom(path: string): readonly Step[] {
  const parsed = parseScript(readText(path, scriptBytes, { whole: true, strict: true }));
  if (parsed.ok) return parsed.steps;
  throw faultyScript(path, parsed.issues);
}

/** Throws where a script answers what nobody asks in this run. */
export function refuseUnanswerable(path: string, steps: readonly Step[], asked: AskedInRun): void {
  const issues = unanswerable(steps, asked);
  if (issues.length > 0) throw faultyScript(path, issues);
}

/** Throws where a script wants what no hand on a board by itself could do. */
export function refuseNotByHands(path: string, steps: readonly Step[]): void {
  const issues = notByHands(steps);
  if (issues.length > 0) throw faultyScript(path, issues);
}

const faultyScript = (path: string, issues: readonly string[]): Exit =>
  new Exit(
    'content',
    `${shown(path)}: faulty script\n${issues.map(issue => `${shown(path)}: ${shown(issue)}`).join('\n')}`,
  );
