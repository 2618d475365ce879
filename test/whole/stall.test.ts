/** A controller that stands still: what it says comes after, and the firmware has ended everything long before. */
import { expect, it } from 'vitest';
import { begun, linesOf, simulated } from '../support/simulated.ts';

it('the dead-man silences a motor in a stall; nothing is driven before it was asked', async () => {
  const played = await simulated({
    board: 'firmware',
    // In the midst of the first GLIDE: one motor runs, the other is about to.
    steps: [...begun, { at: 20, fault: 'stall', forMs: 1000 }, { at: 3000, intent: 'end' }],
  });
  const pins = linesOf(played, 'pin');
  expect(pins.filter(({ motor }) => motor === 'right')).toEqual([]);
  const off = pins.find(({ motor, duty }) => motor === 'left' && duty === 0);
  // The lease that was given at 0 lasts 250 ms; the controller is back at 1020.
  expect(off?.at).toBeGreaterThan(200);
  expect(off?.at).toBeLessThan(270);
  expect(linesOf(played, 'state').map(({ state, at }) => `${state} ${at}`)).toContain('faulted 1020');
});

it('a short stall makes a frame late, never early', async () => {
  const played = await simulated({
    board: 'firmware',
    steps: [...begun, { at: 20, fault: 'stall', forMs: 180 }, { at: 3000, intent: 'end' }],
  });
  const asked = linesOf(played, 'frame').find(({ motors }) => (motors?.right ?? 0) > 0);
  const driven = linesOf(played, 'pin').find(({ motor, duty }) => motor === 'right' && duty > 0);
  expect(asked?.at).toBe(200);
  expect(driven?.at).toBeGreaterThanOrEqual(200);
});
