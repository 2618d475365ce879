/**
 * The same cues, gently: for a hand that vibration is not good for (K7). Rhythm and place say what a cue means, so
 * strength can go down to the least that still turns a motor without a cue being taken for another.
 */
import type { Pulse } from '../vocabulary.ts';

/** 2.1 V of 3 V rated: below this a coin motor may not start. [M] */
export const gentleIntensity = 0.7;

export const gentle = (pulses: readonly Pulse[]): readonly Pulse[] =>
  pulses.map(pulse => ({ ...pulse, intensity: Math.min(pulse.intensity, gentleIntensity) }));
