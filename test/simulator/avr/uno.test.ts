import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { uno as pins } from '../../../hardware/pins.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hex, Rig } from '../../firmware/rig.ts';
import { hexOf, put, rjmpBack } from './program.ts';

/** A hash over every edge and every STATUS of a busy stretch. */
const hashOf = (seed: number, stepMs: number): string => {
  const rig = new Rig({ seed }).to(45);
  for (let time = 0; time < 12; time++) {
    rig
      .arm()
      .ask(100 + time, 60)
      .lease(150, 150);
    for (let step = 0; step * stepMs < 300; step++) rig.for(stepMs);
    if (time % 4 === 3) rig.uno.reset('external');
    rig.to(Math.ceil(rig.nowMs / 500) * 500);
  }
  const statuses = rig.statuses.map(({ heardAtMs, ...status }) => ({ ...status, heardAtMs }));
  return createHash('sha256')
    .update(JSON.stringify([rig.edges, statuses]))
    .digest('hex');
};

describe('an emulated Uno', () => {
  it('does the same again for the same inputs and seed, to the cycle', () => {
    expect(hashOf(5, 300)).toBe(hashOf(5, 300));
  });

  it('does the same however its owner cuts the time into steps', () => {
    const events = (stepMs: number): string => {
      const uno = new Uno(hex);
      const edges: unknown[] = [];
      uno.scope.subscribeEdges(edge => edges.push(edge));
      const bytes: number[] = [];
      uno.write(Uint8Array.of(0xf4, 13, 1));
      for (let at = stepMs; at <= 600; at += stepMs)
        while (uno.nowMs < at) bytes.push(...(uno.advanceTo(at).bytes ?? []));
      return JSON.stringify([edges, bytes]);
    };
    expect(events(1)).toBe(events(600));
    expect(events(0.1)).toBe(events(600));
  });

  it('never stops short of where it was sent, nor more than an instruction beyond', () => {
    const uno = new Uno(hex);
    for (let at = 0.37; at < 40; at += 0.37) {
      while (uno.nowMs < at) uno.advanceTo(at);
      expect(uno.nowMs - at).toBeLessThan(0.000_5);
    }
  });

  it('goes on, however little it is asked for: no loop waits for it in vain', () => {
    const uno = new Uno(hex);
    for (let time = 0; time < 200; time++) {
      uno.advanceTo(uno.nowMs + 0.313);
      const justBeyond = uno.nowMs * (1 + Number.EPSILON);
      uno.advanceTo(justBeyond);
      expect(uno.nowMs).toBeGreaterThanOrEqual(justBeyond);
    }
  });

  it('holds the stop switch closed and leaves the others open, until they are pressed', () => {
    const uno = new Uno(hex);
    uno.advanceTo(20);
    const levels = (): boolean[] =>
      [pins.stop, pins.go, pins.less, pins.receiver].map(pin => uno.pinLevel(pin));
    expect(levels()).toEqual([false, true, true, true]);
    for (const button of ['stop', 'go', 'less', 'receiver'] as const) uno.press(button);
    expect(levels()).toEqual([true, false, false, false]);
    for (const button of ['stop', 'go', 'less', 'receiver'] as const) uno.release(button);
    expect(levels()).toEqual([false, true, true, true]);
  });

  it('lets a pull-up decide an open pin, and the outside a driven one', () => {
    const uno = new Uno(hexOf([...put(0x2b, 0x08), rjmpBack(1)]));
    uno.advanceTo(1);
    expect(uno.pinLevel(3)).toBe(true);
    expect((uno.chip.cpu.data[0x29] ?? 0) & 0x08).toBe(0x08);
    uno.setPin(3, false);
    expect(uno.pinLevel(3)).toBe(false);
    expect((uno.chip.cpu.data[0x29] ?? 0) & 0x08).toBe(0);
    uno.setPin(9, true);
    expect(uno.pinLevel(9)).toBe(true);
    expect(() => uno.setPin(20, true)).toThrow(RangeError);
  });
});
