/** What draws again and again does so while there may be something else to see, and rests while there is nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Redrawing, type Wait } from '../../../../simulator/page/common/redrawing.ts';

const frameMs = 10;
let frames = new Map<number, FrameRequestCallback>();
let timers = new Map<number, Readonly<{ at: number; run: () => void }>>();
let count = 0;
let now = 0;
const own = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

beforeEach(() => {
  [frames, timers, now] = [new Map(), new Map(), 0];
  Object.assign(globalThis, {
    requestAnimationFrame: (run: FrameRequestCallback) => {
      count += 1;
      frames.set(count, run);
      return count;
    },
    cancelAnimationFrame: (frame: number) => frames.delete(frame),
    setTimeout: (run: () => void, ms: number) => {
      count += 1;
      timers.set(count, { at: now + ms, run });
      return count;
    },
    clearTimeout: (timer: number) => timers.delete(timer),
  });
});
afterEach(() => {
  Object.assign(globalThis, own);
  Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
  Reflect.deleteProperty(globalThis, 'cancelAnimationFrame');
});

/** Time goes on by so many frames. */
function pass(howMany: number): void {
  for (let frame = 0; frame < howMany; frame++) {
    now += frameMs;
    for (const [timer, { at, run }] of [...timers])
      if (at <= now) {
        timers.delete(timer);
        run();
      }
    const due = [...frames.values()];
    frames.clear();
    for (const run of due) run(now);
  }
}

/** What draws, asking for the same each time; and when it drew. */
function drawing(wait: Wait): Readonly<{ drawn: number[]; one: Redrawing }> {
  const drawn: number[] = [];
  const one = new Redrawing(at => {
    drawn.push(at);
    return wait;
  });
  return { drawn, one };
}

test('it draws nothing before it is told to, and once for as often as it is told within a frame', () => {
  const { drawn, one } = drawing(null);
  pass(3);
  one.soon();
  one.soon();
  pass(3);
  expect(drawn).toEqual([40]);
});

test('it draws with each frame, after a while, or rests, as it is asked to', () => {
  for (const [wait, expected] of [
    [0, [10, 20, 30, 40, 50, 60]],
    [15, [10, 30, 50]],
    [null, [10]],
  ] as const) {
    now = 0;
    const { drawn, one } = drawing(wait);
    one.soon();
    pass(6);
    one.end();
    expect([wait, drawn]).toEqual([wait, expected]);
  }
});

test('what rests or waits is drawn at once when there is something to see, and never after its end', () => {
  const { drawn, one } = drawing(1000);
  one.soon();
  pass(2);
  one.soon();
  pass(2);
  expect(drawn).toEqual([10, 30]);
  one.end();
  pass(200);
  expect(drawn).toEqual([10, 30]);
});
