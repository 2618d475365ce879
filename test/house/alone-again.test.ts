/** Which files of tests are run again by themselves, and what counts then. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { dueAlone, type FailedFile, mostFiles, toldAgain, withAgain } from '../support/alone-again.ts';
import { Crowding, crowdedShare, waitedUs } from '../support/crowded.ts';

const file = (name: string, project: string, share: number | null, wasLate = false): FailedFile => ({
  moduleId: join(packageRoot, 'test', name),
  project,
  share,
  wasLate,
});

test('a file in real time that failed on a crowded machine is due another run, alone', () => {
  const crowded = file('browser/live/bench.long.test.ts', 'live-pages-long', 0.9);
  expect(dueAlone([crowded])).toEqual([crowded]);
});

test('so is one of which a test was repeated because the machine was late, however little work waited', () => {
  const late = file('browser/bringup.long.test.ts', 'pages-long', 0.2, true);
  expect(dueAlone([late, file('machines/session.test.ts', 'virtual', 0.2, true)])).toEqual([late]);
  expect(dueAlone([file('browser/bringup.long.test.ts', 'pages-long', null, true)])).toHaveLength(1);
});

test('so is one that measures faults by the real clock', () => {
  const crowded = file('faults/brokers.test.ts', 'faults-timed', 0.9);
  expect(dueAlone([crowded, file('faults/chip.test.ts', 'faults', 0.9)])).toEqual([crowded]);
});

test.each<[string, FailedFile]>([
  ['on a machine that kept up', file('live/start.test.ts', 'live', crowdedShare)],
  ['where nobody knows how crowded it was', file('live/start.test.ts', 'live', null)],
  ['in virtual time', file('machines/session.test.ts', 'machines', 1)],
])('a file that failed %s has failed', (_, failed) => {
  expect(dueAlone([failed])).toEqual([]);
});

test('where many files failed, the crowd is no reason', () => {
  const many = Array.from({ length: mostFiles + 1 }, (_, index) => file(`live/${index}.test.ts`, 'live', 1));
  expect(dueAlone(many.slice(1))).toHaveLength(mostFiles);
  expect(dueAlone(many)).toEqual([]);
});

test('what the second run of a file shows stands in the place of what the first did; other files keep theirs', () => {
  const seen = new Map([
    ['live/a.test.ts > works', 'failed'],
    ['live/a.test.ts > ends', 'passed'],
    ['live/ab.test.ts > works', 'failed'],
  ] as const);
  const again = new Map([['live/a.test.ts > works', 'passed']] as const);
  expect([...withAgain(seen, again, [file('live/a.test.ts', 'live', 1)])]).toEqual([
    ['live/ab.test.ts > works', 'failed'],
    ['live/a.test.ts > works', 'passed'],
  ]);
});

test('the last lines say which file, how crowded it was, and what had failed', () => {
  expect(toldAgain(file('live/a.test.ts', 'live', 0.876), ['works', 'ends'])).toBe(
    'test/live/a.test.ts, alone (beside others work waited for a processor up to 88 % of the time, and these failed: works; ends)',
  );
  expect(toldAgain(file('live/a.test.ts', 'live', 0.2, true), ['works'])).toBe(
    'test/live/a.test.ts, alone (beside others work waited for a processor up to 20 % of the time, the machine was late, and these failed: works)',
  );
  expect(toldAgain(file('live/a.test.ts', 'live', null, true), ['works'])).toBe(
    'test/live/a.test.ts, alone (beside others the machine was late, and these failed: works)',
  );
});

test('the share of a file is what was waited between its beginning and its end', () => {
  let [us, ms]: [number | null, number] = [1_000_000, 500];
  const crowding = new Crowding(
    () => us,
    () => ms,
  );
  crowding.onTestModuleStart({ moduleId: 'a' });
  [us, ms] = [1_750_000, 1500];
  crowding.onTestModuleEnd({ moduleId: 'a' });
  expect(crowding.share('a')).toBe(0.75);
  expect(crowding.share('b')).toBeNull();
  crowding.onTestModuleStart({ moduleId: 'b' });
  us = null;
  crowding.onTestModuleEnd({ moduleId: 'b' });
  expect(crowding.share('b')).toBeNull();
});

test('a crowd at its beginning counts, however long a file waits in vain after it; what was before it does not', () => {
  let [us, ms] = [0, 0];
  const crowding = new Crowding(
    () => us,
    () => ms,
  );
  const pass = (waitedUs: number, lastedMs: number): void => {
    [us, ms] = [us + waitedUs, ms + lastedMs];
  };
  crowding.look();
  pass(1_000_000, 1000);
  crowding.onTestModuleStart({ moduleId: 'later' });
  pass(1_000_000, 1000);
  crowding.look();
  crowding.onTestModuleStart({ moduleId: 'crowded' });
  pass(1_600_000, 2000);
  crowding.look();
  pass(0, 58_000);
  crowding.look();
  crowding.onTestModuleEnd({ moduleId: 'crowded' });
  expect(crowding.share('crowded')).toBe(0.8);
  // The stretch in whose midst it began does not count: all of it was crowded.
  crowding.onTestModuleEnd({ moduleId: 'later' });
  expect(crowding.share('later')).toBe(0.8);
  crowding.onTestModuleStart({ moduleId: 'idle' });
  pass(0, 4000);
  crowding.look();
  crowding.onTestModuleEnd({ moduleId: 'idle' });
  expect(crowding.share('idle')).toBe(0);
});

test('the pressure of the processors is read as Linux writes it; elsewhere it is not known', () => {
  const psi =
    'some avg10=1.00 avg60=2.00 avg300=3.00 total=8195017827\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
  expect(waitedUs(() => psi)).toBe(8_195_017_827);
  expect(waitedUs(() => 'nothing of the kind')).toBeNull();
  expect(
    waitedUs(() => {
      throw new Error('ENOENT');
    }),
  ).toBeNull();
});
