/** The stage of a board alone, by programs that tell a story through the trace port: the firmware is tested elsewhere. */
import { describe, expect, it } from 'vitest';
import type { TraceRecord } from '../../../hardware/alone/trace-port.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { triedUno } from '../../../simulator/avr/tried.ts';
import type { TraceLine } from '../../../src/session/trace.ts';
import { loadedBoard, type SimulatedAlone, simulateAlone } from '../../../src/simulation/alone-stage.ts';
import { notByHands } from '../../../src/simulation/script-by-touch.ts';
import { type Chapter, storyHex } from '../../support/fake-board-alone.ts';
import { begun, type RawStep, stepsOf } from '../../support/simulated.ts';

const found = fromLibrary('first-touch');
if (!found) throw new Error('the library has lost first-touch');
const routine = found;
const [first, second] = routine.phases.map(({ id }) => id);

const tells = (record: TraceRecord): Chapter => ({ tells: record });
const opened = (place: number): Chapter => tells({ type: 'opened', at: 0, place });
const state = (
  at: number,
  name: Extract<TraceRecord, { type: 'state' }>['state'],
  work: number | null,
): Chapter => tells({ type: 'state', at, state: name, work, side: 'left' });
const ends: Chapter = tells({ type: 'outcome', at: 900, outcome: 'completed', reason: 'routineDone' });

function told(
  story: readonly Chapter[],
  raw: readonly RawStep[] = [],
  place = 0,
): SimulatedAlone & { lines: readonly TraceLine[] } {
  const lines: TraceLine[] = [];
  const ended = simulateAlone({
    hex: storyHex(story),
    seed: 1,
    emulated: triedUno,
    routine,
    board: { place },
    steps: stepsOf(raw),
    trace: line => lines.push(line),
  });
  return { ...ended, lines };
}

describe('the stage of a board alone', () => {
  it('tells what the board tells, as lines of any trace', () => {
    const { lines, outcome, strokes, cues } = told([
      opened(0),
      state(0, 'screening', null),
      tells({ type: 'pressure', at: 500, pressure: 2, side: 'left', why: 'start' }),
      state(500, 'warmUp', 0),
      tells({ type: 'stroke', at: 500, work: 0, side: 'left', stroke: 1, period: 6000, pull: 0, ascent: 0 }),
      tells({ type: 'stroke', at: 600, work: 1, side: 'right', stroke: 9, period: 700, pull: 2, ascent: 3 }),
      tells({ type: 'cue', at: 600, cue: 'TAP', why: 'strokeBegins', work: 1 }),
      tells({ type: 'favourite', at: 600, place: 0 }),
      ends,
    ]);
    expect(lines.filter(({ type }) => type !== 'outcome')).toEqual([
      { at: 0, type: 'state', state: 'screening' },
      { at: 500, type: 'pressure', pressure: 2, side: 'left', why: 'start' },
      { at: 500, type: 'state', state: 'warmUp', phase: first, side: 'left' },
      { at: 500, type: 'stroke', phase: first, side: 'left', stroke: 1, period: 6000 },
      { at: 600, type: 'stroke', phase: second, side: 'right', stroke: 9, period: 700, pull: 2, ascent: 3 },
      { at: 600, type: 'cue', cue: 'TAP', why: 'strokeBegins', phase: second },
    ]);
    expect(outcome).toMatchObject({ at: 900, outcome: 'completed', reason: 'routineDone' });
    expect(outcome.advice).not.toBe('');
    expect([strokes, cues]).toEqual([2, 1]);
  });

  it('chooses the routine by LESS, and forgets what was told of another one', () => {
    const { lines } = told(
      [
        opened(0),
        state(0, 'screening', null),
        { until: 'less' },
        { waits: 200 },
        opened(1),
        state(0, 'screening', null),
        { until: 'go' },
        state(400, 'preparation', null),
        ends,
      ],
      [
        { at: 400, button: 'go', down: true },
        { at: 540, button: 'go', down: false },
      ],
      1,
    );
    expect(lines.map(({ type, at }) => `${type} ${at}`)).toEqual(['state 0', 'state 400', 'outcome 900']);
  });

  it('plays what a script does on a state, and tells the pins in session time', () => {
    const { lines } = told(
      [
        opened(0),
        state(0, 'screening', null),
        { until: 'go' },
        { left: true },
        { waits: 100 },
        { left: false },
        ends,
        { waits: 100 },
      ],
      [
        { on: 'screening', afterMs: 300, button: 'go', down: true },
        { on: 'screening', afterMs: 440, button: 'go', down: false },
        { on: 'screening', expect: { state: 'screening' } },
      ],
    );
    const pins = lines.flatMap(line =>
      line.type === 'pin' ? [[line.motor, line.duty, line.at] as const] : [],
    );
    expect(pins.map(([motor, duty]) => `${motor} ${duty}`)).toEqual(['left 255', 'left 0']);
    const [on, off] = pins.map(([, , at]) => at);
    expect(on).toBeGreaterThanOrEqual(300);
    expect(on).toBeLessThanOrEqual(303);
    expect((off ?? 0) - (on ?? 0)).toBeGreaterThan(90);
  });

  it('fails a script by what it expects and does not find', () => {
    const story = [opened(0), state(0, 'screening', null), state(100, 'warmUp', 0), { waits: 200 }, ends];
    expect(() => told(story, [{ on: 'warmUp', expect: { phase: 'elsewhere' } }])).toThrow(
      `step 1: expected phase elsewhere at 100 ms, found ${first}`,
    );
    expect(() => told(story, [{ on: 'paused', expect: 'paused' }])).toThrow('never put to the test');
  });

  it('does not wait for ever where the script has nothing left to do', () => {
    expect(() => told([opened(0), state(0, 'screening', null)])).toThrow(
      /^the board has waited for somebody since \d+ ms \(screening\), and the script has nothing left to do$/,
    );
  });

  it('says what is wrong with a board that is none alone', () => {
    expect(() => told([{ waits: 100 }])).toThrow('begins no session by itself');
    expect(() => told([opened(0), state(0, 'screening', null)], [], 1)).toThrow(
      'the board did not come to its routine 2 by LESS',
    );
    expect(() => told([opened(0), { byte: 99 }, { waits: 100 }, ends])).toThrow(
      'no record has the number 99',
    );
    expect(() => told([opened(0), state(0, 'warmUp', 40), ends])).toThrow('tells of phase 40');
  });
});

it('a script that needs more than buttons is refused, step by step', () => {
  const steps = stepsOf([
    ...begun.slice(0, 1),
    { at: 5, fault: 'unplug' },
    { at: 9, button: 'go', down: true },
  ]);
  expect(notByHands(steps)).toEqual([
    'step 1: intent screen needs a page, and a board alone has only its buttons',
    'step 2: fault unplug needs a computer, and a board alone has none',
  ]);
});

it('a routine that is not in flash as it stands is loaded, and then comes first', () => {
  expect(loadedBoard(routine)).toEqual({ place: 1 });
  expect(loadedBoard({ ...routine, sessionMaxMin: 30 })).toMatchObject({ place: 0 });
});
