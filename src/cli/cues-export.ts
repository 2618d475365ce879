/** `tactus cues export`: the cues, or those of a whole session, in formats that others read. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import {
  exported,
  type FormatName,
  formatEndings,
  formatNames,
  scoreOfCue,
} from '../../machines/cues/formats/formats.ts';
import { FramePulses } from '../../machines/cues/formats/frames.ts';
import type { Score } from '../../machines/cues/formats/score.ts';
import { cues } from '../../machines/cues/library.ts';
import type { Cue } from '../../machines/cues/schema.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { type CueId, cueIds } from '../../machines/vocabulary.ts';
import { Exit, shown } from '../app/exit.ts';
import { cuesFrom, routineFrom, writer } from '../app/files.ts';
import { gathered } from '../app/options.ts';
import { ownRoutines } from '../app/own-routines.ts';
import { version } from '../installed.ts';
import { rememberedStage } from '../simulation/recorded-stage.ts';
import { assumedPerson } from '../simulation/script.ts';
import { simulate } from '../simulation/simulate.ts';
import { codeOf } from '../storage/error-code.ts';

const { refused } = terminalWords;
const words = commandWords.cues.export;

type Options = Readonly<{ format: FormatName; routine?: string; cue?: readonly string[]; out?: string }>;

/** As somebody has the session who answers everything at once; time counts as in the trace, from the screening on. */
async function scoreOfRoutine(routine: Routine, own: readonly Cue[]): Promise<Score> {
  const stage = rememberedStage();
  const played = new FramePulses();
  try {
    await simulate(stage, {
      routine,
      steps: assumedPerson(routine),
      product: `tactus ${version}`,
      cues: own,
      trace: line => {
        if (line.type === 'frame') played.frame(line.at, line.motors);
        else if (line.type === 'outcome') played.frame(line.at, null);
      },
    });
  } finally {
    stage.close();
  }
  return { title: routine.id, means: routine.title, pulses: played.pulses };
}

/** Scores by the name that each one's file gets. */
async function scoresOf(ids: readonly CueId[], options: Options): Promise<ReadonlyMap<string, Score>> {
  const own = cuesFrom(options.cue ?? []);
  if (options.routine !== undefined) {
    const score = await scoreOfRoutine(routineFrom(options.routine, ownRoutines()), own);
    return new Map([[score.title, score]]);
  }
  const cueOf = (id: CueId): Cue => own.find(cue => cue.id === id) ?? cues[id];
  return new Map(ids.map(id => [id.toLowerCase(), scoreOfCue(cueOf(id))]));
}

/** Writes a file each; where one of them is there already, none. */
function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  for (const name of files.keys()) {
    const path = join(folder, name);
    if (existsSync(path)) throw new Exit('cannotWrite', fill(refused.isThere, { path: shown(path) }));
  }
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Exit(
      'cannotWrite',
      fill(refused.notWritten, { path: shown(folder), code: codeOf(error) || 'unknown' }),
    );
  }
  for (const [name, text] of files) {
    const file = writer(join(folder, name));
    file.write(text);
    file.close();
  }
}

async function run(ids: readonly CueId[], options: Options): Promise<void> {
  const scores = await scoresOf(ids, options);
  const date = new Date().toISOString().slice(0, 10);
  const texts = new Map([...scores].map(([name, score]) => [name, exported(score, options.format, date)]));
  const [only] = texts.values();
  if (options.out !== undefined)
    writeAll(
      options.out,
      new Map([...texts].map(([name, text]) => [`${name}${formatEndings[options.format]}`, text])),
    );
  else if (texts.size === 1 && only !== undefined) process.stdout.write(only);
  else {
    const all = Object.fromEntries([...texts].map(([name, text]) => [name, JSON.parse(text) as unknown]));
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  }
}

/** `cueOf` finds a cue by its name, or says which there are. */
export function addCuesExport(command: Command, cueOf: (name: string) => CueId): void {
  command
    .command('export')
    .description(words.does)
    .argument('[cue...]', words.which)
    .addOption(new Option('--format <format>', words.format).choices([...formatNames]).makeOptionMandatory())
    .addOption(new Option('--routine <routine>', words.routine))
    .option('--cue <file>', words.cue, gathered)
    .option('--out <folder>', words.out)
    .action(async (names: readonly string[], options: Options) => {
      if (names.length > 0 && options.routine !== undefined) throw new Exit('usage', refused.cuesOrRoutine);
      await run(names.length > 0 ? [...new Set(names.map(cueOf))] : cueIds, options);
    });
}
