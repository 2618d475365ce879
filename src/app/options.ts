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

/** Gathers what an option that may be given several times was given. */
export const gathered = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** Ids of routines, separated by commas. */
export function ids(text: string): readonly string[] {
  const list = text
    .split(',')
    .map(id => id.trim())
    .filter(id => id !== '');
  const wrong = list.find(id => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id));
  if (wrong !== undefined) throw new InvalidArgumentError(`${wrong} is no id of a routine.`);
  return list;
}
