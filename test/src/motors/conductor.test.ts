import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../hardware/recorder.ts';
import { leaseLimits } from '../../../machines/limits.ts';
import type { CueId, Frame, Ms, Order } from '../../../machines/vocabulary.ts';
import { Agenda } from '../../../src/motors/agenda.ts';
import { Conductor } from '../../../src/motors/conductor.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';

const wakers = ['input', 'session', 'link', 'led'] as const;
type Waker = (typeof wakers)[number];

/** A conductor and its agenda with a machine of a test's making: what is due is a list, what is emitted is said outright. */
class Stand {
  readonly clock: VirtualClock;
  readonly driver = new Recorder(100_000);
  readonly conductor: Conductor;
  readonly agenda: Agenda<Waker>;
  readonly frames: { at: Ms; frame: Frame }[] = [];
  readonly applied: { at: Ms; frame: NonNullable<Frame>; leaseMs: Ms }[] = [];
  readonly played: string[] = [];
  readonly dropped: string[] = [];
  readonly dues: string[] = [];
  readonly stalls: { since: Ms; at: Ms }[] = [];
  alive = true;
  handled = 0;
  onDue: (waker: Waker, at: Ms) => void = () => {};

  constructor({ jitterMs = 0, seed = 1 } = {}) {
    this.clock = new VirtualClock({ jitterMs, seed });
    const { driver, applied } = this;
    this.conductor = new Conductor({
      clock: this.clock,
      now: () => this.agenda.handledAt(),
      driver: {
        arm: () => driver.arm(),
        hush: () => driver.hush(),
        apply: (frame, leaseMs) => {
          applied.push({ at: this.clock.now(), frame, leaseMs });
          driver.apply(frame, leaseMs);
        },
      },
      engaged: () => this.alive,
      played: ({ cue }, at) => this.played.push(`${cue} ${at}`),
      dropped: ({ cue, limit }, at) => this.dropped.push(`${cue} ${limit} ${at}`),
      framed: (frame, at) => this.frames.push({ at, frame }),
      stalled: since => {
        this.stalls.push({ since, at: this.agenda.handledAt() });
      },
    });
    this.agenda = new Agenda({
      clock: this.clock,
      motors: this.conductor,
      wakers,
      present: ['led'],
      due: (waker, at) => {
        this.dues.push(`${waker} ${at}`);
        this.onDue(waker, at);
      },
      settled: () => {},
      handled: () => {
        this.handled += 1;
      },
    });
  }

  /** Something happens now, with these orders. */
  now(...orders: Order[]): this {
    this.agenda.happen(() => {
      for (const order of orders) this.conductor.accept(order);
    });
    return this;
  }
  /** Armed and engaged for long, or until `until`. */
  engage(until: Ms = 1e9): this {
    return this.now({ type: 'arm', at: Math.floor(this.clock.now()) }, { type: 'engage', until });
  }
  play(cue: CueId, at: Ms, answer = false): this {
    return this.now({ type: 'play', cue, at, from: 'left', times: 1, why: 'tried', answer });
  }
  until(at: Ms): this {
    this.clock.runUntil(at);
    return this;
  }
  orders(type: 'arm' | 'hush' | 'apply'): number {
    return this.driver.orders.filter(order => order.type === type).length;
  }
  get appliedAt(): Ms[] {
    return this.applied.map(({ at }) => at);
  }
}

describe('the lease', () => {
  it('is renewed on the absolute 100 ms grid, however it began', () => {
    const stand = new Stand().until(1234).engage().until(2000);
    expect(stand.appliedAt).toEqual([1234, 1300, 1400, 1500, 1600, 1700, 1800, 1900, 2000]);
    for (const { leaseMs } of stand.applied) expect(leaseMs).toBe(leaseLimits.leaseMs);
  });

  it('stays on that grid under jitter: lateness never adds up', () => {
    const stand = new Stand({ jitterMs: 30, seed: 5 }).engage().until(100_000);
    const late = stand.appliedAt.slice(1).map((at, index) => at - (index + 1) * 100);
    expect(late.length).toBeGreaterThanOrEqual(998);
    for (const ms of late) expect([ms >= 0, ms <= 31]).toEqual([true, true]);
  });

  it('leaves no gap as long as a lease, under jitter neither', () => {
    const { appliedAt } = new Stand({ jitterMs: 40, seed: 9 }).engage().until(50_000);
    for (const [index, at] of appliedAt.entries())
      expect(at - (appliedAt[index - 1] ?? 0)).toBeLessThan(leaseLimits.leaseMs);
  });

  it('ends within a beat of the machine’s death', () => {
    const stand = new Stand().engage().play('STOP', 100).until(1050);
    stand.alive = false;
    stand.until(1100);
    expect(stand.frames.at(-1)).toEqual({ at: 1100, frame: null });
    expect(stand.orders('hush')).toBe(1);
    const { length } = stand.applied;
    expect(stand.until(60_000).applied).toHaveLength(length);
  });

  it('ends when the machine did not ask for more in time', () => {
    const stand = new Stand().engage(1000).play('STOP', 500).until(5000);
    expect(stand.frames.at(-1)).toEqual({ at: 1000, frame: null });
    expect(Math.max(...stand.appliedAt)).toBeLessThan(1000);
    expect(stand.orders('hush')).toBe(1);
  });

  it('goes on where the machine asks for more', () => {
    const stand = new Stand().engage(1000).until(500).now({ type: 'engage', until: 1500 }).until(1450);
    expect(stand.conductor.frame).toEqual({ left: 0, right: 0 });
    expect(stand.until(1500).conductor.frame).toBeNull();
  });
});

describe('a moment', () => {
  it('leads to one frame at most, however much falls on it', () => {
    const stand = new Stand().engage();
    stand.onDue = (_, at) =>
      stand.conductor.accept({
        type: 'play',
        cue: 'TAP',
        at,
        from: 'left',
        times: 1,
        why: 'tried',
        answer: true,
      });
    for (const waker of wakers) stand.agenda.wake(waker, 700);
    stand.until(700).now().now().play('EASE', 700, true);
    const at700 = stand.applied.filter(({ at }) => at === 700);
    // Hands come first: what was pressed before a limit was over counts.
    expect(stand.dues).toEqual(['input 700', 'session 700', 'link 700', 'led 700']);
    // TAP at the dues, then EASE, which takes its place: two moments, two frames, never two of the same.
    expect(at700.map(({ frame }) => frame)).toEqual([
      { left: 0.8, right: 0 },
      { left: 1, right: 0 },
    ]);
  });

  it('tells the board nothing that it knows, between two beats', () => {
    const stand = new Stand().engage().until(120);
    const { length } = stand.applied;
    stand.now().now().now();
    expect(stand.applied).toHaveLength(length);
  });

  it('serves what was due before what happens, at its scheduled time', () => {
    const stand = new Stand().engage();
    const order: string[] = [];
    stand.onDue = (waker, at) => order.push(`${waker} ${at}`);
    stand.agenda.wake('session', 40);
    stand.agenda.wake('input', 30);
    stand.clock.pass(90);
    stand.agenda.happen(() => order.push('happened'));
    expect(order).toEqual(['input 30', 'session 40', 'happened']);
  });

  it('serves what the happening made due at once', () => {
    const stand = new Stand();
    stand.now();
    stand.agenda.happen(() => stand.agenda.wake('session', 0));
    expect(stand.dues).toEqual(['session 0']);
  });

  it('within another joins it: it happens at the same instant, after what is being handled', () => {
    const stand = new Stand();
    const order: string[] = [];
    stand.agenda.happen(() => {
      stand.agenda.happen(() => order.push(`second at ${stand.agenda.now()}`));
      order.push('first');
    });
    expect([order, stand.handled]).toEqual([['first', 'second at 0'], 1]);
  });

  it('in which things follow without end stops in silence, wherever they come from', () => {
    const circles: Record<string, (stand: Stand) => void> = {
      following: stand => {
        const again = (): void => stand.agenda.happen(again);
        stand.agenda.happen(again);
      },
      heapedUp: stand =>
        stand.agenda.happen(() => {
          for (let count = 0; count < 1e6; count++) stand.agenda.happen(() => {});
        }),
      due: stand => {
        stand.onDue = (waker, at) => stand.agenda.wake(waker, at);
        stand.agenda.wake('session', 0);
        stand.now();
      },
    };
    for (const begin of Object.values(circles)) {
      const stand = new Stand().engage().play('STOP', 0);
      expect(() => begin(stand)).toThrow('more than 1000 things at one instant, 0 ms');
      expect(stand.conductor.frame).toBeNull();
    }
  });

  it('in which something throws lets the motors go first', () => {
    const stand = new Stand().engage().play('STOP', 0).until(500);
    expect(stand.conductor.frame).not.toBeNull();
    expect(() =>
      stand.agenda.happen(() => {
        throw new Error('ours');
      }),
    ).toThrow('ours');
    expect(stand.conductor.frame).toBeNull();
    expect(stand.driver.orders.at(-1)).toEqual({ type: 'hush' });
    const { length } = stand.applied;
    stand.engage().until(60_000);
    expect(stand.applied).toHaveLength(length);
  });

  it('tells when it has been handled', () => {
    expect(new Stand().now().now().handled).toBe(2);
  });
});

describe('waking', () => {
  it('gives back the scheduled time, not the time of waking', () => {
    const stand = new Stand({ jitterMs: 20, seed: 3 });
    stand.agenda.wake('session', 500);
    stand.now().until(1000);
    expect(stand.dues).toEqual(['session 500']);
  });

  it('replaces a waker’s last wish, and null takes it back', () => {
    const stand = new Stand();
    stand.agenda.wake('session', 500);
    stand.now();
    stand.agenda.wake('session', 300);
    stand.agenda.wake('input', 200);
    stand.now();
    stand.agenda.wake('input', null);
    stand.now().until(1000);
    expect(stand.dues).toEqual(['session 300']);
  });

  it('wakes whether or not anything may be driven', () => {
    const stand = new Stand();
    stand.agenda.wake('led', 250);
    stand.now().until(300);
    expect(stand.dues).toEqual(['led 250']);
    expect(stand.applied).toEqual([]);
  });
});

describe('a stall of the loop', () => {
  const away = (ms: Ms): Stand => {
    const stand = new Stand().engage().play('STOP', 0).until(450);
    stand.clock.pass(500 + ms);
    return stand;
  };

  it('that leaves a lease of 250 ms unrenewed for 225 is lateness, for more a fault: silence, then it is told', () => {
    expect(away(125).until(800).stalls).toEqual([]);
    const stand = away(126).until(800);
    expect(stand.stalls).toEqual([{ since: 500, at: 626 }]);
    expect(stand.frames.at(-1)).toEqual({ at: 626, frame: null });
    expect(stand.orders('hush')).toBe(1);
  });

  it('is noticed by whoever comes first, before anything that fell due meanwhile', () => {
    const stand = away(1000);
    const order: string[] = [];
    stand.onDue = waker => order.push(waker);
    stand.agenda.wake('session', 510);
    // Not the conductor's own timer: something from outside, as soon as the loop is back.
    stand.agenda.happen(() => order.push(`stalled ${stand.stalls.length}`));
    expect(stand.stalls).toEqual([{ since: 500, at: 1500 }]);
    expect(order).toEqual(['session', 'stalled 1']);
    const { length } = stand.applied;
    expect(stand.until(5000).applied).toHaveLength(length);
  });

  it('while nothing may be driven is nobody’s fault', () => {
    const stand = new Stand();
    stand.agenda.wake('session', 100);
    stand.now();
    stand.clock.pass(5000);
    stand.until(6000);
    expect([stand.stalls, stand.dues]).toEqual([[], ['session 100']]);
  });
});

describe('cues', () => {
  it('become whole frames, and lines of what was played', () => {
    const stand = new Stand().engage().play('GLIDE', 1000).until(2000);
    expect(stand.played).toEqual(['GLIDE 1000']);
    expect(stand.frames).toEqual([
      { at: 0, frame: { left: 0, right: 0 } },
      { at: 1000, frame: { left: 0.8, right: 0 } },
      { at: 1111, frame: { left: 0.8, right: 0.8 } },
      { at: 1200, frame: { left: 0, right: 0.8 } },
      { at: 1311, frame: { left: 0, right: 0 } },
    ]);
    expect(stand.appliedAt.filter(at => at > 1000 && at < 1400)).toEqual([1100, 1111, 1200, 1300, 1311]);
  });

  it('are never played late: what has passed is dropped', () => {
    const stand = new Stand().engage().play('GLIDE', 1000).until(950);
    stand.clock.pass(1120);
    stand.until(1500);
    expect(stand.frames.slice(1)).toEqual([
      { at: 1120, frame: { left: 0.8, right: 0.8 } },
      { at: 1200, frame: { left: 0, right: 0.8 } },
      { at: 1311, frame: { left: 0, right: 0 } },
    ]);
    const late = new Stand().engage().play('TAP', 950).until(940);
    late.clock.pass(1110);
    late.until(1500);
    expect([late.frames.length, late.played]).toEqual([1, []]);
  });

  it('that give way are told with their reason', () => {
    const stand = new Stand().engage().play('ASK', 100).play('TAP', 200).until(300);
    expect(stand.dropped).toEqual(['TAP rank 0']);
  });

  it('that are answered fall silent at once', () => {
    const stand = new Stand().engage().play('ASK', 100).until(150).now({ type: 'drop', cue: 'ASK' });
    expect(stand.frames.at(-1)).toEqual({ at: 150, frame: { left: 0, right: 0 } });
    expect(stand.until(3000).frames).toHaveLength(3);
  });

  it('ordered while nothing may be driven are neither played nor saved up', () => {
    const stand = new Stand().play('NEXT', 0).until(100).engage().until(2000);
    expect([stand.played, stand.frames.length]).toEqual([[], 1]);
  });

  it('planned before a person armed are gone', () => {
    const stand = new Stand().engage().play('NEXT', 1000).until(500).engage().until(3000);
    expect(stand.played).toEqual([]);
  });
});

describe('silence', () => {
  it('is at once, drops every plan, and disarms', () => {
    const stand = new Stand().engage().play('STOP', 0).play('NEXT', 3000).until(700);
    stand.conductor.hush();
    expect(stand.frames.at(-1)).toEqual({ at: 700, frame: null });
    expect(stand.driver.orders.at(-1)).toEqual({ type: 'hush' });
    expect(stand.until(5000).frames).toHaveLength(4);
    stand.engage().until(9000);
    expect(stand.played).toEqual(['STOP 0']);
  });

  it('by the machine’s order is the same, once', () => {
    const stand = new Stand().engage().play('STOP', 0).until(700).now({ type: 'hush' }).now({ type: 'hush' });
    expect(stand.conductor.frame).toBeNull();
    expect(stand.orders('hush')).toBe(1);
  });

  it('asked for from outside reaches the board even where nothing should run: what should not run may', () => {
    const stand = new Stand();
    stand.conductor.hush();
    expect(stand.driver.orders).toEqual([{ type: 'hush' }]);
  });

  it('within a moment holds for that moment', () => {
    const stand = new Stand().engage().play('STOP', 0).until(700);
    stand.agenda.happen(() => stand.conductor.hush());
    expect(stand.frames.at(-1)).toEqual({ at: 700, frame: null });
  });

  it('after closing is for good', () => {
    const stand = new Stand().engage().play('STOP', 0).until(700);
    stand.agenda.wake('session', 800);
    stand.agenda.close();
    stand.engage().play('STOP', 900).until(5000);
    expect([stand.conductor.frame, stand.dues, stand.clock.next()]).toEqual([null, [], null]);
  });

  it('after closing in the middle of a moment is for good too', () => {
    const stand = new Stand().engage().until(700);
    const { length } = stand.applied;
    stand.agenda.happen(() => {
      stand.agenda.close();
      stand.conductor.accept({ type: 'engage', until: 1e9 });
      stand.conductor.accept({
        type: 'play',
        cue: 'STOP',
        at: 700,
        from: 'left',
        times: 1,
        why: 'tried',
        answer: false,
      });
    });
    stand.until(5000);
    expect([stand.applied.length, stand.conductor.frame]).toEqual([length, null]);
  });
});

it('counts how late its deadlines ran', () => {
  const stand = new Stand({ jitterMs: 4, seed: 2 }).engage().until(20_000);
  expect(stand.agenda.lateness.count).toBeGreaterThanOrEqual(199);
  expect(stand.agenda.lateness.worstMs).toBeLessThan(4);
  expect(stand.agenda.lateness.within(1)).toBeLessThanOrEqual(5);
});

it('whatever is ordered: frames change only at whole milliseconds, in order, and null means hushed', () => {
  const deed = fc.record({
    wait: fc.integer({ min: 0, max: 700 }),
    what: fc.constantFrom('play', 'play', 'play', 'engage', 'arm', 'hush', 'drop', 'die', 'live'),
    cue: fc.constantFrom<CueId>('TAP', 'GLIDE', 'NEXT', 'ASK', 'EASE'),
    ahead: fc.integer({ min: 0, max: 1500 }),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), fc.integer({ min: 0, max: 25 }), (deeds, jitterMs) => {
      const stand = new Stand({ jitterMs });
      for (const { wait, what, cue, ahead } of deeds) {
        stand.until(stand.clock.now() + wait);
        const at = Math.floor(stand.clock.now());
        if (what === 'play') stand.play(cue, at + ahead);
        if (what === 'engage') stand.now({ type: 'engage', until: at + 1000 });
        if (what === 'arm') stand.now({ type: 'arm', at });
        if (what === 'hush') stand.now({ type: 'hush' });
        if (what === 'drop') stand.now({ type: 'drop', cue });
        if (what === 'die') stand.alive = false;
        if (what === 'live') stand.alive = true;
      }
      stand.until(stand.clock.now() + 5000);
      let before: Frame = null;
      for (const [index, { at, frame }] of stand.frames.entries()) {
        expect(Number.isInteger(at)).toBe(true);
        expect(at).toBeGreaterThanOrEqual(stand.frames[index - 1]?.at ?? 0);
        expect(frame).not.toEqual(before);
        before = frame;
      }
      expect(stand.conductor.frame).toBeNull();
      const ends = stand.frames.filter(({ frame }) => frame === null).length;
      expect(stand.orders('hush')).toBeGreaterThanOrEqual(ends);
    }),
    { numRuns: 200 },
  );
});

it('handles no moment any more once it is closed', () => {
  const stand = new Stand().engage();
  stand.agenda.close();
  const { handled } = stand;
  const { length } = stand.driver.orders;
  let happened = false;
  stand.agenda.happen(() => {
    happened = true;
  });
  expect([happened, stand.handled, stand.driver.orders.length]).toEqual([false, handled, length]);
});
