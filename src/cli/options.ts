/** Values of options, checked as commander reads them. */
import { InvalidArgumentError } from 'commander';

/** A whole number between two bounds. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
    return value;
  };
