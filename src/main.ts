/** The program as a process: how it begins, and how it ends. */
import { Ending } from './app/ending.ts';
import { exitCodes } from './app/exit.ts';
import { endWithRunner } from './app/gone-parent.ts';
import { surviveGoneTerminal } from './app/gone-terminal.ts';
import { lastWord, surviveLostWords } from './app/last-word.ts';
import { sayError, tactus } from './app/program.ts';
import { treatAllAsShortLived } from './app/short-lived.ts';
import { thisMachine } from './app/surroundings.ts';

treatAllAsShortLived();
const program = tactus(thisMachine(code => process.exit(code)));

// Whoever reads our output may stop reading: that is no fault.
surviveLostWords();
surviveGoneTerminal();
endWithRunner('tactus');
process.stdout.on('error', error => {
  // A command that has a board lets go of its motors first, and not for every such reason.
  if (Ending.isUnderWay) return;
  // What it has come to stands, whoever can still be told.
  if (process.exitCode) process.exit();
  const code = 'code' in error ? error.code : error.message;
  if (code === 'EPIPE') process.exit(exitCodes.done);
  lastWord(`tactus: standard output cannot be written (${code})`);
  process.exit(exitCodes.cannotWrite);
});

// What goes wrong in a timer of a command that stays is told as anything else is.
const stray = (error: unknown): void => {
  if (!Ending.isUnderWay) process.exit(sayError(error, program));
};
process.on('uncaughtException', stray);
process.on('unhandledRejection', stray);

const lastOutputMs = 1000;

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = sayError(error, program);
}
// Output on its way still leaves; nothing else may keep a finished command alive.
const open = ['start', 'board', 'bringup', 'calibrate', 'doctor', 'flash', 'fleet', 'ports', 'play'];
if (process.argv.some(word => open.includes(word))) {
  // A failure to write is told after this has been called.
  process.stdout.write('', () => setImmediate(() => process.exit()));
  // Whoever does not read it holds nothing up.
  setTimeout(() => process.exit(), lastOutputMs);
}
