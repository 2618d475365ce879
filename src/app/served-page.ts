/** The page of a live controller: what it is made of, who is let in, and where it listens. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../installed.ts';
import { Api } from '../server/api.ts';
import { benchFaults } from '../server/bench-messages.ts';
import type { AgeOccasion, KeptHistory } from '../server/history-api.ts';
import type { Guest } from '../server/lan/pairing.ts';
import type { PhoneView } from '../server/lan/phone-messages.ts';
import { pageFiles } from '../server/page-files.ts';
import { Server } from '../server/server.ts';
import type { TelemetryBuffer } from '../server/telemetry.ts';
import { Viewers } from '../server/viewers.ts';
import type { Calibrator } from '../session/calibrator.ts';
import type { Sessions } from '../session/sessions.ts';
import { codeOf } from '../storage/error-code.ts';
import { noticeSentence } from '../storage/notices.ts';
import type { ScreeningMemory } from '../storage/screening-memory.ts';
import type { Clock } from '../time/clock.ts';
import { Exit, shown } from './exit.ts';
import type { LanSession } from './lan/lan-session.ts';
import type { LiveBoard } from './live-board.ts';
import { saidNotices } from './said-notices.ts';
import type { StartOptions } from './start-options.ts';
import type { StartSettings } from './start-settings.ts';

/** The page holds the only buttons of an emulated board: this long after the last that has them has gone, pause. */
const pageGoneMs = 5000;

export type Served = Readonly<{
  sessions: Sessions;
  board: LiveBoard;
  bench: TelemetryBuffer;
  clock: Clock;
  memory: ScreeningMemory;
  settings: StartSettings;
  kept: KeptHistory;
  /** Erases what is too old. */
  eraseOld(occasion: AgeOccasion): void;
  calibrator: Calibrator;
  /** What holds for phones; null without `--lan`. */
  makeLanSession(isHere: (guest: Guest) => boolean): LanSession | null;
}>;

export function serve({
  sessions,
  board,
  bench,
  clock,
  memory,
  settings,
  kept,
  eraseOld,
  calibrator,
  makeLanSession,
}: Served): {
  server: Server;
  lanSession: LanSession | null;
} {
  const { button, meet } = board;
  const folder = join(packageRoot, 'dist', 'page');
  if (!existsSync(folder)) throw new Exit('noInput', 'the page is not built; run npm run build');
  const lanSession = makeLanSession(({ id }) => viewers.hasGuest(id));
  const viewers: Viewers = new Viewers({
    sessions,
    memory,
    now: () => clock.now(),
    bench,
    ...(button && { button }),
    ...(meet && { faults: { names: benchFaults, meet } }),
    offers: settings.offers,
    calibrator,
    roleChanged: () => pauseWithoutButtons(),
    ...(lanSession && { audit: lanSession.heard }),
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
      own: settings.own,
      history: kept,
      preferences: () => settings.preferences,
      change: async change => {
        const after = await settings.change(change);
        // Somebody has just said for how long: what is older goes now.
        if (change.keepDays !== undefined) eraseOld({ why: 'agreed' });
        return after;
      },
      notices: () => saidNotices.all.map(noticeSentence),
    }),
    ...(lanSession && { lan: lanSession.lan, phones: lanSession.phones }),
    peopled: pauseWithoutButtons,
  });
  sessions.listen({ changed: () => server.changed() });
  return { server, lanSession };
}

/** Listens on loopback, and on the network where that was asked for; where the page is, and what phones need. */
export async function listen(
  server: Server,
  { http: port, host, lan }: Pick<StartOptions, 'http' | 'host' | 'lan'>,
  lanSession: LanSession | null,
): Promise<Readonly<{ address: string; phones: PhoneView | null }>> {
  try {
    // With --lan the host is the network's, and the page itself stays on loopback.
    const address = await server.listen(port, lan ? undefined : host);
    const phones = lanSession && (await lanSession.open(server, Number(new URL(address).port || 80)));
    return { address, phones };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE')
      throw new Exit('busy', `port ${port} is taken: stop what uses it, or choose another with --http N`);
    if (code === 'EACCES')
      throw new Exit('notPermitted', `port ${port} may not be used: choose one above 1023 with --http N`);
    if (code === 'EADDRNOTAVAIL')
      throw new Exit('noDevice', `${shown(host ?? 'the address')}: cannot be listened on here any more`);
    throw error;
  }
}
