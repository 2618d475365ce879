/** A question whose answer was taken back by the other button: it is told anew, and nothing answers it before. */
import { describe, expect, it } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { type RawStep, simulated } from '../support/simulated.ts';

const toStart: readonly RawStep[] = [
  { at: 0, intent: 'screen', complaint: false, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 100, intent: 'start' },
];
/** A button held from one time after the question in the pressure ramp to another, in ms. */
const held = (button: 'go' | 'less', fromMs: number, untilMs: number): readonly RawStep[] =>
  [fromMs, untilMs].map((afterMs, index) => ({
    on: 'pressureRamp.checkIn',
    nth: 1,
    afterMs,
    button,
    down: index === 0,
  }));

const grips: readonly (readonly [string, readonly RawStep[]])[] = [
  [
    'that took back the answer about the leg',
    [
      ...held('go', 2000, 2100),
      ...held('go', 4400, 4800),
      ...held('less', 4500, 4800),
      ...held('go', 5320, 5400),
      ...held('go', 6260, 6340),
    ],
  ],
  [
    'that took back the first answer',
    [
      ...held('go', 2000, 2400),
      ...held('less', 2280, 2400),
      ...held('go', 2920, 3000),
      ...held('go', 5000, 5100),
      ...held('go', 6000, 6100),
    ],
  ],
  [
    'that took back the yes to more',
    [
      ...held('go', 2000, 2100),
      ...held('go', 4400, 4500),
      ...held('go', 5500, 5900),
      ...held('less', 5780, 5900),
      ...held('go', 6420, 6500),
    ],
  ],
  [
    'that took back a less',
    [
      ...held('go', 2000, 2100),
      ...held('go', 4400, 4500),
      ...held('less', 5500, 5900),
      ...held('go', 5780, 5900),
      ...held('go', 6420, 6500),
    ],
  ],
];

type Of<T extends TraceLine['type']> = Extract<TraceLine, { type: T }>;

describe('after a grip', () => {
  it.each(grips)('%s, GO in haste raises nothing', async (_, steps) => {
    const routine = fromLibrary('first-touch');
    if (!routine) throw new Error('no such routine');
    const { lines } = await simulated({ routine, steps: [...toStart, ...steps] });
    const asked = lines.find(
      (line): line is Of<'state'> => line.type === 'state' && line.state === 'pressureRamp.checkIn',
    );
    const taken = lines.filter(
      (line): line is Of<'refusal'> => line.type === 'refusal' && line.asked === 'together',
    );
    expect(taken.length).toBeGreaterThan(0);
    const rises = lines.filter(
      (line): line is Of<'pressure'> =>
        line.type === 'pressure' && line.why === 'rise' && line.at > (taken.at(-1)?.at ?? 0),
    );
    const inTime = rises.filter(({ at }) => at < (asked?.at ?? 0) + 10_000);
    expect(inTime).toEqual([]);
  });
});
