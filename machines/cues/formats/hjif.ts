/**
 * HJIF, the interchange format of ISO/IEC 23090-31 (MPEG haptics coding), as JSON: a channel for each motor, in it one
 * vectorial band with an effect for each segment.
 *
 * Fields, profile and bounds follow what MPEG's reference software reads and checks (github.com/MPEGGroup/
 * HapticReferenceSoftware, `IOJson.cpp`): in the profile "Simple Parametric" time counts in ms, at most 128 channels and
 * 7 bands. No decoder was at hand: nothing but our own reader has read these files.
 */
import type { Ms } from '../../vocabulary.ts';
import { eachMotor, type Score, type Segment } from './score.ts';

const msPerSecond = 1000;
/** A coin motor at its rated voltage: 9,000 to 12,000 turns a minute. Its pace and its strength cannot be parted. */
const hertz = { least: 150, rated: 200 } as const;
/** Of the band: far above anything a coin motor does. */
const bandHertz = 1000;
const unspecified = 0;

const keyframe = (relativePosition: Ms, intensity: number) => ({
  relative_position: relativePosition,
  amplitude_modulation: intensity,
  frequency_modulation: hertz.rated,
});

const effectOf = ({ from, until, intensity }: Segment) => ({
  effect_type: 'Basis',
  position: from,
  phase: 0,
  base_signal: 'Sine',
  keyframes: [keyframe(0, intensity), keyframe(until - from, intensity)],
});

/** `date`: the day of the export, as in `2026-01-31`; the format wants one. */
export const hjifOf = ({ title, means, pulses }: Score, date: string) => ({
  version: '2023',
  profile: 'Simple Parametric',
  level: 1,
  date,
  description: `${title}: ${means}`,
  timescale: msPerSecond,
  avatars: [],
  perceptions: [
    {
      id: 0,
      avatar_id: unspecified,
      description: title,
      perception_modality: 'Vibrotactile',
      effect_library: [],
      reference_devices: [
        {
          id: 0,
          name: 'coin motor, 10 mm',
          type: 'ERM',
          minimum_frequency: hertz.least,
          maximum_frequency: hertz.rated,
          resonance_frequency: hertz.rated,
        },
      ],
      channels: eachMotor(pulses, segments => ({ effects: segments.map(effectOf) })).map(
        ({ motor, effects }, id) => ({
          id,
          description: `motor ${motor}`,
          reference_device_id: 0,
          gain: 1,
          mixing_coefficient: 1,
          body_part_mask: unspecified,
          bands: [
            {
              band_type: 'VectorialWave',
              lower_frequency_limit: 0,
              upper_frequency_limit: bandHertz,
              effects,
            },
          ],
        }),
      ),
    },
  ],
  syncs: [],
});
