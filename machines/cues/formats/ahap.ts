/**
 * AHAP, the haptic pattern file of Apple's Core Haptics: one event for each segment.
 *
 * Keys and ranges are those of "Representing haptic patterns in AHAP files" (developer.apple.com): times in seconds, both
 * parameters 0 to 1. A phone has one actuator, so the two motors become one and their places are lost. An event lasts at
 * most 30 s there; a longer segment is told as several that follow each other.
 */
import type { Ms } from '../../vocabulary.ts';
import { type Score, segmentsOf } from './score.ts';

export const longestEventMs: Ms = 30_000;
/** A coin motor turns at 150 to 200 Hz, which is the dull half of a phone's range. Ours to choose: the format has no Hz. */
const sharpness = 0.4;

const seconds = (ms: Ms): number => ms / 1000;

const event = (from: Ms, until: Ms, intensity: number) => ({
  Event: {
    Time: seconds(from),
    EventType: 'HapticContinuous',
    EventDuration: seconds(until - from),
    EventParameters: [
      { ParameterID: 'HapticIntensity', ParameterValue: intensity },
      { ParameterID: 'HapticSharpness', ParameterValue: sharpness },
    ],
  },
});

export function ahapOf({ title, means, pulses }: Score) {
  const events: ReturnType<typeof event>[] = [];
  for (const { from, until, intensity } of segmentsOf(pulses))
    for (let begin = from; begin < until; begin += longestEventMs)
      events.push(event(begin, Math.min(until, begin + longestEventMs), intensity));
  return { Version: 1, Metadata: { Project: 'Tactus', Description: `${title}: ${means}` }, Pattern: events };
}
