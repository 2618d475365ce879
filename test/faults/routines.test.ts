/** Every routine in every time it can be given in, with the firmware's own binary in the loop. */
import { expect, test } from 'vitest';
import { seeded } from '../../src/time/virtual-clock.ts';
import { tactus } from '../support/cli.ts';
import { given } from '../support/scaled.ts';
import { note, sized } from './figures.ts';

test('completes on both boards, line for line the same but for the pins', async () => {
  const random = seeded(4711);
  // The quick sample is a short one.
  const pool = given.filter(({ minutes }) => minutes <= sized(Number.POSITIVE_INFINITY, 15));
  const some = pool.toSorted(() => random() - 0.5).slice(0, sized(given.length, 1));
  let same = 0;
  for (const { id, minutes } of some) {
    const words = ['simulate', id, '--minutes', String(minutes), '--drop', '--trace', '-'];
    const [none, firmware] = [await tactus(words), await tactus([...words, '--board', 'firmware'])];
    const withoutPins = firmware.out.split('\n').filter(line => !line.includes('"type":"pin"'));
    expect([id, minutes, none.code, firmware.code]).toEqual([id, minutes, 0, 0]);
    expect(none.out).toMatch(/"outcome":"completed","reason":"routineDone"/);
    if (withoutPins.join('\n') === none.out) same += 1;
  }
  note({
    id: 'routines-both-boards',
    what: 'routines of the library, scaled, that ran otherwise with the firmware in the loop than without',
    value: some.length - same,
    unit: '',
    bound: 0,
    of: `${some.length} of ${given.length}`,
  });
  expect(same).toBe(some.length);
});
