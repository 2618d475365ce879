/** The live controller: board, sessions, page, until a signal ends it. */
import { join, resolve } from 'node:path';
import type { Routine } from '../../machines/routine/schema.ts';
import { minutesOf } from '../../machines/routine/time.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { HistoryKeeper } from '../history/keeper.ts';
import { HistoryStore } from '../history/store.ts';
import { version } from '../installed.ts';
import type { AgeOccasion } from '../server/history-api.ts';
import type { Server } from '../server/server.ts';
import { TelemetryBuffer } from '../server/telemetry.ts';
import { Calibrator } from '../session/calibrator.ts';
import { Sessions } from '../session/sessions.ts';
import { ScriptPlayer } from '../simulation/script-player.ts';
import { spared } from '../storage/file-failure.ts';
import { Memory } from '../storage/screening-memory.ts';
import { ClockWatch } from '../time/clock-watch.ts';
import { closeAll, Ending } from './ending.ts';
import { Exit, exitCodes, shown } from './exit.ts';
import { cuesFrom, refuseUnanswerable, scriptFrom } from './files.ts';
import { headless } from './headless.ts';
import { refuseHeldJournal, release } from './held-journals.ts';
import { JournalFile, Recordings } from './journal-file.ts';
import { lanAsked } from './lan/asked.ts';
import type { LanSession } from './lan/lan-session.ts';
import { lastWord } from './last-word.ts';
import { openLiveBoard } from './live-board.ts';
import { sayPlainly } from './plain-lines.ts';
import { memoryOn } from './screening-memory-file.ts';
import { listen, type Served, serve } from './served-page.ts';
import type { StartOptions } from './start-options.ts';
import { StartSettings } from './start-settings.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';
import { notices } from './told.ts';
import { journalPath, unfinishedSessions } from './unfinished-sessions.ts';

/** A file that fails within a moment of the session ends nothing. */
const goesOn = (failure: string): void => lastWord(`${failure}; the session goes on`);

/** Runs until it has to end. Throws Ended where that was before it was ready. */
export async function runController(options: StartOptions, around: Surroundings): Promise<void> {
  const ending = new Ending(around);
  try {
    await control(options, around, ending);
  } finally {
    ending.over();
  }
}

async function control(options: StartOptions, around: Surroundings, ending: Ending): Promise<void> {
  const lanHosts = await lanAsked(options);
  const folder = stateFolder();
  const disk = around.disk(notices.say);
  const remembered = new StartSettings(folder, options, notices.say, disk);
  const { routine } = remembered;
  if (remembered.said !== null) process.stderr.write(`${remembered.said}\n`);
  const steps = options.script === undefined ? null : scriptFrom(options.script);
  const cues = cuesFrom(options.cue ?? []);
  // With a page somebody can answer whether to go on; a script or a board alone begins anew.
  const before = unfinishedSessions(folder, options.board, !options.headless && !steps, notices.say);
  const left = before?.found ?? null;
  // Until board and port are this process's own, nothing is made, moved or erased: another one may be running.
  const nextPath = (): string => journalPath(folder, options.board);
  const own = new JournalFile(nextPath(), false, { held: true, disk, say: notices.say, next: nextPath });
  const journalAsked = options.journal === undefined ? undefined : resolve(options.journal);
  refuseHeldJournal(journalAsked);
  const asked = journalAsked === undefined ? null : new JournalFile(journalAsked, true, { held: true, disk });
  const journal = new Recordings(asked ? [own, asked] : [own]);
  const memory = new Memory({
    store: memoryOn(disk, join(folder, 'screening.json'), notices.say),
    screeningVersion: catalogue.screening.version,
    now: () => Date.now(),
    changed: () => server?.changed(),
  });
  // Without a page nobody can say whether anything has changed.
  const isRemembered = (): boolean => !options.headless && memory.isKept;
  if (options.script !== undefined && steps)
    refuseUnanswerable(options.script, steps, { returns: isRemembered() });
  const { clock } = around;
  const board = await ending.or(openLiveBoard(options.board, around, disk), late => void late.close());
  ending.silenceBy(() => board.driver.silent());
  const bench = new TelemetryBuffer();
  const store = new HistoryStore(
    folder,
    () => Date.now(),
    notices.say,
    file => disk.ask('sync', { file }),
  );
  const kept = around.history(folder, notices.say);
  const eraseOld = (occasion: AgeOccasion): void =>
    kept.eraseOld(occasion, remembered.keeping?.keepDays ?? null);
  const history = new HistoryKeeper({
    store,
    // While it is in doubt what somebody chose, nothing is kept.
    preferences: () => ({ keep: remembered.keeping?.keep ?? 'off' }),
    over: id => eraseOld({ why: 'over', id }),
    journal: journalAsked,
    wallNow: () => Date.now(),
    product: `tactus ${version}`,
    pid: process.pid,
    user: () => remembered.user,
    firstClient: options.client,
    intakeAttested: options.intakeAttested,
    failed: failure => lastWord(`the history takes nothing more (${failure}); the session goes on`),
  });
  const sessions = new Sessions(
    {
      clock,
      driver: board.driver,
      product: `tactus ${version}`,
      trace: line => bench.trace(line),
      journal: bench.beside(journal),
      ...(options.receiver && { receiver: options.receiver }),
      isRemembered,
      history: { newId: () => history.newId(), follow: spared(run => history.follow(run), goesOn) },
      settings: () => ({ ...remembered.settings(), cues }),
      glideMs: () => (board.tuning.known()?.calibration ?? board.tuning.usual).glideMs,
    },
    left ?? { routine },
  );
  bench.attach(sessions, clock, board);

  sessions.listen({
    screened: spared(screened => memory.screened(screened), goesOn),
    reopened: spared(() => memory.reopened(), goesOn),
  });

  const watch = new ClockWatch(
    clock,
    () => Date.now(),
    () => {
      if (sessions.run.snapshot.hasTag('engaged')) sessions.run.fault('clockJumped');
    },
  );

  sessions.listen({
    entered: state => {
      if (state === 'warmUp') void remembered.begun(sessions.run.routine);
    },
  });
  const restAdvice = remembered.restAdvice(store);
  if (restAdvice !== null) process.stderr.write(`${restAdvice}\n`);
  // A page shows it; here the hand has only felt EASE.
  if (options.headless)
    sessions.listen({
      refused: ({ limit }) => {
        if (limit !== 'recording') return;
        lastWord(`${catalogue.recovery.notRecording} (${journal.failure})`);
      },
    });
  if (options.headless) headless(sessions, remembered, clock, steps === null);
  // The therapist's own word, for this client alone; everyone after that is asked again.
  if (options.intakeAttested && !left)
    sessions.run.intend({ intent: 'screen', complaint: true, answers: {}, others: 'no' });

  let server: Server | null = null;
  const calibrator = new Calibrator({
    clock,
    sessions,
    driver: board.driver,
    tuning: board.tuning,
    changed: () => server?.changed(),
  });
  let lanSession: LanSession | null = null;
  try {
    const isSecure = !options.insecureLan;
    // Loaded only where it is needed, as all that belongs to phones.
    const lan = lanHosts && (await import('./lan/lan-session.ts'));
    const makeLanSession: Served['makeLanSession'] = isHere =>
      lan && new lan.LanSession({ clock, folder, hosts: lanHosts, isSecure, disk, say: lastWord }, isHere);
    if (!options.headless)
      ({ server, lanSession } = serve({
        sessions,
        board,
        bench,
        clock,
        memory,
        remembered,
        kept,
        eraseOld,
        calibrator,
        makeLanSession,
      }));
    const page = server ? await ending.or(listen(server, options, lanSession)) : null;
    const ready = page ? ` ${page.address}` : '';
    release([own, ...(asked ? [asked] : [])]);
    await ending.or(remembered.keep());
    if (before) {
      if (before.said !== null) process.stderr.write(`${before.said}\n`);
      // From here on this process's own journal tells of it.
      if (journal.failure === null) before.forget();
    }
    ending.silenceBy(async () => {
      calibrator.end('left');
      sessions.run.close();
      return await board.driver.silent();
    });
    // A script without a page has nothing left to do after the outcome.
    if (options.headless && steps)
      sessions.listen({
        ended: () => ending.end(player?.isCutShort ? exitCodes.noDevice : exitCodes.done),
      });
    let player: ScriptPlayer | null = null;
    // A script needs nobody who reads.
    const tell = steps ? null : lastWord;
    tell?.(whatRuns(sessions.run.routine, options.board));
    process.stdout.write(`ready${ready}\n`);
    tell?.(page ? startWords.page : startWords.headless);
    if (!page && tell) sayPlainly(sessions, tell);
    if (page?.phones) {
      const { invitation, lookOf } = await import('./lan/announce.ts');
      process.stdout.write(invitation(page.phones, `${page.address}#phone`, lookOf(process.stdout)));
    }
    // What is shown above takes its time: hands move only after that.
    if (steps) {
      player = new ScriptPlayer(sessions.run, sessions.run.clock, steps, {
        button: (button, down) => board.button?.(button, down),
        fault: ({ fault }) => {
          throw new Exit('content', `fault ${fault}: only simulate can do that`);
        },
      });
      player.start();
    }
    process.exitCode = await ending.code;
    const isByItself = process.exitCode === exitCodes.done || process.exitCode === exitCodes.noDevice;
    const untested = sessions.run.outcome && isByItself ? player?.untested : null;
    if (untested) throw new Exit('content', `${shown(options.script ?? '')}: ${untested}`);
  } finally {
    const { startedAt, unfinished } = sessions.run.snapshot.context;
    await closeAll(
      () => watch.close(),
      () => sessions.run.close(),
      // Nothing had begun: nothing is left for the next one.
      () => (startedAt === null && !unfinished ? own.unbegun() : undefined),
      () => own.end(),
      () => asked?.end(),
      () => history.close(),
      () => kept.close(),
      () => disk.close(),
      () => server?.close(),
      () => lanSession?.close(),
      () => board.close(),
    );
  }
}

const startWords = terminalWords.start;

const whatRuns = (routine: Routine, board: string): string =>
  fill(board === 'emulated' ? startWords.emulated : startWords.real, {
    title: routine.title,
    minutes: Math.round(minutesOf(routine)),
    board: shown(board),
  });
