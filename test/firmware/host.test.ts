/** The firmware's pure parts on this machine, under sanitizers: the same files that run on the board. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../support/length.ts';
import { built, claimsIn, hasSanitizers } from './host/build.ts';

const all = ['parser.cpp', 'lease.cpp', 'budgets.cpp', 'stop.cpp'];
const onlyOpen = (claim: string): boolean => claim.startsWith('a switch that closes');

const closed = ['normally closed', all, []] as const;
const open = ['normally open', ['stop.cpp'], ['-DSTOP_NORMALLY_CLOSED=0']] as const;

/** How much shorter a sample is: of a quarter of an hour of ticks two minutes, in which every bound is reached as well. */
const shorter = isLong ? '1' : '8';

// A second program to compile: of a switch that opens the emulated firmware tells in the quick run.
describe.each(isLong ? [closed, open] : [closed])(
  'on the host, under sanitizers, with a stop switch that is %s',
  (stop, files, defines) => {
    const claims = files.flatMap(claimsIn).filter(claim => stop === 'normally open' || !onlyOpen(claim));
    let program = '';
    beforeAll(() => {
      if (hasSanitizers) program = built(['claims.cpp', ...files], defines);
    }, 120_000);

    it.skipIf(!hasSanitizers).each(claims)('%s', claim => {
      const { status, stdout, stderr } = spawnSync(program, [claim, shorter], { encoding: 'utf8' });
      expect(stdout + stderr).toBe('');
      expect(status).toBe(0);
    });
  },
);
