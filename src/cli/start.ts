/** `tactus start`: the live controller, with its page. */
import { type Command, Option } from 'commander';
import { defaultRoutineId } from '../../machines/routine/library.ts';
import { receiverMeans } from '../../machines/session.types.ts';
import type { StartOptions } from './controller.ts';
import { whole } from './options.ts';

/** Loaded only where it is needed: the other commands need neither Johnny-Five nor a server. */
async function run(options: StartOptions): Promise<void> {
  const { runController } = await import('./controller.ts');
  await runController(options);
}

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the controller and its page')
    .option('--routine <id|file>', 'what to begin with', defaultRoutineId)
    .option('--board <which>', 'emulated, usb, the path of a serial port, or tcp://host:port', 'emulated')
    .option('--http <port>', 'port of the page, on loopback only', whole(0, 65_535), 7410)
    .addOption(
      new Option(
        '--receiver <means>',
        'what the person being massaged can stop with; tried before the start',
      ).choices([...receiverMeans]),
    )
    .option('--headless', 'no page: the board and its buttons alone')
    .option('--script <file>', 'play steps in real time')
    .option('--journal <file>', 'keep what replay folds')
    .action(run);
}
