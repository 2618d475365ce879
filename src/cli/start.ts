/** `tactus start`: the live controller, with its page. */
import { type Command, Option } from 'commander';
import { users } from '../../machines/routine/schema.ts';
import { receiverMeans } from '../../machines/session.types.ts';
import { gathered, ids, whole } from './options.ts';
import { client } from './sessions.ts';
import type { StartOptions } from './start-options.ts';
import type { Surroundings } from './surroundings.ts';

/** Loaded only where it is needed: the other commands need neither Johnny-Five nor a server. */
async function run(options: StartOptions, around: Surroundings): Promise<void> {
  const { runController } = await import('./controller.ts');
  await runController(options, around);
}

export function addStart(program: Command, around: Surroundings): void {
  program
    .command('start')
    .description('run the controller and its page')
    .option('--routine <id|file>', 'what to begin with (default: what was begun last, else evening-legs)')
    .option('--minutes <n>', 'scale it to the time there is', whole(3, 90))
    .option('--end-at <HH:MM>', 'scale it so that all is over by then')
    .option('--drop', 'leave out what has to go for that')
    .addOption(new Option('--for <whom>', 'whose hands').choices([...users]))
    .addOption(
      new Option('--quiet <how>', 'full, or phases: no cues for strokes').choices(['full', 'phases']),
    )
    .addOption(new Option('--first-side <side>', "the receiver's easier side").choices(['left', 'right']))
    .addOption(
      new Option('--worn <how>', 'usual, or turned: the other way round').choices(['usual', 'turned']),
    )
    .option('--favourites <ids>', 'routines to choose without a screen, separated by commas', ids)
    .option('--client <letter>', 'a letter for the receiver; later sessions go on from it', client)
    .option('--intake-attested', 'the questions have been gone through with this client, none applies')
    .option('--board <which>', 'emulated, usb, the path of a serial port, or tcp://host:port', 'emulated')
    .option('--http <port>', 'port of the page', whole(0, 65_535), 7410)
    .option('--host <address>', 'where to listen; other than loopback only with --lan')
    .option('--lan', 'let phones of the local network in, paired by a code, over TLS')
    .option('--insecure-lan', 'with --lan: no TLS; anyone on the network can read along')
    .addOption(
      new Option(
        '--receiver <means>',
        'what the person being massaged can stop with; tried before the start',
      ).choices([...receiverMeans]),
    )
    .option('--headless', 'no page: the board and its buttons alone')
    .option('--cue <file>', 'a cue of your own instead of the one with its id; may be given again', gathered)
    .option('--script <file>', 'play steps in real time')
    .option('--journal <file>', 'keep what replay folds')
    .action((options: StartOptions) => run(options, around));
}
