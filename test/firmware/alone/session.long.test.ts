/**
 * The whole session of the board alone beside the machine that it comes from, on sessions by chance: after each event the
 * same name, the same memory, the same deadline, and the same orders and marks.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { isReport } from '../../support/length.ts';
import { hasSanitizers } from '../host/build.ts';
import { answersOf, buildAlone, sessionParts } from './program.ts';
import { asked, coverage, differences, sessions } from './sessions.ts';
import { chanceOf } from './walks.ts';

const events = isReport ? 1_000_000 : 5_000;
/** Sessions of one process: their text is held whole. */
const atOnce = 4;

describe.skipIf(!hasSanitizers)('a session of the board alone', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(['session.cpp'], sessionParts);
  }, 300_000);

  it(`goes as the machine goes: ${events} events of sessions by chance`, () => {
    const chance = chanceOf(72);
    let told = 0;
    let count = 0;
    while (told < events) {
      const walks = Array.from({ length: atOnce }, () => sessions(chance)).flat();
      const printed = answersOf(program, walks.map(asked));
      let line = 0;
      for (const moments of walks) {
        for (const [index, moment] of moments.entries()) {
          const found = differences(moment, printed.slice(line, line + 3));
          line += 3;
          if (found.length === 0) continue;
          const before = moments.slice(Math.max(0, index - 8), index + 1);
          const story = before.map(({ event, standing }) => `${standing}: ${JSON.stringify(event)}`);
          expect.fail([`session ${count}, event ${index}`, ...found, ...story].join('\n  '));
        }
        told += moments.length - 1;
        count += 1;
      }
      expect(printed.length).toBe(line);
    }
    const { transitions, neverTaken, guarded, oneSided } = coverage();
    console.info(
      [
        `${count} sessions, ${told} events: ${transitions - neverTaken.length} of ${transitions} transitions of the board's chart`,
        `${guarded - oneSided.length} of ${guarded} guards seen to hold and to fail where they stand`,
        ...(isReport
          ? [...neverTaken.map(name => `  never taken: ${name}`), ...oneSided.map(line => `  ${line}`)]
          : []),
      ].join('\n'),
    );
  }, 3_600_000);
});
