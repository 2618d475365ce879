/**
 * The board alone against no board at all, on the same script by hands: what a person is led through is the same, line
 * for line.
 */
import { describe, expect, it, test } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { onNoneAndAlone, strayPins, toldOf } from '../support/alone-and-none.ts';
import { scratch } from '../support/cli.ts';
import { cards, press } from '../support/hands-on.ts';
import { tactusHere } from '../support/in-process.ts';
import { isLong, isReport } from '../support/length.ts';
import { begun, type RawStep } from '../support/simulated.ts';

const { file } = scratch();
const routines = library();
const first = routines.find(({ id }) => id === 'first-touch');
if (!first) throw new Error('the library has first-touch');
/** A report takes all of them: the emulated chip plays a session in a hundredth of its time. */
const some = routines.filter(({ id }) => ['first-touch', 'evening-legs'].includes(id));

/** What begins it by hands, then these. */
const byHands = (...steps: readonly (readonly RawStep[])[]): readonly RawStep[] => [
  ...cards(1000),
  ...[1200, 2400, 3600, 4800].flatMap(afterMs => press('go', { on: 'preparation', nth: 1, afterMs })),
  ...steps.flat(),
];

/** In `npm test` nobody stays in a stage for longer than it takes to be led there. */
const pace = isLong || isReport ? 1 : 0.5;

const scripts: readonly (readonly [string, readonly RawStep[]])[] = [
  [
    'pauses, goes on, and goes to the end by holding GO',
    byHands(
      press('go', { on: 'warmUp', nth: 1, afterMs: 4000 * pace }),
      press('go', { on: 'paused', nth: 1, afterMs: 5000 * pace }),
      press('go', { on: 'warmUp', nth: 2, afterMs: 9000 * pace }, 1200),
      press('go', { on: 'transition', afterMs: 2500 }),
      press('go', { on: 'strokes', nth: 1, afterMs: 6000 * pace }, 1200),
      press('go', { on: 'pressureRamp', nth: 1, afterMs: 6000 * pace }, 1200),
      press('go', { on: 'cooldown', nth: 1, afterMs: 6000 * pace }, 1200),
      press('go', { on: 'finishing', afterMs: 3000 }),
    ),
  ],
  ['stops by STOP and says nothing more', byHands(press('stop', { on: 'warmUp', nth: 1, afterMs: 7000 }))],
  [
    'makes it lighter twice, and answers no question',
    byHands(
      press('less', { on: 'warmUp', nth: 1, afterMs: 5000 }),
      press('less', { on: 'warmUp', nth: 1, afterMs: 9000 }),
    ),
  ],
];

describe('a board alone, against no board', () => {
  // Compiled for this machine the board is led through it in every long run: firmware/alone/whole-board.
  it.each((isReport ? routines : isLong ? some : []).map(routine => [routine.id, routine] as const))(
    'leads assumed hands alike through %s, with the motors when they are due',
    async (_, routine) => {
      const { none, alone } = await onNoneAndAlone(routine);
      expect(toldOf(alone)).toEqual(toldOf(none));
      expect(strayPins(none, alone)).toEqual([]);
    },
    120_000,
  );

  it.each(isLong ? scripts : scripts.slice(0, 1))(
    'leads somebody alike who %s',
    async (_, steps) => {
      const { none, alone } = await onNoneAndAlone(first, steps);
      expect(toldOf(alone)).toEqual(toldOf(none));
      expect(strayPins(none, alone)).toEqual([]);
    },
    120_000,
  );
});

describe('tactus simulate --board alone', () => {
  it('refuses a script that needs a page, and says which step', async () => {
    const script = file('page.json', [...cards(1000), ...begun.slice(0, 1)]);
    const ended = await tactusHere(['simulate', 'first-touch', '--board', 'alone', '--script', script]);
    expect(ended.code).toBe(65);
    expect(ended.err).toContain(
      'step 25: intent screen needs a page, and a board alone has only its buttons',
    );
  });

  it('refuses what only somebody with a computer could want', async () => {
    const ended = await tactusHere(['simulate', 'first-touch', '--board', 'alone', '--from', 'hello']);
    expect(ended).toMatchObject({ code: 64 });
    expect(ended.err).toContain('--board alone does without --from');
  });
});

test('what has to be equal is: each kind of line, in one order within a moment, and no pin or frame', () => {
  const lines = [
    { at: 5, type: 'cue', cue: 'TAP', why: 'strokeBegins' },
    { at: 5, type: 'state', state: 'paused' },
    { at: 5, type: 'frame', motors: null },
    { at: 4, type: 'pin', motor: 'left', duty: 1 },
  ] as const;
  expect(toldOf(lines).map(line => JSON.parse(line).type)).toEqual(['state', 'cue']);
});

test('a pin that is late, missing or unasked is found', () => {
  const frame = (at: number, left: number) => ({ at, type: 'frame', motors: { left, right: 0 } }) as const;
  const pin = (at: number, duty: number) => ({ at, type: 'pin', motor: 'left', duty }) as const;
  const none = [frame(100, 1), frame(200, 0), frame(300, 1)];
  expect(strayPins(none, [pin(98, 150), pin(208, 0), pin(300, 150)])).toEqual([]);
  expect(strayPins(none, [pin(121, 150), pin(200, 0)])).toEqual([
    'left on at 100: on at 121',
    'left on at 300: never',
  ]);
  expect(strayPins([], [pin(50, 150)])).toEqual(['left on at 50: unasked']);
});
