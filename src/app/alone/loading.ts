/**
 * Loads routines onto a board that plays them by itself, and tells what is on it then: the same at a terminal and on the
 * page. Nothing is driven; what is written is read back.
 */
import { type ClockRate, clockRate, clockRateMs, mostApartPpm } from '../../../hardware/alone/clock-rate.ts';
import type { BoardContents } from '../../../hardware/alone/keeper.ts';
import { mostRoutines, routinesBytes } from '../../../hardware/alone/layout.ts';
import type { LoggedSession } from '../../../hardware/alone/logged.ts';
import type { AloneSettings } from '../../../hardware/alone/records.ts';
import { NotForBoard, type RoutineChoice, routineBytes } from '../../../hardware/alone/routine-bytes.ts';
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { minutesWord } from '../../../machines/text/minutes.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import type { BoardCalibration } from '../../../machines/vocabulary.ts';
import type { Preferences } from '../../server/api-messages.ts';
import { fitRoutine } from '../../session/fit-routine.ts';
import type { Clock } from '../../time/clock.ts';
import { Exit, shown } from '../exit.ts';
import { sessionSettingsOf } from '../routine-menu.ts';
import type { OnBoard } from './known-alone.ts';
import type { Visit } from './visited-line.ts';

export type LoadWords = (typeof terminalWords)['load'];

export type WantedRoutines = Readonly<{
  names: readonly string[];
  /** Throws where there is none of that name. */
  find(name: string): Routine;
  minutes?: number | undefined;
  /** Whole phases may go. */
  mayDrop?: boolean | undefined;
  receiver?: RoutineChoice['receiver'] | undefined;
  likes: Preferences;
  /** What is added where a routine would fit without some of its phases. */
  dropAnyway: string;
  /** What was left out of one. */
  said(sentence: string): void;
}>;

/** The routines as they will be there, each scaled. Throws Exit with the first that cannot be had, or not there. */
export function choicesFrom(wanted: WantedRoutines): readonly RoutineChoice[] {
  const { names, find, minutes, mayDrop, receiver, likes, dropAnyway, said } = wanted;
  const { easierSide, strokeCues } = sessionSettingsOf(likes);
  const choices = names.map((name): RoutineChoice => {
    const found = fitRoutine({ routine: find(name), minutes, mayDrop });
    if (!found.ok) throw new Exit('usage', `${found.why}${found.mayDrop ? ` ${dropAnyway}` : ''}`);
    if (found.said !== null) said(found.said);
    return {
      routine: found.routine,
      easierSide: easierSide ?? 'left',
      strokeCues,
      ...(receiver && { receiver }),
    };
  });
  const ids = choices.map(({ routine: { id } }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Exit('usage', fill(terminalWords.load.twice, { id: twice }));
  return choices;
}

/** Throws Exit where a board could not keep them: before its port is opened, which resets it. */
export function refuseUnfit(choices: readonly RoutineChoice[]): void {
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
async function measured(
  { greeting }: Visit,
  { clock, measuring }: Pick<LoadPorts, 'clock' | 'measuring'>,
): Promise<ClockRate> {
  const samples: { boardMs: number; hostMs: number }[] = [];
  greeting.status = ({ boardMs }) => samples.push({ boardMs, hostMs: clock.now() });
  const all = Math.round(clockRateMs / 1000);
  const begun = clock.now();
  for (let done = 0; done <= all; done++) {
    // A moment more than the last stretch, so that what ends it has been heard.
    await new Promise<void>(resolve => clock.at(begun + done * 1000 + 500, resolve));
    measuring({ done, all });
  }
  measuring(null);
  greeting.status = () => {};
  return clockRate(samples);
}

export type ListedOnBoard = Readonly<{
  hash: string;
  id: string | null;
  title: string | null;
  minutes: number | null;
}>;

const hexOf = (hash: number): string => hash.toString(16).padStart(8, '0');

/** `find`: what a hash stands for. */
export const listedOf = (
  { routines }: BoardContents,
  find: (hash: number) => OnBoard | null,
): readonly ListedOnBoard[] =>
  routines.map(({ hash }) => {
    const found = find(hash);
    return {
      hash: hexOf(hash),
      id: found?.id ?? null,
      title: found?.title ?? null,
      minutes: found && Math.round(found.plannedMs / 6000) / 10,
    };
  });

/** What is on a board, line by line. */
export function contentsLines(
  contents: BoardContents,
  find: (hash: number) => OnBoard | null,
): readonly string[] {
  const words = terminalWords.load;
  const routines = listedOf(contents, find);
  const named = routines.map(({ hash, title, minutes }, index) => {
    const place = index + 1;
    return title === null
      ? fill(words.unknown, { place, hash })
      : fill(words.routine, { place, title: shown(title), minutes: minutesWord((minutes ?? 0) * 60_000) });
  });
  return [
    routines.length === 0 ? words.none : words.order,
    ...named.map(line => `  ${line}`),
    ...(contents.client === null ? [] : [fill(words.client, { client: contents.client })]),
    fill(words.free, { free: contents.freeBytes, all: routinesBytes }),
  ];
}

/** What the board is to know: what was found out about it here, else what it knows itself. */
function settingsFor(
  { settings: before }: BoardContents,
  { calibration, likes }: Pick<LoadPorts, 'calibration' | 'likes'>,
): AloneSettings {
  return {
    calibration: calibration ?? before?.calibration ?? uncalibratedBoard,
    clockPpm: before?.clockPpm ?? 0,
    turned: sessionSettingsOf(likes).turned ?? false,
    steadyLight: before?.steadyLight ?? false,
  };
}

const isUsual = ({ calibration }: AloneSettings): boolean =>
  JSON.stringify(calibration) === JSON.stringify(uncalibratedBoard);

const same = (one: AloneSettings | null, other: AloneSettings): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export type LoadPorts = Readonly<{
  clock: Clock;
  likes: Preferences;
  /** What was found out here about the board's motors; null where nothing was. */
  calibration: BoardCalibration | null;
  /** Letter of whom they are for: whose the sessions are that it plays with them. */
  client?: string | undefined;
  /** Whether its clock is measured, which takes a minute. */
  measures: boolean;
  /** How many seconds of that are over; null once it is. */
  measuring(progress: Readonly<{ done: number; all: number }> | null): void;
  /** They are written and read back, and what the board has played by itself so far is known. */
  written(contents: BoardContents, sessions: readonly LoggedSession[]): void;
}>;

/** What is on the board in the end. `rate`: null where its clock was not measured. */
export type Loaded = Readonly<{ contents: BoardContents; settings: AloneSettings; rate: ClockRate | null }>;

/** These routines and no others. Throws Exit as `Visit.kept` does. */
export async function loadOnto(
  at: Visit,
  choices: readonly RoutineChoice[],
  ports: LoadPorts,
): Promise<Loaded> {
  const before = await at.kept(keeper => keeper.list());
  const settings = settingsFor(before, ports);
  // What is there already is not written again: each byte bears so many writings.
  const changed = same(before.settings, settings) ? undefined : settings;
  // Before that: what was played is whose the board was loaded for until now.
  const played = await at.kept(keeper => keeper.fetchSessions());
  const contents = await at.kept(keeper => keeper.load(choices, changed, ports.client));
  ports.written(contents, played);
  const rate = ports.measures ? await measured(at, ports) : null;
  const clockPpm = rate === null ? settings.clockPpm : rate.ok ? rate.ppm : 0;
  if (clockPpm === settings.clockPpm) return { contents, settings, rate };
  const found = { ...settings, clockPpm };
  await at.kept(keeper => keeper.save(found));
  return { contents: await at.kept(keeper => keeper.list()), settings: found, rate };
}

function clockLine(words: LoadWords, rate: ClockRate): string {
  if (rate.ok) return fill(words.clock, { ppm: rate.ppm });
  return fill(words.clockWrong[rate.why], { ppm: rate.ppm, most: mostApartPpm });
}

/** How the board is driven from now on, and how to begin with it. `path`: what its port is called. */
export function loadedLines(
  { settings, rate }: Loaded,
  path: string,
  words: LoadWords = terminalWords.load,
): readonly string[] {
  const { clockPpm } = settings;
  const unmeasured = clockPpm === 0 ? words.clockUnmeasured : fill(words.clock, { ppm: clockPpm });
  return [
    isUsual(settings) ? fill(words.uncalibrated, { path: shown(path) }) : words.calibrated,
    settings.turned ? words.turned : words.usual,
    rate ? clockLine(words, rate) : unmeasured,
    words.begin,
  ];
}
