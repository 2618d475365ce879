/** Hands on a board alone say and ask, at the same ms, what the machines make of the same edges. */
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { isReport } from '../../support/length.ts';
import { hasSanitizers } from '../host/build.ts';
import { TouchProgram } from './touch-program.ts';
import { askedOf, type Compared, streamOf, without } from './touch-streams.ts';

const streams = isReport ? 100_000 : 2000;
/** Streams of one run of the program. */
const atOnce = 2000;
const seed = 20_261_130;

describe.skipIf(!hasSanitizers)('hands on a board alone', () => {
  let program: TouchProgram;
  beforeAll(() => {
    program = new TouchProgram();
  }, 120_000);

  it(
    'say words and ask for deeds as the machines do, whatever the edges',
    () => {
      const random = seeded(seed);
      const heard = new Set<string>();
      for (let first = 0; first < streams; first += atOnce) {
        const all = Array.from({ length: atOnce }, (_, index) => {
          const compared: Compared = index % 2 === 0 ? 'words' : 'light';
          return { compared, asked: askedOf(streamOf(random), compared) };
        });
        const answers = program.answers(all.flatMap(({ asked }) => asked.lines));
        let from = 0;
        for (const [index, { compared, asked }] of all.entries()) {
          const { lines } = asked;
          const given = answers.slice(from, from + lines.length).map(answer => without(compared, answer));
          from += lines.length;
          const wrong = given.findIndex((answer, line) => answer !== asked.answers[line]);
          const upToThen = `stream ${first + index} of seed ${seed}:\n${lines.slice(0, wrong + 1).join('\n')}`;
          if (wrong >= 0) expect(given[wrong], upToThen).toBe(asked.answers[wrong]);
          for (const answer of given)
            for (const [what] of answer.matchAll(/(?<= )[wbea]\d+/g)) heard.add(what);
        }
      }
      // Ten words, 13 deeds of the session, four beside it, three answers of the light: none is left out by chance.
      const count = (letter: string): number => [...heard].filter(what => what.startsWith(letter)).length;
      expect(['w', 'e', 'b', 'a'].map(count)).toEqual([10, 13, 4, 3]);
    },
    isReport ? 1_800_000 : 60_000,
  );
});
