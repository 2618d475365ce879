/** `tactus routines`: the library, one routine, checks of files, the JSON Schema. */

import { toJsonSchema } from '@valibot/to-json-schema';
import { type Command, Option } from 'commander';
import { roundMs } from '../../machines/routine/grid.ts';
import { defaultRoutineId, library } from '../../machines/routine/library.ts';
import { type User, users } from '../../machines/routine/names.ts';
import { type Issue, parseRoutine } from '../../machines/routine/parse.ts';
import { type Routine, routineSchema } from '../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../machines/routine/timeline.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { catalogue } from '../../machines/text/text.ts';
import { Exit, shown } from '../app/exit.ts';
import { issueLines, routineFrom, routineText } from '../app/files.ts';
import { ownRoutines } from '../app/own-routines.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { addNewRoutine } from './new-routine.ts';

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
  addNewRoutine(routines, around);
  routines
    .command('schema')
    .description(commandWords.routines.schema.does)
    .action(() => print(JSON.stringify(routineJsonSchema(), null, 2)));
}
