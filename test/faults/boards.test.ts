/** What people, buttons and cables do by chance: the firmware in the loop changes nothing of a session. */
import { expect, it } from 'vitest';
import { onBothBoards, withoutPins } from '../support/both-boards.ts';
import { randomScript } from '../support/random-script.ts';
import { note, sized } from './figures.ts';

const scripts = sized(400, 20);

it('scripts of chance lead alike on no board and on the firmware', async () => {
  // Others than those that npm test plays.
  for (let seed = 1001; seed <= 1000 + scripts; seed++) {
    const [none, firmware] = await onBothBoards(randomScript(seed));
    expect(`seed ${seed}\n${withoutPins(firmware)}`).toBe(`seed ${seed}\n${withoutPins(none)}`);
  }
  note({
    id: 'boards-differ',
    what: 'scripts of chance whose trace differs with the firmware in the loop',
    value: 0,
    unit: 'scripts',
    bound: 0,
    of: `of ${scripts}`,
  });
});
