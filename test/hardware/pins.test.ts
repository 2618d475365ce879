import { expect, it } from 'vitest';
import { levelWhenPressed, uno, wiring } from '../../hardware/pins.ts';

it('every name has a pin of its own, none of them the serial line’s', () => {
  const pins = Object.values(uno);
  expect(new Set(pins).size).toBe(pins.length);
  for (const pin of pins) expect(pin).toBeGreaterThanOrEqual(2);
});

it('the motors sit on the outputs of Timer0, buttons and light where the documents have them', () => {
  expect(uno).toEqual({ stop: 2, go: 4, left: 5, right: 6, less: 7, receiver: 8, led: 13 });
});

it('a broken wire to the stop button is a press, to any other it is none', () => {
  expect(wiring.stop).toBe('normallyClosed');
  expect([
    levelWhenPressed('stop'),
    levelWhenPressed('go'),
    levelWhenPressed('less'),
    levelWhenPressed('receiver'),
  ]).toEqual([true, false, false, false]);
});
