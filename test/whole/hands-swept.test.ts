/**
 * Two buttons at a turn, in a fault and at the end, and contacts that bounce, through the whole controller: edges at a
 * driver's pins, in virtual time. What has come of them is held against the very functions that the table of gestures
 * is read off the machines with.
 */
import { describe, expect, it } from 'vitest';
import { inputGridMs } from '../../machines/limits.ts';
import { restingHands } from '../../machines/touch/hands.ts';
import { nothingYet } from '../../machines/touch/meaning.ts';
import { type Move, Play, type TouchPlace } from '../../machines/touch/play.ts';
import { deedInTable, settledMs } from '../../machines/touch/table.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { isLong } from '../support/length.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { TestRun } from '../support/run.ts';
import { type BoardKind, begun, stageOf, stepsOf } from '../support/simulated.ts';
import { chatter, sweptGestures } from '../support/swept.ts';

const firm = { pressureStart: 2, pressureMax: 2, position: 'prone' };
/** A turn between two of its places. */
const turning = routine(
  [
    warmUp({ durationS: 180, zone: 'thighBack', ...firm }),
    phaseFields({ id: 'steady', zone: 'calf', durationS: 300, ...firm }),
    ramp({ zone: 'calf', side: 'left', durationS: 300, ...firm, pressureMax: 3 }),
    cooldown({ durationS: 180, zone: 'calf', ...firm }),
  ],
  { kind: 'full' },
);

const next = { intent: 'next' } as const;
const faulted = (test: TestRun): TestRun => {
  test.run.fault('loopStalled');
  return test.for(1000);
};
const places: Readonly<Record<string, Readonly<{ state: string; reach: (test: TestRun) => unknown }>>> = {
  'at a turn': { state: 'transition', reach: test => test.intend(next, next).for(2000) },
  'in a fault': { state: 'faulted', reach: faulted },
  'in a fault, acknowledged': {
    state: 'faulted',
    reach: test => faulted(test).intend({ intent: 'acknowledge' }).for(1000),
  },
  'at the end': { state: 'finishing', reach: test => test.intend(next, next, next, next).for(2000) },
  'in strokes': { state: 'strokes', reach: test => test.intend(next).for(2000) },
  paused: { state: 'paused', reach: test => test.intend({ intent: 'pause' }).for(2000) },
};

/** An edge is seen so long before the point of the grid at which it counts. */
const seenMs: Ms = 5;

const placeOf = ({ run, at }: TestRun): TouchPlace => ({
  session: run.snapshot,
  screening: run.screening,
  hands: restingHands(),
  memory: nothingYet,
  at,
});

const answers = new Set(['eased', 'refused', 'lightest', 'heard', 'mayBeFirmer']);

/** What a gesture does in the whole controller, and what the table's functions say of it from the same place on. */
function bothOf(reach: (test: TestRun) => unknown, state: string, moves: readonly Move[]) {
  const test = new TestRun({ routine: turning }).start().for(5000);
  reach(test);
  expect(test.run.state).toBe(state);
  const from = Math.ceil(test.at / inputGridMs + 1) * inputGridMs;
  test.until(from - seenMs);
  const before = new Play(placeOf(test)).until(from).place;
  const play = new Play(before).move(moves, settledMs);
  for (const { afterMs, button, down } of moves.toSorted((one, other) => one.afterMs - other.afterMs)) {
    test.until(from - seenMs + afterMs);
    test.driver.press(button, down);
  }
  test.until(play.place.at - 1);
  const felt = test.of('cue').filter(({ at, why }) => at >= from && answers.has(why));
  const told = play.told.filter(one => one.type === 'play' && one.answer);
  return {
    whole: { deed: deedInTable(before, new Play(placeOf(test))), isFelt: felt.length > 0 },
    table: { deed: deedInTable(before, play), isFelt: told.length > 0 },
  };
}

const swept = sweptGestures.filter(
  ({ kind, name }) => /^(chord|with stop)/.test(kind) || /bouncing/.test(name),
);
/** Of so many gestures one is tried in each place, another one in the next; all of them in the long run. */
const perTry = isLong ? 1 : 5;

describe('the whole controller', () => {
  it.each(Object.entries(places))('%s does what the table says of each gesture', (_, { state, reach }) => {
    const row = Object.values(places).findIndex(place => place.reach === reach);
    const some = swept.filter((_, index) => (index + row) % perTry === 0);
    expect(some.length).toBeGreaterThan(10);
    const found = some.map(({ name, moves }) => ({ name, ...bothOf(reach, state, moves) }));
    expect(found.filter(({ whole, table }) => JSON.stringify(whole) !== JSON.stringify(table))).toEqual([]);
    // What is swept is not all the same.
    expect(new Set(found.map(({ whole }) => whole.deed)).size).toBeGreaterThan(1);
  });
});

describe('a contact that bounces', () => {
  /** LESS in the warm-up, GO at the turn: each bounces for so long at a time, as fingers do, off the grid. */
  async function bounced(board: BoardKind, ms: Ms): Promise<readonly string[]> {
    const stage = await stageOf(board);
    const lines: TraceLine[] = [];
    const zero = stage.clock.now();
    const happen = [
      ...chatter('less', ms).map(move => ({ ...move, at: 5003 + move.afterMs })),
      ...chatter('go', ms).map(move => ({ ...move, at: 12_011 + move.afterMs })),
    ];
    for (const { at, button, down } of happen)
      stage.clock.at(zero + at, () => stage.boardControls.button(button, down));
    const on = [8000, 8500].map(at => ({ at, ...next }));
    try {
      await simulate(stage, {
        routine: turning,
        steps: stepsOf([...begun, ...on, { at: 15_000, intent: 'stop' }, { at: 15_500, intent: 'end' }]),
        product: 'test',
        trace: line => lines.push(line),
      });
    } finally {
      stage.close();
    }
    return lines.flatMap(line => {
      if (line.type === 'state') return [line.state];
      return line.type === 'pressure' ? [`${line.side} ${line.pressure} ${line.why}`] : [];
    });
  }

  it.each(isLong ? [2, 5, 10] : [10])(
    'for %i ms at a time is one press, with no board and with the firmware',
    async ms => {
      const none = await bounced('none', ms);
      expect(none).toEqual([
        'screening',
        'preparation',
        ...['warmUp', 'left 2 start', 'right 2 start'],
        ...['eased', 'left 1 ease', 'right 1 ease'],
        'strokes',
        'transition',
        'pressureRamp',
        'stopped',
      ]);
      expect(await bounced('firmware', ms)).toEqual(none);
    },
  );
});
