/** A day of sessions, one after the other, in virtual time: nothing grows, and every rule holds to the end. */
import { expect, it } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { randomScript } from '../support/random-script.ts';
import { linesOf, simulated } from '../support/simulated.ts';
import { note, sized } from './figures.ts';

const hours = sized(24, 6);
const hourMs = 3_600_000;

/** What is held once everything that can be let go has been. */
function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

it('a day of sessions leaves no memory behind', async () => {
  let lastedMs = 0;
  let sessions = 0;
  // The first hour warms what is compiled and kept once.
  let begun: number | null = null;
  for (let seed = 1; lastedMs < hours * hourMs; seed++) {
    const routine = library()[seed % library().length];
    if (!routine) throw new Error('the library is empty');
    const played = await simulated(seed % 3 === 0 ? { steps: randomScript(seed, 10 * 60_000) } : { routine });
    expect(linesOf(played, 'outcome')).toHaveLength(1);
    for (const { motors } of linesOf(played, 'frame').slice(-1)) expect(motors).toBeNull();
    lastedMs += played.lastedMs;
    sessions += 1;
    if (lastedMs > hourMs) begun ??= heapMb();
  }
  const slope = (heapMb() - (begun ?? Number.NaN)) / (hours - 1);
  note({
    id: 'soak-heap',
    what: 'memory that an hour of sessions leaves behind',
    value: Math.max(0, slope),
    unit: 'MB',
    bound: 1,
    of: `${hours} h of virtual time, ${sessions} sessions`,
  });
  expect(slope).toBeLessThan(1);
});
