/** What a cue file may contain: one source of checks, types and JSON Schema. */
import * as v from 'valibot';
import { motorLimits } from '../limits.ts';
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import { cueIds } from '../vocabulary.ts';

const { fields: words, units } = checkWords;
type Unit = keyof typeof units;

const within = (least: number, most: number, unit: Unit) =>
  v.pipe(
    v.number(fill(words.number, { unit: units[unit] })),
    v.minValue(least, fill(words.within, { min: least, max: most, unit: units[unit] })),
    v.maxValue(most, fill(words.within, { min: least, max: most, unit: units[unit] })),
  );
const whole = (least: number, most: number, unit: Unit) =>
  v.pipe(within(least, most, unit), v.integer(fill(words.whole, { unit: units[unit] })));

const pulseSchema = v.strictObject({
  /** `first` and `second` are chosen when the cue is played: a GLIDE runs either way. */
  motor: v.picklist(['first', 'second', 'both'], words.motor),
  fromMs: whole(0, 4000, 'ms'),
  forMs: whole(60, motorLimits.continuousMaxMs, 'ms'),
  intensity: within(0.5, 1, 'rated'),
});

/**
 * A cue as its file says it, as a valibot schema: its form alone. Whether it can be felt `checkCue` says. Times in
 * whole ms, intensities 0.5 to 1, ranks 1 to 9: the higher one is played where two meet.
 */
export const cueSchema = v.strictObject({
  id: v.picklist(cueIds, fill(words.oneOf, { names: cueIds.join(', ') })),
  means: v.pipe(
    v.string(words.text),
    v.minLength(1, words.empty),
    v.maxLength(80, fill(words.long, { most: 80 })),
  ),
  /** Where two cues meet on a motor the higher rank is played. */
  rank: whole(1, 9, 'rank'),
  pulses: v.pipe(
    v.array(pulseSchema, words.pulses),
    v.minLength(1, words.pulsesLeast),
    v.maxLength(8, fill(words.pulsesMost, { most: 8 })),
  ),
  /** Rest between repetitions, where the cue is played more than once. */
  againAfterMs: v.optional(whole(150, 2000, 'ms'), 600),
});
/** A cue: one to eight pulses, and what they mean. */
export type Cue = Readonly<v.InferOutput<typeof cueSchema>>;
