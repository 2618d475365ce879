/** The fingers and faults of the page's board, on the grid on which a script has them. */
import { inputGridMs } from '../../../machines/limits.ts';
import type { BoardControls } from '../../../src/simulation/script-player.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { Fingers } from '../../avr/fingers.ts';

/** Fingers and faults meet the board on the grid on which a script would have them meet it, and no press is too short. */
export function onGrid({ button, fault }: BoardControls, board: Clock, clock: () => Clock): BoardControls {
  const soon = (run: () => void, at = clock().now()): void => {
    clock().at(Math.ceil(at / inputGridMs) * inputGridMs, run);
  };
  // On the board's own time: that of a session begins anew with each.
  const fingers = new Fingers(button);
  const look = (): void => {
    fingers.tick(board.now());
    const waitMs = fingers.dueMs - board.now();
    if (Number.isFinite(waitMs)) soon(look, clock().now() + waitMs);
  };
  return {
    button: (name, down) =>
      soon(() => {
        fingers.put(name, down, board.now());
        look();
      }),
    fault: deed => soon(() => fault(deed)),
  };
}
