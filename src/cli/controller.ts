/** The live controller: board, sessions, page, until a signal ends it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from '../bench.ts';
import { ClockWatch } from '../clock-watch.ts';
import { packageRoot, version } from '../installed.ts';
import { type BrokenOff, brokenOff } from '../recovery.ts';
import { ScriptPlayer } from '../script-player.ts';
import { Sessions } from '../sessions.ts';
import { SystemClock } from '../system-clock.ts';
import { benchFaults } from '../wire/bench-messages.ts';
import { pageFiles } from '../wire/page-files.ts';
import { Server } from '../wire/server.ts';
import { Viewers } from '../wire/viewers.ts';
import { Exit } from './exit.ts';
import { routineFrom, scriptFrom } from './files.ts';
import { JournalFile } from './journal-file.ts';
import { type LiveBoard, openLiveBoard } from './live-board.ts';
import { untilEnded } from './signals.ts';
import { stateFolder } from './state-folder.ts';

export type StartOptions = Readonly<{
  routine: string;
  board: string;
  http: number;
  headless?: true;
  script?: string;
  journal?: string;
}>;

/** The page holds the only buttons of an emulated board: this long after the last page has gone, pause. */
const pageGoneMs = 5000;

export async function runController(options: StartOptions): Promise<void> {
  const routine = routineFrom(options.routine);
  const steps = options.script === undefined ? null : scriptFrom(options.script);
  // One file for each board, so that two controllers side by side do not speak for each other.
  const name = `${options.board}-${options.headless ? 'headless' : options.http}`.replace(
    /[^A-Za-z0-9]+/g,
    '-',
  );
  const recovery = join(stateFolder(), `session-${name}.jsonl`);
  // With a page somebody can answer whether to go on; a script or a board alone begins anew.
  const left = options.headless || steps ? null : leftBehind(recovery);
  const journal = new JournalFile(options.journal ?? recovery, options.journal !== undefined);
  const clock = new SystemClock();
  const board = await openLiveBoard(options.board, clock);
  const bench = new Bench();
  const sessions = new Sessions(
    {
      clock,
      driver: board.driver,
      product: `tactus ${version}`,
      trace: line => bench.trace(line),
      journal: bench.beside(journal),
    },
    left ?? { routine },
  );
  bench.attach(sessions, clock, board);

  const watch = new ClockWatch(
    clock,
    () => Date.now(),
    () => {
      if (sessions.run.snapshot.hasTag('engaged')) sessions.run.fault('clockJumped');
    },
  );

  let server: Server | null = null;
  try {
    if (!options.headless) server = serve(sessions, board, bench, clock);
    const ready = server ? ` ${await listen(server, options.http)}` : '';
    const ended = untilEnded(sessions, {
      silence: async () => {
        sessions.run.close();
        await board.driver.silent();
      },
      // A script without a page has nothing left to do after the outcome.
      stopAtOutcome: Boolean(options.headless && steps),
    });
    if (steps) {
      const player = new ScriptPlayer(sessions.run, sessions.run.clock, steps, {
        button: (button, down) => board.button?.(button, down),
        fault: ({ fault }) => {
          throw new Exit('content', `fault ${fault}: only simulate can do that`);
        },
      });
      player.start();
    }
    process.stdout.write(`ready${ready}\n`);
    process.exitCode = await ended;
  } finally {
    watch.close();
    server?.close();
    sessions.run.close();
    journal.close();
    await board.close();
  }
}

/** What a process that died left behind, told on standard error and offered on the page. */
function leftBehind(path: string): BrokenOff | null {
  if (!existsSync(path)) return null;
  const found = brokenOff(readFileSync(path, 'utf8'), Date.now() - statSync(path).mtimeMs);
  if (found)
    process.stderr.write(
      `the last session broke off at "${found.phase}", ${Math.round(found.goneMs / 1000)} s ago; the page offers to go on, paused\n`,
    );
  return found;
}

function serve(sessions: Sessions, { button, meet }: LiveBoard, bench: Bench, clock: SystemClock): Server {
  const folder = join(packageRoot, 'dist', 'page');
  if (!existsSync(folder)) throw new Exit('noInput', 'the page is not built; run npm run build');
  const viewers = new Viewers({
    sessions,
    now: () => clock.now(),
    bench,
    ...(button && { button }),
    ...(meet && { faults: { names: benchFaults, meet } }),
  });
  let emptyAt: number | null = null;
  const server = new Server({
    clock,
    viewers,
    files: pageFiles(folder),
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
  return server;
}

async function listen(server: Server, port: number): Promise<string> {
  try {
    return await server.listen(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE')
      throw new Exit('busy', `port ${port} is taken: stop what uses it, or choose another with --http N`);
    if (code === 'EACCES')
      throw new Exit('notPermitted', `port ${port} may not be used: choose one above 1023 with --http N`);
    throw error;
  }
}
