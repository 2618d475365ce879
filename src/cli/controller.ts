/** The live controller: board, sessions, page, until a signal ends it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, version } from '../installed.ts';
import { ScriptPlayer } from '../script-player.ts';
import { Sessions } from '../sessions.ts';
import { SystemClock } from '../system-clock.ts';
import { pageFiles } from '../wire/page-files.ts';
import { Server } from '../wire/server.ts';
import { Viewers } from '../wire/viewers.ts';
import { Exit } from './exit.ts';
import { routineFrom, scriptFrom, writer } from './files.ts';
import { type LiveBoard, openLiveBoard } from './live-board.ts';
import { untilEnded } from './signals.ts';

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
  const journal = options.journal === undefined ? null : writer(options.journal, { eachLine: true });
  const clock = new SystemClock();
  const board = await openLiveBoard(options.board, clock);
  const sessions = new Sessions(
    {
      clock,
      driver: board.driver,
      product: `tactus ${version}`,
      ...(journal && { journal: () => journal.write }),
    },
    routine,
  );

  let server: Server | null = null;
  try {
    if (!options.headless) server = serve(sessions, board.button, clock);
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
    server?.close();
    sessions.run.close();
    journal?.close();
    await board.close();
  }
}

function serve(sessions: Sessions, button: LiveBoard['button'], clock: SystemClock): Server {
  const folder = join(packageRoot, 'dist', 'page');
  if (!existsSync(folder)) throw new Exit('noInput', 'the page is not built; run npm run build');
  const viewers = new Viewers({ sessions, now: () => clock.now(), ...(button && { button }) });
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
