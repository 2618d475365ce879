/** What the bench can have happen to the page's board. */
import { benchFaults } from '../../../src/server/bench-messages.ts';
import type { ViewersPorts } from '../../../src/server/viewers.ts';
import type { BoardControls } from '../../../src/simulation/script-player.ts';

export const faultsOn = (controls: BoardControls): NonNullable<ViewersPorts['faults']> => ({
  names: benchFaults,
  meet: ({ fault, forMs, bytes, toward, button }) => {
    if (fault === 'stuckButton') controls.button(button ?? 'stop', true);
    else
      controls.fault({
        kind: 'fault',
        fault,
        ...(forMs !== undefined && { forMs }),
        ...(bytes !== undefined && { bytes }),
        ...(toward && { toward }),
      });
  },
});
