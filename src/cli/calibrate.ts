/** `tactus calibrate`: where each motor begins to turn, whether both feel the same, and which way a glide runs. */
import type { Command } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { boardIdOf, boardSettingsOf, keepBoardSettings } from '../app/board-settings.ts';
import { Ending } from '../app/ending.ts';
import { Exit, shown } from '../app/exit.ts';
import { untried } from '../app/known-board.ts';
import { onlyUsbPort } from '../app/open-port.ts';
import { calibrated, holderMay } from '../app/setup/motor-steps.ts';
import { type OpenedBoard, openBoardUnderTest } from '../app/setup/open-board.ts';
import { letGoAtEnd, TerminalDialogue } from '../app/setup/terminal-dialogue.ts';
import type { Surroundings } from '../app/surroundings.ts';

const words = terminalWords.calibrate;

type Options = Readonly<{ show?: true; json?: true; forget?: true }>;

async function run(
  port: string | undefined,
  { show, json, forget }: Options,
  around: Surroundings,
): Promise<void> {
  const path = port ?? (await onlyUsbPort(around)).path;
  if (forget) {
    const id = await boardIdOf(path, around);
    keepBoardSettings(id, { ...untried(), stop: boardSettingsOf(id)?.stop ?? 'normallyClosed' });
    return;
  }
  if (show) {
    const id = await boardIdOf(path, around);
    const known = boardSettingsOf(id);
    process.stdout.write(
      json
        ? `${JSON.stringify({ id, settings: known })}\n`
        : `${shown(id)}: ${known ? JSON.stringify(known.calibration) : words.nothingKnown}\n`,
    );
    return;
  }
  const ending = new Ending(around, { asks: true });
  try {
    const opening = openBoardUnderTest(path, 'tactus calibrate', around);
    const opened = await ending.or(opening, ({ bench }) => void bench.close());
    await ending.or(talk(path, opened, around, ending));
  } finally {
    ending.over();
  }
}

async function talk(
  path: string,
  { bench, answered }: OpenedBoard,
  { input }: Surroundings,
  ending: Ending,
): Promise<void> {
  const dialogue = new TerminalDialogue(input);
  letGoAtEnd(bench, dialogue, ending);
  try {
    if (!answered || !bench.driver.identity)
      throw new Exit('noDevice', fill(words.notOurs, { path: shown(path) }));
    dialogue.say(words.welcome);
    const { swapped } = bench.settings.calibration;
    const begin = await holderMay(dialogue, { ...untried().calibration, swapped });
    const calibration = await calibrated(dialogue, bench, begin);
    keepBoardSettings(bench.id, {
      ...bench.settings,
      at: new Date().toISOString(),
      calibration: structuredClone(calibration),
    });
    dialogue.say(fill(words.kept, { id: shown(bench.id) }));
    if (bench.id.startsWith('port:')) dialogue.say(words.byPort);
  } finally {
    dialogue.close();
    await bench.close();
  }
}

export function addCalibrate(program: Command, around: Surroundings): void {
  program
    .command('calibrate')
    .description(commandWords.calibrate.does)
    .argument('[port]', commandWords.calibrate.port)
    .option('--show', commandWords.calibrate.show)
    .option('--forget', commandWords.calibrate.forget)
    .option('--json', commandWords.calibrate.json)
    .action((port: string | undefined, options: Options) => run(port, options, around));
}
