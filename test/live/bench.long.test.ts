import { expect, it } from 'vitest';
import { leaseLimits } from '../../machines/limits.ts';
import { tactus } from '../support/cli.ts';

type Told = Readonly<{
  what: string;
  ours: number;
  instead: number;
  ratio: number | null;
  warm?: number;
  warmRatio?: number;
}>;

it('sets each figure beside what one would do instead, measured in the same run', async () => {
  const { code, out, err } = await tactus(['bench', '--seconds', '1', '--json']);
  expect([code, err]).toEqual([0, '']);
  const figures = JSON.parse(out) as Told[];
  expect(figures.map(({ what }) => what.replace(/ .*/, ''))).toEqual(['beat', 'a', 'a', '250', 'motors']);
  for (const { ours, instead, ratio } of figures) {
    expect(ours).toBeGreaterThanOrEqual(0);
    expect(ratio).toBe(ours > 0 ? instead / ours : null);
  }
  // The machines alone are told warm as well, by how many times they outrun real time.
  const warmed = figures.filter(({ warm }) => warm !== undefined);
  expect(warmed.map(({ what }) => what.replace(/,.*/, ''))).toEqual(['a whole leg-and-back']);
  for (const { ours, instead, warm = Number.NaN, warmRatio } of warmed) {
    expect(warm).toBeLessThanOrEqual(ours);
    expect(warmRatio).toBe(instead / warm);
  }
  // In virtual time, so that no busy machine can change it: the firmware lets go within its lease.
  const silence = figures.at(-1);
  expect(silence?.ours).toBeGreaterThan(0);
  expect(silence?.ours).toBeLessThanOrEqual(leaseLimits.leaseMs);
});

it('tells them one by one, in words', async () => {
  const { code, out, err } = await tactus(['bench', '--seconds', '1']);
  expect(code).toBe(0);
  expect(err).toBe('1 of 5 …\n2 of 5 …\n3 of 5 …\n4 of 5 …\n5 of 5 …\n');
  expect(out).toMatch(/^beat 20 of 50 ms, away from where it belongs\n +\d.* absolute deadlines\n/);
  expect(out).toContain('avr8js’ own');
  expect(out).toContain('the lease in the firmware');
  expect(out).toMatch(/ the same, warm \(\d+ times real time\)\n/);
});

it('wants seconds that are some: 64', async () => {
  expect((await tactus(['bench', '--seconds', '0'])).code).toBe(64);
});
