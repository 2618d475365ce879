/**
 * From felt intensity to duty, per motor.
 *
 * A coin motor at 3 V rated starts to turn only at about 2.3 V, and gets going faster on more: so a start is kicked
 * for a moment, and no intensity above 0 is driven below the start duty.
 */
import { motorLimits } from '../machines/limits.ts';
import type { Intensity, Motor, Ms } from '../machines/vocabulary.ts';

export type Calibration = Readonly<{
  /** Lowest duty at which this motor keeps turning. */
  startDuty: number;
  /** Duty at intensity 1: the motor's rated voltage. */
  ratedDuty: number;
  /** Duty of the kick. */
  kickDuty: number;
}>;

/** A 3 V motor on 5 V: rated 153, kick at 3.6 V, start at 2.1 V until measured. */
export const uncalibrated: Calibration = {
  startDuty: 107,
  ratedDuty: motorLimits.runningDuty,
  kickDuty: motorLimits.kickDuty,
};

/** What has been found out about one board's motors. */
export type BoardCalibration = Readonly<{
  left: Calibration;
  right: Calibration;
  /** How much later each motor is felt than the other, at the same moment of drive: 0 to `mostLeadMs`. */
  lagMs: Readonly<Record<Motor, Ms>>;
  /** Whether the two motors lie the other way round than their pins say. */
  swapped: boolean;
}>;

/** The firmware keeps two starts 60 ms apart; a greater correction would run into that. */
export const mostLeadMs: Ms = 40;

export const uncalibratedBoard: BoardCalibration = {
  left: uncalibrated,
  right: uncalibrated,
  lagMs: { left: 0, right: 0 },
  swapped: false,
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
