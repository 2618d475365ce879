/** `tactus load`: routines onto a board that plays them by itself, and what that board has to know of its own build. */
import { type Command, Option } from 'commander';
import type { ClockRate } from '../../hardware/alone/clock-rate.ts';
import type { BoardContents } from '../../hardware/alone/keeper.ts';
import type { RoutineChoice } from '../../hardware/alone/routine-bytes.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { receiverMeans } from '../../machines/session.lists.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { knownAlone, rememberVisit, routineByHash } from '../app/alone/alone-boards.ts';
import { type OnBoard, onBoardOf } from '../app/alone/known-alone.ts';
import {
  choicesFrom,
  contentsLines,
  listedOf,
  loadedLines,
  loadOnto,
  refuseUnfit,
} from '../app/alone/loading.ts';
import { type PlayedAlone, rememberWaiting } from '../app/alone/take-played.ts';
import { visit } from '../app/alone/visit.ts';
import type { Visit } from '../app/alone/visited-line.ts';
import { boardSettingsOf } from '../app/board-settings.ts';
import { Exit, shown } from '../app/exit.ts';
import { routineFrom } from '../app/files.ts';
import { onlyUsbPort } from '../app/open-port.ts';
import { whole } from '../app/options.ts';
import { ownRoutines } from '../app/own-routines.ts';
import { saidNotices } from '../app/said-notices.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import type { Preferences } from '../server/api-messages.ts';
import { PreferencesFile } from '../storage/preferences.ts';
import { client } from './sessions.ts';

type Options = Readonly<{
  minutes?: number;
  drop?: true;
  quiet?: Preferences['quiet'];
  firstSide?: Preferences['firstSide'];
  worn?: Preferences['orientation'];
  receiver?: NonNullable<RoutineChoice['receiver']>;
  client?: string;
  clock: boolean;
  list?: true;
  clear?: true;
  json?: true;
}>;

const words = terminalWords.load;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** A device, a bridge, a port of Windows; a file of a routine is none of these. */
const looksLikePort = (word: string): boolean => /^(\/dev\/|tcp:|COM\d+$)/i.test(word);

/** The last word is a port where it looks like one, or is the name of one that is there. */
async function parted(
  given: readonly string[],
  around: Surroundings,
): Promise<Readonly<{ names: readonly string[]; port: string | null }>> {
  const last = given.at(-1);
  if (last === undefined) return { names: [], port: null };
  const isPort = looksLikePort(last) || (await around.ports()).some(({ path }) => path === last);
  return isPort ? { names: given.slice(0, -1), port: last } : { names: given, port: null };
}

const finderOf = (id: string): ((hash: number) => OnBoard | null) => {
  const remembered = knownAlone(id);
  return hash => routineByHash(hash, remembered);
};

function tell(contents: BoardContents, id: string): void {
  for (const line of contentsLines(contents, finderOf(id))) print(line);
}

function asJson(path: string, id: string, contents: BoardContents, rate: ClockRate | null): string {
  return JSON.stringify({
    path,
    id,
    routines: listedOf(contents, finderOf(id)),
    freeBytes: contents.freeBytes,
    settings: contents.settings,
    client: contents.client,
    ...(rate && { clock: rate }),
  });
}

/** On one line, which is wiped at the end. */
function measuring(progress: Readonly<{ done: number; all: number }> | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(progress === null ? '\r\u001b[K' : `\r${fill(words.measuring, progress)}`);
}

async function load(
  at: Visit,
  choices: readonly RoutineChoice[],
  likes: Preferences,
  options: Options,
  { clock }: Surroundings,
): Promise<void> {
  const { path, id } = at;
  const loaded = await loadOnto(at, choices, {
    clock,
    likes,
    calibration: boardSettingsOf(id)?.calibration ?? null,
    client: options.client,
    measures: options.clock,
    measuring,
    written: (contents, sessions) => {
      remember(
        { folder: stateFolder(), id, sessions },
        choices.map(({ routine }) => routine),
      );
      if (!options.json) tell(contents, id);
    },
  });
  if (options.json) print(asJson(path, id, loaded.contents, loaded.rate));
  else for (const line of loadedLines(loaded, path)) print(line);
}

/** What cannot be remembered ends no loading: then these routines have no name the next time. */
function remember(played: PlayedAlone, routines: readonly Routine[]): void {
  try {
    rememberVisit(played.id, { routines: routines.map(onBoardOf) });
    rememberWaiting(played, saidNotices.say);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${shown(fill(terminalWords.files.notWritten, { why }))}\n`);
  }
}

async function run(given: readonly string[], options: Options, around: Surroundings): Promise<void> {
  const { names, port } = await parted(given, around);
  const { list, clear } = options;
  if ((list || clear) && (names.length > 0 || (list && clear))) throw new Exit('usage', words.nothingBeside);
  if (!list && !clear && names.length === 0) throw new Exit('usage', words.what);
  const { quiet, firstSide, worn } = options;
  const likes: Preferences = {
    ...new PreferencesFile(stateFolder(), saidNotices.say).read(),
    ...(quiet && { quiet }),
    ...(firstSide && { firstSide }),
    ...(worn && { orientation: worn }),
  };
  const own = ownRoutines();
  const choices = choicesFrom({
    names,
    find: name => routineFrom(name, own),
    minutes: options.minutes,
    mayDrop: options.drop,
    receiver: options.receiver,
    likes,
    dropAnyway: catalogue.scaling.dropAnyway,
    said: sentence => void process.stderr.write(`${sentence}\n`),
  });
  refuseUnfit(choices);
  const path = port ?? (await onlyUsbPort(around)).path;
  const at = await visit(path, 'tactus load', around);
  try {
    if (!list && !clear) return await load(at, choices, likes, options, around);
    if (clear) {
      // Whose its sessions are goes with the routines.
      const sessions = await at.kept(keeper => keeper.fetchSessions());
      await at.kept(keeper => keeper.clear());
      if (sessions.some(({ client }) => client)) remember({ folder: stateFolder(), id: at.id, sessions }, []);
    }
    const contents = await at.kept(keeper => keeper.list());
    if (options.json) print(asJson(path, at.id, contents, null));
    else tell(contents, at.id);
  } finally {
    at.close();
  }
}

export function addLoad(program: Command, around: Surroundings): void {
  program
    .command('load')
    .description(commandWords.load.does)
    .argument('[routines...]', commandWords.load.what)
    .option('--minutes <n>', commandWords.load.minutes, whole(3, 90))
    .option('--drop', commandWords.load.drop)
    .addOption(new Option('--quiet <how>', commandWords.load.quiet).choices(['full', 'phases']))
    .addOption(new Option('--first-side <side>', commandWords.load.firstSide).choices(['left', 'right']))
    .addOption(new Option('--worn <how>', commandWords.load.worn).choices(['usual', 'turned']))
    .addOption(
      new Option('--receiver <means>', commandWords.load.receiver).choices(
        receiverMeans.filter(means => means !== 'page'),
      ),
    )
    .option('--client <letter>', commandWords.load.client, client)
    .option('--no-clock', commandWords.load.clock)
    .option('--list', commandWords.load.list)
    .option('--clear', commandWords.load.clear)
    .option('--json', commandWords.load.json)
    .action((given: readonly string[], options: Options) => run(given, options, around));
}
