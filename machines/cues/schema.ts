/** What a cue file may contain: one source of checks, types and JSON Schema. */
import * as v from 'valibot';
import { motorLimits } from '../limits.ts';
import { cueIds } from '../vocabulary.ts';

const within = (least: number, most: number, unit: string) =>
  v.pipe(
    v.number(`must be a number of ${unit}`),
    v.minValue(least, `must be ${least} to ${most} ${unit}`),
    v.maxValue(most, `must be ${least} to ${most} ${unit}`),
  );
const whole = (least: number, most: number, unit: string) =>
  v.pipe(within(least, most, unit), v.integer(`must be a whole number of ${unit}`));

const pulseSchema = v.strictObject({
  /** `first` and `second` are chosen when the cue is played: a GLIDE runs either way. */
  motor: v.picklist(['first', 'second', 'both'], 'must be first, second or both'),
  fromMs: whole(0, 4000, 'ms'),
  forMs: whole(60, motorLimits.continuousMaxMs, 'ms'),
  intensity: within(0.5, 1, 'of the rated voltage'),
});

export const cueSchema = v.strictObject({
  id: v.picklist(cueIds, `must be one of ${cueIds.join(', ')}`),
  means: v.pipe(
    v.string('must be text'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(80, 'must be at most 80 characters'),
  ),
  /** Where two cues meet on a motor the higher rank is played. */
  rank: whole(1, 9, 'of rank'),
  pulses: v.pipe(
    v.array(pulseSchema, 'must be a list of pulses'),
    v.minLength(1, 'must have a pulse'),
    v.maxLength(8, 'must have at most 8 pulses'),
  ),
  /** Rest between repetitions, where the cue is played more than once. */
  againAfterMs: v.optional(whole(150, 2000, 'ms'), 600),
});
export type Cue = Readonly<v.InferOutput<typeof cueSchema>>;
