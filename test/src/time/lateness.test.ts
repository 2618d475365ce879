import { expect, it } from 'vitest';
import { Lateness, latenessBinsMs } from '../../../src/time/lateness.ts';

const noted = (...late: number[]): Lateness => {
  const lateness = new Lateness();
  for (const ms of late) lateness.note(ms);
  return lateness;
};

it('counts each lateness in the first bin that holds it', () => {
  const { counts, count, worstMs } = noted(0, 0.5, 0.6, 1, 3, 250, 1e9);
  expect(latenessBinsMs).toEqual([0.5, 1, 2, 5, 10, 20, 50, 100, 200, Number.POSITIVE_INFINITY]);
  expect(counts).toEqual([2, 2, 0, 1, 0, 0, 0, 0, 0, 2]);
  expect([count, worstMs]).toEqual([7, 1e9]);
});

it('tells within which bound a share of all lies', () => {
  const lateness = noted(...Array.from({ length: 99 }, () => 0.2), 30);
  expect([lateness.within(0.5), lateness.within(0.99), lateness.within(1)]).toEqual([0.5, 0.5, 50]);
  expect(noted().within(0.99)).toBe(0.5);
});

it('takes a deadline that ran early for one in time', () => {
  expect(noted(-1).counts[0]).toBe(1);
  expect(noted(-1).worstMs).toBe(0);
});

it('uses no more memory for more deadlines', () => {
  const lateness = new Lateness();
  for (let count = 0; count < 100_000; count++) lateness.note(count % 300);
  expect(lateness.counts).toHaveLength(latenessBinsMs.length);
  expect(lateness.counts.reduce((sum, one) => sum + one, 0)).toBe(100_000);
});
