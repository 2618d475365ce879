import { beforeEach, expect, test } from 'vitest';
import { ClockWatch } from '../../../src/time/clock-watch.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';

let clock: VirtualClock;
let offset: number;
let jumps: number[];
let watch: ClockWatch;

beforeEach(() => {
  clock = new VirtualClock();
  offset = 1_700_000_000_000;
  jumps = [];
  watch = new ClockWatch(
    clock,
    () => clock.now() + offset,
    byMs => jumps.push(byMs),
  );
});

test('two clocks that go together are left alone', () => {
  clock.runUntil(60_000);
  expect(jumps).toEqual([]);
});

test.each([
  ['an hour back', -3_600_000],
  ['a day ahead', 86_400_000],
  ['a night asleep', 28_800_000],
])('%s is told once, by how much', (_, byMs) => {
  clock.runUntil(1000);
  offset += byMs;
  clock.runUntil(10_000);
  expect(jumps).toEqual([byMs]);
});

test('a clock that is slowly put right is left alone', () => {
  for (let step = 0; step < 100; step++) {
    offset += 50;
    clock.runUntil(clock.now() + 250);
  }
  expect(jumps).toEqual([]);
});

test('a closed watch looks no more', () => {
  watch.close();
  offset += 5000;
  clock.runUntil(10_000);
  expect(jumps).toEqual([]);
});
