/** The emulated board as a serial device of this machine, in real time: for any program that opens a port by its path. */
import type { Button } from '../../machines/vocabulary.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { SerialBoard, type SerialBoardEvent } from './serial-board.ts';
import type { Uno } from './uno.ts';

/** A board behind a path. It holds its process until `close`. */
export type SerialDevice = Readonly<{
  /** What another program opens, at 57600 baud: `/dev/pts/7`. Each opening resets the board, as on a real Uno. */
  path: string;
  press(button: Button): void;
  /** No sooner than the board can have seen the press, however soon it is said. */
  release(button: Button): void;
  /** Its reset button. */
  reset(): void;
  /** The line goes away under whoever has it open, for good; the board stays powered. */
  unplug(): void;
  /** Switches the board off, and takes the path away. */
  close(): void;
}>;

/**
 * Gives a board a path and starts it. `tell` hears of its pins (on the board's clock, in ms since power-on), of resets,
 * of the port's opening and leaving, and of time that was skipped after a stall of this process. Nobody else may run
 * this board meanwhile. Rejects where the system has no pseudo-terminals (Windows).
 */
export async function openSerialDevice(
  uno: Uno,
  tell: (event: SerialBoardEvent) => void = () => {},
): Promise<SerialDevice> {
  // Native: only who asks for a path needs it.
  const { PseudoTerminal } = await import('./pseudo-terminal.ts');
  const terminal = await PseudoTerminal.open();
  const board = new SerialBoard(uno, terminal, new SystemClock(), tell);
  board.start();
  let isOpen = true;
  return {
    path: terminal.path,
    press: button => board.button(button, true),
    release: button => board.button(button, false),
    reset: () => board.reset(),
    unplug: () => board.unplug(),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      board.stop();
    },
  };
}
