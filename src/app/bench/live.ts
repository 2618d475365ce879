/** A controller with its page, in a process of its own, as a person starts it, and somebody at that page. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent } from '../../../machines/intent.ts';
import type { StateName } from '../../../machines/session.states.ts';
import type { Child, Children } from './children.ts';
import { PageClient } from './page-client.ts';
import { brisk, toStart } from './session.ts';

const readyWithinMs = 60_000;
const movesWithinMs = 20_000;

export type Live = Readonly<{ child: Child; address: string }>;

/** Resolves once page and board are live. */
export async function startLive(children: Children, ...words: readonly string[]): Promise<Live> {
  const routine = join(children.folder, 'brisk.json');
  writeFileSync(routine, JSON.stringify(brisk));
  const child = children.program('start', '--http', '0', '--routine', routine, ...words);
  const line = await children.line(child, /^ready /, readyWithinMs);
  return { child, address: line.slice('ready '.length) };
}

/** Calm enough to go on: a check-in is answered so, whatever it asks. */
const allIsWell: readonly Intent[] = [{ intent: 'checkIn', local: 1, leg: 0, firmer: false }];

/** What somebody says who wants to go on, wherever the session stands; of what is over another one is begun. */
const goesOn: Readonly<Partial<Record<StateName, readonly Intent[]>>> = {
  screening: toStart,
  preparation: toStart.slice(1),
  'strokes.checkIn': allIsWell,
  'pressureRamp.checkIn': allIsWell,
  transition: [{ intent: 'go' }],
  paused: [{ intent: 'resume' }],
  stopped: [{ intent: 'afterStop', why: 'slip' }],
  // A machine that is held up makes a loop stand still; that is told, and a person goes on from there.
  faulted: [{ intent: 'acknowledge' }, { intent: 'resume' }],
  finishing: [{ intent: 'acknowledge' }],
};
const overStates: readonly StateName[] = ['completed', 'declined', 'interrupted'];
const movingStates: readonly StateName[] = ['warmUp', 'strokes', 'cooldown'];
/** What is refused at first, because the board is not ready again yet, is said anew. */
const saysAgainMs = 500;

/** Leads the session to ledToMoving hands from wherever it stands. Rejects where it does not get there. */
export async function ledToMoving(page: PageClient): Promise<void> {
  const until = performance.now() + movesWithinMs;
  for (;;) {
    const before = page.state;
    if (before !== null && movingStates.includes(before)) return;
    if (performance.now() > until)
      throw new Error(
        `the session stays in ${page.state ?? 'nothing'} for ${movesWithinMs / 1000} s. ${page.refused}`,
      );
    if (before !== null && overStates.includes(before)) page.say({ type: 'again' });
    else page.intend(...((before && goesOn[before]) ?? []));
    await page.until(() => page.state !== before, saysAgainMs).catch(() => {});
  }
}

/** A page whose session has its hands moving. */
export async function movingPage({ address }: Live): Promise<PageClient> {
  const page = await PageClient.join(address);
  try {
    await ledToMoving(page);
  } catch (error) {
    page.close();
    throw error;
  }
  return page;
}
