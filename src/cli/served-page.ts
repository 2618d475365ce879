/** The page of a live controller: what it is made of, who is let in, and where it listens. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import type { Calibrator } from '../calibrator.ts';
import type { Clock } from '../clock.ts';
import { packageRoot } from '../installed.ts';
import type { Memory } from '../memory.ts';
import type { Sessions } from '../sessions.ts';
import { sentenceOf } from '../storage/notices.ts';
import { Api } from '../wire/api.ts';
import { benchFaults } from '../wire/bench-messages.ts';
import type { AgeOccasion, KeptHistory } from '../wire/history-room.ts';
import { pageFiles } from '../wire/page-files.ts';
import type { Guest } from '../wire/pairing.ts';
import type { PhoneView } from '../wire/phone-messages.ts';
import { Server } from '../wire/server.ts';
import { Viewers } from '../wire/viewers.ts';
import { Exit, shown } from './exit.ts';
import type { LanSide } from './lan/lan-side.ts';
import type { LiveBoard } from './live-board.ts';
import type { Remembered } from './remembered.ts';
import type { StartOptions } from './start-options.ts';
import { notices } from './told.ts';

/** The page holds the only buttons of an emulated board: this long after the last that has them has gone, pause. */
const pageGoneMs = 5000;

export type Served = Readonly<{
  sessions: Sessions;
  board: LiveBoard;
  bench: Bench;
  clock: Clock;
  memory: Memory;
  remembered: Remembered;
  kept: KeptHistory;
  /** Erases what is too old. */
  eraseOld(occasion: AgeOccasion): void;
  calibrator: Calibrator;
  /** What holds for phones; null without `--lan`. */
  makeLanSide(isHere: (guest: Guest) => boolean): LanSide | null;
}>;

export function serve({
  sessions,
  board,
  bench,
  clock,
  memory,
  remembered,
  kept,
  eraseOld,
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
    roleChanged: () => pauseWithoutButtons(),
    ...(lanSide && { audit: lanSide.heard }),
  });
  let emptyAt: number | null = null;
  /** Hands are not left to an emulated board whose buttons have all gone. */
  const pauseWithoutButtons = (): void => {
    if (!button) return;
    if (viewers.withButtons > 0) {
      emptyAt = null;
      return;
    }
    if (emptyAt !== null) return;
    const since = clock.now();
    emptyAt = since;
    clock.at(since + pageGoneMs, () => {
      if (emptyAt === since && sessions.run.snapshot.hasTag('engaged'))
        sessions.run.intend({ intent: 'pause' });
    });
  };
  const server = new Server({
    clock,
    viewers,
    // Beside it the page that needs no controller: there time can be steered, which here is everybody's own.
    files: new Map([...pageFiles(folder), ...pageFiles(join(packageRoot, 'dist', 'demo'), '/demo')]),
    api: new Api({
      own: remembered.own,
      history: kept,
      preferences: () => remembered.preferences,
      change: async change => {
        const after = await remembered.change(change);
        // Somebody has just said for how long: what is older goes now.
        if (change.keepDays !== undefined) eraseOld({ why: 'agreed' });
        return after;
      },
      notices: () => notices.all.map(sentenceOf),
    }),
    ...(lanSide && { lan: lanSide.lan, phones: lanSide.phones }),
    peopled: pauseWithoutButtons,
  });
  sessions.listen({ changed: () => server.changed() });
  return { server, lanSide };
}

/** Listens on loopback, and on the network where that was asked for; where the page is, and what phones need. */
export async function listen(
  server: Server,
  { http: port, host, lan }: Pick<StartOptions, 'http' | 'host' | 'lan'>,
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
