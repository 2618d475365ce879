/** What a cue file may contain: one source of checks, types and JSON Schema. */
import * as v from 'valibot';
import { motorLimits } from '../limits.ts';
import { cueIds } from '../vocabulary.ts';

const pulseSchema = v.strictObject({
  /** `first` and `second` are chosen when the cue is played: a GLIDE runs either way. */
  motor: v.picklist(['first', 'second', 'both']),
  fromMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4000)),
  forMs: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(motorLimits.continuousMaxMs)),
  intensity: v.pipe(v.number(), v.minValue(0.5), v.maxValue(1)),
});

export const cueSchema = v.strictObject({
  id: v.picklist(cueIds),
  means: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  /** Where two cues meet on a motor the higher rank is played. */
  rank: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
  pulses: v.pipe(v.array(pulseSchema), v.minLength(1), v.maxLength(8)),
  /** Rest between repetitions, where the cue is played more than once. */
  againAfterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(150), v.maxValue(2000)), 600),
});
export type Cue = Readonly<v.InferOutput<typeof cueSchema>>;
