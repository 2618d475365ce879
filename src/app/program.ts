/** The program: its commands, and what it says of an error. */
import { Command, CommanderError } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { addBench } from '../cli/bench.ts';
import { addBoard } from '../cli/board.ts';
import { addBringup } from '../cli/bringup.ts';
import { addCalibrate } from '../cli/calibrate.ts';
import { addCard } from '../cli/card.ts';
import { addCues } from '../cli/cues.ts';
import { addDoctor } from '../cli/doctor.ts';
import { addFlash } from '../cli/flash.ts';
import { addFleet } from '../cli/fleet.ts';
import { addLoad } from '../cli/load.ts';
import { addMessages } from '../cli/messages.ts';
import { addPhone } from '../cli/phone.ts';
import { addPorts } from '../cli/ports.ts';
import { addReplay } from '../cli/replay.ts';
import { addRoutines } from '../cli/routines.ts';
import { addSessions } from '../cli/sessions.ts';
import { addSimulate } from '../cli/simulate.ts';
import { addStart } from '../cli/start.ts';
import { version } from '../installed.ts';
import { CommandEnded } from './ending.ts';
import { exitCodes, exitOf, shown } from './exit.ts';
import { lastWord } from './last-word.ts';
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
  addFleet(program, around);
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
  addLoad(program, around);
  addBoard(program, around);
  program.commandsGroup(words.records);
  addSessions(program, around);
  addReplay(program);
  program.commandsGroup(words.further);
  addBench(program, around);
  addMessages(program);
  program.addHelpCommand(
    new Command('help').argument('[command]').description(words.help).helpGroup(words.further),
  );
  return program.addHelpText('after', examples);
}

/** One line first: what, where, what to do. A stack only where it was asked for. */
export function sayError(error: unknown, program: Command): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    // Its second line is the word that may have been meant.
    const [first = '', meant = '(see --help)'] = error.message.split('\n');
    if (error.code !== 'commander.help')
      lastWord(`tactus: ${shown(first.replace(/^error: /, ''))} ${shown(meant)}`);
    return exitCodes.usage;
  }
  if (error instanceof CommandEnded) return error.code;
  const exit = exitOf(error);
  const message = exit?.message ?? (error instanceof Error ? error.message : String(error));
  lastWord(`tactus: ${message}`);
  if (program.opts<{ debug?: true }>().debug && error instanceof Error) lastWord(error.stack ?? '');
  return exit?.code ?? exitCodes.fault;
}
