/** What devices tell of sessions, at the pace at which they are played: simulated once, then told in real time. */
import { library } from '../../../machines/routine/library.ts';
import { DeviceStory } from '../../../src/mqtt/device-story.ts';
import type { DeviceEvent, DeviceState } from '../../../src/mqtt/messages.ts';
import { rememberedStage } from '../../../src/simulation/recorded-stage.ts';
import type { Step } from '../../../src/simulation/script.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { begun, type RawStep, stepsOf } from '../../support/simulated.ts';

type Body<Event> = Event extends DeviceEvent ? Omit<Event, 'id' | 'at'> : never;

/** Something to tell, so long after the story's beginning. `event`: without the name and the time that it gets when it is told. */
export type Told = Readonly<{ at: number; state: DeviceState; events: readonly Body<DeviceEvent>[] }>;

const restMs = 5000;
const sessionMs = 5 * 60_000;

const whims: readonly RawStep[] = [
  { intent: 'pause' },
  { intent: 'resume' },
  { intent: 'go' },
  { intent: 'go' },
  { intent: 'less' },
  { intent: 'next' },
  { intent: 'extend' },
  { intent: 'checkIn', local: 1, leg: 0, firmer: true },
  { intent: 'stop' },
  { intent: 'afterStop', why: 'slip' },
];

/** Somebody who leaves nothing as it is for long: there is more to tell than of any real session. */
function restless(seed: number): readonly Step[] {
  const random = seeded(seed);
  const steps: RawStep[] = [];
  for (let at = 1000; at < sessionMs; at += 500 + random() * 3000)
    steps.push({ at: Math.floor(at), ...whims[Math.floor(random() * whims.length)] });
  return stepsOf([...begun, ...steps, { at: sessionMs, intent: 'end' }]);
}

/** So many sessions there are; devices differ in where they begin in them, and in what follows. */
const differentSessions = 25;
const played = new Map<number, Promise<readonly Told[]>>();

function session(seed: number): Promise<readonly Told[]> {
  const number = seed % differentSessions;
  const known = played.get(number) ?? play(number);
  played.set(number, known);
  return known;
}

/** One session, from its opening to its outcome. */
async function play(seed: number): Promise<readonly Told[]> {
  const routines = library();
  const routine = routines[seed % routines.length];
  if (!routine) throw new Error('the library is empty');
  const told: Told[] = [];
  const stage = rememberedStage();
  const { clock } = stage;
  try {
    await simulate(stage, {
      routine,
      steps: restless(seed),
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
    const one = await session(seed + nth * 7);
    const begin = end;
    all.push(...one.map(told => ({ ...told, at: told.at + begin })));
    end += (one.at(-1)?.at ?? 0) + restMs;
    from ??= Math.floor(random() * end);
  }
  const first = from;
  return all.map(told => ({ ...told, at: told.at - first })).filter(({ at }) => at >= 0 && at < lastsMs);
}
