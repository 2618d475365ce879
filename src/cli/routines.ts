/** `tactus routines`: the library, one routine, checks of files, the JSON Schema. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { Command } from 'commander';
import { routineLimits } from '../../machines/limits.ts';
import { defaultRoutineId, library } from '../../machines/routine/library.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import { type Routine, routineSchema } from '../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../machines/routine/timeline.ts';
import { catalogue } from '../../machines/text/text.ts';
import { Exit, shown } from './exit.ts';
import { issueLines, readText, routineFrom } from './files.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const minutes = (routine: Routine): number => Math.round(totalMs(timeline(routine)) / 6000) / 10;

const listed = (routine: Routine) => ({
  id: routine.id,
  title: routine.title,
  minutes: minutes(routine),
  for: routine.for,
  summary: routine.summary,
  default: routine.id === defaultRoutineId,
});

function list({ json }: { json?: true }): void {
  const routines = library().map(listed);
  if (json) {
    print(JSON.stringify(routines));
    return;
  }
  for (const routine of routines) {
    const isDefault = routine.default ? ', the default' : '';
    print(
      `${routine.id.padEnd(14)} ${String(routine.minutes).padStart(5)} min  ${routine.title}${isDefault}`,
    );
    print(`${' '.repeat(26)}${routine.summary}`);
  }
}

function show(id: string, { json }: { json?: true }): void {
  const routine = routineFrom(id);
  if (json) {
    print(JSON.stringify(routine, null, 2));
    return;
  }
  print(`${routine.title} (${routine.id}), ${minutes(routine)} min, for ${routine.for.join(', ')}`);
  print(routine.summary);
  for (const pass of timeline(routine)) {
    const { zones, sides, stages } = catalogue;
    print('');
    print(`${stages[pass.stage]} · ${pass.title}`);
    const pressure =
      pass.pressureMax > pass.pressureStart
        ? `pressure ${pass.pressureStart}, up to ${pass.pressureMax}`
        : `pressure ${pass.pressureStart}`;
    print(
      `  ${zones[pass.zone]}, ${sides[pass.side]}, ${pass.durationMs / 1000} s, ` +
        `a stroke each ${pass.pace.periodMs / 1000} s, ${pressure}`,
    );
    print(`  ${pass.pace.instruction}`);
  }
}

function check(files: readonly string[], { json }: { json?: true }): void {
  const results = files.map(file => {
    const parsed = parseRoutine(readText(file, routineLimits.fileBytes));
    return { file, ok: parsed.ok, issues: parsed.ok ? [] : parsed.issues };
  });
  const faulty = results.filter(({ ok }) => !ok);
  if (json) print(JSON.stringify(results));
  else for (const { file, ok } of results) if (ok) print(`${shown(file)}: right`);
  if (faulty.length === 0) return;
  const count = faulty.reduce((sum, { issues }) => sum + issues.length, 0);
  const told = faulty.map(({ file, issues }) => issueLines(file, issues)).join('\n');
  throw new Exit('content', `${count} ${count === 1 ? 'fault' : 'faults'}${json ? '' : `\n${told}`}`);
}

export const routineJsonSchema = (): unknown =>
  toJsonSchema(routineSchema, { typeMode: 'input', errorMode: 'ignore' });

export function addRoutines(program: Command): void {
  const routines = program.command('routines').description('the library, and checks of files');
  routines.command('list').description('the routines that come along').option('--json').action(list);
  routines
    .command('show')
    .description('one routine, phase by phase')
    .argument('<routine>', 'id or file')
    .option('--json')
    .action(show);
  routines
    .command('check')
    .description('every fault of a file at once, with its path and line')
    .argument('<file...>')
    .option('--json')
    .action(check);
  routines
    .command('schema')
    .description('JSON Schema of a routine file')
    .action(() => print(JSON.stringify(routineJsonSchema(), null, 2)));
}
