/** Cues as a phone gives them, with the one motor that it has. */
import { expect, test } from 'vitest';
import { cues } from '../../../../machines/cues/library.ts';
import { patternOf } from '../../../../simulator/page/output/vibration.ts';

test.each([
  ['TAP', [150]],
  ['GLIDE', [311]],
  ['NEXT', [250, 200, 250]],
  ['ASK', [150, 200, 150, 200, 150, 200, 150]],
  ['STOP', [2000]],
] as const)('%s', (id, pattern) => {
  expect(patternOf(cues[id].pulses)).toEqual(pattern);
});

test('EASE is one long pulse and one short one, as on the board', () => {
  const [first = 0, gap = 0, second = 0, ...more] = patternOf(cues.EASE.pulses);
  expect([first >= 500, gap >= 140, second, more]).toEqual([true, true, 150, []]);
});

test('what overlaps is one, in whatever order it is told', () => {
  expect(
    patternOf([
      { fromMs: 300, forMs: 100 },
      { fromMs: 0, forMs: 200 },
      { fromMs: 50, forMs: 100 },
      { fromMs: 200, forMs: 50 },
    ]),
  ).toEqual([250, 50, 100]);
});
