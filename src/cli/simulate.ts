/** `tactus simulate`: a whole session in virtual time. */
import { existsSync, statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Routine } from '../../machines/routine/schema.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { Exit, shown } from '../app/exit.ts';
import {
  cuesFrom,
  refuseNotByHands,
  refuseUnanswerable,
  routineFrom,
  scriptFrom,
  writer,
} from '../app/files.ts';
import { gathered, whole } from '../app/options.ts';
import { ownRoutines } from '../app/own-routines.ts';
import { chartOf } from '../history/chart.ts';
import { SessionRecorder } from '../history/recorder.ts';
import { historyVersion, type SessionHeader, type SessionRecord } from '../history/records.ts';
import { aloneHex, firmwareHex, version } from '../installed.ts';
import { fitRoutine } from '../session/fit-routine.ts';
import type { Run } from '../session/run.ts';
import { type Trace, type TraceLine, written } from '../session/trace.ts';
import { rememberedStage } from '../simulation/recorded-stage.ts';
import { assumedPerson, type Step } from '../simulation/script.ts';
import { assumedHands } from '../simulation/script-by-touch.ts';
import { ScriptFault } from '../simulation/script-player.ts';
import { type Simulated, type Stage, simulate } from '../simulation/simulate.ts';

const { refused } = terminalWords;

type Options = Readonly<{
  script?: string;
  cue?: readonly string[];
  board: 'none' | 'firmware' | 'alone';
  trace?: string;
  journal?: string;
  chart?: string;
  from?: string;
  minutes?: number;
  drop?: true;
  returning?: true;
  watch?: true;
  seed: number;
  json?: true;
}>;

function clockFace(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map(part => String(part).padStart(2, '0')).join(':');
}

/** What has been counted of it: a board alone tells of no frames, and nobody can look into its state. */
type Ended = Pick<Simulated, 'outcome' | 'strokes'> &
  (Pick<Simulated, 'frames' | 'stateHash'> | Readonly<{ cues: number }>);

function summary(routine: string, ended: Ended): string {
  const { outcome, strokes } = ended;
  const more = 'cues' in ended ? `${ended.cues} cues` : `${ended.frames} frames, state ${ended.stateHash}`;
  return [
    `${routine}: ${outcome.outcome} (${outcome.reason}) after ${clockFace(outcome.at)}`,
    `  ${outcome.advice}`,
    `  ${strokes} strokes, ${more}`,
    '',
  ].join('\n');
}

/** Loaded only where it is needed: Johnny-Five takes longer to load than a session to simulate. */
const emulated = async (seed: number): Promise<Stage> =>
  (await import('../simulation/emulated-stage.ts')).emulatedStage(firmwareHex(), seed);

/** The routine as it will be given: scaled where that was asked for. */
function routineOf(name: string, { minutes, drop, from }: Options): Routine {
  const routine = routineFrom(name, ownRoutines());
  const found = fitRoutine({ routine, minutes, mayDrop: drop });
  if (!found.ok)
    throw new Exit('usage', `${found.why}${found.mayDrop ? ` ${catalogue.scaling.dropAnyway}` : ''}`);
  const phases = found.routine.phases.map(({ id }) => id);
  if (from !== undefined && !phases.includes(from))
    throw new Exit('usage', fill(refused.noPhase, { name: shown(from), ids: phases.join(', ') }));
  return found.routine;
}

/** What is kept of it, for the drawing. */
function kept(routine: Routine): { follow(run: Run): void; chart(): string } {
  const records: SessionRecord[] = [];
  let header: SessionHeader | null = null;
  return {
    follow: run => {
      new SessionRecorder(run, {
        keeps: 'scores',
        begun: begun => {
          header = {
            type: 'session',
            v: historyVersion,
            id: '19700101-000000-0000',
            startedAt: '1970-01-01T00:00:00.000Z',
            product: `tactus ${version}`,
            for: null,
            client: null,
            intakeAttested: false,
            pid: 0,
            ...begun,
          };
        },
        keep: record => records.push(record),
        over: () => {},
      });
    },
    chart: () => {
      if (!header) throw new Exit('content', fill(refused.nothingToDraw, { id: routine.id }));
      return chartOf({ header, records, tailDropped: false }, { alone: true });
    },
  };
}

/** A script's steps, or those of whoever is assumed on this board. */
function stepsOf(routine: Routine, { script, board, returning }: Options): readonly Step[] {
  if (script === undefined) return board === 'alone' ? assumedHands(routine) : assumedPerson(routine);
  const steps = scriptFrom(script);
  if (board === 'alone') refuseNotByHands(script, steps);
  refuseUnanswerable(script, steps, { returns: returning ?? false });
  return steps;
}

async function onBoard(routine: Routine, options: Options, tell: Trace | undefined): Promise<Ended> {
  const steps = stepsOf(routine, options);
  const cues = cuesFrom(options.cue ?? []);
  const journal = options.journal === undefined ? null : writer(options.journal);
  const recorded = options.chart === undefined ? null : kept(routine);
  const stage = options.board === 'none' ? rememberedStage() : await emulated(options.seed);
  let simulated: Simulated;
  try {
    simulated = await simulate(stage, {
      routine,
      steps,
      product: `tactus ${version}`,
      from: options.from,
      isRemembered: options.returning,
      cues,
      ...(recorded && { follow: recorded.follow }),
      ...(tell && { trace: tell }),
      ...(journal && { journal: journal.write }),
    });
  } finally {
    stage.close();
    journal?.close();
  }
  if (recorded && options.chart !== undefined) {
    const file = writer(options.chart);
    file.write(recorded.chart());
    file.close();
  }
  return simulated;
}

/** What somebody with a computer could want of a session, and nobody else. */
const notAlone: readonly (keyof Options)[] = ['journal', 'chart', 'from', 'cue', 'returning'];

async function onBoardAlone(routine: Routine, options: Options, trace: Trace | undefined): Promise<Ended> {
  const unknown = notAlone.find(name => options[name] !== undefined);
  if (unknown) throw new Exit('usage', fill(refused.notAlone, { option: unknown }));
  const steps = stepsOf(routine, options);
  const { BoardFault, NotForBoard, loadedBoard, simulateAlone } = await import(
    '../simulation/alone-stage.ts'
  );
  try {
    const board = loadedBoard(routine);
    return simulateAlone({ hex: aloneHex(), seed: options.seed, routine, board, steps, trace });
  } catch (error) {
    if (error instanceof NotForBoard) throw new Exit('content', error.message);
    if (error instanceof BoardFault) throw new Exit('noDevice', error.message);
    throw error;
  }
}

async function once(name: string, options: Options): Promise<void> {
  const routine = routineOf(name, options);
  const trace = options.trace === undefined ? null : writer(options.trace);
  // A pin's fall is known once it has rested low for a period, after lines of later moments: sorted, then written.
  const lines: TraceLine[] = [];
  const tell = trace ? (line: TraceLine) => lines.push(line) : undefined;
  let ended: Ended;
  try {
    ended = await (options.board === 'alone' ? onBoardAlone : onBoard)(routine, options, tell);
  } catch (error) {
    if (error instanceof ScriptFault)
      throw new Exit('content', `${shown(options.script ?? '')}: ${error.message}`);
    throw error;
  } finally {
    for (const line of lines.sort((one, other) => one.at - other.at)) trace?.write(written(line));
    trace?.close();
  }
  const { outcome, strokes } = ended;
  const text = options.json
    ? `${JSON.stringify({
        outcome: outcome.outcome,
        reason: outcome.reason,
        stateHash: 'stateHash' in ended ? ended.stateHash : null,
        journal: options.journal ?? null,
        frames: 'frames' in ended ? ended.frames : null,
        strokes,
      })}\n`
    : summary(routine.id, ended);
  (options.trace === '-' ? process.stderr : process.stdout).write(text);
  // A script or a person may lead to any end. Where nobody watches, another end than this one is a fault.
  if (options.script === undefined && outcome.outcome !== 'completed')
    throw new Exit(
      'content',
      fill(refused.otherEnd, {
        id: routine.id,
        outcome: outcome.outcome,
        reason: outcome.reason,
        time: clockFace(outcome.at),
      }),
    );
}

/** How often a watched file is looked at, and how long it has to have rested. */
const lookEveryMs = 250;

/** Runs it, and again whenever the routine's file or the script's changes, until a signal. */
async function watched(name: string, options: Options): Promise<void> {
  const files = [name, options.script, ...(options.cue ?? [])].filter(
    path => path !== undefined && existsSync(path),
  ) as string[];
  if (files.length === 0) throw new Exit('usage', refused.watchWhat);
  const attempt = async (): Promise<void> => {
    try {
      await once(name, options);
    } catch (error) {
      // A file that is being worked on is wrong half of the time: that is told, and it goes on.
      if (!(error instanceof Exit)) throw error;
      process.stderr.write(`tactus: ${error.message}\n`);
    }
  };
  const stamp = (): string =>
    files
      .map(path => {
        const stat = statSync(path, { throwIfNoEntry: false });
        return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : 'gone';
      })
      .join('|');
  let seen = stamp();
  await attempt();
  process.exitCode = await new Promise<number>((resolve, reject) => {
    let isBusy = false;
    let before = seen;
    const timer = setInterval(() => {
      const now = stamp();
      const rests = now === before;
      before = now;
      if (isBusy || !rests || now === seen || now.includes('gone')) return;
      seen = now;
      isBusy = true;
      attempt().then(() => {
        isBusy = false;
      }, reject);
    }, lookEveryMs);
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      process.once(signal, () => {
        clearInterval(timer);
        resolve(code);
      });
  });
}

const run = (name: string, options: Options): Promise<void> =>
  options.watch ? watched(name, options) : once(name, options);

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description(commandWords.simulate.does)
    .argument('<routine>', commandWords.simulate.routine)
    .option('--script <file>', commandWords.simulate.script)
    .addOption(
      new Option('--board <which>', commandWords.simulate.board)
        .choices(['none', 'firmware', 'alone'])
        .default('none'),
    )
    .option('--trace <file>', commandWords.simulate.trace)
    .option('--journal <file>', commandWords.simulate.journal)
    .option('--chart <file.svg>', commandWords.simulate.chart)
    .option('--from <phase>', commandWords.simulate.from)
    .option('--minutes <n>', commandWords.simulate.minutes, whole(3, 90))
    .option('--drop', commandWords.simulate.drop)
    .option('--cue <file>', commandWords.simulate.cue, gathered)
    .option('--returning', commandWords.simulate.returning)
    .option('--watch', commandWords.simulate.watch)
    .option('--seed <n>', commandWords.simulate.seed, whole(0, 2 ** 31 - 1), 1)
    .option('--json', commandWords.simulate.json)
    .action(run);
}
