/** `tactus start`: the live controller, with its page. */
import { type Command, Option } from 'commander';
import { users } from '../../machines/routine/names.ts';
import { receiverMeans } from '../../machines/session.lists.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { gathered, ids, whole } from '../app/options.ts';
import type { StartOptions } from '../app/start-options.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { client } from './sessions.ts';

/** Loaded only where it is needed: the other commands need neither Johnny-Five nor a server. */
async function run(options: StartOptions, around: Surroundings): Promise<void> {
  const { runController } = await import('../app/controller.ts');
  await runController(options, around);
}

export function addStart(program: Command, around: Surroundings): void {
  program
    .command('start')
    .description(commandWords.start.does)
    .option('--routine <id|file>', commandWords.start.routine)
    .option('--minutes <n>', commandWords.start.minutes, whole(3, 90))
    .option('--end-at <HH:MM>', commandWords.start.endAt)
    .option('--drop', commandWords.start.drop)
    .addOption(new Option('--for <whom>', commandWords.start.for).choices([...users]))
    .addOption(new Option('--quiet <how>', commandWords.start.quiet).choices(['full', 'phases']))
    .addOption(new Option('--first-side <side>', commandWords.start.firstSide).choices(['left', 'right']))
    .addOption(new Option('--worn <how>', commandWords.start.worn).choices(['usual', 'turned']))
    .option('--favourites <ids>', commandWords.start.favourites, ids)
    .option('--client <letter>', commandWords.start.client, client)
    .option('--intake-attested', commandWords.start.intakeAttested)
    .option('--board <which>', commandWords.start.board, 'emulated')
    .option('--http <port>', commandWords.start.http, whole(0, 65_535), 7410)
    .option('--host <address>', commandWords.start.host)
    .option('--lan', commandWords.start.lan)
    .option('--insecure-lan', commandWords.start.insecureLan)
    .option('--mqtt <url>', commandWords.start.mqtt)
    .option('--mqtt-name <name>', commandWords.start.mqttName)
    .addOption(new Option('--receiver <means>', commandWords.start.receiver).choices([...receiverMeans]))
    .option('--headless', commandWords.start.headless)
    .option('--cue <file>', commandWords.start.cue, gathered)
    .option('--script <file>', commandWords.start.script)
    .option('--journal <file>', commandWords.start.journal)
    .action((options: StartOptions) => run(options, around));
}
