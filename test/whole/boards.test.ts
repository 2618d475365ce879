/** The same session with and without the firmware in the loop: what a person is led through is the same to the byte. */
import { describe, expect, it } from 'vitest';
import type { TraceLine } from '../../src/trace.ts';
import { onBothBoards, withoutPins } from '../support/both-boards.ts';
import { isLong } from '../support/length.ts';
import { randomScript } from '../support/random-script.ts';
import { begun, linesOf, type RawStep, simulated } from '../support/simulated.ts';

/** A frame is at the pins within that, of the board's own time. */
const atPinsWithinMs = 8;

/** The motors that are driven, moment by moment, by the frames or at the pins. */
function driven(
  lines: readonly TraceLine[],
  motor: 'left' | 'right',
  from: 'frame' | 'pin',
): [number, boolean][] {
  const changes: [number, boolean][] = [[0, false]];
  for (const line of lines) {
    let on: boolean | null = null;
    if (from === 'frame' && line.type === 'frame') on = (line.motors?.[motor] ?? 0) > 0;
    if (from === 'pin' && line.type === 'pin' && line.motor === motor) on = line.duty > 0;
    if (on !== null && on !== changes.at(-1)?.[1]) changes.push([line.at, on]);
  }
  return changes;
}

const person: readonly (readonly [string, readonly RawStep[]])[] = [
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
    'pulls the cable, puts it back and goes on',
    [
      { at: 4_000, fault: 'unplug' },
      { at: 7_000, fault: 'replug' },
      { at: 12_000, intent: 'acknowledge' },
      { at: 13_000, intent: 'resume' },
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
  ['resets the board', [{ at: 4_000, fault: 'boardReset' }]],
  [
    'has a machine that stalls',
    [
      { at: 4_010, fault: 'stall', forMs: 700 },
      { at: 6_000, intent: 'acknowledge' },
      { at: 7_000, intent: 'resume' },
    ],
  ],
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
    'has a clock that jumps',
    [
      { at: 4_000, fault: 'clockJump' },
      { at: 5_000, intent: 'acknowledge' },
      { at: 6_000, intent: 'resume' },
    ],
  ],
];

describe('a person who', () => {
  it.each(person)('%s is led alike on no board and on the firmware', async (_, steps) => {
    const [none, firmware] = await onBothBoards([...begun, ...steps, { at: 30_000, intent: 'end' }]);
    expect(withoutPins(firmware)).toBe(withoutPins(none));
    expect(firmware.stateHash).toBe(none.stateHash);
  });
});

it('whatever people, buttons and cables do within a minute, both boards lead alike', async () => {
  for (let seed = 1; seed <= (isLong ? 12 : 4); seed++) {
    const [none, firmware] = await onBothBoards(randomScript(seed));
    expect(`seed ${seed}\n${withoutPins(firmware)}`).toBe(`seed ${seed}\n${withoutPins(none)}`);
  }
});

it('each frame is at the pins within 8 ms, and no motor is driven but by one', async () => {
  const { lines } = await simulated({ board: 'firmware' });
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
