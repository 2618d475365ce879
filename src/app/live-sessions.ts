/** The sessions of a live controller with all that follows them: memory, history, the bench, the clock's watch. */
import { join } from 'node:path';
import type { Cue } from '../../machines/cues/schema.ts';
import { catalogue } from '../../machines/text/text.ts';
import { historyIn } from '../history/history-folder.ts';
import { HistoryKeeper } from '../history/keeper.ts';
import { version } from '../installed.ts';
import type { AgeOccasion } from '../server/history-api.ts';
import { TelemetryBuffer } from '../server/telemetry.ts';
import { Calibrator } from '../session/calibrator.ts';
import { Sessions } from '../session/sessions.ts';
import { spared } from '../storage/file-failure.ts';
import { ScreeningMemory } from '../storage/screening-memory.ts';
import type { Clock } from '../time/clock.ts';
import { ClockWatch } from '../time/clock-watch.ts';
import type { Disk } from './disk-works.ts';
import { lastWord } from './last-word.ts';
import type { LiveBoard } from './live-board.ts';
import type { LiveRecording } from './live-recording.ts';
import { saidNotices } from './said-notices.ts';
import { memoryOn } from './screening-memory-file.ts';
import type { StartOptions } from './start-options.ts';
import type { StartSettings } from './start-settings.ts';
import type { Surroundings } from './surroundings.ts';

/** A file that fails within a moment of the session ends nothing. */
const goesOn = (failure: string): void => lastWord(`${failure}; the session goes on`);
const wallNow = (): number => Date.now();
const product = `tactus ${version}`;

/** Whether a screening was clear lately. `changed`: a page may want to show it. */
export const screeningMemory = (disk: Disk, folder: string, changed: () => void): ScreeningMemory =>
  new ScreeningMemory({
    store: memoryOn(disk, join(folder, 'screening.json'), saidNotices.say),
    screeningVersion: catalogue.screening.version,
    now: wallNow,
    changed,
  });

export type LiveSessionsParts = Readonly<{
  options: StartOptions;
  around: Surroundings;
  folder: string;
  disk: Disk;
  settings: StartSettings;
  cues: readonly Cue[];
  recording: LiveRecording;
  memory: ScreeningMemory;
  board: LiveBoard;
  /** Whether all was clear lately and may be asked in short. */
  isRemembered(): boolean;
  /** Something that a page may want to show has changed. */
  changed(): void;
}>;

export type LiveSessions = ReturnType<typeof liveSessions>;

export function liveSessions(parts: LiveSessionsParts) {
  const { options, around, folder, settings, cues, recording, memory, board, changed } = parts;
  const { clock } = around;
  const bench = new TelemetryBuffer();
  const { store, kept, history, eraseOld } = keptSessions(parts);
  const sessions = new Sessions(
    {
      clock,
      driver: board.driver,
      product,
      trace: line => bench.trace(line),
      journal: bench.beside(recording.journal),
      ...(options.receiver && { receiver: options.receiver }),
      isRemembered: parts.isRemembered,
      history: { newId: () => history.newId(), follow: spared(run => history.follow(run), goesOn) },
      settings: () => ({ ...settings.settings(), cues }),
      glideMs: () => (board.tuning.known()?.calibration ?? board.tuning.usual).glideMs,
    },
    recording.before?.found ?? { routine: settings.routine },
  );
  bench.attach(sessions, clock, board);
  sessions.listen({
    screened: spared(screened => memory.screened(screened), goesOn),
    reopened: spared(() => memory.reopened(), goesOn),
  });
  const watch = watched(sessions, clock);
  sessions.listen({
    entered: state => {
      if (state === 'warmUp') void settings.begun(sessions.run.routine);
    },
  });
  const restAdvice = settings.restAdvice(store);
  if (restAdvice !== null) process.stderr.write(`${restAdvice}\n`);
  const calibrator = new Calibrator({ clock, sessions, driver: board.driver, tuning: board.tuning, changed });
  return { folder, bench, sessions, watch, history, kept, eraseOld, calibrator };
}

/** What is kept of sessions beyond their end. */
function keptSessions({ around, folder, disk, settings, options, recording }: LiveSessionsParts) {
  const store = historyIn(folder, wallNow, saidNotices.say, file => disk.ask('sync', { file }));
  const kept = around.history(folder, saidNotices.say);
  const eraseOld = (occasion: AgeOccasion): void =>
    kept.eraseOld(occasion, settings.keeping?.keepDays ?? null);
  const history = new HistoryKeeper({
    store,
    // While it is in doubt what somebody chose, nothing is kept.
    preferences: () => ({ keep: settings.keeping?.keep ?? 'off' }),
    over: id => eraseOld({ why: 'over', id }),
    journal: recording.askedPath,
    wallNow,
    product,
    pid: process.pid,
    user: () => settings.user,
    firstClient: options.client,
    intakeAttested: options.intakeAttested,
    failed: failure => lastWord(`the history takes nothing more (${failure}); the session goes on`),
  });
  return { store, kept, history, eraseOld };
}

/** A clock that jumps while motors may run is a fault. */
const watched = (sessions: Sessions, clock: Clock): ClockWatch =>
  new ClockWatch(clock, wallNow, () => {
    if (sessions.run.snapshot.hasTag('engaged')) sessions.run.fault('clockJumped');
  });
