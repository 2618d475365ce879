/** The program: its commands, and what it says of an error. */
import { Command, CommanderError } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { version } from '../installed.ts';
import { addBoard } from './board.ts';
import { addBringup } from './bringup.ts';
import { addCalibrate } from './calibrate.ts';
import { addCard } from './card.ts';
import { addCues } from './cues.ts';
import { addDoctor } from './doctor.ts';
import { Ended } from './ending.ts';
import { exitCodes, exitOf, shown } from './exit.ts';
import { addBench } from './figures.ts';
import { addFlash } from './flash.ts';
import { lastWord } from './last-word.ts';
import { addMessages } from './messages.ts';
import { addPhone } from './phone.ts';
import { addPorts } from './ports.ts';
import { addReplay } from './replay.ts';
import { addRoutines } from './routines.ts';
import { addSessions } from './sessions.ts';
import { addSimulate } from './simulate.ts';
import { addStart } from './start.ts';
import type { Surroundings } from './surroundings.ts';

const words = terminalWords.help;

/** What people do most, each with what it does. */
const examples = `
${words.examples}
  tactus start                    ${words.start}
  tactus simulate evening-legs    ${words.simulate}
  tactus doctor                   ${words.doctor}`;

/** All commands, with what they have around them. */
export function tactus(around: Surroundings): Command {
  const program = new Command('tactus')
    .description(commandWords.tactus.does)
    .version(version)
    .option('--debug', commandWords.tactus.debug)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  program.commandsGroup(words.session);
  addStart(program, around);
  addSimulate(program);
  addPhone(program);
  program.commandsGroup(words.content);
  addRoutines(program, around);
  addCues(program, around);
  addCard(program);
  program.commandsGroup(words.hardware);
  addDoctor(program, around);
  addPorts(program, around);
  addFlash(program, around);
  addBringup(program, around);
  addCalibrate(program, around);
  addBoard(program, around);
  program.commandsGroup(words.records);
  addSessions(program);
  addReplay(program);
  program.commandsGroup(words.further);
  addBench(program);
  addMessages(program);
  program.addHelpCommand(
    new Command('help').argument('[command]').description(words.help).helpGroup(words.further),
  );
  return program.addHelpText('after', examples);
}

/** One line first: what, where, what to do. A stack only where it was asked for. */
export function say(error: unknown, program: Command): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    // Its second line is the word that may have been meant.
    const [first = '', meant = '(see --help)'] = error.message.split('\n');
    if (error.code !== 'commander.help')
      lastWord(`tactus: ${shown(first.replace(/^error: /, ''))} ${shown(meant)}`);
    return exitCodes.usage;
  }
  if (error instanceof Ended) return error.code;
  const exit = exitOf(error);
  const message = exit?.message ?? (error instanceof Error ? error.message : String(error));
  lastWord(`tactus: ${message}`);
  if (program.opts<{ debug?: true }>().debug && error instanceof Error) lastWord(error.stack ?? '');
  return exit?.code ?? exitCodes.fault;
}
