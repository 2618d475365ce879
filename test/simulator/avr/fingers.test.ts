import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uno as pins } from '../../../hardware/pins.ts';
import { type Button, buttons } from '../../../machines/vocabulary.ts';
import { Fingers, shortestPressMs } from '../../../simulator/avr/fingers.ts';
import { Paced } from '../../../simulator/avr/paced.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { packageRoot } from '../../../src/installed.ts';

type Move = Readonly<{ button: Button; down: boolean; atMs: number }>;

/** Fingers that are looked at each millisecond, as a paced board looks. */
function watched(sent: readonly Move[], untilMs: number): Move[] {
  const moves: Move[] = [];
  let nowMs = 0;
  const fingers = new Fingers((button, down) => moves.push({ button, down, atMs: nowMs }));
  for (; nowMs <= untilMs; nowMs++) {
    fingers.tick(nowMs);
    for (const { button, down, atMs } of sent) if (atMs === nowMs) fingers.put(button, down, nowMs);
  }
  return moves;
}

describe('a press of an emulated button', () => {
  it('comes at once and lasts thirty milliseconds, though it was let go of in the same one', () => {
    expect(
      watched(
        [
          { button: 'stop', down: true, atMs: 10 },
          { button: 'stop', down: false, atMs: 10 },
        ],
        200,
      ),
    ).toEqual([
      { button: 'stop', down: true, atMs: 10 },
      { button: 'stop', down: false, atMs: 10 + shortestPressMs },
    ]);
  });

  it('is two presses where two arrive together', () => {
    const two = [true, false, true, false].map(down => ({ button: 'less' as const, down, atMs: 5 }));
    expect(watched(two, 200).map(({ atMs }) => atMs)).toEqual([5, 35, 65, 95]);
  });

  it('lasts as long as it is held, where that is longer', () => {
    const moves = watched(
      [
        { button: 'go', down: true, atMs: 0 },
        { button: 'go', down: false, atMs: 1200 },
      ],
      1300,
    );
    expect(moves.map(({ atMs }) => atMs)).toEqual([0, 1200]);
  });

  it('whatever is sent: no move is shorter, a first press never waits, and the last word holds', () => {
    const move = fc.record({
      button: fc.constantFrom(...buttons),
      down: fc.boolean(),
      atMs: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), unsorted => {
        const sent = unsorted.toSorted((one, other) => one.atMs - other.atMs);
        const moves = watched(sent, 600);
        for (const button of buttons) {
          const mine = moves.filter(one => one.button === button);
          mine.forEach((one, index) => {
            expect(one.down).toBe(index % 2 === 0);
            const before = mine[index - 1];
            if (before) expect(one.atMs - before.atMs).toBeGreaterThanOrEqual(shortestPressMs);
          });
          const asked = sent.filter(one => one.button === button);
          expect(mine.at(-1)?.down ?? false).toBe(asked.at(-1)?.down ?? false);
          expect(mine[0]?.atMs).toBe(asked.find(({ down }) => down)?.atMs);
        }
      }),
    );
  });
});

describe('at the pins of a board in real time', () => {
  const hex = readFileSync(join(packageRoot, 'hardware', 'firmware', 'tactus-uno.hex'), 'utf8');

  it('each button that goes down and up in one message is down for thirty milliseconds', () => {
    let wall = 0;
    let step: (() => void) | undefined;
    const uno = new Uno(hex, { seed: 1 });
    const paced = new Paced(uno, {
      now: () => wall,
      schedule: run => {
        step = run;
        return () => {};
      },
      post: () => {},
    });
    const levels = (): boolean[] => buttons.map(button => uno.pinLevel(pins[button]));
    paced.start();
    for (; wall < 20; wall++) step?.();
    const free = levels();
    for (const button of buttons) {
      paced.press(button);
      paced.release(button);
    }
    const downMs = buttons.map(() => 0);
    for (const until = wall + 60; wall < until; wall++) {
      step?.();
      levels().forEach((level, index) => {
        if (level !== free[index]) downMs[index] = (downMs[index] ?? 0) + 1;
      });
    }
    for (const ms of downMs) expect(Math.abs(ms - shortestPressMs)).toBeLessThanOrEqual(1);
    expect(levels()).toEqual(free);
  });
});
