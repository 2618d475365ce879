import { describe, expect, it } from 'vitest';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hexOf, put, rjmpBack } from './program.ts';

const TCCR0A = 0x44;
const TCCR0B = 0x45;
const OCR0A = 0x47;
const OCR0B = 0x48;
const DDRD = 0x2a;

/** Fast PWM on both outputs, prescaler 64, then nothing. */
const pwm = (left: number, right: number, control = 0xa3): Uno =>
  new Uno(
    hexOf([
      ...put(DDRD, 0x60),
      ...put(OCR0B, left),
      ...put(OCR0A, right),
      ...put(TCCR0A, control),
      ...put(TCCR0B, 0x03),
      // Three cycles a round: no edge of the timer keeps step with it.
      0,
      rjmpBack(2),
    ]),
  );

describe('Timer0 in fast PWM', () => {
  it.each([0, 1, 63, 127, 128, 152, 254])('is high for OCR + 1 of 256 steps: OCR %i', compare => {
    const uno = pwm(compare, 0);
    const edges: { cycle: number; high: boolean }[] = [];
    uno.scope.subscribeEdges(edge => {
      if (edge.pin === 5) edges.push(edge);
    });
    uno.advanceTo(5);
    const [rise, fall, next] = edges.slice(edges[0]?.high ? 2 : 1);
    expect(rise?.high).toBe(true);
    expect((fall?.cycle ?? 0) - (rise?.cycle ?? 0)).toBe((compare + 1) * 64);
    expect((next?.cycle ?? 0) - (rise?.cycle ?? 0)).toBe(256 * 64);
    expect(uno.duty(5)).toBe(Math.round((255 * (compare + 1)) / 256));
  });

  it('is never low at 255', () => {
    const uno = pwm(255, 255);
    const edges: unknown[] = [];
    uno.scope.subscribeEdges(edge => edges.push(edge));
    uno.advanceTo(10);
    expect(edges).toHaveLength(2);
    expect([uno.duty(5), uno.duty(6)]).toEqual([255, 255]);
    expect(uno.pinLevel(5)).toBe(true);
  });

  it('leaves a disconnected pin to its port', () => {
    const uno = pwm(100, 100, 0x03);
    uno.advanceTo(10);
    expect([uno.duty(5), uno.duty(6)]).toEqual([0, 0]);
    expect(uno.pinLevel(5)).toBe(false);
  });

  it('takes a new compare value at the turn, not before', () => {
    const uno = pwm(99, 0);
    const fallen: number[] = [];
    let rose = 0;
    uno.scope.subscribeEdges(({ pin, high, cycle }) => {
      if (pin !== 5) return;
      if (high) rose = cycle;
      else fallen.push((cycle - rose) / 64);
    });
    // In the midst of a high stretch, behind the new value's place in it.
    uno.advanceTo(4.3);
    expect(uno.pinLevel(5)).toBe(true);
    const before = fallen.length;
    uno.chip.cpu.writeData(OCR0B, 9);
    uno.advanceTo(8);
    expect(fallen.slice(before - 1, before + 3)).toEqual([100, 100, 10, 10]);
  });

  it('refuses a mode that it does not emulate, by name', () => {
    const uno = pwm(99, 0, 0xa1);
    expect(() => uno.advanceTo(5)).toThrow(/Timer0 is set to mode 1/);
  });
});
