/**
 * What is known of one board, wherever that is kept: how its STOP is wired and what its motors feel like. Read field by
 * field, so that what cannot be understood takes nothing else with it. Bundled for the browser too.
 */
import * as v from 'valibot';
import { uncalibratedBoard } from '../../hardware/duty.ts';
import { glideLimits, motorLimits } from '../../machines/limits.ts';
import { isFields } from '../storage/json-fields.ts';

const duty = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const motor = v.pipe(
  v.strictObject({
    startDuty: duty(motorLimits.runningDuty),
    ratedDuty: duty(motorLimits.runningDuty),
    kickDuty: duty(motorLimits.kickDuty),
  }),
  v.check(({ startDuty, ratedDuty }) => startDuty <= ratedDuty, 'startDuty lies above ratedDuty'),
);
const lag = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(motorLimits.leadMs));

const calibration = v.strictObject({
  left: motor,
  right: motor,
  lagMs: v.strictObject({ left: lag, right: lag }),
  swapped: v.boolean(),
  /** Not asked before it was there. */
  glideMs: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(glideLimits.min), v.maxValue(glideLimits.max)),
    glideLimits.usual,
  ),
});
export const boardSettingsSchema = v.strictObject({
  /** When somebody last looked at this board, as an ISO date. */
  at: v.string(),
  stop: v.picklist(['normallyClosed', 'normallyOpen']),
  calibration,
});
export type BoardSettings = v.InferOutput<typeof boardSettingsSchema>;

/** What is known of a board as far as it can be understood, and which fields cannot; null where that is nothing. */
export function understoodSettings(
  value: unknown,
): Readonly<{ known: BoardSettings; wrong: readonly string[] }> | null {
  const whole = v.safeParse(boardSettingsSchema, value);
  if (whole.success) return { known: whole.output, wrong: [] };
  if (!isFields(value)) return null;
  const usual = untried();
  const wrong: string[] = [];
  const from = <T>(
    entries: Readonly<Record<string, v.GenericSchema>>,
    found: unknown,
    fallback: T,
    at: string,
  ): T => {
    const fields = isFields(found) ? found : {};
    for (const name of Object.keys(fields)) if (!Object.hasOwn(entries, name)) wrong.push(at + name);
    const parts = Object.entries(entries).flatMap(([name, schema]) => {
      const one = v.safeParse(schema, fields[name]);
      if (!one.success) wrong.push(at + name);
      return one.success && one.output !== undefined ? [[name, one.output] as const] : [];
    });
    return { ...fallback, ...Object.fromEntries(parts) };
  };
  const { at, stop } = boardSettingsSchema.entries;
  const known = {
    ...from({ at, stop }, { at: value.at, stop: value.stop }, { at: usual.at, stop: usual.stop }, ''),
    calibration: from(calibration.entries, value.calibration, usual.calibration, 'calibration.'),
  };
  return { known, wrong };
}

/** As every board is before anybody has looked at it. */
export const untried = (): BoardSettings => ({
  at: new Date().toISOString(),
  stop: 'normallyClosed',
  calibration: structuredClone(uncalibratedBoard) as BoardSettings['calibration'],
});

/** Fields of a board that this version does not know; they stay. */
export const strangeFields = (value: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(isFields(value) ? value : {}).filter(
      ([name]) => !Object.hasOwn(boardSettingsSchema.entries, name),
    ),
  );

/** Whether its motors are driven as those of any board. */
export const isUncalibrated = ({ calibration: found }: Pick<BoardSettings, 'calibration'>): boolean =>
  JSON.stringify(found) === JSON.stringify(untried().calibration);
