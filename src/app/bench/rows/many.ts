/** How many there can be before pacing suffers: sessions in one process, and pages that watch one. */
import { figureWords } from '../../../../machines/text/figures.ts';
import { fill } from '../../../../machines/text/text.ts';
import { Lateness } from '../../../time/lateness.ts';
import { movingPage, startLive } from '../live.ts';
import { PageClient } from '../page-client.ts';
import { pause } from '../pause.ts';
import { type AnyRow, row, unmeasured } from '../rows.ts';
import { measuredBy } from '../task-child.ts';
import { type CrowdPaced, pacedSchema, type Task } from '../tasks.ts';
import type { World } from '../world.ts';

const { by } = figureWords;

/** 99 of 100 moments may be late by this: beyond it a beat is felt as uneven. */
export const lateMs = 10;
/** Where it does not even hold for one, it is not the crowd that is measured. */
const tooBusy = fill(figureWords.why.tooBusy, { lateMs });
const windowMs = 1500;
const spareMs = 60_000;
/** Where it still holds for so many, no more are tried. */
const mostTried = 4096;
/** Between one that holds and one that does not: how often is looked in the middle. */
const halvings = 3;

type Trial = (count: number) => Promise<boolean>;

/** The most for which it holds, found by doubling, then halving; 0 where it does not even hold for one. */
export async function mostOf(holds: Trial, most = mostTried): Promise<number> {
  let good = 0;
  let bad: number | null = null;
  for (let count = 1; count <= most; count *= 4) {
    if (!(await holds(count))) {
      bad = count;
      break;
    }
    good = count;
  }
  if (bad === null) return good;
  for (let left = halvings; left > 0 && bad - good > 1; left--) {
    const middle = Math.round((good + bad) / 2);
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

const holdsFor = ({ withinMs }: CrowdPaced): boolean => withinMs !== null && withinMs <= lateMs;

export async function sessions(world: World): Promise<readonly AnyRow[]> {
  const forMs = world.lasting(windowMs);
  const ask = (task: Task): Promise<CrowdPaced> =>
    measuredBy(world.children, task, pacedSchema, forMs + spareMs);
  /** Processor of one core for each session, by how many there were. */
  const shares = new Map<number, number>();
  const trying =
    (what: 'sessions' | 'chains'): Trial =>
    async count => {
      const paced = await ask({ do: what, count, forMs });
      if (what === 'sessions') shares.set(count, paced.cpuShare / count);
      return holdsFor(paced);
    };
  const most = world.sized(mostTried, 4);
  const own = await mostOf(trying('sessions'), most);
  if (own === 0) return [unmeasured('sessions', 'sessions', tooBusy, { lateMs })];
  // Of the largest crowd that was still in time: an overloaded core shows no more than itself.
  const perSession = shares.get(own) ?? 0;
  const chains = await mostOf(trying('chains'), most);
  return [
    row('sessions', {
      unit: 'sessions',
      better: 'more',
      samples: [own],
      instead: [{ by: by.chains, samples: [chains] }],
      limit: perSession > 0 ? Math.floor(1 / perSession) : 0,
      values: { lateMs, share: `${(perSession * 100).toFixed(2)} %` },
    }),
  ];
}

/** As many as are let in (src/server/sockets.ts): one of them is at the bench, and tells how late moments come. */
export const mostPages = 50;
const crowds = [1, 10, 25, mostPages] as const;

async function latenessOver(page: PageClient, forMs: number): Promise<Lateness> {
  const before = page.batch?.lateness.counts ?? [];
  await pause(forMs);
  const after = page.batch?.lateness.counts ?? [];
  const fresh = new Lateness();
  for (const [bin, count] of after.entries()) {
    fresh.counts[bin] = count - (before[bin] ?? 0);
    fresh.count += fresh.counts[bin] ?? 0;
  }
  return fresh;
}

export async function viewers(world: World): Promise<readonly AnyRow[]> {
  const live = await startLive(world.children);
  const watching: PageClient[] = [];
  try {
    const page = await movingPage(live);
    watching.push(page);
    page.say({ type: 'bench', on: true });
    await page.until(() => page.batch !== null, 5000);
    let good = 0;
    for (const crowd of crowds) {
      while (watching.length < crowd) watching.push(await PageClient.join(live.address, { looks: false }));
      const fresh = await latenessOver(page, world.lasting(3000));
      if (fresh.count === 0) throw new Error('no moment of the session was told');
      if (fresh.within(0.99) > lateMs) break;
      good = crowd;
    }
    if (good === 0) return [unmeasured('viewers', 'pages', tooBusy, { lateMs })];
    return [
      row('viewers', {
        unit: 'pages',
        better: 'more',
        samples: [good],
        limit: mostPages,
        values: { lateMs },
      }),
    ];
  } finally {
    for (const one of watching) one.close();
    await world.children.end(live.child);
  }
}
