/** What people answer and do in a session, each to its end, alike with and without the firmware in the loop. */
import { describe, expect, it } from 'vitest';
import type { Routine } from '../../machines/routine/schema.ts';
import { symptoms } from '../../machines/session.lists.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { isLong } from '../support/length.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { type BoardKind, begun, type Played, type RawStep, simulated } from '../support/simulated.ts';

const minutes = (count: number): number => count * 60_000;

/** Four minutes in one place, with a ramp: a trial, with a check-in each minute. */
const small = routine([warmUp(), phaseFields(), ramp({ durationS: 120 }), cooldown()], {
  riseDwellS: 120,
  checkIn: { everyS: 60, timeoutS: 20 },
});
/** The same, and over after five minutes whatever happens. */
const capped = routine([warmUp(), phaseFields(), ramp({ durationS: 120 }), cooldown()], {
  riseDwellS: 120,
  sessionMaxMin: 5,
  checkIn: { everyS: 60, timeoutS: 20 },
});
/** Three places, one after the other. */
const places = routine([
  warmUp(),
  phaseFields({ zone: 'calf' }),
  ramp({ durationS: 120, zone: 'thighOuter' }),
  cooldown(),
]);
/** Long enough for two rises, and for a third to be asked for. */
const long = routine(
  [warmUp({ durationS: 180 }), ramp({ durationS: 300, pressureMax: 4 }), cooldown({ durationS: 180 })],
  { kind: 'full', riseDwellS: 120, checkIn: { everyS: 60 } },
);

const goOn: RawStep = { on: 'transition', afterMs: 1000, intent: 'go' };
const noticed: RawStep = { on: 'finishing', afterMs: 1000, intent: 'acknowledge' };
const answers = (local: number, leg: number, firmer = false, nth?: number): RawStep => ({
  on: 'checkIn',
  ...(nth !== undefined && { nth }),
  intent: 'checkIn',
  local,
  leg,
  firmer,
});
const well: readonly RawStep[] = [goOn, noticed, answers(1, 0)];

const of = <T extends TraceLine['type']>(played: Played, type: T) =>
  played.lines.filter(line => line.type === type) as Extract<TraceLine, { type: T }>[];
const states = (played: Played): string[] => of(played, 'state').map(({ state }) => state);
const pressures = (played: Played): number[] =>
  of(played, 'pressure')
    .filter(({ side }) => side === 'left')
    .map(({ pressure }) => pressure);
const ends = (played: Played): string => `${played.outcome.outcome} ${played.outcome.reason}`;

type Case = Readonly<{
  name: string;
  routine?: Routine;
  steps: readonly RawStep[];
  /** A long wait for nothing adds nothing with the firmware in the loop. */
  withoutBoard?: true;
  /** Soon over: with the firmware in the loop in every run, the others only in the long one. */
  isSample?: true;
  expects(played: Played): void;
}>;

const cases: readonly Case[] = [
  {
    name: 'rising as far as allowed: one step at a time to 3, and the limit that bites says so',
    routine: long,
    steps: [goOn, noticed, answers(1, 0, true)],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      expect(pressures(played).slice(0, 3)).toEqual([1, 2, 3]);
      expect(Math.max(...pressures(played))).toBe(3);
      const refused = of(played, 'refusal').filter(({ asked }) => asked.startsWith('pressure'));
      expect(refused.map(({ asked, gave, limit }) => `${asked}, ${gave}: ${limit}`)).toContain(
        'pressure 4, pressure 3: screening',
      );
      for (const { next } of refused) expect(next).toMatch(/\d/);
    },
  },
  {
    name: 'answering nothing: paused once, then ended through the cooldown',
    steps: [goOn, noticed, { on: 'paused', afterMs: 2000, intent: 'resume' }],
    expects: played => {
      expect(ends(played)).toBe('completed checkInsMissed');
      expect(states(played).filter(state => state === 'paused')).toHaveLength(1);
      expect(states(played)).toContain('cooldown');
      expect(new Set(pressures(played))).toEqual(new Set([1]));
      const asked = of(played, 'cue').filter(({ cue }) => cue === 'ASK');
      // Two questions, each told again while it waits; what is told again leaves EASE its room.
      expect(asked.length).toBeGreaterThanOrEqual(4);
    },
  },
  {
    name: 'answering nothing at all, not even to go on: left paused until its time is over',
    steps: [goOn],
    withoutBoard: true,
    expects: played => expect(ends(played)).toBe('interrupted pausedTooLong'),
  },
  {
    name: 'a 4 eases at once, answered by EASE',
    steps: [goOn, noticed, answers(4, 0, true)],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      expect(states(played)).toContain('eased');
      expect(of(played, 'cue').some(({ cue, why }) => cue === 'EASE' && why === 'eased')).toBe(true);
    },
  },
  {
    name: 'a 6 stops, with its advice',
    steps: [goOn, answers(6, 0)],
    expects: played => {
      expect(ends(played)).toBe('stopped scoreTooHigh');
      expect(played.outcome.advice).toContain(catalogue.outcomes.scoreTooHigh);
    },
  },
  {
    name: 'a leg 2 worse than at the start stops, with its advice',
    steps: [goOn, answers(0, 2)],
    expects: played => {
      expect(ends(played)).toBe('stopped legWorse');
      expect(played.outcome.advice).toContain(catalogue.outcomes.legWorse);
    },
  },
  ...symptoms.map(
    (id): Case => ({
      name: `${id} stops at once, with its own advice, and nothing goes on after it`,
      ...(id === symptoms[0] && { isSample: true }),
      steps: [
        { at: 5000, intent: 'symptom', id },
        { at: 5500, intent: 'resume' },
        { at: 6000, intent: 'afterStop', why: 'slip' },
      ],
      expects: played => {
        expect(ends(played)).toBe(`stopped ${id}`);
        expect(played.outcome.advice).toBe(catalogue.symptoms[id]);
        expect(played.outcome.at).toBeLessThanOrEqual(5020);
      },
    }),
  ),
  {
    name: 'easing ten times is answered ten times, the lightest told as such, and the pressure never rises again',
    steps: [
      goOn,
      noticed,
      answers(1, 0, true),
      ...Array.from({ length: 10 }, (_, index) => ({ at: 170_000 + 6000 * index, intent: 'less' })),
    ],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      const at = of(played, 'pressure');
      const lowered = at.filter(({ why }) => why === 'ease');
      expect(lowered.length).toBeGreaterThan(0);
      const last = lowered.at(-1)?.at ?? 0;
      expect(at.filter(line => line.at > last && line.why === 'rise')).toEqual([]);
      expect(pressures(played).at(-1)).toBe(1);
      // The first by EASE; where motors have run their share, by TAP: never by silence.
      const told = of(played, 'cue').filter(({ why }) => why === 'eased' || why === 'lightest');
      expect(told.filter(({ why }) => why === 'eased')).toHaveLength(1);
      expect(told.map(({ at: when }) => when)).toEqual(
        Array.from({ length: 10 }, (_, index) => 170_000 + 6000 * index),
      );
      expect(told[0]?.cue).toBe('EASE');
      expect(told.filter(({ cue }) => cue === 'EASE').length).toBeGreaterThan(5);
    },
  },
  {
    name: 'skipping everything leaves no place, nor one for the cooldown: the end is told',
    routine: places,
    isSample: true,
    steps: [
      goOn,
      noticed,
      answers(1, 0),
      { at: 3000, intent: 'skip' },
      { at: 6000, intent: 'skip' },
      { at: 9000, intent: 'skip' },
    ],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      expect(states(played)).not.toContain('cooldown');
      expect(states(played)).toContain('finishing');
    },
  },
  {
    name: 'leaving every place but one takes the cooldown there, which nobody has skipped',
    routine: places,
    steps: [goOn, noticed, answers(1, 0), { at: 3000, intent: 'skip' }, { at: 6000, intent: 'skip' }],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      expect(states(played)).toContain('cooldown');
    },
  },
  {
    name: 'a slip after a stop goes on paused at the same place, and moves only when someone says so',
    steps: [
      ...well,
      { at: 10_000, intent: 'stop' },
      { at: 70_000, intent: 'afterStop', why: 'slip' },
      { at: 80_000, intent: 'go' },
    ],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      const between = of(played, 'frame').filter(({ at }) => at > 10_000 && at < 80_000);
      expect(between).toEqual([]);
      expect(states(played)).toEqual(expect.arrayContaining(['stopped', 'paused']));
    },
  },
  ...(
    [
      [1, 170_000, 'same place, same pressure'],
      [5, 170_000, 'one step lighter'],
      [15, 100_000, 'the cooldown is what is left'],
    ] as const
  ).map(
    ([count, pausedAt, what]): Case => ({
      name: `a pause of ${count} min: ${what}`,
      steps: [
        goOn,
        noticed,
        answers(1, 0, true),
        { at: pausedAt, intent: 'pause' },
        { at: pausedAt + minutes(count), intent: 'resume' },
      ],
      expects: played => {
        const after = of(played, 'pressure').filter(({ at }) => at === pausedAt + minutes(count));
        const first = states(played)[states(played).indexOf('paused') + 1];
        expect(ends(played)).toBe(count === 15 ? 'completed longPause' : 'completed routineDone');
        expect(after.map(({ pressure, why }) => `${pressure} ${why}`)).toEqual(
          count === 5 ? ['1 pause', '1 pause'] : [],
        );
        expect(first).toBe(count === 15 ? 'cooldown' : 'pressureRamp');
      },
    }),
  ),
  {
    name: 'running into the cap: the cooldown begins in time to end inside it',
    routine: capped,
    steps: [...well, { at: 20_000, intent: 'pause' }, { at: 110_000, intent: 'resume' }],
    expects: played => {
      expect(ends(played)).toBe('completed sessionCap');
      expect(played.outcome.at).toBeLessThanOrEqual(minutes(5));
      expect(states(played).filter(state => state === 'pressureRamp.checkIn').length).toBeGreaterThan(0);
      expect(states(played)).toContain('cooldown');
    },
  },
  {
    name: 'a baseline of six or more: nothing begins',
    steps: [{ at: 0, intent: 'start' }],
    expects: played => {
      expect(ends(played)).toBe('stopped scoreTooHigh');
      expect(of(played, 'frame')).toEqual([]);
    },
  },
  {
    name: 'a cramp pauses, and the hands begin one step lighter',
    steps: [
      goOn,
      noticed,
      answers(1, 0, true),
      { at: 170_000, intent: 'pause', why: 'cramp' },
      { at: 200_000, intent: 'go' },
    ],
    expects: played => {
      expect(ends(played)).toBe('completed routineDone');
      const lowered = of(played, 'pressure').filter(({ at }) => at === 170_000);
      expect(lowered.map(({ pressure }) => pressure)).toEqual([1, 1]);
    },
  },
];

const beginning = (name: string): readonly RawStep[] =>
  name.startsWith('a baseline')
    ? begun.map(step => (step.intent === 'baseline' ? { ...step, local: 6 } : step))
    : begun;

const played = cases.map(one => ({ ...one, withoutBoard: one.withoutBoard || !(isLong || one.isSample) }));

describe.each(played)('$name', ({ name, routine: own, steps, withoutBoard, expects }) => {
  it(withoutBoard ? 'with no board' : 'with no board and with the firmware, line for line', async () => {
    const play = (board: BoardKind) =>
      simulated({ routine: own ?? small, steps: [...beginning(name), ...steps], board });
    const none = await play('none');
    expects(none);
    expect(none.lines.at(-1)?.type).toBe('outcome');
    if (withoutBoard) return;
    const firmware = await play('firmware');
    const withoutPins = (one: Played) => one.lines.filter(({ type }) => type !== 'pin');
    expect(withoutPins(firmware)).toEqual(withoutPins(none));
    expect(firmware.stateHash).toBe(none.stateHash);
    // Once it is over no pin is high.
    for (const motor of ['left', 'right'] as const) {
      const last = firmware.lines.findLast(line => line.type === 'pin' && line.motor === motor);
      expect(last?.type === 'pin' ? last.duty : 0).toBe(0);
    }
  });
});
