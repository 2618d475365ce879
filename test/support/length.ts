/**
 * How much of itself a file plays that both runs have: `npm test` a sample of it, the long run all of it.
 *
 * A file that reads this stands among the `inFull` of its group in test/groups.ts.
 */
export const isLong = process.env.TACTUS_LENGTH === 'long';

/** Whether a report of the faults is made, which takes its time: all of what every other run has a sample of. */
export const isReport = process.env.TACTUS_FAULTS === 'full';

/** The numbers below `count`: all of them in the long run, otherwise so many, evenly from the first to the last. */
export const someBelow = (count: number, few: number): readonly number[] =>
  isLong
    ? Array.from({ length: count }, (_, index) => index)
    : Array.from({ length: few }, (_, index) => Math.round((index * (count - 1)) / (few - 1)));
