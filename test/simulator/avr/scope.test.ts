import { describe, expect, it } from 'vitest';
import { type PinEdge, Scope, type ScopeEvent } from '../../../simulator/avr/scope.ts';
import { Rig } from '../../firmware/rig.ts';

const period = 16_384;

/** A scope with a timebase that a test turns by hand. */
const bench = () => {
  const due: { cycle: number; run: () => void }[] = [];
  const scope = new Scope(
    { cyclesPerMs: 1, at: (cycle, run) => due.push({ cycle, run }) },
    period,
    [5, 6],
    [13],
  );
  const events: ScopeEvent[] = [];
  const told: number[] = [];
  let now = 0;
  scope.subscribe(event => {
    events.push(event);
    told.push(now);
  });
  const to = (cycle: number): void => {
    for (let next = due.findIndex(entry => entry.cycle <= cycle); next >= 0; ) {
      const [entry] = due.splice(next, 1);
      now = Math.max(now, entry?.cycle ?? 0);
      entry?.run();
      due.sort((a, b) => a.cycle - b.cycle);
      next = due.findIndex(({ cycle: at }) => at <= cycle);
    }
    now = cycle;
  };
  const edge = (cycle: number, high: boolean, pin = 5): void => {
    to(cycle);
    scope.edge(cycle, pin, high);
  };
  return { scope, events, told, to, edge };
};

describe('the scope', () => {
  it('tells a duty when its first whole period has ended, stamped with the beginning of that period', () => {
    const { events, told, edge } = bench();
    edge(1000, true);
    edge(1000 + period * 0.6, false);
    expect(events).toEqual([]);
    edge(1000 + period, true);
    expect(events).toEqual([{ type: 'duty', atMs: 1000, pin: 5, duty: 153 }]);
    expect(told).toEqual([1000 + period]);
  });

  it('tells 0 one period after the last falling edge, stamped with that edge', () => {
    const { events, told, to, edge } = bench();
    for (const turn of [0, 1, 2]) {
      edge(1000 + turn * period, true);
      edge(1000 + turn * period + 8192, false);
    }
    to(10 * period);
    const last = 1000 + 2 * period + 8192;
    expect(events.at(-1)).toEqual({ type: 'duty', atMs: last, pin: 5, duty: 0 });
    expect(told.at(-1)).toBe(last + period);
  });

  it('tells a change in the period that has it, and nothing while nothing changes', () => {
    const { events, edge } = bench();
    const highs = [100, 100, 100, 50, 50, 50, 50];
    for (const [turn, steps] of highs.entries()) {
      edge(turn * period, true);
      edge(turn * period + steps * 64, false);
    }
    expect(events.map(event => [event.atMs / period, event.type === 'duty' && event.duty])).toEqual([
      [0, 100],
      [3, 50],
    ]);
  });

  it('tells a single pulse, then the 0 behind it', () => {
    const { events, to, edge } = bench();
    edge(500, true);
    edge(600, false);
    to(10 * period);
    expect(events).toEqual([
      { type: 'duty', atMs: 500, pin: 5, duty: 2 },
      { type: 'duty', atMs: 600, pin: 5, duty: 0 },
    ]);
  });

  it('calls a pin that stays high 255', () => {
    const { events, to, edge } = bench();
    edge(500, true);
    to(3 * period);
    edge(4 * period, false);
    to(10 * period);
    expect(events.map(event => event.type === 'duty' && [event.atMs, event.duty])).toEqual([
      [500, 255],
      [4 * period, 0],
    ]);
  });

  it('tells a level at once', () => {
    const { events, edge } = bench();
    edge(7, true, 13);
    edge(9, false, 13);
    expect(events).toEqual([
      { type: 'level', atMs: 7, pin: 13, high: true },
      { type: 'level', atMs: 9, pin: 13, high: false },
    ]);
  });

  it('stops telling those who unsubscribed', () => {
    const { scope } = bench();
    const heard: PinEdge[] = [];
    const unsubscribe = scope.subscribeEdges(edge => heard.push(edge));
    scope.edge(1, 5, true);
    unsubscribe();
    scope.edge(2, 5, false);
    expect(heard).toHaveLength(1);
  });

  it('on a real board tells events in the order of their stamps, both motors and all', () => {
    const rig = new Rig().ready();
    for (let time = 0; time < 30; time++) {
      const left = time % 3 ? 100 + time : 0;
      const right = time % 4 ? 120 + time : 0;
      rig
        .ask(left, right)
        .lease(left, right)
        .for(70 + time);
    }
    rig.for(400);
    const stamps = rig.events.map(({ atMs }) => atMs);
    expect(stamps.length).toBeGreaterThan(30);
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
  });

  it('sees a motor fall silent when the board is reset while it runs', () => {
    const rig = new Rig().running();
    rig.uno.reset('external');
    const resetAt = rig.nowMs;
    rig.for(10);
    const last = rig.events.at(-1);
    expect(last).toMatchObject({ type: 'duty', pin: 5, duty: 0 });
    expect(last?.atMs).toBeLessThanOrEqual(resetAt);
    expect(rig.uno.duty(5)).toBe(0);
  });
});
