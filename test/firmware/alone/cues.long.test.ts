/** The board's player of cues beside the conductor, the planned cues and the driver's output that it mirrors. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { dutyOf } from '../../../hardware/duty.ts';
import { cueTableHeader, cueTableSource } from '../../../hardware/firmware/alone/cues.ts';
import { lengthsOf } from '../../../machines/cues/expand.ts';
import { cues } from '../../../machines/cues/library.ts';
import { motorLimits } from '../../../machines/limits.ts';
import { cueIds } from '../../../machines/vocabulary.ts';
import { hasSanitizers } from '../host/build.ts';
import { answersOf, buildCuePlayer, differing, tuningLine, usualTuning } from './cue-player.ts';
import { sessionBy } from './cue-sessions.ts';
import { streamBy } from './cue-streams.ts';

const alone = new URL('../../../hardware/firmware/tactus/src/alone/', import.meta.url);
const textOf = (name: string): string => readFileSync(fileURLToPath(new URL(name, alone)), 'utf8');

describe('the table of cues', () => {
  it('is written from the library', () => {
    expect(textOf('cue_table.h')).toBe(cueTableHeader());
    expect(textOf('cue_table.cpp')).toBe(cueTableSource());
  });
});

describe.skipIf(!hasSanitizers)('the board’s player of cues', () => {
  let program = '';
  beforeAll(() => {
    program = buildCuePlayer();
  }, 120_000);

  it('knows how long each cue takes', () => {
    const lengths = lengthsOf(cues);
    const told = answersOf(
      program,
      cueIds.map((_, index) => `c ${index}`),
    );
    expect(told.map(Number)).toEqual(cueIds.map(cue => lengths[cue]));
  });

  it('drives every intensity of a cue at every rated duty as the driver does', () => {
    const cases = [70, 80, 90, 100].flatMap(percent =>
      Array.from({ length: 255 }, (_, index) => index + 1).flatMap(ratedDuty =>
        [0, Math.floor(ratedDuty / 2), ratedDuty].map(startDuty => ({ percent, startDuty, ratedDuty })),
      ),
    );
    const told = answersOf(
      program,
      cases.map(({ percent, startDuty, ratedDuty }) => `d ${percent} ${startDuty} ${ratedDuty} 184`),
    );
    const wanted = cases.map(({ percent, startDuty, ratedDuty }) =>
      [motorLimits.kickMs, 0].map(sinceMs =>
        dutyOf(percent / 100, sinceMs, { startDuty, ratedDuty, kickDuty: 184 }),
      ),
    );
    expect(told.map(line => line.trim().split(' ').map(Number))).toEqual(wanted);
  });

  it('does at each ms what the conductor and the driver do, whatever they are told', () => {
    const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
    const streams = seeds.map(seed => streamBy(seed, 40));
    expect(differing(program, streams)).toEqual([]);
  });

  it('does so in sessions', async () => {
    const streams = [await sessionBy(1, 60_000), await sessionBy(2, 60_000), await sessionBy(3, 60_000)];
    expect(differing(program, streams)).toEqual([]);
  });

  it('drops a cue that it has no room to remember, and says so', () => {
    const taps = Array.from({ length: 7 }, (_, index) => `P ${1000 + 400 * index} 0 0 1 ${index} 0 0`);
    const told = answersOf(program, [tuningLine(usualTuning), 'E 60000 0 0 0 0 0 0', ...taps]);
    expect(told.slice(2).map(line => line.trim())).toEqual(['', '', '', '', '', '', 'd0,6,2']);
  });
});
