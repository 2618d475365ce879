import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import tap from '../../../machines/cues/library/tap.json' with { type: 'json' };
import { cueSchema } from '../../../machines/cues/schema.ts';

const accepts = (content: unknown): boolean => v.safeParse(cueSchema, content).success;
const pulse = { motor: 'first', fromMs: 0, forMs: 150, intensity: 0.8 };
const withPulse = (change: object): unknown => ({ ...tap, pulses: [{ ...pulse, ...change }] });

describe('a cue file', () => {
  it('is accepted as it ships', () => {
    expect(accepts(tap)).toBe(true);
  });

  it.each([
    ['another id', { ...tap, id: 'BUZZ' }],
    ['an unknown field', { ...tap, loud: true }],
    ['no meaning', { ...tap, means: '' }],
    ['rank 0', { ...tap, rank: 0 }],
    ['rank 10', { ...tap, rank: 10 }],
    ['no pulse', { ...tap, pulses: [] }],
    ['nine pulses', { ...tap, pulses: Array.from({ length: 9 }, () => pulse) }],
    ['a pulse on a third motor', withPulse({ motor: 'third' })],
    ['a pulse before its beginning', withPulse({ fromMs: -1 })],
    ['a pulse that begins after 4 s', withPulse({ fromMs: 4001 })],
    ['a pulse that nobody feels', withPulse({ forMs: 59 })],
    ['a pulse longer than a motor may run', withPulse({ forMs: 2501 })],
    ['a pulse of half a millisecond', withPulse({ forMs: 150.5 })],
    ['a pulse too weak to turn', withPulse({ intensity: 0.49 })],
    ['a pulse beyond the rated voltage', withPulse({ intensity: 1.01 })],
    ['a pulse without an intensity', withPulse({ intensity: undefined })],
    ['a repetition without rest', { ...tap, againAfterMs: 149 }],
  ])('is refused with %s', (_, content) => {
    expect(accepts(content)).toBe(false);
  });

  it('rests 600 ms between repetitions where it does not say', () => {
    expect(v.parse(cueSchema, tap).againAfterMs).toBe(600);
  });
});
