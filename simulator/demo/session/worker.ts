/** The controller and its emulated board in a worker of the browser: the demo's other end of the line. */
import { answerWords } from '../../../machines/text/answers.ts';
import '../shims/globals.ts';
import type { Driver } from '../../../hardware/driver.ts';
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import hex from '../../../hardware/firmware/tactus-uno.hex?raw';
import { JohnnyFiveDriver } from '../../../hardware/johnny-five-driver.ts';
import { defaultRoutineId, fromLibrary } from '../../../machines/routine/library.ts';
import { RoutineMenu, sessionSettingsOf } from '../../../src/app/routine-menu.ts';
import { HistoryKeeper, type TimeSteering } from '../../../src/history/keeper.ts';
import { json, refused } from '../../../src/server/answer.ts';
import { TelemetryBuffer } from '../../../src/server/telemetry.ts';
import { type Client, Viewers, type ViewersPorts } from '../../../src/server/viewers.ts';
import { type BoardTuning, tunedForNow } from '../../../src/session/board-tuning.ts';
import { Calibrator } from '../../../src/session/calibrator.ts';
import { type Recording, Sessions } from '../../../src/session/sessions.ts';
import { emulatedStage } from '../../../src/simulation/emulated-stage.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { ClockWatch } from '../../../src/time/clock-watch.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import type { BoardTalk } from '../../page/board/board-talk.ts';
import { AskedPage } from '../board/asked-page.ts';
import { RelayedLine } from '../board/relayed-line.ts';
import { beginTalk } from '../board/talks.ts';
import { type KnownBoard, tuningHere } from '../board/tuning-here.ts';
import { Kept } from '../kept/kept.ts';
import type { FromKeeper } from '../kept/kept-messages.ts';
import { RecordingLine } from '../kept/recording/recording-line.ts';
import type { FromWorker, ToWorker } from '../messages.ts';
import { faultsOn } from './bench-faults.ts';
import { onGrid } from './on-grid.ts';
import { PacedStage } from './paced-stage.ts';

const realSetTimeout = globalThis.setTimeout.bind(globalThis);
const realNow = performance.now.bind(performance);
/** The time of day as it is: the stage puts a clock of its own beneath `Date`. */
const wallNow = Date.now.bind(Date);
const real = {
  now: realNow,
  wall: wallNow,
  after: (ms: number, run: () => void) => void realSetTimeout(run, ms),
};

/** Changes within this are sent together. */
const gatherMs = 30;
/** A page that hears nothing for a second says so. */
const beatMs = 400;
const product = 'tactus demo';
const readyWithinMs = 10_000;

const post = (message: FromWorker): void => globalThis.postMessage(message);
const chosen = () => {
  const routine = fromLibrary('first-touch') ?? fromLibrary(defaultRoutineId);
  if (!routine) throw new Error('the library is empty');
  return routine;
};

/** A journal is kept nowhere but in the bench. What fails of the history is told where a journal's failure would be. */
const unrecorded: Recording = {
  get failure() {
    return keeper?.failure ?? null;
  },
  begin: () => () => {},
  over: () => {},
};

/** Nothing can be believed any more: the page is told why, and shows nothing as live. */
const fail = (error: unknown): void =>
  post({ failed: error instanceof Error ? error.message : String(error) });

type Show = Readonly<{ sessions: Sessions; hear(text: string): void; look(): void }>;

/** Sessions on a board, shown to the one page that this worker belongs to. */
function show(
  ports: Readonly<{
    clock: Clock;
    driver: Driver;
    bench: TelemetryBuffer;
    kept: Kept;
    tuning: BoardTuning;
    trace?: () => void;
    steering?: TimeSteering;
  }>,
  also: Omit<ViewersPorts, 'sessions' | 'now' | 'bench' | 'offers' | 'calibrator'>,
): Show {
  const { clock, driver, bench, kept, tuning } = ports;
  const likes = { own: kept, preferences: () => kept.preferences() };
  const offers = new RoutineMenu({ ...likes, change: change => kept.change(change) });
  const sessions = new Sessions(
    {
      clock,
      driver,
      product,
      trace: line => {
        bench.trace(line);
        ports.trace?.();
      },
      journal: bench.beside(unrecorded),
      history: historyOf(kept, offers, ports.steering),
      settings: () => sessionSettingsOf(kept.preferences()),
      glideMs: () => (tuning.known()?.calibration ?? tuning.usual).glideMs,
    },
    { routine: chosen() },
  );
  const calibrator = new Calibrator({ clock, sessions, driver, tuning });
  const viewers = new Viewers({ sessions, now: realNow, bench, offers, calibrator, ...also });
  const client: Client = { send: text => post({ text }), waitingBytes: () => 0, close: () => {} };
  let isNew = true;
  let shownAt = 0;
  let beatAt = 0;
  sessions.listen({
    changed: () => {
      isNew = true;
    },
    entered: state => {
      if (state === 'warmUp') void offers.begun(sessions.run.routine);
    },
  });
  keptChanged = what => viewers.keptChanged(what);
  post({ opened: true });
  viewers.join(client);
  return {
    sessions,
    hear: text => {
      viewers.hear(client, text);
      isNew = true;
    },
    look: () => {
      const now = realNow();
      const isBeat = now - beatAt >= beatMs;
      if (!isBeat && (!isNew || now - shownAt < gatherMs)) return;
      viewers.update(isBeat);
      isNew = false;
      shownAt = now;
      if (isBeat) beatAt = now;
    },
  };
}

async function emulated(seed: number, kept: Kept): Promise<(text: string) => void> {
  const stage = await emulatedStage(hex, seed);
  const bench = new TelemetryBuffer();
  const boardControls = onGrid(stage.boardControls, stage.clock, () => shown.sessions.run.clock);
  const stall = { kind: 'fault', fault: 'stall' } as const;
  const paced = new PacedStage(stage, bench, real, () => {
    bench.deed({ fault: stall.fault });
    boardControls.fault(stall);
  });
  const shown = show(
    {
      clock: stage.clock,
      driver: stage.driver,
      bench,
      kept,
      tuning: tunedForNow(uncalibratedBoard, () => Date.now()),
      trace: () => paced.noteEvent(),
      steering: paced,
    },
    {
      button: boardControls.button,
      faults: faultsOn(boardControls),
      time: paced,
    },
  );
  if (stage.line)
    bench.attach(shown.sessions, stage.clock, {
      line: stage.line,
      onPin: listener =>
        stage.tell?.(line => {
          if (line.type === 'pin') listener(line.at, line.motor, line.duty);
        }, 0),
    });
  paced.run(shown.sessions, shown.look).catch(fail);
  return text => paced.soon(() => shown.hear(text));
}

/** A real board on the page's serial port: real time, real buttons, no faults on demand. */
async function serial(line: RelayedLine, kept: Kept, known: KnownBoard): Promise<(text: string) => void> {
  const clock = new SystemClock();
  const driver = new JohnnyFiveDriver(line, clock, known.settings ?? {});
  line.open();
  await Promise.race([
    driver.connect(),
    new Promise<never>((_, reject) => {
      realSetTimeout(() => reject(new Error('no Tactus firmware answered within 10 s')), readyWithinMs);
    }),
  ]);
  const bench = new TelemetryBuffer();
  const shown = show(
    { clock, driver, bench, kept, tuning: tuningHere(known, settings => page.keep(settings)) },
    {},
  );
  bench.attach(shown.sessions, clock, { line });
  // A machine that slept, or a clock that was set: what the board did meanwhile nobody knows.
  new ClockWatch(clock, wallNow, () => {
    const { run } = shown.sessions;
    if (run.snapshot.hasTag('engaged')) run.fault('clockJumped');
  });
  setInterval(() => shown.look(), gatherMs / 2);
  return shown.hear;
}

const page = new AskedPage(new SystemClock(), (ask, what) => post({ pageAsk: { ask, what } }));

let hear: ((text: string) => void) | null = null;
let line: RelayedLine | null = null;
const kept = new Kept();
let keeper: RecordingLine | null = null;
let keptChanged: (what: 'sessions' | 'routines') => void = () => {};
let talk: BoardTalk | null = null;

/** What is kept of sessions, beyond this visit; nothing of it is written here. */
function historyOf(own: Kept, offers: RoutineMenu, steering?: TimeSteering): HistoryKeeper | undefined {
  const store = keeper;
  return store
    ? new HistoryKeeper({
        store,
        preferences: () => ({ keep: own.keeps }),
        over: id => store.over(id),
        wallNow,
        product,
        pid: 0,
        user: () => offers.user,
        steering,
      })
    : undefined;
}

/** What is kept has to be known before a session opens; so long it is waited for. */
const keptWithinMs = 1500;

/** Resolves once what this browser keeps is known, or has not come in time. */
function joinKeeper(port: MessagePort): Promise<void> {
  const joined = new RecordingLine({
    send: message => port.postMessage(message),
    wallNow,
    after: real.after,
  });
  keeper = joined;
  return new Promise(resolve => {
    real.after(keptWithinMs, resolve);
    port.onmessage = ({ data }: MessageEvent<FromKeeper>) => {
      joined.hear(data);
      if ('state' in data) {
        kept.take(data.state);
        resolve();
      } else if ('changed' in data) keptChanged(data.changed);
    };
  });
}

globalThis.onmessage = ({ data, ports: [port] }: MessageEvent<ToWorker>) => {
  if ('text' in data) hear?.(data.text);
  else if ('ask' in data) answer(data.ask);
  else if ('bytes' in data) line?.receive(data.bytes);
  else if ('unplugged' in data) line?.leave();
  else if ('pageAnswer' in data) page.answered(data.pageAnswer.ask, data.pageAnswer.answer);
  else if ('replied' in data) talk?.answer(data.replied.question, data.replied.key);
  else if ('ends' in data) talk?.end(data.ends);
  else if ('talk' in data) {
    line = relayed();
    const ports = { clock: new SystemClock(), line, page };
    talk = beginTalk(data.talk, ports, view => post({ talk: view }));
  } else {
    const known = port ? joinKeeper(port) : Promise.resolve();
    if (data.board === 'emulated') begin(known.then(() => emulated(data.seed, kept)));
    else {
      const own = relayed();
      line = own;
      begin(known.then(() => serial(own, kept, data.known)));
    }
  }
};

function relayed(): RelayedLine {
  return new RelayedLine(bytes => post({ bytes }));
}

/** Preferences as they hold now; all else that is kept is asked of the worker that keeps it. */
function answer({ id, method, path }: Extract<ToWorker, { ask: unknown }>['ask']): void {
  const isKnown = method === 'GET' && path === '/preferences';
  const { status, body } = isKnown ? json(kept.preferences()) : refused(404, answerWords.noThing);
  post({ answer: { id, status, body } });
}

function begin(starting: Promise<(text: string) => void>): void {
  starting.then(ready => {
    hear = ready;
  }, fail);
}
