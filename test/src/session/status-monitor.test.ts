import { describe, expect, it } from 'vitest';
import type { BoardStatus } from '../../../hardware/driver.ts';
import type { BoardState } from '../../../hardware/lease.ts';
import type { Frame } from '../../../machines/vocabulary.ts';
import { StatusMonitor } from '../../../src/session/status-monitor.ts';

const status = (state: BoardState, left = 0, right = 0): BoardStatus => ({
  boardMs: 0,
  state,
  duty: { left, right },
  leaseLeftMs: 0,
  notes: [],
  pressed: [],
  hindrances: [],
  armOnItsWay: false,
});
const rest: Frame = { left: 0, right: 0 };
const driving: Frame = { left: 0.8, right: 0 };

/** Asked for this frame at 1000 ms, after nothing. */
const asked = (frame: Frame): StatusMonitor => {
  const watch = new StatusMonitor();
  watch.asked(frame, 1000);
  return watch;
};

describe('a board that does as it is told', () => {
  it.each([
    ['leased and driving', driving, status('leased', 122)],
    ['leased at rest', rest, status('leased')],
    ['armed, before its first lease', rest, status('armed')],
    ['disarmed and asked for nothing', null, status('disarmed')],
    ['stopped by its own button and asked for nothing', null, status('stopped')],
    ['locked and asked for nothing', null, status('locked')],
  ])('is no fault: %s', (_, frame, heard) => {
    const watch = asked(frame);
    for (const at of [1000, 1100, 1500, 60_000]) expect(watch.heard(heard, at)).toBeNull();
  });
});

it('a board that says it drives above the kick ceiling is not believed again, whatever was asked', () => {
  expect(asked(driving).heard(status('leased', 184), 1040)).toBeNull();
  expect(asked(driving).heard(status('leased', 185), 1040)).toBe('dutyMismatch');
  expect(asked(null).heard(status('disarmed', 0, 255), 1001)).toBe('dutyMismatch');
});

describe('a board that lets go by itself', () => {
  it.each(['disarmed', 'locked'] as const)(
    'is %s while frames are asked of it: its lease has lapsed',
    state => {
      expect(asked(rest).heard(status(state), 1101)).toBe('leaseLapsed');
    },
  );

  it('is not blamed for a status that was on its way when frames began', () => {
    expect(asked(rest).heard(status('disarmed'), 1100)).toBeNull();
  });

  it.each(['disarmed', 'stopped'] as const)(
    'is not blamed for having been %s before it heard the ARM, however late that is read',
    state => {
      const watch = asked(rest);
      expect(watch.heard({ ...status(state), armOnItsWay: true }, 1190)).toBeNull();
      expect(watch.heard(status('disarmed'), 1191)).toBe('leaseLapsed');
    },
  );

  it('is not blamed for frames that have followed each other: only their beginning counts', () => {
    const watch = asked(rest);
    watch.asked(driving, 5000);
    expect(watch.heard(status('disarmed'), 5001)).toBe('leaseLapsed');
  });

  it('because its stop button went down is about to be told as a stop: no fault for a moment', () => {
    const watch = asked(rest);
    expect(watch.heard(status('leased'), 2000)).toBeNull();
    expect(watch.heard(status('stopped'), 2010)).toBeNull();
    expect(watch.heard(status('stopped'), 2110)).toBeNull();
    watch.asked(null, 2030);
    expect(watch.heard(status('stopped'), 2500)).toBeNull();
  });

  it('because its stop button is held down cannot be gone on with', () => {
    const watch = asked(null);
    expect(watch.heard(status('stopped'), 1500)).toBeNull();
    watch.asked(rest, 4000);
    expect(watch.heard(status('stopped'), 4050)).toBeNull();
    expect(watch.heard(status('stopped'), 4101)).toBe('leaseLapsed');
  });
});

describe('a motor that nobody asked for', () => {
  it.each([
    ['after everything was let go', null],
    ['at rest', rest],
  ])('%s is a mismatch, once the lease that may still have held it is over', (_, frame) => {
    const watch = asked(driving);
    watch.asked(frame, 2000);
    expect(watch.heard(status('leased', 122), 2350)).toBeNull();
    expect(watch.heard(status('leased', 122), 2351)).toBeNull();
    expect(watch.heard(status('leased', 122), 2450)).toBeNull();
    expect(watch.heard(status('leased', 122), 2451)).toBe('dutyMismatch');
  });

  it('is a mismatch on a board that was asked for nothing yet', () => {
    const watch = new StatusMonitor();
    expect(watch.heard(status('disarmed', 0, 40), 10)).toBeNull();
    expect(watch.heard(status('disarmed', 0, 40), 110)).toBe('dutyMismatch');
  });

  it.each([0, 1, 99])(
    'is none where this side stood still and reads old words within %d ms, and the next is right',
    spreadMs => {
      const watch = asked(driving);
      watch.asked(null, 2000);
      for (let word = 0; word < 5; word++)
        expect(watch.heard(status('leased', 122), 2700 + (word * spreadMs) / 4)).toBeNull();
      expect(watch.heard(status('disarmed'), 2900)).toBeNull();
      // What was old then counts for nothing later.
      expect(watch.heard(status('leased', 122), 3000)).toBeNull();
    },
  );

  it('is looked for on each motor by itself', () => {
    const watch = asked(driving);
    expect(watch.heard(status('leased', 122, 0), 3000)).toBeNull();
    expect(watch.heard(status('leased', 122, 50), 3000)).toBeNull();
    expect(watch.heard(status('leased', 122, 50), 3100)).toBe('dutyMismatch');
  });

  it('is forgiven while it is asked for, whatever its duty', () => {
    expect(asked(driving).heard(status('leased', 184), 9000)).toBeNull();
  });
});
