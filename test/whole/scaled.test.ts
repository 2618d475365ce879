/** Every routine of the library in every time it can be given in, from screening to its end. */
import { describe, expect, it } from 'vitest';
import { seeded } from '../../src/time/virtual-clock.ts';
import { tactusHere } from '../support/in-process.ts';
import { isLong } from '../support/length.ts';
import { given } from '../support/scaled.ts';
import { linesOf, simulated } from '../support/simulated.ts';

/** In a quarter of an hour, one with all its phases and one without some: they stand for all in `npm test`. */
const some = [true, false].flatMap(
  whole => given.find(({ minutes, isWhole }) => minutes === 15 && isWhole === whole) ?? [],
);

describe('a routine scaled to the time there is', () => {
  it('can be had for most times', () => {
    expect(given.length).toBeGreaterThanOrEqual(15);
    expect(some).toHaveLength(2);
  });

  it.each(isLong ? given : some)(
    '$id in $minutes minutes, for $users, completes in about that time',
    async ({ routine, minutes, isWhole }) => {
      const played = await simulated({ routine });
      expect(played.outcome).toMatchObject({ outcome: 'completed', reason: 'routineDone' });
      // The assumed person takes 2.5 s for each turn, and as long to say that the end was noticed.
      const turns = linesOf(played, 'state').filter(({ state }) => state === 'transition').length;
      expect(played.outcome.at / 60_000).toBeLessThanOrEqual(minutes + ((turns + 1) * 2.5 + 1) / 60);
      // Without a phase that had to go the others may reach their longest before that.
      expect(played.outcome.at / 60_000).toBeGreaterThan(isWhole ? minutes - 0.7 : minutes * 0.8);
    },
  );

  const random = seeded(20_260_301);
  const sample = given.filter(({ minutes }) => minutes === 15).toSorted(() => random() - 0.5)[0];

  if (isLong)
    it(`${sample?.id} in ${sample?.minutes} minutes is line for line the same with the firmware in the loop`, async () => {
      const words = [
        'simulate',
        sample?.id ?? '',
        '--minutes',
        String(sample?.minutes),
        '--drop',
        '--trace',
        '-',
      ];
      const [none, firmware] = [await tactusHere(words), await tactusHere([...words, '--board', 'firmware'])];
      expect([none.code, firmware.code]).toEqual([0, 0]);
      const withoutPins = firmware.out.split('\n').filter(line => !line.includes('"type":"pin"'));
      expect(withoutPins).toEqual(none.out.split('\n'));
      expect(firmware.out).toContain('"type":"pin"');
    });
});
