import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostTime, installHostTime } from '../../../src/time/host-time.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';

let clock: VirtualClock;
let host: HostTime;
beforeEach(() => {
  clock = new VirtualClock();
  host = installHostTime(clock);
});
afterEach(() => {
  host.restore();
});

describe('virtual time beneath a library', () => {
  it('runs timeouts by the clock alone, with what they were given', () => {
    const heard: string[] = [];
    setTimeout((...values: string[]) => heard.push(`${values.join(' ')} ${clock.now()}`), 250, 'a', 'b');
    clock.runUntil(249);
    expect(heard).toEqual([]);
    clock.runUntil(250);
    expect(heard).toEqual(['a b 250']);
  });

  it.each([
    [0, 1],
    [-5, 1],
    [undefined, 1],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [2 ** 31, 1],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [7.5, 7.5],
  ])('takes a delay of %s for %i ms, as the platform does', (delay, expected) => {
    let ran = -1;
    setTimeout(() => {
      ran = clock.now();
    }, delay);
    clock.runUntil(expected);
    expect(ran).toBe(expected);
  });

  it('runs timeouts in the order of their times, ties as they were set', () => {
    const heard: string[] = [];
    setTimeout(() => heard.push('c'), 20);
    setTimeout(() => heard.push('a'), 10);
    setTimeout(() => heard.push('b'), 10);
    clock.runUntil(100);
    expect(heard).toEqual(['a', 'b', 'c']);
  });

  it('takes a timeout back, and no other', () => {
    const heard: string[] = [];
    const one = setTimeout(() => heard.push('one'), 10);
    setTimeout(() => heard.push('other'), 10);
    clearTimeout(one);
    clearTimeout(one);
    clearTimeout(undefined);
    clock.runUntil(100);
    expect(heard).toEqual(['other']);
  });

  it('repeats an interval until it is taken back, by itself too', () => {
    const heard: number[] = [];
    const interval = setInterval(() => {
      heard.push(clock.now());
      if (heard.length === 3) clearInterval(interval);
    }, 100);
    clock.runUntil(10_000);
    expect(heard).toEqual([100, 200, 300]);
  });

  it('has dates of its own time', () => {
    clock.pass(1234.9);
    expect([Date.now(), new Date().toISOString()]).toEqual([1234, '1970-01-01T00:00:01.234Z']);
    expect(new Date() instanceof Date).toBe(true);
    expect(new Date(2020, 1, 3).getFullYear()).toBe(2020);
    expect(Date.UTC(1970, 0, 2)).toBe(86_400_000);
    expect(Date()).toBe(new Date(1234).toString());
  });

  it('says whether a timer has run since it was last asked', () => {
    expect(host.stirred()).toBe(false);
    setTimeout(() => {}, 10);
    clock.runUntil(9);
    expect(host.stirred()).toBe(false);
    clock.runUntil(10);
    expect([host.stirred(), host.stirred()]).toEqual([true, false]);
  });

  it('has timers that may be told to keep the process alive or not: it is all the same to them', () => {
    const timer = setTimeout(() => {}, 10) as unknown as { ref(): unknown; unref(): unknown };
    expect(timer.unref()).toBe(timer);
    expect(timer.ref()).toBe(timer);
    clearTimeout(timer as unknown as NodeJS.Timeout);
    expect(clock.next()).toBeNull();
  });
});

it('gives the process its own time back, and runs nothing that was left', () => {
  let ran = false;
  setTimeout(() => {
    ran = true;
  }, 10);
  host.restore();
  clock.runUntil(1000);
  expect(ran).toBe(false);
  expect(Date.now()).toBeGreaterThan(1_600_000_000_000);
  host = installHostTime(clock);
});
