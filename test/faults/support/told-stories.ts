/** What devices tell of sessions, at the pace at which they are played: simulated once, then told in real time. */
import { library } from '../../../machines/routine/library.ts';
import { DeviceStory } from '../../../src/mqtt/device-story.ts';
import type { DeviceEvent, DeviceState } from '../../../src/mqtt/messages.ts';
import { rememberedStage } from '../../../src/simulation/recorded-stage.ts';
import { assumedPerson } from '../../../src/simulation/script.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { randomScript } from '../../support/random-script.ts';
import { stepsOf } from '../../support/simulated.ts';

type Body<Event> = Event extends DeviceEvent ? Omit<Event, 'id' | 'at'> : never;

/** Something to tell, so long after the story's beginning. `event`: without the name and the time that it gets when it is told. */
export type Told = Readonly<{ at: number; state: DeviceState; events: readonly Body<DeviceEvent>[] }>;

const restMs = 5000;

/** One session, from its opening to its outcome. */
async function session(seed: number): Promise<readonly Told[]> {
  const routines = library();
  const routine = routines[seed % routines.length];
  if (!routine) throw new Error('the library is empty');
  const told: Told[] = [];
  const stage = rememberedStage();
  const { clock } = stage;
  try {
    await simulate(stage, {
      routine,
      // One in three has somebody at it who does whatever comes to mind.
      steps: seed % 3 === 0 ? stepsOf(randomScript(seed, 5 * 60_000)) : assumedPerson(routine),
      product: 'test',
      follow: run => {
        let story: DeviceStory | null = null;
        const look = (hasEnded: boolean): void => {
          story ??= new DeviceStory(run, { board: 'real', wallNow: () => 0, newId: () => '' });
          const { state, events } = story.look(run, hasEnded);
          if (state)
            told.push({ at: clock.now(), state, events: events.map(({ id: _, at: __, ...body }) => body) });
        };
        run.listen({ changed: () => look(false), ended: () => look(true) });
      },
    });
  } finally {
    stage.close();
  }
  return told;
}

/** Whole sessions one after the other, of which a stretch of `lastsMs` is told, begun somewhere in the first. */
export async function toldStory(seed: number, lastsMs: number): Promise<readonly Told[]> {
  const random = seeded(seed);
  const all: Told[] = [];
  let end = 0;
  let from: number | null = null;
  for (let nth = 0; from === null || end < from + lastsMs; nth++) {
    const one = await session(seed + nth * 1000);
    const begin = end;
    all.push(...one.map(told => ({ ...told, at: told.at + begin })));
    end += (one.at(-1)?.at ?? 0) + restMs;
    from ??= Math.floor(random() * end);
  }
  const first = from;
  return all.map(told => ({ ...told, at: told.at - first })).filter(({ at }) => at >= 0 && at < lastsMs);
}
