/** `tactus bench`: the figures of this machine, each beside what one would do instead and beside its limit. */
import { type Command, InvalidArgumentError } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { figureWords } from '../../machines/text/figures.ts';
import type { RowId } from '../app/bench/rows.ts';
import type { BenchRun } from '../app/bench/run.ts';
import { nearest } from '../app/nearest.ts';
import { whole } from '../app/options.ts';
import type { Surroundings } from '../app/surroundings.ts';

const ids = Object.keys(figureWords.rows);
const isRow = (id: string): id is RowId => ids.includes(id);

/** Idle and busy each. Otherwise beats last for what the rest leaves of ten minutes. */
const fullSeconds = 600;

/** Rows by their ids, separated by commas. */
function rows(text: string): readonly RowId[] {
  const asked = text
    .split(',')
    .map(id => id.trim())
    .filter(id => id !== '');
  const wrong = asked.find(id => !isRow(id));
  if (wrong !== undefined)
    throw new InvalidArgumentError(
      `${wrong} is no row; one may be meant: ${nearest(wrong, ids) ?? ids.join(', ')}.`,
    );
  if (asked.length === 0) throw new InvalidArgumentError(`names no row; there are ${ids.join(', ')}.`);
  return asked.filter(isRow);
}

type BenchOptions = BenchRun & Readonly<{ full?: true }>;

/** Loaded only where it is needed: the other commands need no chip and no page. */
async function run(options: BenchOptions, around: Surroundings): Promise<void> {
  const { runBench } = await import('../app/bench/run.ts');
  await runBench(
    { ...options, seconds: options.seconds ?? (options.full ? fullSeconds : undefined) },
    around,
  );
}

export function addBench(program: Command, around: Surroundings): void {
  const words = commandWords.bench;
  program
    .command('bench')
    .description(words.does)
    .option('--seconds <n>', words.seconds, whole(1, 3600))
    .option('--full', words.full)
    .option('--only <ids>', words.only, rows)
    .option('--json [file]', words.json)
    .option('--svg <file>', words.svg)
    .option('--markdown', words.markdown)
    .option('--readme', words.readme)
    .option('--from <file>', words.from)
    .action((options: BenchOptions) => run(options, around));
}
