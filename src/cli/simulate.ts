/** `tactus simulate`: a whole session in virtual time. */
import { type Command, Option } from 'commander';
import { firmwareHex, version } from '../installed.ts';
import { assumedPerson } from '../script.ts';
import { ScriptFault } from '../script-player.ts';
import { type Simulated, type Stage, simulate } from '../simulate.ts';
import { type TraceLine, written } from '../trace.ts';
import { Exit, shown } from './exit.ts';
import { routineFrom, scriptFrom, writer } from './files.ts';
import { whole } from './options.ts';
import { rememberedStage } from './stage-remembered.ts';

type Options = Readonly<{
  script?: string;
  board: 'none' | 'firmware';
  trace?: string;
  journal?: string;
  seed: number;
  json?: true;
}>;

function clockFace(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map(part => String(part).padStart(2, '0')).join(':');
}

function summary(routine: string, { outcome, strokes, frames, stateHash }: Simulated): string {
  return [
    `${routine}: ${outcome.outcome} (${outcome.reason}) after ${clockFace(outcome.at)}`,
    `  ${outcome.advice}`,
    `  ${strokes} strokes, ${frames} frames, state ${stateHash}`,
    '',
  ].join('\n');
}

/** Loaded only where it is needed: Johnny-Five takes longer to load than a session to simulate. */
const emulated = async (seed: number): Promise<Stage> =>
  (await import('./stage-emulated.ts')).emulatedStage(firmwareHex(), seed);

async function run(name: string, options: Options): Promise<void> {
  const routine = routineFrom(name);
  const steps = options.script === undefined ? assumedPerson(routine) : scriptFrom(options.script);
  const journal = options.journal === undefined ? null : writer(options.journal);
  const trace = options.trace === undefined ? null : writer(options.trace);
  // A pin's fall is known once it has rested low for a period, after lines of later moments: sorted, then written.
  const lines: TraceLine[] = [];
  const stage = options.board === 'none' ? rememberedStage() : await emulated(options.seed);
  let simulated: Simulated;
  try {
    simulated = await simulate(stage, {
      routine,
      steps,
      product: `tactus ${version}`,
      ...(trace && { trace: (line: TraceLine) => lines.push(line) }),
      ...(journal && { journal: journal.write }),
    });
  } catch (error) {
    if (error instanceof ScriptFault)
      throw new Exit('content', `${shown(options.script ?? '')}: ${error.message}`);
    throw error;
  } finally {
    stage.close();
    for (const line of lines.sort((one, other) => one.at - other.at)) trace?.write(written(line));
    trace?.close();
    journal?.close();
  }
  const { outcome, stateHash, frames, strokes } = simulated;
  const text = options.json
    ? `${JSON.stringify({
        outcome: outcome.outcome,
        reason: outcome.reason,
        stateHash,
        journal: options.journal ?? null,
        frames,
        strokes,
      })}\n`
    : summary(routine.id, simulated);
  (options.trace === '-' ? process.stderr : process.stdout).write(text);
}

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('run a whole session in virtual time')
    .argument('<routine>', 'id of a routine in the library, or a file')
    .option('--script <file>', 'steps instead of the assumed person')
    .addOption(
      new Option('--board <which>', 'none: only remembered; firmware: the real binary in the emulated Uno')
        .choices(['none', 'firmware'])
        .default('none'),
    )
    .option('--trace <file>', 'one JSON line for everything that happens; - for standard output')
    .option('--journal <file>', 'what replay folds')
    .option('--seed <n>', "of the emulated board's memory at power-on", whole(0, 2 ** 31 - 1), 1)
    .option('--json', 'the summary as JSON')
    .action(run);
}
