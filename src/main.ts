/** The program: its commands, and how it ends. */
import { Command, CommanderError } from 'commander';
import { addBoard } from './cli/board.ts';
import { addBringup } from './cli/bringup.ts';
import { addCalibrate } from './cli/calibrate.ts';
import { addCard } from './cli/card.ts';
import { addCues } from './cli/cues.ts';
import { addDoctor } from './cli/doctor.ts';
import { exitCodes, exitOf } from './cli/exit.ts';
import { addBench } from './cli/figures.ts';
import { addFlash } from './cli/flash.ts';
import { addMessages } from './cli/messages.ts';
import { addPhone } from './cli/phone.ts';
import { addPorts } from './cli/ports.ts';
import { addReplay } from './cli/replay.ts';
import { addRoutines } from './cli/routines.ts';
import { addSessions } from './cli/sessions.ts';
import { addSimulate } from './cli/simulate.ts';
import { addStart } from './cli/start.ts';
import { version } from './installed.ts';

const program = new Command('tactus')
  .description('Paces a massage routine by touch. A pacing aid: no treatment, no claims.')
  .version(version)
  .option('--debug', 'show where an error came from')
  .exitOverride()
  .configureOutput({ outputError: () => {} });
addStart(program);
addSimulate(program);
addBoard(program);
addPorts(program);
addFlash(program);
addBringup(program);
addCalibrate(program);
addDoctor(program);
addRoutines(program);
addCues(program);
addCard(program);
addSessions(program);
addPhone(program);
addMessages(program);
addBench(program);
addReplay(program);

/** One line first: what, where, what to do. A stack only where it was asked for. */
function say(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    const [first = ''] = error.message.split('\n');
    if (error.code !== 'commander.help')
      process.stderr.write(`tactus: ${first.replace(/^error: /, '')} (see --help)\n`);
    return exitCodes.usage;
  }
  const exit = exitOf(error);
  const message = exit?.message ?? (error instanceof Error ? error.message : String(error));
  process.stderr.write(`tactus: ${message}\n`);
  if (program.opts<{ debug?: true }>().debug && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  return exit?.code ?? exitCodes.fault;
}

// Whoever reads our output may stop reading: that is no fault.
process.stdout.on('error', error => {
  const code = 'code' in error ? error.code : error.message;
  if (code === 'EPIPE') process.exit(exitCodes.done);
  process.stderr.write(`tactus: standard output cannot be written (${code})\n`);
  process.exit(exitCodes.cannotWrite);
});

// What goes wrong in a timer of a command that stays is told as anything else is. `start` has its own way: motors first.
const stray = (error: unknown): void => process.exit(say(error));
if (!process.argv.includes('start')) {
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = say(error);
}
// Output on its way still leaves; nothing else may keep a finished command alive.
const open = ['start', 'board', 'bringup', 'calibrate', 'doctor', 'flash', 'ports', 'play'];
if (process.argv.some(word => open.includes(word))) process.stdout.write('', () => process.exit());
