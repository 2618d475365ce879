/** The same session with and without the firmware in the loop: what a person is led through is the same to the byte. */
import { describe, expect, it } from 'vitest';
import { onBothBoards, withoutPins } from '../support/both-boards.ts';
import { atPinsWithinMs, driven } from '../support/driven.ts';
import { isLong } from '../support/length.ts';
import { randomScript } from '../support/random-script.ts';
import { begun, linesOf, type RawStep, simulated } from '../support/simulated.ts';

/** What somebody does in half a minute; the first three stand for them in `npm test`. */
const person: readonly (readonly [string, readonly RawStep[]])[] = [
  [
    'pulls the cable, puts it back and goes on',
    [
      { at: 4_000, fault: 'unplug' },
      { at: 7_000, fault: 'replug' },
      { at: 12_000, intent: 'acknowledge' },
      { at: 13_000, intent: 'resume' },
    ],
  ],
  ['resets the board', [{ at: 4_000, fault: 'boardReset' }]],
  [
    'has a line that loses a byte now and then, either way',
    Array.from({ length: 40 }, (_, index) => ({
      at: 3_000 + 137 * index,
      fault: 'loseBytes',
      bytes: 1,
      ...(index % 2 === 0 && { toward: 'host' }),
    })),
  ],
  [
    'pauses and goes on by the button',
    [
      { at: 4_000, button: 'go', down: true },
      { at: 4_120, button: 'go', down: false },
      { at: 9_000, button: 'go', down: true },
      { at: 9_120, button: 'go', down: false },
    ],
  ],
  [
    'stops by the button, says it was a slip and goes on',
    [
      { at: 4_000, button: 'stop', down: true },
      { at: 4_200, button: 'stop', down: false },
      { at: 6_000, intent: 'afterStop', why: 'slip' },
      { at: 8_000, intent: 'resume' },
    ],
  ],
  [
    'holds the stop button down while the cable is out',
    [
      { at: 4_000, fault: 'unplug' },
      { at: 5_000, button: 'stop', down: true },
      { at: 6_000, fault: 'replug' },
      { at: 9_000, intent: 'acknowledge' },
      { at: 9_500, intent: 'resume' },
    ],
  ],
  [
    'squeezes while the cable is out',
    [
      { at: 4_000, fault: 'unplug' },
      { at: 5_000, button: 'receiver', down: true },
      { at: 6_000, fault: 'replug' },
    ],
  ],
  [
    'resets the board in a pause',
    [
      { at: 5_015, button: 'go', down: true },
      { at: 5_159, button: 'go', down: false },
      { at: 6_700, fault: 'boardReset' },
    ],
  ],
  [
    'has a machine that stalls',
    [
      { at: 4_010, fault: 'stall', forMs: 700 },
      { at: 6_000, intent: 'acknowledge' },
      { at: 7_000, intent: 'resume' },
    ],
  ],
  [
    'has a clock that jumps',
    [
      { at: 4_000, fault: 'clockJump' },
      { at: 5_000, intent: 'acknowledge' },
      { at: 6_000, intent: 'resume' },
    ],
  ],
];

/** These buttons, each down and up at these times. */
const held = (...presses: readonly (readonly [string, number, number])[]): readonly RawStep[] =>
  presses
    .flatMap(([button, from, to]): readonly RawStep[] => [
      { at: from, button, down: true },
      { at: to, button, down: false },
    ])
    .toSorted((one, other) => Number(one.at) - Number(other.at));

const screened: RawStep = {
  at: 0,
  intent: 'screen',
  complaint: false,
  answers: { K2: 'unsure' },
  others: 'no',
};
const confirmed: readonly RawStep[] = [
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
];

/** Whole scripts of what two buttons, haste, places and taking back may do; the first two stand for them in `npm test`. */
const scripts: readonly (readonly [string, readonly RawStep[]])[] = [
  [
    'takes a Less back, and one too late',
    [...begun, { at: 4_000, intent: 'less' }, { at: 6_000, intent: 'undo' }, { at: 12_000, intent: 'undo' }],
  ],
  [
    'says enough, and then with two buttons that it was a slip',
    [
      ...begun,
      { at: 4_000, intent: 'stop' },
      { at: 5_000, intent: 'afterStop', why: 'enough' },
      ...held(['go', 6_000, 9_300], ['less', 6_060, 9_300]),
      ...held(['go', 12_000, 12_140]),
    ],
  ],
  [
    'names places that are left out, takes them back, and begins with two buttons',
    [
      screened,
      { at: 0, intent: 'leaveOut', zones: ['thighFront'] },
      { at: 0, intent: 'bringBack', zones: ['thighFront'] },
      { at: 0, intent: 'leaveOut', zones: [] },
      ...confirmed,
      ...held(['go', 1_000, 4_300], ['less', 1_060, 4_300]),
    ],
  ],
  [
    'takes the cooldown that is offered by GO',
    [
      ...begun,
      { at: 4_000, intent: 'stop' },
      { at: 5_000, intent: 'afterStop', why: 'enough' },
      ...held(['go', 6_000, 6_140]),
    ],
  ],
  [
    'holds two buttons where they mean nothing, either first',
    [
      ...begun,
      ...held(['go', 4_000, 5_500], ['less', 4_120, 5_500]),
      ...held(['less', 9_000, 10_500], ['go', 9_280, 10_600]),
    ],
  ],
  [
    'presses GO and LESS while STOP is down',
    [...begun, ...held(['stop', 4_000, 9_000], ['go', 5_000, 8_400], ['less', 5_100, 8_400])],
  ],
  [
    'presses GO five times, 120 ms apart',
    [...begun, ...[0, 120, 240, 360, 480].flatMap(ms => held(['go', 4_000 + ms, 4_060 + ms]))],
  ],
  ['holds LESS for 1 s: the place is left', [...begun, ...held(['less', 4_000, 5_100])]],
  [
    'has a cramp, and one more while it lasts',
    [
      ...begun,
      { at: 4_000, intent: 'pause', why: 'cramp' },
      { at: 6_000, intent: 'pause', why: 'cramp' },
      { at: 9_000, intent: 'resume' },
    ],
  ],
  [
    'begins by GO, which LESS joins at once, and then by GO alone',
    [
      screened,
      { at: 0, intent: 'leaveOut', zones: [] },
      ...confirmed,
      ...held(['go', 1_000, 1_500], ['less', 1_060, 1_500]),
      ...held(['go', 4_000, 4_140]),
    ],
  ],
];

describe('a script in which a person', () => {
  it.each(isLong ? scripts : scripts.slice(0, 2))(
    '%s is played alike on no board and on the firmware',
    async (_, steps) => {
      const [none, firmware] = await onBothBoards([...steps, { at: 16_000, intent: 'end' }]);
      expect(withoutPins(firmware)).toBe(withoutPins(none));
      expect(firmware.stateHash).toBe(none.stateHash);
    },
  );
});

/** The last of what they do is at 13 s. */
const endsAt = isLong ? 30_000 : 16_000;

describe('a person who', () => {
  it.each(isLong ? person : person.slice(0, 3))(
    '%s is led alike on no board and on the firmware',
    async (_, steps) => {
      const [none, firmware] = await onBothBoards([...begun, ...steps, { at: endsAt, intent: 'end' }]);
      expect(withoutPins(firmware)).toBe(withoutPins(none));
      expect(firmware.stateHash).toBe(none.stateHash);
    },
  );
});

/** Scripts of chance that once led apart: buttons heaped up by a stall, an arming as the nonce is renewed, two faults at once. */
const onceApart = [1097, 1241, 1250, 2324] as const;

it('whatever people, buttons and cables do within a minute, both boards lead alike', async () => {
  const some = Array.from({ length: 12 }, (_, index) => index + 1);
  for (const seed of isLong ? [...some, ...onceApart] : onceApart.slice(2, 3)) {
    const [none, firmware] = await onBothBoards(randomScript(seed));
    expect(`seed ${seed}\n${withoutPins(firmware)}`).toBe(`seed ${seed}\n${withoutPins(none)}`);
  }
});

it('each frame is at the pins within 8 ms, and no motor is driven but by one', async () => {
  // The minute in which both hands are led says it in `npm test`; the whole session in the long run.
  const { lines } = await simulated({
    board: 'firmware',
    ...(!isLong && { steps: [...begun, { at: 66_000, intent: 'end' }] }),
  });
  let rises = 0;
  for (const motor of ['left', 'right'] as const) {
    const asked = driven(lines, motor, 'frame');
    const was = driven(lines, motor, 'pin');
    expect(was.map(([, on]) => on)).toEqual(asked.map(([, on]) => on));
    for (const [index, [at]] of asked.entries()) {
      const late = (was[index]?.[0] ?? Number.NaN) - at;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(atPinsWithinMs);
      rises += 1;
    }
  }
  expect(rises).toBeGreaterThan(100);
  expect(linesOf({ lines }, 'pin').length).toBeGreaterThan(100);
});
