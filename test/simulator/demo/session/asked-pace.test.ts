import { describe, expect, it } from 'vitest';
import { AskedPace } from '../../../../simulator/demo/session/asked-pace.ts';

const asking = [
  'strokes.checkIn',
  'pressureRamp.checkIn',
  'transition',
  'paused',
  'stopped',
  'faulted',
  'finishing',
] as const;

describe('time that is steered', () => {
  it.each(asking)('goes as in life while %s asks something, and then on as it did', state => {
    for (const rate of [10, 100, 1000]) {
      const pace = new AskedPace();
      expect(pace.follow('strokes', rate)).toBe(rate);
      expect(pace.follow(state, rate)).toBe(1);
      expect(pace.resumes).toBe(rate);
      expect(pace.follow(state, 1)).toBe(1);
      expect(pace.follow('strokes', 1)).toBe(rate);
      expect(pace.resumes).toBeNull();
    }
  });

  it.each([0, 0.1, 0.5, 1])('at %s× is slow enough for any question', rate => {
    const pace = new AskedPace();
    expect(pace.follow('paused', rate)).toBe(rate);
    expect(pace.follow('strokes', rate)).toBe(rate);
  });

  it('goes as somebody chooses meanwhile, and stays so', () => {
    const pace = new AskedPace();
    pace.follow('strokes.checkIn', 10);
    pace.chosen();
    expect(pace.follow('strokes.checkIn', 100)).toBe(100);
    expect(pace.follow('strokes', 100)).toBe(100);
  });

  it('is not slowed anew from one question to the next, nor while nothing has begun', () => {
    const pace = new AskedPace();
    expect(pace.follow('screening', 10)).toBe(10);
    expect(pace.follow('preparation', 10)).toBe(10);
    pace.follow('strokes.checkIn', 10);
    expect(pace.follow('paused', 1)).toBe(1);
    expect(pace.follow('strokes', 1)).toBe(10);
  });
});
