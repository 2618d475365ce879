/** LESS while a question is open: EASE answers it, however long the question has been told and told again. */
import { expect, it } from 'vitest';
import { isLong } from '../support/length.ts';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { TestRun } from '../support/run.ts';

const firm = { pressureStart: 2, pressureMax: 2, durationS: 100 };
const paces = [
  ['4 s', {}],
  ['6 s', { speedCmPerS: 6 }],
  ['8 s', { strokeCm: 60, returnMs: 2000 }],
  ['2 s', { strokeCm: 10, speedCmPerS: 10 }],
] as const;

/** When LESS is pressed, in seconds from when the question began: in `npm test` some of them at each pace. */
const times = [2, 4.5, 6.5, 7.3, 9, 13, 15.1, 19, 22, 25, 28.5] as const;

it.each(paces)('in strokes of %s', (_, pace) => {
  const row = paces.findIndex(([, of]) => of === pace);
  const some = isLong ? times : times.filter((_, index) => index % 4 === row);
  const asked = routine(
    [
      warmUp({ ...firm, durationS: 30, ...pace }),
      phaseFields({ ...firm, durationS: 200, ...pace }),
      cooldown({ ...firm, durationS: 30, ...pace }),
    ],
    { checkIn: { everyS: 60, timeoutS: 30 } },
  );
  const answered = some.map(afterS => {
    const test = new TestRun({ routine: asked }).start();
    while (test.run.state !== 'strokes.checkIn') test.for(500);
    const askedAt = test.of('state').at(-1)?.at ?? 0;
    test
      .until(askedAt + 1000 * afterS)
      .press('less')
      .for(1500);
    expect([afterS, test.run.state]).toEqual([afterS, 'eased']);
    return [afterS, test.of('cue').findLast(({ why }) => why === 'eased')?.cue];
  });
  expect(answered.filter(([, cue]) => cue !== 'EASE')).toEqual([]);
});
