/** A script that plays the person of a live session; without a page the controller has nothing left to do after it. */
import type { Sessions } from '../session/sessions.ts';
import type { Step } from '../simulation/script.ts';
import { ScriptPlayer, scriptedRun } from '../simulation/script-player.ts';
import type { Ending } from './ending.ts';
import { Exit, exitCodes, shown } from './exit.ts';
import type { LiveBoard } from './live-board.ts';

export class LiveScript {
  readonly #player: ScriptPlayer;
  readonly #sessions: Sessions;
  readonly #file: string;

  constructor(file: string, steps: readonly Step[], sessions: Sessions, { button }: LiveBoard) {
    this.#file = file;
    this.#sessions = sessions;
    const { run } = sessions;
    this.#player = new ScriptPlayer(scriptedRun(run), run.clock, steps, {
      button: (which, down) => button?.(which, down),
      fault: ({ fault }) => {
        throw new Exit('content', `fault ${fault}: only simulate can do that`);
      },
    });
  }

  start(): void {
    this.#player.start();
  }

  /** Ends the process with the outcome: no device where a fault that the script did not ask for cut it short. */
  endsWith(ending: Ending): void {
    this.#sessions.listen({
      ended: () => ending.end(this.#player.isCutShort ? exitCodes.noDevice : exitCodes.done),
    });
  }

  /** Throws Exit where something was expected and never put to the test, though all ended by itself. */
  refuseUntested(code: number): void {
    const isByItself = code === exitCodes.done || code === exitCodes.noDevice;
    const { untested } = this.#player;
    if (this.#sessions.run.outcome && isByItself && untested !== null)
      throw new Exit('content', `${shown(this.#file)}: ${untested}`);
  }
}
