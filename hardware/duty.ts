/**
 * From felt intensity to duty, per motor.
 *
 * A coin motor at 3 V rated starts to turn only at about 2.3 V, and gets going faster on more: so a start is kicked
 * for a moment, and no intensity above 0 is driven below the start duty.
 */
import { glideLimits, motorLimits } from '../machines/limits.ts';
import type { BoardCalibration, Calibration, Intensity, Motor, Ms } from '../machines/vocabulary.ts';

/** A 3 V motor on 5 V: rated 153, kick at 3.6 V, start at 2.1 V until measured. */
export const uncalibrated: Calibration = {
  startDuty: 107,
  ratedDuty: motorLimits.runningDuty,
  kickDuty: motorLimits.kickDuty,
};

/** A board whose motors nobody has measured: duties are 0 to 255, delays in ms. */
export const uncalibratedBoard: BoardCalibration = {
  left: uncalibrated,
  right: uncalibrated,
  lagMs: { left: 0, right: 0 },
  swapped: false,
  glideMs: glideLimits.usual,
};

/** How long a motor's changes wait so that both are felt together: the slower of the two does not wait. */
export const waitOf = (motor: Motor, { lagMs }: BoardCalibration): Ms =>
  Math.max(lagMs.left, lagMs.right) - lagMs[motor];

/** Duty 0 to 255 for an intensity 0 to 1 (clamped), `sinceOnsetMs` after the motor began to turn. */
export function dutyOf(intensity: Intensity, sinceOnsetMs: Ms, motor: Calibration = uncalibrated): number {
  if (!(intensity > 0)) return 0;
  if (sinceOnsetMs < motorLimits.kickMs) return motor.kickDuty;
  return Math.min(
    motor.ratedDuty,
    Math.max(motor.startDuty, Math.round(Math.min(1, intensity) * motor.ratedDuty)),
  );
}
