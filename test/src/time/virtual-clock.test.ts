import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedFrom } from '../../../src/time/clock.ts';
import { seeded, VirtualClock } from '../../../src/time/virtual-clock.ts';

describe('a virtual clock', () => {
  it('hops from deadline to deadline, in their order, those of one moment as they were set', () => {
    const clock = new VirtualClock();
    const heard: string[] = [];
    const set = (name: string, at: number): void =>
      void clock.at(at, () => heard.push(`${name} ${clock.now()}`));
    set('late', 70);
    set('a', 30);
    set('b', 30);
    set('early', 10);
    set('c', 30);
    while (clock.hop());
    expect(heard).toEqual(['early 10', 'a 30', 'b 30', 'c 30', 'late 70']);
    expect(clock.now()).toBe(70);
  });

  it('runs a deadline that has passed next, without going back', () => {
    const clock = new VirtualClock();
    clock.pass(100);
    const heard: number[] = [];
    clock.at(20, () => heard.push(clock.now()));
    clock.at(110, () => heard.push(clock.now()));
    expect(heard).toEqual([]);
    expect(clock.next()).toBe(100);
    while (clock.hop());
    expect(heard).toEqual([100, 110]);
  });

  it('runs deadlines in the order of a sorted list, whatever is set and taken back', () => {
    const deeds = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ set: fc.integer({ min: 0, max: 50 }) }) },
        { weight: 2, arbitrary: fc.record({ takeBack: fc.nat(60) }) },
        { weight: 1, arbitrary: fc.constant({ hop: true }) },
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(deeds, list => {
        const clock = new VirtualClock();
        const heard: number[] = [];
        // The model: a plain list, searched anew each time.
        let waiting: { deadline: number; order: number }[] = [];
        const expected: number[] = [];
        const cancels: (() => void)[] = [];
        const modelHop = (): void => {
          const [first] = waiting.toSorted(
            (one, other) => one.deadline - other.deadline || one.order - other.order,
          );
          if (!first) return;
          expected.push(first.order);
          waiting = waiting.filter(one => one !== first);
        };
        for (const deed of list) {
          if ('set' in deed) {
            const order = cancels.length;
            // A deadline behind the clock counts by its own time still.
            waiting.push({ deadline: deed.set, order });
            cancels.push(clock.at(deed.set, () => heard.push(order)));
          } else if ('takeBack' in deed) {
            cancels[deed.takeBack]?.();
            waiting = waiting.filter(({ order }) => order !== deed.takeBack);
          } else {
            clock.hop();
            modelHop();
          }
        }
        while (waiting.length > 0) modelHop();
        while (clock.hop());
        expect(heard).toEqual(expected);
        expect(clock.next()).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 30 }), deadlines => {
        const clock = new VirtualClock();
        const seen: number[] = [];
        for (const at of deadlines) clock.at(at, () => seen.push(clock.now()));
        while (clock.hop());
        expect(seen).toEqual(seen.toSorted((one, other) => one - other));
        expect(seen).toHaveLength(deadlines.length);
      }),
    );
  });

  it('takes a deadline back once, twice, or after it has run, and no other', () => {
    const clock = new VirtualClock();
    const heard: string[] = [];
    const first = clock.at(10, () => heard.push('first'));
    const second = clock.at(20, () => heard.push('second'));
    first();
    first();
    while (clock.hop());
    second();
    expect(heard).toEqual(['second']);
  });

  it('may be asked for more while it runs', () => {
    const clock = new VirtualClock();
    const heard: number[] = [];
    const beat = (at: number): void =>
      void clock.at(at, () => {
        heard.push(at);
        if (at < 50) beat(at + 10);
      });
    beat(10);
    while (clock.hop());
    expect(heard).toEqual([10, 20, 30, 40, 50]);
  });

  it('has no deadline that is no moment', () => {
    const clock = new VirtualClock();
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => clock.at(at, () => {})).toThrow(RangeError);
    expect(clock.hop()).toBe(false);
  });

  it('runs what lies up to a time, stands there then, and leaves the rest', () => {
    const clock = new VirtualClock();
    const heard: number[] = [];
    for (const at of [10, 20, 20, 21]) clock.at(at, () => heard.push(at));
    clock.runUntil(20);
    expect([heard, clock.now(), clock.next()]).toEqual([[10, 20, 20], 20, 21]);
    clock.runUntil(100);
    expect(clock.now()).toBe(100);
  });

  it('throws rather than run in circles', () => {
    const clock = new VirtualClock();
    const again = (): void => void clock.at(clock.now(), again);
    again();
    expect(() => clock.runUntil(10, 1000)).toThrow('more than 1000 deadlines before 10 ms');
  });

  it('passes time without running what falls due', () => {
    const clock = new VirtualClock();
    let ran = false;
    clock.at(10, () => {
      ran = true;
    });
    clock.pass(50);
    clock.pass(40);
    expect([clock.now(), ran]).toEqual([50, false]);
  });
});

describe('jitter', () => {
  const lateBy = (seed: number): number[] => {
    const clock = new VirtualClock({ jitterMs: 8, seed });
    const late: number[] = [];
    for (let at = 100; at <= 10_000; at += 100) clock.at(at, () => late.push(clock.now() - at));
    while (clock.hop());
    return late;
  };

  it('delays every deadline by less than it says, never hastens one', () => {
    const late = lateBy(7);
    expect(late).toHaveLength(100);
    for (const ms of late) expect([ms >= 0, ms < 8]).toEqual([true, true]);
    expect(Math.max(...late)).toBeGreaterThan(6);
  });

  it('is the same for the same seed and another for another', () => {
    expect(lateBy(7)).toEqual(lateBy(7));
    expect(lateBy(7)).not.toEqual(lateBy(8));
  });

  it('is not there unless it is asked for', () => {
    const clock = new VirtualClock({ seed: 3 });
    clock.at(12, () => {});
    clock.hop();
    expect(clock.now()).toBe(12);
  });
});

it('a seeded generator is spread over 0 to 1, evenly enough', () => {
  const random = seeded(42);
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let count = 0; count < 10_000; count++) {
    const value = random();
    expect(value >= 0 && value < 1).toBe(true);
    tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

it('a clock counted from another zero is the same clock', () => {
  const clock = new VirtualClock();
  clock.pass(5000);
  const session = countedFrom(clock, 5000);
  const heard: number[] = [];
  session.at(70, () => heard.push(session.now(), clock.now()));
  const cancel = session.at(80, () => heard.push(-1));
  expect(session.now()).toBe(0);
  cancel();
  while (clock.hop());
  expect(heard).toEqual([70, 5070]);
});
