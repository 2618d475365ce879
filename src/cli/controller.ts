/** The live controller: board, sessions, page, until a signal ends it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Routine, User } from '../../machines/routine/schema.ts';
import { minutesOf } from '../../machines/routine/time.ts';
import type { ReceiverMeans } from '../../machines/session.types.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { Bench } from '../bench.ts';
import { Calibrator } from '../calibrator.ts';
import type { Clock } from '../clock.ts';
import { ClockWatch } from '../clock-watch.ts';
import { spared } from '../file-failure.ts';
import { HistoryKeeper } from '../history/keeper.ts';
import { Retention } from '../history/retention.ts';
import { HistoryStore } from '../history/store.ts';
import { packageRoot, version } from '../installed.ts';
import { Memory } from '../memory.ts';
import { ScriptPlayer } from '../script-player.ts';
import { Sessions } from '../sessions.ts';
import { FileBusy, holderOfFile } from '../storage/lock.ts';
import { sentenceOf } from '../storage/notices.ts';
import { Api } from '../wire/api.ts';
import type { Preferences } from '../wire/api-messages.ts';
import { benchFaults } from '../wire/bench-messages.ts';
import { pageFiles } from '../wire/page-files.ts';
import type { Guest } from '../wire/pairing.ts';
import type { PhoneView } from '../wire/phone-messages.ts';
import { Server } from '../wire/server.ts';
import { Viewers } from '../wire/viewers.ts';
import { closeAll, Ending } from './ending.ts';
import { Exit, exitCodes, shown } from './exit.ts';
import { cuesFrom, scriptFrom } from './files.ts';
import { JournalFile, Recordings } from './journal-file.ts';
import { lanAsked } from './lan/asked.ts';
import type { LanSide } from './lan/lan-side.ts';
import { lastWord } from './last-word.ts';
import { journalPath, leftBehind } from './left-behind.ts';
import { type LiveBoard, openLiveBoard } from './live-board.ts';
import { memoryFile } from './memory-file.ts';
import { sayPlainly } from './plain-lines.ts';
import { Remembered } from './remembered.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';
import { notices } from './told.ts';
import { withoutScreen } from './without-screen.ts';

export type StartOptions = Readonly<{
  routine?: string;
  minutes?: number;
  endAt?: string;
  drop?: true;
  for?: User;
  quiet?: Preferences['quiet'];
  firstSide?: Preferences['firstSide'];
  worn?: Preferences['orientation'];
  favourites?: readonly string[];
  cue?: readonly string[];
  client?: string;
  intakeAttested?: true;
  board: string;
  http: number;
  host?: string;
  lan?: true;
  insecureLan?: true;
  receiver?: ReceiverMeans;
  headless?: true;
  script?: string;
  journal?: string;
}>;

/** A file that fails within a moment of the session ends nothing. */
const goesOn = (failure: string): void => lastWord(`${failure}; the session goes on`);

/** The page holds the only buttons of an emulated board: this long after the last page has gone, pause. */
const pageGoneMs = 5000;

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
  const remembered = new Remembered(folder, options, notices.say);
  const { routine } = remembered;
  if (remembered.said !== null) process.stderr.write(`${remembered.said}\n`);
  const steps = options.script === undefined ? null : scriptFrom(options.script);
  const cues = cuesFrom(options.cue ?? []);
  // With a page somebody can answer whether to go on; a script or a board alone begins anew.
  const before = leftBehind(folder, options.board, !options.headless && !steps, notices.say);
  const left = before?.found ?? null;
  // Until board and port are this process's own, nothing is made, moved or erased: another one may be running.
  const own = new JournalFile(journalPath(folder, options.board), false, { held: true });
  const journalAsked = options.journal === undefined ? undefined : resolve(options.journal);
  refuseHeldJournal(journalAsked);
  const asked = journalAsked === undefined ? null : new JournalFile(journalAsked, true, { held: true });
  const journal = new Recordings(asked ? [own, asked] : [own]);
  const memory = new Memory({
    store: memoryFile(join(folder, 'screening.json'), notices.say),
    screeningVersion: catalogue.screening.version,
    now: () => Date.now(),
  });
  const { clock } = around;
  const board = await ending.or(openLiveBoard(options.board, around), late => void late.close());
  ending.silenceBy(() => board.driver.silent());
  const bench = new Bench();
  const store = new HistoryStore(folder, () => Date.now(), notices.say);
  const retention = new Retention({
    store,
    stateFolder: folder,
    wallNow: () => Date.now(),
    keepDays: () => remembered.keeping?.keepDays ?? null,
    say: notices.say,
  });
  const history = new HistoryKeeper({
    store,
    // While it is in doubt what somebody chose, nothing is kept.
    preferences: () => ({ keep: remembered.keeping?.keep ?? 'off' }),
    over: id => retention.atEnd(id),
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
      // Without a page nobody can say whether anything has changed.
      isRemembered: () => !options.headless && memory.isKept,
      history: { newId: () => history.newId(), follow: spared(run => history.follow(run), goesOn) },
      settings: () => ({ ...remembered.settings(), cues }),
      glideMs: () => (board.tuning.known()?.calibration ?? board.tuning.usual).glideMs,
    },
    left ?? { routine },
  );
  bench.attach(sessions, clock, board);

  sessions.listen({ screened: spared(screened => memory.screened(screened), goesOn) });

  const watch = new ClockWatch(
    clock,
    () => Date.now(),
    () => {
      if (sessions.run.snapshot.hasTag('engaged')) sessions.run.fault('clockJumped');
    },
  );

  sessions.listen({
    entered: state => {
      if (state === 'warmUp') remembered.begun(sessions.run.routine);
    },
  });
  const restAdvice = remembered.restAdvice(store.glances());
  if (restAdvice !== null) process.stderr.write(`${restAdvice}\n`);
  // A page shows it; here the hand has only felt EASE.
  if (options.headless)
    sessions.listen({
      refused: ({ limit }) => {
        if (limit !== 'recording') return;
        lastWord(`${catalogue.recovery.notRecording} (${journal.failure})`);
      },
    });
  if (options.headless) withoutScreen(sessions, remembered, clock, steps === null);
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
  let lanSide: LanSide | null = null;
  try {
    const isSecure = !options.insecureLan;
    // Loaded only where it is needed, as all that belongs to phones.
    const lan = lanHosts && (await import('./lan/lan-side.ts'));
    const makeLanSide: Served['makeLanSide'] = isHere =>
      lan && new lan.LanSide({ clock, folder, hosts: lanHosts, isSecure, say: lastWord }, isHere);
    if (!options.headless)
      ({ server, lanSide } = serve({
        sessions,
        board,
        bench,
        clock,
        memory,
        remembered,
        store,
        retention,
        calibrator,
        makeLanSide,
      }));
    const page = server ? await ending.or(listen(server, options, lanSide)) : null;
    const ready = page ? ` ${page.address}` : '';
    release([own, ...(asked ? [asked] : [])]);
    remembered.keep();
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
    if (options.headless && steps) sessions.listen({ ended: () => ending.end(exitCodes.done) });
    let player: ScriptPlayer | null = null;
    if (steps) {
      player = new ScriptPlayer(sessions.run, sessions.run.clock, steps, {
        button: (button, down) => board.button?.(button, down),
        fault: ({ fault }) => {
          throw new Exit('content', `fault ${fault}: only simulate can do that`);
        },
      });
      player.start();
    }
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
    process.exitCode = await ending.code;
    const untested = sessions.run.outcome && process.exitCode === exitCodes.done ? player?.untested : null;
    if (untested) throw new Exit('content', `${shown(options.script ?? '')}: ${untested}`);
  } finally {
    const { startedAt, unfinished } = sessions.run.snapshot.context;
    await closeAll(
      () => watch.close(),
      () => sessions.run.close(),
      // Nothing had begun: nothing is left for the next one.
      () => (startedAt === null && !unfinished ? own.over() : undefined),
      () => own.end(),
      () => asked?.end(),
      () => history.close(),
      () => server?.close(),
      () => lanSide?.close(),
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

const journalHeld = (path: string, pid: number): Exit =>
  new Exit(
    'busy',
    `${shown(path)}: ${fill(terminalWords.files.journalHeld, { pid })}; ${terminalWords.files.todo.otherJournal}`,
  );

/** Throws Exit 75 where a session of another process writes the journal that was asked for. */
function refuseHeldJournal(path: string | undefined): void {
  const pid = path === undefined ? null : holderOfFile(path);
  if (path !== undefined && pid !== null && pid !== process.pid) throw journalHeld(path, pid);
}

/** This process runs: what was recorded until now is written. Throws Exit 75 where another one was first. */
function release(journals: readonly JournalFile[]): void {
  for (const journal of journals)
    try {
      journal.release();
    } catch (error) {
      throw error instanceof FileBusy ? journalHeld(error.path, error.pid) : error;
    }
}

type Served = Readonly<{
  sessions: Sessions;
  board: LiveBoard;
  bench: Bench;
  clock: Clock;
  memory: Memory;
  remembered: Remembered;
  store: HistoryStore;
  retention: Retention;
  calibrator: Calibrator;
  /** What holds for phones; null without `--lan`. */
  makeLanSide(isHere: (guest: Guest) => boolean): LanSide | null;
}>;

function serve({
  sessions,
  board,
  bench,
  clock,
  memory,
  remembered,
  store,
  retention,
  calibrator,
  makeLanSide,
}: Served): {
  server: Server;
  lanSide: LanSide | null;
} {
  const { button, meet } = board;
  const folder = join(packageRoot, 'dist', 'page');
  if (!existsSync(folder)) throw new Exit('noInput', 'the page is not built; run npm run build');
  const lanSide = makeLanSide(({ id }) => viewers.hasGuest(id));
  const viewers: Viewers = new Viewers({
    sessions,
    memory,
    now: () => clock.now(),
    bench,
    ...(button && { button }),
    ...(meet && { faults: { names: benchFaults, meet } }),
    offers: remembered.offers,
    calibrator,
    ...(lanSide && { audit: lanSide.heard }),
  });
  let emptyAt: number | null = null;
  const server = new Server({
    clock,
    viewers,
    // Beside it the page that needs no controller: there time can be steered, which here is everybody's own.
    files: new Map([...pageFiles(folder), ...pageFiles(join(packageRoot, 'dist', 'demo'), '/demo')]),
    api: new Api({
      own: remembered.own,
      store,
      preferences: () => remembered.preferences,
      change: change => {
        const after = remembered.change(change);
        // Somebody has just said for how long: what is older goes now.
        if (change.keepDays !== undefined) retention.asked();
        return after;
      },
      notices: () => notices.all.map(sentenceOf),
    }),
    ...(lanSide && { lan: lanSide.lan, phones: lanSide.phones }),
    peopled: count => {
      emptyAt = count === 0 ? clock.now() : null;
      const since = emptyAt;
      if (since === null || !button) return;
      clock.at(since + pageGoneMs, () => {
        if (emptyAt === since && sessions.run.snapshot.hasTag('engaged'))
          sessions.run.intend({ intent: 'pause' });
      });
    },
  });
  sessions.listen({ changed: () => server.changed() });
  return { server, lanSide };
}

/** Listens on loopback, and on the network where that was asked for; where the page is, and what phones need. */
async function listen(
  server: Server,
  { http: port, host, lan }: StartOptions,
  lanSide: LanSide | null,
): Promise<Readonly<{ address: string; phones: PhoneView | null }>> {
  try {
    // With --lan the host is the network's, and the page itself stays on loopback.
    const address = await server.listen(port, lan ? undefined : host);
    const phones = lanSide && (await lanSide.open(server, Number(new URL(address).port || 80)));
    return { address, phones };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE')
      throw new Exit('busy', `port ${port} is taken: stop what uses it, or choose another with --http N`);
    if (code === 'EACCES')
      throw new Exit('notPermitted', `port ${port} may not be used: choose one above 1023 with --http N`);
    if (code === 'EADDRNOTAVAIL')
      throw new Exit('noDevice', `${shown(host ?? 'the address')}: cannot be listened on here any more`);
    throw error;
  }
}
