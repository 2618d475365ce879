/** That a session costs no more than what happens in it. Counted, not timed: no busy machine can change it. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Pass } from '../../../machines/routine/timeline.ts';
import { deadlines } from '../../../machines/session.time.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { simulated } from '../../support/simulated.ts';

const { reads } = vi.hoisted(() => ({ reads: { count: 0 } }));

/** Every look at a pass is counted. */
vi.mock('../../../machines/routine/timeline.ts', async original => {
  const real = await original<typeof import('../../../machines/routine/timeline.ts')>();
  const counted = (pass: Pass): Pass =>
    new Proxy(pass, {
      get: (target, field, receiver) => {
        reads.count += 1;
        return Reflect.get(target, field, receiver);
      },
    });
  return {
    ...real,
    timeline: (...args: Parameters<typeof real.timeline>) => real.timeline(...args).map(counted),
  };
});

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
  reads.count = 0;
  const { outcome } = await simulated({ routine: { ...small, phases: all } });
  expect(outcome).toMatchObject({ outcome: 'completed', reason: 'routineDone' });
  return reads.count / phases;
}

it('looks at its passes as often for each of 500 phases as for each of 50', async () => {
  const few = await readsAPhase(50);
  const many = await readsAPhase(500);
  expect(few).toBeGreaterThan(10);
  expect(many / few).toBeLessThan(1.25);
});
