/** `tactus routines`: the library, one routine, checks of files, the JSON Schema. */

import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { toJsonSchema } from '@valibot/to-json-schema';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { mostOwn } from '../../machines/limits.ts';
import { type ComposeAnswers, composed } from '../../machines/routine/compose.ts';
import { roundMs } from '../../machines/routine/grid.ts';
import { defaultRoutineId, fromLibrary, library } from '../../machines/routine/library.ts';
import { type User, users, zones } from '../../machines/routine/names.ts';
import { type Issue, parseRoutine } from '../../machines/routine/parse.ts';
import { type Routine, routineSchema } from '../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../machines/routine/timeline.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { hasControlSigns, hasHiddenSigns } from '../../machines/text/signs.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { Exit, shown } from '../app/exit.ts';
import { issueLines, routineFrom, routineText } from '../app/files.ts';
import { whole } from '../app/options.ts';
import { ownRoutines } from '../app/own.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { saidNotices } from '../app/told.ts';
import { OwnRoutines } from '../storage/own-routines.ts';

const { asked, refused } = terminalWords;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const minutes = (routine: Routine): number => Math.round(totalMs(timeline(routine)) / 6000) / 10;

const listed = (routine: Routine) => ({
  id: routine.id,
  title: titleOf(routine),
  minutes: minutes(routine),
  for: routine.for,
  summary: routine.summary,
  default: routine.id === defaultRoutineId,
});

function list({ json, for: user }: { json?: true; for?: User }): void {
  const routines = [...library(), ...ownRoutines()]
    .filter(routine => !user || routine.for.includes(user))
    .map(listed);
  if (json) {
    print(JSON.stringify(routines));
    return;
  }
  for (const routine of routines) {
    const isDefault = routine.default ? ', the default' : '';
    print(
      `${routine.id.padEnd(26)} ${String(routine.minutes).padStart(5)} min  ${routine.title}${isDefault}`,
    );
    print(`${' '.repeat(38)}${routine.summary}`);
  }
}

function show(id: string, { json }: { json?: true }): void {
  const routine = routineFrom(id, ownRoutines());
  if (json) {
    print(JSON.stringify(routine, null, 2));
    return;
  }
  print(`${titleOf(routine)} (${routine.id}), ${minutes(routine)} min, for ${routine.for.join(', ')}`);
  print(routine.summary);
  for (const pass of timeline(routine)) {
    const { zones, sides, stages } = catalogue;
    print('');
    print(`${stages[pass.stage]} · ${pass.title}`);
    const pressure =
      pass.pressureMax > pass.pressureStart
        ? `pressure ${pass.pressureStart}, up to ${pass.pressureMax}`
        : `pressure ${pass.pressureStart}`;
    const { periodMs, ascent } = pass.pace;
    const each = `each ${periodMs / 1000} s`;
    const strokes = ascent
      ? `${ascent.pulls} pulls up in ${roundMs(pass.pace) / 1000} s, one ${each}`
      : `a stroke ${each}`;
    print(
      `  ${zones[pass.zone]}, ${sides[pass.side]}, ${pass.durationMs / 1000} s, ` + `${strokes}, ${pressure}`,
    );
    print(`  ${pass.pace.instruction}`);
  }
}

type Checked = Readonly<{
  file: string;
  ok: boolean;
  issues: readonly Issue[];
  warnings: readonly Issue[];
  unread?: Exit;
}>;

function checked(file: string): Checked {
  try {
    const parsed = parseRoutine(routineText(file));
    return parsed.ok
      ? { file, ok: true, issues: [], warnings: parsed.warnings }
      : { file, ok: false, issues: parsed.issues, warnings: [] };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { file, ok: false, issues: [], warnings: [], unread: error };
  }
}

function check(files: readonly string[], { json }: { json?: true }): void {
  const results = files.map(checked);
  const [only] = results;
  if (only?.unread && results.length === 1 && !json) throw only.unread;
  const faulty = results.filter(({ ok }) => !ok);
  if (json)
    print(
      JSON.stringify(
        results.map(({ unread, ...one }) => ({ ...one, ...(unread && { unread: unread.message }) })),
      ),
    );
  else
    for (const { file, ok, warnings } of results)
      if (ok) print([`${shown(file)}: right`, ...warnings.map(one => issueLines(file, [one]))].join('\n'));
  if (faulty.length === 0) return;
  // A file that can't be read is one fault, and keeps none of the others from being told.
  const count = faulty.reduce((sum, { issues }) => sum + Math.max(1, issues.length), 0);
  const told = faulty
    .map(({ file, issues, unread }) => unread?.message ?? issueLines(file, issues))
    .join('\n');
  const message = `${count} ${count === 1 ? 'fault' : 'faults'}${json ? '' : `\n${told}`}`;
  const unread = faulty.every(one => one.unread) ? faulty[0]?.unread : undefined;
  throw new Exit(unread?.kind ?? 'content', message);
}

export const routineJsonSchema = (): unknown =>
  toJsonSchema(routineSchema, { typeMode: 'input', errorMode: 'ignore' });

type NewOptions = Readonly<{
  title?: string;
  for?: readonly string[];
  zones?: readonly string[];
  minutes?: number;
  pressure?: number;
  oil?: string;
  out?: string;
  keep?: true;
}>;

/** One of several words, or several of them; asked again until it is. */
const words =
  <const T extends readonly string[]>(known: T, most = known.length) =>
  (text: string): readonly T[number][] => {
    const list = text.split(/[\s,]+/).filter(word => word !== '');
    const wrong = list.find(word => !known.includes(word));
    if (list.length === 0 || list.length > most || wrong !== undefined)
      throw new InvalidArgumentError(
        `${wrong === undefined ? '' : `${shown(wrong)} is none of them: `}must be ${most === 1 ? 'one' : 'some'} of ${known.join(', ')}`,
      );
    return list as T[number][];
  };

const oils = ['none', 'plain', 'sesameNutmeg'] as const;
const title = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 60 || hasControlSigns(trimmed) || hasHiddenSigns(trimmed))
    throw new InvalidArgumentError(refused.titleWrong);
  return trimmed;
};

/** More wrong answers to one question than this are no conversation. */
const mostAttempts = 5;

/** Asks what has not been said, one question at a time, on standard error; answers come from standard input. */
class Asking {
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;

  constructor(input: NodeJS.ReadableStream) {
    this.#lines = createInterface({ input });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  async of<T>(given: T | undefined, question: string, usual: string, read: (text: string) => T): Promise<T> {
    if (given !== undefined) return given;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      process.stderr.write(`${question} [${usual}] `);
      const next = await this.#answers.next();
      if (next.done) break;
      try {
        return read(next.value.trim() || usual);
      } catch (error) {
        if (!(error instanceof InvalidArgumentError)) throw error;
        process.stderr.write(`${error.message}\n`);
      }
    }
    throw new Exit('usage', fill(refused.noAnswer, { question }));
  }

  close(): void {
    this.#lines.close();
  }
}

/** A routine from answers: right as it stands, and a beginning to be worked on. */
async function make(options: NewOptions, { input }: Surroundings): Promise<void> {
  // Before six questions, not after them.
  if (options.out !== undefined) refuseExisting(options.out);
  const asking = new Asking(input);
  let answers: ComposeAnswers;
  try {
    answers = {
      title: await asking.of(options.title, asked.title, asked.untitled, title),
      for: await asking.of(
        options.for as ComposeAnswers['for'] | undefined,
        fill(asked.hands, { names: users.join(', ') }),
        'partner',
        words(users),
      ),
      zones: await asking.of(
        options.zones as ComposeAnswers['zones'] | undefined,
        fill(asked.places, { names: zones.join(', ') }),
        'thighFront',
        words(zones),
      ),
      minutes: await asking.of(options.minutes, asked.minutes, '20', whole(8, 90)),
      pressureMax: await asking.of(options.pressure, asked.pressure, '2', whole(1, 3)),
      oil: (await asking.of(
        options.oil,
        fill(asked.oil, { names: oils.join(', ') }),
        'plain',
        text => words(oils, 1)(text)[0] ?? 'plain',
      )) as ComposeAnswers['oil'],
    };
  } finally {
    asking.close();
  }
  const made = composed(answers);
  if (!made.ok) throw new Exit('content', made.why);
  const { routine } = made;
  const text = `${JSON.stringify({ $schema: './tactus-routine.schema.json', ...routine }, null, 2)}\n`;
  const own = options.keep ? withRoomFor(routine) : null;
  if (options.out !== undefined) newFile(options.out, text);
  if (own) {
    own.keep(routine);
    print(routine.id);
  } else if (options.out === undefined) process.stdout.write(text);
  if (options.out !== undefined)
    process.stderr.write(`${fill(refused.written, { path: shown(options.out) })}\n`);
}

/** Puts a text in a file that is not there yet; nothing of it stays where that fails. */
function newFile(path: string, text: string): void {
  refuseExisting(path);
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'EEXIST') rmSync(path, { force: true });
    throw new Exit('cannotWrite', fill(refused.notWritten, { path: shown(path), code }));
  }
}

function refuseExisting(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }))
    throw new Exit('cannotWrite', fill(refused.isThere, { path: shown(path) }));
}

function withRoomFor({ id }: Routine): OwnRoutines {
  const own = new OwnRoutines(stateFolder(), saidNotices.say);
  if (fromLibrary(id)) throw new Exit('cannotWrite', fill(refused.inLibrary, { id }));
  if (own.has(id)) throw new Exit('cannotWrite', fill(refused.inOwn, { id }));
  if (own.isFull) throw new Exit('cannotWrite', fill(refused.ownFull, { most: mostOwn }));
  return own;
}

export function addRoutines(program: Command, around: Surroundings): void {
  const routines = program.command('routines').description(commandWords.routines.does);
  routines
    .command('list')
    .description(commandWords.routines.list.does)
    .addOption(new Option('--for <whom>', commandWords.routines.list.for).choices([...users]))
    .option('--json')
    .action(list);
  routines
    .command('show')
    .description(commandWords.routines.show.does)
    .argument('<routine>', commandWords.routines.show.routine)
    .option('--json')
    .action(show);
  routines
    .command('check')
    .description(commandWords.routines.check.does)
    .argument('<file...>')
    .option('--json')
    .action(check);
  routines
    .command('new')
    .description(commandWords.routines.new.does)
    .option('--title <text>', commandWords.routines.new.title, title)
    .option('--for <whom>', users.join(', '), words(users))
    .option('--zones <list>', commandWords.routines.new.zones, words(zones))
    .option('--minutes <n>', commandWords.routines.new.minutes, whole(8, 90))
    .option('--pressure <n>', commandWords.routines.new.pressure, whole(1, 3))
    .addOption(new Option('--oil <which>', commandWords.routines.new.oil).choices([...oils]))
    .option('--out <file>', commandWords.routines.new.out)
    .option('--keep', commandWords.routines.new.keep)
    .action((options: NewOptions) => make(options, around));
  routines
    .command('schema')
    .description(commandWords.routines.schema.does)
    .action(() => print(JSON.stringify(routineJsonSchema(), null, 2)));
}
