/** Scores of chance: pulses of both motors, within what a cue file or a session may hold. */
import fc from 'fast-check';
import type { Score } from '../../../../machines/cues/formats/score.ts';
import { type Motor, motors, type Pulse } from '../../../../machines/vocabulary.ts';

const anyPulse: fc.Arbitrary<Pulse> = fc
  .record({
    motor: fc.constantFrom<Motor>(...motors),
    from: fc.integer({ min: 0, max: 60_000 }),
    forMs: fc.integer({ min: 1, max: 45_000 }),
    intensity: fc.integer({ min: 1, max: 100 }).map(percent => percent / 100),
  })
  .map(({ motor, from, forMs, intensity }) => ({ motor, from, until: from + forMs, intensity }));

export const anyPulses: fc.Arbitrary<readonly Pulse[]> = fc.array(anyPulse, { maxLength: 24 });

export const scoreWith = (pulses: readonly Pulse[]): Score => ({ title: 'TAP', means: 'heard', pulses });
