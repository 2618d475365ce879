import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Credit, ringBytes } from '../../hardware/credit.ts';

it('takes off what was written and gives back what a STATUS has counted', () => {
  const credit = new Credit();
  credit.wrote(23, 0);
  credit.wrote(20, 30);
  expect(credit.room).toBe(ringBytes - 43);
  // Written 10 ms before: still under way. Written 40 ms before: counted by the board.
  credit.heard(127, 40);
  expect(credit.room).toBe(ringBytes - 20);
  credit.heard(100, 100);
  expect(credit.room).toBe(100);
});

it('a line is new with all of its room', () => {
  const credit = new Credit();
  credit.wrote(200, 0);
  expect(credit.room).toBeLessThan(0);
  credit.reset();
  expect(credit.room).toBe(ringBytes);
});

it('whoever writes only what there is room for never has more than the ring under way', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 60 }), wait: fc.nat(30) })), steps => {
      const credit = new Credit();
      let at = 0;
      let silent = 0;
      for (const { bytes, wait } of steps) {
        at += wait;
        if (credit.room < bytes) continue;
        credit.wrote(bytes, at);
        silent += bytes;
      }
      expect(silent).toBeLessThanOrEqual(ringBytes);
    }),
  );
});

it('a board that never speaks costs no memory', () => {
  const credit = new Credit();
  for (let at = 0; at < 100_000; at += 2) credit.wrote(3, at);
  credit.heard(127, 200_000);
  expect(credit.room).toBe(ringBytes);
});
