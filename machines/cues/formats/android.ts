/**
 * Android's waveform: what `VibrationEffect.createWaveform(timings, amplitudes, repeat)` takes (API level 26).
 *
 * `timings` are lengths in ms, one after the other; `amplitudes` 0 (off) to 255; `repeat` -1 is once. `effect` is for a
 * phone with one vibrator; `vibrators` has the two motors apart, for `CombinedVibration` (API level 31). A phone without
 * amplitude control takes every amplitude above 0 as on.
 */
import { eachMotor, type Score, type Segment, segmentsOf } from './score.ts';

const mostAmplitude = 255;
const once = -1;

export type Waveform = Readonly<{ timings: readonly number[]; amplitudes: readonly number[]; repeat: -1 }>;

function waveformOf(segments: readonly Segment[]): Waveform {
  const timings: number[] = [];
  const amplitudes: number[] = [];
  let end = 0;
  for (const { from, until, intensity } of segments) {
    if (from > end) {
      timings.push(from - end);
      amplitudes.push(0);
    }
    timings.push(until - from);
    // What is felt here is never told as off.
    amplitudes.push(Math.max(1, Math.round(intensity * mostAmplitude)));
    end = until;
  }
  return { timings, amplitudes, repeat: once };
}

export const androidOf = ({ title, means, pulses }: Score) => ({
  title,
  means,
  effect: waveformOf(segmentsOf(pulses)),
  vibrators: eachMotor(pulses, waveformOf),
});
