/** The board's player of cues beside the one of the host: long streams of orders by chance, and many sessions. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isReport } from '../../support/length.ts';
import { hasSanitizers } from '../host/build.ts';
import { buildCuePlayer, differing } from './cue-player.ts';
import { sessionBy } from './cue-sessions.ts';
import { streamBy } from './cue-streams.ts';

const tenMinutes = 600_000;
const longMs = 600_000;

describe.skipIf(!hasSanitizers)('the board’s player of cues', () => {
  let program = '';
  beforeAll(() => {
    program = buildCuePlayer();
  }, 120_000);

  it(
    'does what the conductor does in thousands of streams',
    () => {
      for (let from = 1000; from < (isReport ? 6000 : 1500); from += 500)
        expect(
          differing(
            program,
            Array.from({ length: 500 }, (_, index) => streamBy(from + index, 60)),
          ),
        ).toEqual([]);
    },
    longMs,
  );

  it.each(isReport ? [1, 2, 3, 4, 5] : [1])(
    'does what the conductor does in a long stream of moments, seed %i',
    seed => {
      expect(differing(program, [streamBy(seed, isReport ? 100_000 : 5000)])).toEqual([]);
    },
    longMs,
  );

  // Were more planned at once than it remembers, or more driven, it would drop what the conductor does not.
  it(
    'does what the conductor does in whole sessions',
    async () => {
      for (let seed = 1; seed <= (isReport ? 300 : 5); seed++)
        expect(differing(program, [await sessionBy(seed, tenMinutes)]), `session ${seed}`).toEqual([]);
    },
    longMs,
  );
});
