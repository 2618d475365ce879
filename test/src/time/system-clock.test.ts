import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../../src/time/system-clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('real time', () => {
  it('is the process’s monotonic clock', () => {
    const clock = new SystemClock();
    const before = clock.now();
    vi.advanceTimersByTime(250);
    expect(clock.now() - before).toBe(250);
  });

  it('runs a deadline once, when it has come', () => {
    const clock = new SystemClock();
    const heard: number[] = [];
    const begun = clock.now();
    clock.at(begun + 100, () => heard.push(clock.now() - begun));
    vi.advanceTimersByTime(99);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual([100]);
    vi.advanceTimersByTime(10_000);
    expect(heard).toHaveLength(1);
  });

  it('runs one that has passed next, not now', () => {
    const clock = new SystemClock();
    let ran = 0;
    clock.at(clock.now() - 1000, () => {
      ran += 1;
    });
    expect(ran).toBe(0);
    vi.advanceTimersByTime(1);
    expect(ran).toBe(1);
  });

  it('never runs early, not by a fraction of a millisecond', () => {
    const clock = new SystemClock();
    const begun = clock.now();
    let at = 0;
    clock.at(begun + 10.4, () => {
      at = clock.now() - begun;
    });
    vi.advanceTimersByTime(20);
    expect(at).toBeGreaterThanOrEqual(10.4);
    expect(at).toBeLessThanOrEqual(12);
  });

  it('waits again where a timer fires before its time', () => {
    const clock = new SystemClock();
    const begun = clock.now();
    const setTimeoutEarly = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementationOnce(((run: () => void, ms: number) =>
      setTimeoutEarly(run, ms - 5)) as typeof setTimeout);
    let at = 0;
    clock.at(begun + 50, () => {
      at = clock.now() - begun;
    });
    vi.advanceTimersByTime(48);
    expect(at).toBe(0);
    vi.advanceTimersByTime(10);
    expect(at).toBe(50);
    vi.restoreAllMocks();
  });

  it('waits for more than 31 bits of milliseconds, in pieces', () => {
    const clock = new SystemClock();
    let ran = false;
    const far = 2 ** 31 + 5000;
    clock.at(clock.now() + far, () => {
      ran = true;
    });
    vi.advanceTimersByTime(far - 1);
    expect(ran).toBe(false);
    vi.advanceTimersByTime(1);
    expect(ran).toBe(true);
  });

  it('takes a deadline back, at once or while it waits again, and twice', () => {
    const clock = new SystemClock();
    let ran = false;
    const cancel = clock.at(clock.now() + 2 ** 31 + 5000, () => {
      ran = true;
    });
    vi.advanceTimersByTime(2 ** 31);
    cancel();
    cancel();
    vi.advanceTimersByTime(100_000);
    expect(ran).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has no deadline that is no moment', () => {
    const clock = new SystemClock();
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => clock.at(at, () => {})).toThrow(RangeError);
    expect(vi.getTimerCount()).toBe(0);
  });
});
