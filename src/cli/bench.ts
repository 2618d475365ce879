/** `tactus bench`: figures of this machine, each beside what one would do instead. */
import type { Command } from 'commander';
import { fromLibrary } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { whole } from '../app/options.ts';
import { firmwareHex } from '../installed.ts';
import { drift, type Figure, instructions, machines, silence, simulated } from '../simulation/benchmarks.ts';
import { rememberedStage } from '../simulation/recorded-stage.ts';
import { SystemClock } from '../time/system-clock.ts';

const beatMs = 50;

function shipped(id: string): Routine {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(`the library has lost ${id}`);
  return routine;
}

const shownMs = (ms: number): string =>
  ms >= 10_000 ? `${(ms / 1000).toFixed(0)} s` : ms >= 100 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;

/** How many times more the other way takes; null where ours took no time that could be told. */
const ratioOf = ({ ours, instead }: Figure): number | null => (ours > 0 ? instead / ours : null);

/** What the machines do once they are warm, for a figure that has it. */
const warmRatioOf = ({ warm, instead }: Figure): number | null =>
  warm !== undefined && warm > 0 ? instead / warm : null;

const warmLine = (figure: Figure): readonly string[] =>
  figure.warm === undefined
    ? []
    : [
        `  ${shownMs(figure.warm).padStart(9)}  the same, warm (${Math.round(warmRatioOf(figure) ?? 0)} times real time)`,
      ];

function print(figure: Figure): void {
  const { what, ours, oursBy, instead, insteadBy } = figure;
  const ratio = ratioOf(figure);
  process.stdout.write(
    [
      what,
      `  ${shownMs(ours).padStart(9)}  ${oursBy}`,
      ...warmLine(figure),
      `  ${shownMs(instead).padStart(9)}  ${insteadBy}${ratio === null ? '' : ` (${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times)`}`,
      '',
    ].join('\n'),
  );
}

async function run({ seconds, json }: Readonly<{ seconds: number; json?: true }>): Promise<void> {
  const { emulatedStage } = await import('../simulation/emulated-stage.ts');
  const measures: readonly (() => Promise<Figure>)[] = [
    () => drift(new SystemClock(), beatMs, seconds * 1000),
    () => machines(shipped('leg-and-back'), rememberedStage),
    async () =>
      simulated(
        shipped('first-touch'),
        await emulatedStage(firmwareHex(), 1),
        'simulate --board firmware: the real binary in the loop',
      ),
    async () => {
      const { execute } = await import('../../simulator/avr/instructions.ts');
      const { oneAfterAnother } = await import('../../simulator/avr/one-by-one.ts');
      const { wakefulBoard } = await import('../../simulator/avr/wakeful.ts');
      const hex = firmwareHex();
      return instructions(wakefulBoard(hex, execute), wakefulBoard(hex, oneAfterAnother));
    },
    async () => silence(shipped('first-touch'), await emulatedStage(firmwareHex(), 1)),
  ];
  const figures: Figure[] = [];
  for (const [index, measure] of measures.entries()) {
    if (!json) process.stderr.write(`${index + 1} of ${measures.length} …\n`);
    const figure = await measure();
    figures.push(figure);
    if (!json) print(figure);
  }
  if (json)
    process.stdout.write(
      `${JSON.stringify(figures.map(figure => ({ ...figure, ratio: ratioOf(figure), ...(figure.warm !== undefined && { warmRatio: warmRatioOf(figure) }) })))}\n`,
    );
}

export function addBench(program: Command): void {
  program
    .command('bench')
    .description(commandWords.bench.does)
    .option('--seconds <n>', commandWords.bench.seconds, whole(1, 600), 10)
    .option('--json')
    .action(run);
}
