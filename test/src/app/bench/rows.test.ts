/** Rows with tiny counts: that they measure what they say, and nothing of how fast this machine is. */
import { afterEach, describe, expect, it } from 'vitest';
import { beats } from '../../../../src/app/bench/beats.ts';
import { Children } from '../../../../src/app/bench/children.ts';
import { DrivenStage } from '../../../../src/app/bench/driven-stage.ts';
import {
  frameMs,
  leaseMs,
  stopMs,
  switchMs,
  watchdogMs,
  wireBytesAMinute,
} from '../../../../src/app/bench/limits.ts';
import { usedIn } from '../../../../src/app/bench/proc.ts';
import { mostOf } from '../../../../src/app/bench/rows/many.ts';
import { packedFiles } from '../../../../src/app/bench/rows/size.ts';
import { byTurns } from '../../../../src/app/bench/rows/speed.ts';
import { beatWays } from '../../../../src/app/bench/tasks.ts';
import { worldOf } from '../../../../src/app/bench/world.ts';
import { VirtualClock } from '../../../../src/time/virtual-clock.ts';

describe('beats by absolute deadlines', () => {
  it('add nothing up: of a thousand none is later than one timer is', async () => {
    const clock = new VirtualClock({ jitterMs: 3, seed: 4 });
    const making = beats({ way: 'deadlines', everyMs: 50, forMs: 50_000 }, clock);
    clock.runUntil(51_000);
    const made = await making;
    expect(made?.lateMs).toHaveLength(1000);
    expect(Math.max(...(made?.lateMs ?? [Number.NaN]))).toBeLessThanOrEqual(3);
  });
});

// Johnny-Five's own clock reads the date, which the stages below bend: it is tried in a process of its own.
it.each(beatWays.filter(way => way !== 'animation'))(
  'beats are made by %s, each told by how far it is from its place',
  async way => {
    const made = await beats({ way, everyMs: 10, forMs: 120 });
    expect(made?.lateMs.length).toBeGreaterThan(0);
    for (const lateMs of made?.lateMs ?? []) expect(lateMs).toBeGreaterThanOrEqual(0);
  },
);

describe('on the emulated chip, in virtual time,', () => {
  let stage: DrivenStage | null = null;
  afterEach(() => stage?.close());

  it('STOP at the pin, a silent host, a pulled cable and a hang end as the firmware has it', async () => {
    stage = await DrivenStage.open();
    const nothing = (): void => {};
    const stop = await stage.silenceAfter(
      one => one.press('stop', true),
      one => one.press('stop', false),
    );
    expect(stop).toBeGreaterThan(switchMs);
    expect(stop).toBeLessThan(5);
    const byHost = await stage.silenceAfterPress('less', one => one.hush());
    expect(byHost).toBeGreaterThan(stop);
    const lapse = await stage.silenceAfter(nothing, nothing);
    expect(lapse).toBeGreaterThan(50);
    expect(lapse).toBeLessThanOrEqual(leaseMs);
    const pulled = await stage.silenceAfter(
      one => one.unplug(),
      one => one.replug(),
    );
    expect(pulled).toBeLessThanOrEqual(leaseMs);
    await stage.recover();
    const hung = await stage.silenceAfter(one => one.hang(), nothing);
    // A period of the motor's PWM until it is seen.
    expect(hung).toBeLessThanOrEqual(watchdogMs + 1.1);
  });

  it('what falls silent by nothing is no sample', async () => {
    stage = await DrivenStage.open();
    const drives = (one: DrivenStage): void => {
      const again = (left: number): void => {
        one.drive();
        if (left > 0) setTimeout(() => again(left - 1), 50);
      };
      again(20);
    };
    await expect(stage.silenceAfter(drives, () => {})).rejects.toThrow('driven still');
  });
});

describe('the limits', () => {
  it('are those of wire and chip', () => {
    expect(stopMs).toBeCloseTo(0.1736, 3);
    expect(frameMs).toBeCloseTo((23 * 10_000) / 57_600, 3);
    expect(switchMs).toBeCloseTo(2.048, 3);
    expect([leaseMs, watchdogMs, wireBytesAMinute]).toEqual([250, 256, 691_200]);
  });
});

describe('the most that still holds', () => {
  const upTo = (bound: number) => async (count: number) => count <= bound;

  it.each([
    [0, 0],
    [1, 1],
    [3, 3],
    [16, 16],
    [4096, 4096],
    [1e9, 4096],
  ])('of a bound of %d is %d', async (bound, found) => {
    expect(await mostOf(upTo(bound))).toBe(found);
  });

  it('is looked for in few steps, and never more than there is', async () => {
    for (const bound of [5, 37, 700, 3000]) {
      let tries = 0;
      const found = await mostOf(async count => {
        tries += 1;
        return count <= bound;
      });
      expect(found).toBeLessThanOrEqual(bound);
      expect(found).toBeGreaterThan(bound / 2);
      expect(tries).toBeLessThanOrEqual(10);
    }
  });
});

describe('two ways to run the chip', () => {
  it('are compared only where they end alike', () => {
    expect(
      byTurns(
        () => 'here',
        () => 'here',
        3,
      ).theirs,
    ).toHaveLength(3);
    expect(() =>
      byTurns(
        () => 'here',
        () => 'there',
        3,
      ),
    ).toThrow('the two ended differently: here and there');
  });
});

describe('what a process uses', () => {
  const stat = `12 (a) b (c) S 1 ${'0 '.repeat(9)}150 50 0 0`;

  it('is read whatever its name is', () => {
    expect(usedIn(stat, 'Name:\tx\nVmRSS:\t  2048 kB\n')).toEqual({ cpuMs: 2000, memoryMb: 2 });
  });

  it('is not told where the system does not say it', () => {
    expect(usedIn(stat, 'Name:\tx\n')).toBeNull();
    expect(usedIn('', 'VmRSS:\t  2048 kB\n')).toBeNull();
  });
});

it('of a checkout what is packed is counted, and nothing else', () => {
  const files = ['dist/a.js', 'dist/no.txt', 'a/x.hex', 'a/b/x.hex', 'a/b/R.md', 'c/R.md', 'S.md', 'distant'];
  const patterns = ['dist', '!dist/no.txt', 'a/*.hex', '{a,b}/**/*.md', 'S.md'];
  expect(packedFiles(patterns, files)).toEqual(['dist/a.js', 'a/x.hex', 'a/b/R.md', 'S.md']);
});

it('a short run takes fewer samples of everything, and never none', async () => {
  const children = new Children();
  try {
    const short = worldOf(children, 6);
    expect([short.sized(100), short.sized(3), short.sized(3, 2), short.beatsS()]).toEqual([10, 1, 2, 6]);
    expect([short.lasting(10_000), short.lasting(500)]).toEqual([1000, 200]);
    const usual = worldOf(children, null);
    expect([usual.sized(100), usual.beatsS()]).toEqual([100, 240]);
  } finally {
    await children.close();
  }
});
