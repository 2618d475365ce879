/** Scripts of chance: what people, buttons and cables do is told alike with no board and with the firmware. */
import { expect, it } from 'vitest';
import { isLong } from '../support/length.ts';
import { randomScript } from '../support/random-script.ts';
import { simulated } from '../support/simulated.ts';

it.each(isLong ? [1, 2, 3, 4, 5, 6] : [2])('seed %i', async seed => {
  const steps = randomScript(seed, 30_000).filter(({ fault }) => fault !== 'loseBytes');
  const none = await simulated({ steps });
  const firmware = await simulated({ steps, board: 'firmware' });
  expect(firmware.lines.filter(({ type }) => type !== 'pin')).toEqual(none.lines);
  expect(firmware.stateHash).toBe(none.stateHash);
});
