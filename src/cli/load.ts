/** `tactus load`: routines onto a board that plays them by itself, and what that board has to know of its own build. */
import { type Command, Option } from 'commander';
import { type ClockRate, clockRate, clockRateMs, mostApartPpm } from '../../hardware/alone/clock-rate.ts';
import type { BoardContents } from '../../hardware/alone/keeper.ts';
import { mostRoutines, routinesBytes } from '../../hardware/alone/layout.ts';
import type { AloneSettings } from '../../hardware/alone/records.ts';
import { NotForBoard, type RoutineChoice, routineBytes } from '../../hardware/alone/routine-bytes.ts';
import { uncalibratedBoard } from '../../hardware/duty.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { receiverMeans } from '../../machines/session.lists.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { minutesWord } from '../../machines/text/minutes.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { knownAlone, rememberVisit, routineByHash } from '../app/alone/alone-boards.ts';
import { onBoardOf } from '../app/alone/known-alone.ts';
import { type PlayedAlone, rememberWaiting } from '../app/alone/take-played.ts';
import { type Visit, visit } from '../app/alone/visit.ts';
import { boardSettingsOf } from '../app/board-settings.ts';
import { Exit, shown } from '../app/exit.ts';
import { routineFrom } from '../app/files.ts';
import { onlyUsbPort } from '../app/open-port.ts';
import { whole } from '../app/options.ts';
import { ownRoutines } from '../app/own-routines.ts';
import { sessionSettingsOf } from '../app/routine-menu.ts';
import { saidNotices } from '../app/said-notices.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import type { Preferences } from '../server/api-messages.ts';
import { fitRoutine } from '../session/fit-routine.ts';
import { PreferencesFile } from '../storage/preferences.ts';

type Options = Readonly<{
  minutes?: number;
  drop?: true;
  quiet?: Preferences['quiet'];
  firstSide?: Preferences['firstSide'];
  worn?: Preferences['orientation'];
  receiver?: NonNullable<RoutineChoice['receiver']>;
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

/** The routines as they will be there, each scaled. Throws Exit with the first that cannot be had, or not there. */
function choicesFrom(
  names: readonly string[],
  options: Options,
  likes: Preferences,
): readonly RoutineChoice[] {
  const own = ownRoutines();
  const { easierSide, strokeCues } = sessionSettingsOf(likes);
  const choices = names.map((name): RoutineChoice => {
    const found = fitRoutine({
      routine: routineFrom(name, own),
      minutes: options.minutes,
      mayDrop: options.drop,
    });
    if (!found.ok)
      throw new Exit('usage', `${found.why}${found.mayDrop ? ` ${catalogue.scaling.dropAnyway}` : ''}`);
    if (found.said !== null) process.stderr.write(`${found.said}\n`);
    return {
      routine: found.routine,
      easierSide: easierSide ?? 'left',
      strokeCues,
      ...(options.receiver && { receiver: options.receiver }),
    };
  });
  const ids = choices.map(({ routine: { id } }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Exit('usage', fill(words.twice, { id: twice }));
  return choices;
}

/** Throws Exit where a board could not keep them: before its port is opened, which resets it. */
function refuseUnfit(choices: readonly RoutineChoice[]): void {
  const { notForBoard } = terminalWords.alone;
  try {
    const bytes = choices.reduce((sum, choice) => sum + routineBytes(choice).length, 0);
    if (choices.length > mostRoutines)
      throw new NotForBoard(fill(notForBoard.mostRoutines, { count: choices.length, most: mostRoutines }));
    if (bytes > routinesBytes)
      throw new NotForBoard(fill(notForBoard.mostBytes, { bytes, most: routinesBytes }));
  } catch (error) {
    throw error instanceof NotForBoard ? new Exit('content', error.message) : error;
  }
}

/** Compares the board's clock with this machine's, for a little more than a minute. */
async function measured({ greeting }: Visit, { clock }: Surroundings): Promise<ClockRate> {
  const samples: { boardMs: number; hostMs: number }[] = [];
  greeting.status = ({ boardMs }) => samples.push({ boardMs, hostMs: clock.now() });
  const all = Math.round(clockRateMs / 1000);
  const begun = clock.now();
  for (let done = 0; done <= all; done++) {
    // A moment more than the last stretch, so that what ends it has been heard.
    await new Promise<void>(resolve => clock.at(begun + done * 1000 + 500, resolve));
    if (process.stderr.isTTY) process.stderr.write(`\r${fill(words.measuring, { done, all })}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  greeting.status = () => {};
  return clockRate(samples);
}

function toldOfClock(rate: ClockRate): string {
  if (rate.ok) return fill(words.clock, { ppm: rate.ppm });
  return fill(words.clockWrong[rate.why], { ppm: rate.ppm, most: mostApartPpm });
}

type Listed = Readonly<{ hash: string; id: string | null; title: string | null; minutes: number | null }>;

const hexOf = (hash: number): string => hash.toString(16).padStart(8, '0');

function listedOf({ routines }: BoardContents, id: string): readonly Listed[] {
  const remembered = knownAlone(id);
  return routines.map(({ hash }) => {
    const found = routineByHash(hash, remembered);
    return {
      hash: hexOf(hash),
      id: found?.id ?? null,
      title: found?.title ?? null,
      minutes: found && Math.round(found.plannedMs / 6000) / 10,
    };
  });
}

function tell(contents: BoardContents, id: string): void {
  const routines = listedOf(contents, id);
  print(routines.length === 0 ? words.none : words.order);
  for (const [index, { hash, title, minutes }] of routines.entries()) {
    const place = index + 1;
    const named =
      title === null
        ? fill(words.unknown, { place, hash })
        : fill(words.routine, { place, title: shown(title), minutes: minutesWord((minutes ?? 0) * 60_000) });
    print(`  ${named}`);
  }
  print(fill(words.free, { free: contents.freeBytes, all: routinesBytes }));
}

function asJson(path: string, id: string, contents: BoardContents, rate: ClockRate | null): string {
  return JSON.stringify({
    path,
    id,
    routines: listedOf(contents, id),
    freeBytes: contents.freeBytes,
    settings: contents.settings,
    ...(rate && { clock: rate }),
  });
}

/** What the board is to know: what was found out about it here, else what it knows itself. */
function settingsFor(id: string, { settings: before }: BoardContents, likes: Preferences): AloneSettings {
  const calibration = boardSettingsOf(id)?.calibration ?? before?.calibration ?? uncalibratedBoard;
  return {
    calibration,
    clockPpm: before?.clockPpm ?? 0,
    turned: sessionSettingsOf(likes).turned ?? false,
    steadyLight: before?.steadyLight ?? false,
  };
}

const isUsual = ({ calibration }: AloneSettings): boolean =>
  JSON.stringify(calibration) === JSON.stringify(uncalibratedBoard);

const same = (one: AloneSettings | null, other: AloneSettings): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

async function loaded(
  at: Visit,
  choices: readonly RoutineChoice[],
  likes: Preferences,
  options: Options,
  around: Surroundings,
): Promise<void> {
  const { path, id } = at;
  const before = await at.kept(keeper => keeper.list());
  const settings = settingsFor(id, before, likes);
  // What is there already is not written again: each byte bears so many writings.
  const changed = same(before.settings, settings) ? undefined : settings;
  let contents = await at.kept(keeper => keeper.load(choices, changed));
  const played = { folder: stateFolder(), id, sessions: await at.kept(keeper => keeper.fetchSessions()) };
  remember(
    played,
    choices.map(({ routine }) => routine),
  );
  if (!options.json) tell(contents, id);
  const rate = options.clock ? await measured(at, around) : null;
  const clockPpm = rate === null ? settings.clockPpm : rate.ok ? rate.ppm : 0;
  if (clockPpm !== settings.clockPpm) {
    await at.kept(keeper => keeper.save({ ...settings, clockPpm }));
    contents = await at.kept(keeper => keeper.list());
  }
  if (options.json) {
    print(asJson(path, id, contents, rate));
    return;
  }
  print(isUsual(settings) ? fill(words.uncalibrated, { path: shown(path) }) : words.calibrated);
  print(settings.turned ? words.turned : words.usual);
  if (rate) print(toldOfClock(rate));
  else print(clockPpm === 0 ? words.clockUnmeasured : fill(words.clock, { ppm: clockPpm }));
  print(words.begin);
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
  const choices = choicesFrom(names, options, likes);
  refuseUnfit(choices);
  const path = port ?? (await onlyUsbPort(around)).path;
  const at = await visit(path, 'tactus load', around);
  try {
    if (!list && !clear) return await loaded(at, choices, likes, options, around);
    if (clear) await at.kept(keeper => keeper.clear());
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
    .option('--no-clock', commandWords.load.clock)
    .option('--list', commandWords.load.list)
    .option('--clear', commandWords.load.clear)
    .option('--json', commandWords.load.json)
    .action((given: readonly string[], options: Options) => run(given, options, around));
}
