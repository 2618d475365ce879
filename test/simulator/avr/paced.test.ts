import { describe, expect, it } from 'vitest';
import { catchUpMs, Paced, type PacedEvent } from '../../../simulator/avr/paced.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hex } from '../../firmware/rig.ts';

/** A wall clock that a test turns, with timers that come as late as the test says. */
const bench = (everyMs?: number) => {
  let now = 1_000_000;
  let planned = 0;
  let timers: { at: number; run: () => void }[] = [];
  const events: (PacedEvent & { wallMs: number })[] = [];
  const uno = new Uno(hex);
  const paced = new Paced(uno, {
    now: () => now,
    schedule: (run, delayMs) => {
      planned++;
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    post: event => events.push({ ...event, wallMs: now }),
    ...(everyMs !== undefined && { everyMs }),
  });
  const to = (wallMs: number, lateMs = 0): void => {
    for (;;) {
      timers.sort((a, b) => a.at - b.at);
      const [next] = timers;
      if (!next || next.at + lateMs > wallMs) break;
      timers.shift();
      now = Math.max(now, next.at + lateMs);
      next.run();
    }
    now = wallMs;
  };
  const jump = (ms: number): void => {
    now += ms;
  };
  return {
    uno,
    paced,
    events,
    to,
    jump,
    pending: () => timers.length,
    planned: () => planned,
    wall: () => now,
  };
};

describe('a paced board', () => {
  it('keeps to the wall clock over a minute, with timers that are always late', () => {
    const { uno, paced, to, wall } = bench();
    const start = wall();
    paced.start();
    to(start + 60_000, 0.7);
    expect(uno.nowMs).toBeGreaterThan(60_000 - 2.5);
    expect(uno.nowMs).toBeLessThanOrEqual(60_000.001);
  });

  it('wakes on an absolute grid: a timer that is late does not push the next one back', () => {
    const { paced, to, wall, planned } = bench();
    paced.start();
    to(wall() + 1000, 0.7);
    expect(planned()).toBeGreaterThan(990);
  });

  it('wakes as seldom as it is told to where nothing is on its line, and keeps to the wall all the same', () => {
    const { uno, paced, to, wall, planned } = bench(5);
    const start = wall();
    paced.start();
    to(start + 1000, 0.7);
    expect(planned()).toBeLessThan(210);
    expect(uno.nowMs).toBeGreaterThan(1000 - 6);
  });

  it('posts what the board says within two steps of its being said', () => {
    const { paced, events, to, wall } = bench();
    const start = wall();
    paced.start();
    to(start + 2000);
    const spoken = events.filter(event => event.type === 'bytes');
    expect(spoken.length).toBeGreaterThan(7);
    for (const { atMs, wallMs } of spoken) expect(wallMs - start - atMs).toBeLessThan(2);
  });

  it('lets a write begin now, not at the step before', () => {
    const { uno, paced, to, jump, wall } = bench();
    paced.start();
    to(wall() + 100);
    jump(50);
    paced.write(Uint8Array.of(0xf9));
    expect(uno.nowMs).toBeGreaterThanOrEqual(150);
  });

  it('skips forward after a stall instead of racing, and says by how much', () => {
    const { uno, paced, events, to, jump, wall } = bench();
    const start = wall();
    paced.start();
    to(start + 500);
    const before = uno.nowMs;
    jump(catchUpMs + 3000);
    to(wall() + 5);
    expect(uno.nowMs - before).toBeLessThan(10);
    const stalls = events.filter(event => event.type === 'stalled');
    expect(stalls).toHaveLength(1);
    expect(stalls[0]?.skippedMs).toBeGreaterThan(catchUpMs + 2990);
  });

  it('makes up for a short stall', () => {
    const { uno, paced, events, to, jump, wall } = bench();
    const start = wall();
    paced.start();
    to(start + 500);
    jump(catchUpMs - 10);
    to(wall() + 5);
    expect(uno.nowMs).toBeGreaterThan(500 + catchUpMs - 10);
    expect(events.filter(({ type }) => type === 'stalled')).toEqual([]);
  });

  it('stands still while stopped, and goes on from there', () => {
    const { uno, paced, to, wall, pending } = bench();
    paced.start();
    to(wall() + 100);
    paced.stop();
    expect(pending()).toBe(0);
    to(wall() + 10_000);
    expect(uno.nowMs).toBeLessThan(101);
    paced.start();
    paced.start();
    expect(pending()).toBe(1);
    to(wall() + 100);
    expect(uno.nowMs).toBeGreaterThan(198);
  });

  it('posts presses as the board sees them, resets, and a refusal where its queue is full', () => {
    const { uno, paced, events, to, wall } = bench();
    paced.start();
    to(wall() + 50);
    paced.press('go');
    expect(uno.pinLevel(4)).toBe(false);
    paced.release('go');
    paced.setPin(4, false);
    expect(uno.pinLevel(4)).toBe(false);
    paced.reset('external');
    paced.write(new Uint8Array(5000));
    paced.cutLine();
    expect(events.filter(({ type }) => type === 'reset')).toMatchObject([{ cause: 'external' }]);
    expect(events.filter(({ type }) => type === 'refused')).toHaveLength(1);
  });
});
