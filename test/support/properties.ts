/**
 * Set-up of every test file: where properties draw from.
 *
 * `npm test` draws from one pinned seed, so that two runs of one commit are the same run. `npm run test:random` hands in
 * fresh ones (`TACTUS_SEED`, a 32-bit integer). What fails says, beside the shrunk example, the line that pins it.
 */
import fc from 'fast-check';

const pinnedSeed = 20_261_128;

/** One line for the parameters of the `fc.assert` that failed: from then on the example is tried first, in every run. */
const pinning = (counterexample: readonly unknown[]): string =>
  `pin it, in the parameters of this fc.assert: examples: [[${counterexample.map(value => fc.stringify(value)).join(', ')}]],`;

function report<Values>(details: fc.RunDetails<Values>): void {
  if (!details.failed) return;
  const { counterexample, errorInstance } = details;
  const example = Array.isArray(counterexample) ? `\n${pinning(counterexample)}` : '';
  throw new Error(`${fc.defaultReportMessage(details)}${example}`, { cause: errorInstance });
}

fc.configureGlobal({ seed: Number(process.env.TACTUS_SEED ?? pinnedSeed), reporter: report });
