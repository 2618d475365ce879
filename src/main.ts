/** The program as a process: how it begins, and how it ends. */
import { exitCodes } from './cli/exit.ts';
import { say, tactus } from './cli/program.ts';
import { thisMachine } from './cli/surroundings.ts';

const program = tactus(thisMachine());

// Whoever reads our output may stop reading: that is no fault.
process.stdout.on('error', error => {
  const code = 'code' in error ? error.code : error.message;
  if (code === 'EPIPE') process.exit(exitCodes.done);
  process.stderr.write(`tactus: standard output cannot be written (${code})\n`);
  process.exit(exitCodes.cannotWrite);
});

// What goes wrong in a timer of a command that stays is told as anything else is. `start` has its own way: motors first.
const stray = (error: unknown): void => process.exit(say(error, program));
if (!process.argv.includes('start')) {
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = say(error, program);
}
// Output on its way still leaves; nothing else may keep a finished command alive.
const open = ['start', 'board', 'bringup', 'calibrate', 'doctor', 'flash', 'ports', 'play'];
if (process.argv.some(word => open.includes(word))) process.stdout.write('', () => process.exit());
