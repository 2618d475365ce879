/** A board that is pulled out while hands move, and plugged in again however soon, is there again; it drives nothing. */
import { expect, it } from 'vitest';
import { firmwareHex } from '../../src/installed.ts';
import { Run } from '../../src/session/run.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { countedFrom } from '../../src/time/clock.ts';
import { isLong } from '../support/length.ts';
import { routine } from '../support/routines.ts';

const everyMs = isLong ? 3 : 21;
/** In `npm test` each sixth of them: that at 381 ms has the board hung up where a line that is back is not told apart. */
const moments = Array.from({ length: Math.ceil(900 / everyMs) }, (_, index) => ({
  index,
  afterMs: 3 + index * everyMs,
})).filter(({ index }) => isLong || index % 6 === 0);

it('at any moment up to a second after', async () => {
  const gone: string[] = [];
  for (const { index, afterMs } of moments) {
    const stage = await emulatedStage(firmwareHex(), 1 + index);
    const clock = countedFrom(stage.clock, stage.clock.now());
    const run = new Run({
      routine: routine(),
      clock,
      driver: stage.driver,
      speaks: true,
      boardReady: true,
      product: 'test',
    });
    const pass = async (ms: number): Promise<void> => {
      const until = clock.now() + ms;
      clock.at(until, () => {});
      while (clock.now() < until) await stage.hop();
    };
    try {
      run.open();
      run.intend({ intent: 'screen', complaint: false, others: 'no' });
      run.intend({ intent: 'confirm', step: 'position' });
      run.intend({ intent: 'baseline', local: 0, leg: 0 });
      await pass(400);
      run.intend({ intent: 'start' });
      // Another place of the beat each time.
      await pass(1500 + ((index * 37) % 400));
      expect(run.state).toBe('warmUp');
      stage.boardControls.fault({ kind: 'fault', fault: 'unplug' });
      await pass(afterMs);
      stage.boardControls.fault({ kind: 'fault', fault: 'replug' });
      await pass(4000);
      if (run.board.state !== 'live') gone.push(`${afterMs} ms: ${run.board.state}`);
      expect([run.state, run.conductor.frame]).toEqual(['faulted', null]);
    } finally {
      run.close();
      stage.close();
    }
  }
  expect(gone).toEqual([]);
});
