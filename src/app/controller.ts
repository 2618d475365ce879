/** The live controller: board, sessions, page, until a signal ends it. */
import type { Routine } from '../../machines/routine/schema.ts';
import { minutesOf } from '../../machines/routine/time.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { BrokerAddress } from '../mqtt/connection.ts';
import type { Server } from '../server/server.ts';
import { hindered } from '../session/board-hindrance.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Step } from '../simulation/script.ts';
import type { Disk } from './disk-works.ts';
import { closeAll, Ending } from './ending.ts';
import { shown } from './exit.ts';
import { cuesFrom, refuseUnanswerable, scriptFrom } from './files.ts';
import { headless } from './headless.ts';
import type { LanHost } from './lan/addresses.ts';
import { lanAsked } from './lan/asked.ts';
import type { LanSession } from './lan/lan-session.ts';
import { lastWord } from './last-word.ts';
import { type LiveBoard, openLiveBoard } from './live-board.ts';
import { LiveRecording } from './live-recording.ts';
import { LiveScript } from './live-script.ts';
import { type LiveSessions, liveSessions, screeningMemory } from './live-sessions.ts';
import { mqttAsked } from './mqtt/asked.ts';
import { sayPlainly } from './plain-lines.ts';
import { readLibraryAhead } from './read-ahead.ts';
import { saidNotices } from './said-notices.ts';
import { listen, type Served, serve } from './served-page.ts';
import type { StartOptions } from './start-options.ts';
import { StartSettings } from './start-settings.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

const startWords = terminalWords.start;

/** Runs until it has to end. Throws Ended where that was before it was ready. */
export async function runController(options: StartOptions, around: Surroundings): Promise<void> {
  const ending = new Ending(around);
  try {
    const controller = await Controller.open(options, around, ending);
    try {
      await controller.begin();
      await controller.untilItEnds();
    } finally {
      await controller.close();
    }
  } finally {
    ending.over();
  }
}

/** What it is made of, in the order in which it comes to be. */
type Parts = Readonly<{
  options: StartOptions;
  around: Surroundings;
  ending: Ending;
  lanHosts: readonly LanHost[] | null;
  broker: BrokerAddress | null;
  disk: Disk;
  settings: StartSettings;
  steps: readonly Step[] | null;
  recording: LiveRecording;
  memory: ReturnType<typeof screeningMemory>;
  board: LiveBoard;
  live: LiveSessions;
}>;

class Controller {
  readonly #parts: Parts;
  #server: Server | null = null;
  #lanSession: LanSession | null = null;
  #script: LiveScript | null = null;
  #mqtt: Readonly<{ close(): Promise<void> }> | null = null;

  static async open(options: StartOptions, around: Surroundings, ending: Ending): Promise<Controller> {
    let changed = (): void => {};
    const lanHosts = await lanAsked(options);
    const folder = stateFolder();
    const broker = mqttAsked(options, process.env, folder);
    const disk = around.disk(saidNotices.say);
    const settings = new StartSettings(folder, options, saidNotices.say, disk);
    if (settings.said !== null) process.stderr.write(`${settings.said}\n`);
    const steps = options.script === undefined ? null : scriptFrom(options.script);
    const cues = cuesFrom(options.cue ?? []);
    // With a page somebody can answer whether to go on; a script or a board alone begins anew.
    const recording = new LiveRecording(options, folder, disk, !options.headless && !steps);
    const memory = screeningMemory(disk, folder, () => changed());
    // Without a page nobody can say whether anything has changed.
    const isRemembered = (): boolean => !options.headless && memory.isKept;
    if (options.script !== undefined && steps)
      refuseUnanswerable(options.script, steps, { returns: isRemembered() });
    const board = await ending.or(openLiveBoard(options.board, around, disk), late => void late.close());
    ending.silenceBy(() => board.driver.silent());
    const parts = { options, around, folder, disk, settings, cues, recording, memory, board };
    const live = liveSessions({ ...parts, isRemembered, changed: () => changed() });
    const controller = new Controller({ ...parts, ending, lanHosts, broker, steps, live });
    changed = () => controller.#server?.changed();
    controller.#prepare();
    return controller;
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What takes the place of a page's buttons, and what was answered before anybody was asked. */
  #prepare(): void {
    const { options, settings, around, recording, steps, live } = this.#parts;
    const { sessions } = live;
    // A page shows it; here the hand has only felt EASE.
    if (options.headless) {
      sessions.listen({
        refused: ({ limit, next }) => {
          if (limit === hindered.alone.limit) lastWord(next);
          if (limit !== 'recording') return;
          lastWord(`${catalogue.recovery.notRecording} (${recording.journal.failure})`);
        },
      });
      headless(sessions, settings, around.clock, steps === null);
    }
    // The therapist's own word, for this client alone; everyone after that is asked again.
    if (options.intakeAttested && !recording.before?.found)
      sessions.run.intend({ intent: 'screen', complaint: true, answers: {}, others: 'no' });
  }

  /** Serves the page, says that it is ready, and lets a script begin. */
  async begin(): Promise<void> {
    const { options, ending, settings, recording, board, live, steps } = this.#parts;
    const { sessions, calibrator } = live;
    if (!options.headless) await this.#serve();
    const server = this.#server;
    const page = server ? await ending.or(listen(server, options, this.#lanSession)) : null;
    recording.release();
    await ending.or(settings.keep());
    recording.takeOver();
    ending.silenceBy(async () => {
      calibrator.end('left');
      sessions.run.close();
      return await board.driver.silent();
    });
    await this.#toBroker();
    if (steps) this.#script = new LiveScript(options.script ?? '', steps, sessions, board);
    if (options.headless) this.#script?.endsWith(ending);
    await this.#announce(page);
    // What is shown takes its time: hands move only after that.
    this.#script?.start();
    if (page) await ending.or(readLibraryAhead());
    void this.#fetchPlayed();
  }

  /** Nobody waits for it, and nobody has to be told that a board has nothing, or has something else to do. */
  async #fetchPlayed(): Promise<void> {
    const { board, disk, settings } = this.#parts;
    const { keeping } = settings;
    if (!board.played || !keeping || keeping.keep === 'off') return;
    try {
      await disk.ask('played', await board.played());
    } catch {
      // It stays on the board, for the next start or `sessions fetch`, which says why.
    }
  }

  async #serve(): Promise<void> {
    const { options, around, disk, settings, memory, board, live, lanHosts } = this.#parts;
    const { clock } = around;
    // Loaded only where it is needed, as all that belongs to phones.
    const lan = lanHosts && (await import('./lan/lan-session.ts'));
    const isSecure = !options.insecureLan;
    const makeLanSession: Served['makeLanSession'] = isHere =>
      lan &&
      new lan.LanSession(
        { clock, folder: live.folder, hosts: lanHosts, isSecure, disk, say: lastWord },
        isHere,
      );
    const served = serve({ ...live, board, clock, memory, settings, makeLanSession });
    this.#server = served.server;
    this.#lanSession = served.lanSession;
  }

  /** Loaded only where it is asked for: without that nothing of it is there, and nothing leaves. */
  async #toBroker(): Promise<void> {
    const { options, around, board, live, broker } = this.#parts;
    if (broker === null) return;
    const { liveMqtt } = await import('./mqtt/live-mqtt.ts');
    this.#mqtt = liveMqtt({
      clock: around.clock,
      sessions: live.sessions,
      board: options.board === 'emulated' ? 'emulated' : 'real',
      silent: () => board.driver.silent(),
      address: broker,
      name: options.mqttName,
      folder: live.folder,
      worker: around.mqttWorker,
      say: lastWord,
      notice: saidNotices.say,
    });
  }

  async #announce(page: Awaited<ReturnType<typeof listen>> | null): Promise<void> {
    const { options, live, steps } = this.#parts;
    // A script needs nobody who reads.
    const tell = steps ? null : lastWord;
    tell?.(whatRuns(live.sessions.run.routine, options.board));
    process.stdout.write(`ready${page ? ` ${page.address}` : ''}\n`);
    tell?.(page ? startWords.page : startWords.headless);
    if (!page && tell) sayPlainly(live.sessions, tell);
    if (!page?.phones) return;
    const { invitation, lookOf } = await import('./lan/announce.ts');
    process.stdout.write(invitation(page.phones, `${page.address}#phone`, lookOf(process.stdout)));
  }

  async untilItEnds(): Promise<void> {
    const code = await this.#parts.ending.code;
    process.exitCode = code;
    this.#script?.refuseUntested(code);
  }

  async close(): Promise<void> {
    const { recording, disk, board, live } = this.#parts;
    const { sessions, watch, history, kept } = live;
    // It says goodbye while the rest is put away.
    const gone = this.#mqtt?.close();
    await closeAll(
      () => watch.close(),
      () => sessions.run.close(),
      ...recording.closings(hasBegun(sessions)),
      () => history.close(),
      () => kept.close(),
      () => disk.close(),
      () => this.#server?.close(),
      () => this.#lanSession?.close(),
      () => board.close(),
      () => gone,
    );
  }
}

/** Whether something is left for the next process, should this one not come to its end. */
const hasBegun = ({ run }: Sessions): boolean => {
  const { startedAt, unfinished } = run.snapshot.context;
  return startedAt !== null || unfinished !== null;
};

const whatRuns = (routine: Routine, board: string): string =>
  fill(board === 'emulated' ? startWords.emulated : startWords.real, {
    title: routine.title,
    minutes: Math.round(minutesOf(routine)),
    board: shown(board),
  });
