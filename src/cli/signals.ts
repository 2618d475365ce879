/** The end of a live controller: asked for by a signal, or brought about by a fault. The motors are off first. */

import { ScriptFault } from '../script-player.ts';
import type { Sessions } from '../sessions.ts';
import { Exit, exitCodes } from './exit.ts';

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const notConfirmed =
  'The device has not confirmed that its motors are off; its firmware lets go by itself within 250 ms.';

export type Ending = Readonly<{
  /** Lets go of the motors and resolves when the firmware has confirmed it (true), or soon after in any case. */
  silence(): Promise<boolean>;
  /** Whether the outcome of a session ends it all. */
  stopAtOutcome: boolean;
}>;

/** Resolves with the exit code once the controller has to end and the motors are off. */
export function untilEnded(sessions: Sessions, { silence, stopAtOutcome }: Ending): Promise<number> {
  return new Promise(resolve => {
    let ending = false;
    const end = (code: number): void => {
      if (ending) return;
      ending = true;
      silence().then(
        confirmed => {
          if (!confirmed) process.stderr.write(`${notConfirmed}\n`);
          else if (code === exitCodes.fault) process.stderr.write('The motors are off, confirmed.\n');
          resolve(code);
        },
        () => resolve(code),
      );
    };
    for (const [signal, code] of Object.entries(signals)) process.on(signal, () => end(code));
    const fail = (error: unknown): void => {
      process.stderr.write(`tactus: ${error instanceof Error ? error.message : String(error)}\n`);
      end(
        error instanceof Exit
          ? error.code
          : error instanceof ScriptFault
            ? exitCodes.content
            : exitCodes.fault,
      );
    };
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
    if (stopAtOutcome) sessions.listen({ ended: () => end(exitCodes.done) });
  });
}
