/** That a session costs no more than what happens in it. Counted, not timed: no busy machine can change it. */
import { afterEach, expect, it, vi } from 'vitest';
import * as timelines from '../../../machines/routine/timeline.ts';
import { deadlines } from '../../../machines/session.time.ts';
import { isLong } from '../../support/length.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { simulated } from '../../support/simulated.ts';

let reads = 0;

/** Every look at a pass is counted. */
function countReads(): void {
  const { timeline } = timelines;
  const counted = (pass: timelines.Pass): timelines.Pass =>
    new Proxy(pass, {
      get: (target, field, receiver) => {
        reads += 1;
        return Reflect.get(target, field, receiver);
      },
    });
  vi.spyOn(timelines, 'timeline').mockImplementation((...given) => timeline(...given).map(counted));
}

afterEach(() => vi.restoreAllMocks());

it('works each deadline out once for what the session remembers, however often it is asked', async () => {
  const names = Object.keys(deadlines) as (keyof typeof deadlines)[];
  const spies = names.map(name => ({ name, spy: vi.spyOn(deadlines, name) }));
  await simulated();
  const asked = spies.map(({ name, spy }) => ({
    name,
    contexts: spy.mock.calls.map(([context]) => context),
  }));
  expect(asked.find(({ name }) => name === 'leaseIsRenewed')?.contexts.length).toBeGreaterThan(100);
  for (const { name, contexts } of asked)
    expect([name, contexts.length]).toEqual([name, new Set(contexts).size]);
});

/** How often passes are looked at in a session of so many phases of 10 s, for each of them. */
async function readsAPhase(phases: number): Promise<number> {
  const { phases: whole, ...small } = routine([warmUp(), phaseFields(), cooldown()]);
  const [first, second, last] = whole;
  if (!first || !second || !last) throw new Error('a routine has lost its phases');
  const between = Array.from({ length: phases - 2 }, (_, index) => ({ ...second, id: `phase-${index}` }));
  // Shorter than a file may have them: 500 of 30 s would not fit into the longest session.
  const all = [first, ...between, last].map(phase => ({ ...phase, durationS: 10 }));
  reads = 0;
  const { outcome } = await simulated({ routine: { ...small, phases: all } });
  expect(outcome).toMatchObject({ outcome: 'completed', reason: 'routineDone' });
  return reads / phases;
}

/** Were each looked at in each of them, it would be as many times as often. */
const sizes = isLong ? { few: 50, many: 500 } : { few: 25, many: 100 };

it(`looks at its passes as often for each of ${sizes.many} phases as for each of ${sizes.few}`, async () => {
  countReads();
  const few = await readsAPhase(sizes.few);
  const many = await readsAPhase(sizes.many);
  expect(few).toBeGreaterThan(10);
  expect(many / few).toBeLessThan(1.25);
});
