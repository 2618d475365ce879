/** What the pages say of cues, minutes and scripts, each sentence followed from outside: by what a trace has of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cues } from '../../../machines/cues/library.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { packageRoot } from '../../../src/installed.ts';
import { assumedPerson } from '../../../src/simulation/script.ts';
import { cuesIn, file, lived, press, statesOf } from '../../support/hands-on.ts';
import { isLong } from '../../support/length.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from '../../support/simulated.ts';

const full = { kind: 'full' };
const of = (played: Played, phase: string, ...whys: readonly string[]) =>
  linesOf(played, 'cue').filter(cue => cue.phase === phase && whys.includes(cue.why));
/** Which of a phase's strokes a cue goes with, from 1. */
const strokeOf = (played: Played, phase: string, at: number): number => {
  const strokes = linesOf(played, 'stroke').filter(stroke => stroke.phase === phase);
  return strokes.filter(stroke => stroke.at <= at).length;
};
const strokesWith = (played: Played, phase: string, ...whys: readonly string[]): readonly number[] =>
  of(played, phase, ...whys).map(({ at }) => strokeOf(played, phase, at));
const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('strokes', () => {
  it('are told in full six times, then GLIDE alone; the last three of a phase get one more TAP', async () => {
    const played = await lived([{ at: 181_000, intent: 'stop' }]);
    // 180 s in strokes of 4 s.
    expect(strokesWith(played, 'warmUp', 'strokeBegins')).toEqual(numbers(1, 45));
    expect(strokesWith(played, 'warmUp', 'strokeEnds')).toEqual(numbers(1, 6));
    expect(new Set(of(played, 'warmUp', 'strokeBegins').map(({ cue }) => cue))).toEqual(new Set(['GLIDE']));
    // The one after the last would not be over before NEXT tells of what follows.
    const last = strokesWith(played, 'warmUp', 'lastStrokes');
    expect(last.length).toBeGreaterThanOrEqual(2);
    expect(last.every(stroke => stroke > 42)).toBe(true);
  });

  it('faster than 3 s are told by TAP, eight of them and then each eighth, and the last get none', async () => {
    const fast = routine(
      [
        warmUp({ durationS: 180, strokeCm: 10, speedCmPerS: 10, returnMs: 500 }),
        phaseFields({ durationS: 60 }),
        cooldown({ durationS: 180 }),
      ],
      full,
    );
    const played = await simulated({
      routine: fast,
      steps: [...begun, { at: 181_000, intent: 'stop' }],
    });
    const told = strokesWith(played, 'warmUp', 'strokeBegins');
    expect(told).toEqual([...numbers(1, 8), ...numbers(2, 15).map(group => 8 * group)]);
    expect(new Set(of(played, 'warmUp', 'strokeBegins').map(({ cue }) => cue))).toEqual(new Set(['TAP']));
    expect(of(played, 'warmUp', 'strokeEnds', 'lastStrokes')).toEqual([]);
  });

  it('run as they are written: GLIDE begins on A, or on B where it goes back', async () => {
    const ways = ['towardsHeart', 'awayFromHeart'].map(direction =>
      routine(
        [warmUp({ durationS: 180, direction }), phaseFields({ durationS: 60 }), cooldown({ durationS: 180 })],
        full,
      ),
    );
    const first = await Promise.all(
      ways.map(async one => {
        const steps = [...begun, { at: 3000, intent: 'stop' }];
        const frames = linesOf(await simulated({ routine: one, steps }), 'frame');
        const driven = frames.find(({ motors }) => motors && (motors.left ?? 0) + (motors.right ?? 0) > 0);
        return (driven?.motors?.left ?? 0) > 0 ? 'A' : 'B';
      }),
    );
    expect(first).toEqual(['A', 'B']);
  });
});

describe('NEXT', () => {
  const sided = routine(
    [
      warmUp({ durationS: 180, position: 'prone' }),
      phaseFields({ id: 'a', zone: 'calf', side: 'both', durationS: 120, position: 'prone' }),
      cooldown({ durationS: 180, position: 'prone', side: 'right' }),
    ],
    full,
  );
  it('is once for the next place, twice for the other side, three times for the end', async () => {
    const turn = { on: 'transition', afterMs: 2000, intent: 'go' };
    const played = await simulated({ routine: sided, steps: [...begun, turn] });
    // Its pulses are on both motors, firmer than those of the stroke that may follow.
    const firm = Math.max(...cues.NEXT.pulses.map(({ intensity }) => intensity));
    const pulses = (from: number): number =>
      linesOf(played, 'frame').filter(
        ({ at, motors }) => at >= from && at < from + 4000 && motors?.left === firm && motors.right === firm,
      ).length;
    const next = linesOf(played, 'cue').filter(({ cue }) => cue === 'NEXT');
    expect(Object.fromEntries(next.map(({ why, at }) => [why, pulses(at)]))).toEqual({
      nextPhase: 2,
      otherSide: 4,
      finished: 6,
    });
  });
});

describe('one more minute', () => {
  const sides = routine(
    [
      warmUp({ durationS: 180, position: 'prone', zone: 'thighBack' }),
      phaseFields({ id: 'a', zone: 'calf', side: 'both', durationS: 240, position: 'prone' }),
      phaseFields({ id: 'b', zone: 'thighBack', durationS: 400, position: 'prone' }),
      cooldown({ durationS: 180, position: 'prone', zone: 'thighBack' }),
    ],
    full,
  );
  const spent = (played: Played, phase: string, side: string): number => {
    const strokes = linesOf(played, 'stroke').filter(one => one.phase === phase && one.side === side);
    return (strokes.length * (strokes[0]?.period ?? 0)) / 1000;
  };

  it('is given to both sides and lent by later phases; the cooldown lends nothing', async () => {
    const steps = [
      ...begun,
      { on: 'transition', afterMs: 1000, intent: 'go' },
      { on: 'checkIn', afterMs: 2000, intent: 'checkIn', local: 0, leg: 0 },
    ];
    const twice = [...press('go', { at: 200_000 }), ...press('go', { at: 200_300 })];
    const [usual, longer] = await Promise.all([
      // Without the minute it is as it is written: that is left to the long run.
      isLong ? simulated({ routine: sides, steps }) : null,
      simulated({ routine: sides, steps: [...steps, ...twice] }),
    ]);
    const times = (played: Played) => [
      spent(played, 'a', 'left'),
      spent(played, 'a', 'right'),
      spent(played, 'b', 'together'),
      spent(played, 'cooldown', 'together'),
    ];
    if (usual) expect(times(usual)).toEqual([120, 120, 400, 180]);
    expect(times(longer)).toEqual([180, 180, 280, 180]);
  });
});

describe('a script', () => {
  it('as src/README.md has it is played to its end, and all in it holds', async () => {
    const page = readFileSync(join(packageRoot, 'src', 'README.md'), 'utf8');
    const [, text = ''] = /```json\n(\[[\s\S]*?\])\n```/.exec(page) ?? [];
    const routine = fromLibrary('first-touch');
    if (!routine) throw new Error('the library has lost first-touch');
    const played = await simulated({ routine, steps: JSON.parse(text) as RawStep[] });
    expect(played.outcome.outcome).toBe('stopped');
    expect(statesOf(played)).toContain('paused');
  });

  it('has a trace of the types that the page names, in time order, each at a whole ms', async () => {
    const { lines } = await lived(press('go', { at: 5000 }), [{ at: 6000, intent: 'stop' }]);
    const types = ['state', 'stroke', 'cue', 'frame', 'pressure', 'refusal', 'outcome'];
    expect(lines.filter(({ type }) => !types.includes(type))).toEqual([]);
    expect(lines.every(({ at }) => Number.isInteger(at))).toBe(true);
    expect(lines.map(({ at }) => at)).toEqual(
      lines.map(({ at }) => at).toSorted((one, other) => one - other),
    );
    expect(lines.at(-1)?.type).toBe('outcome');
  });

  it('that is none: somebody is assumed who says no to all, goes on, and answers 1, 0 and firmer', () => {
    const intents = assumedPerson(file).flatMap(({ deed }) => (deed.kind === 'intent' ? [deed.intent] : []));
    expect(intents).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ intent: 'screen', others: 'no' }),
        { intent: 'start' },
        { intent: 'go' },
        { intent: 'checkIn', local: 1, leg: 0, firmer: true },
      ]),
    );
  });

  it.each(['cramp', 'toilet', 'call'])('may say what a pause is for: %s', async why => {
    const played = await lived([
      { at: 20_000, intent: 'pause', why },
      { at: 21_000, intent: 'stop' },
    ]);
    expect(statesOf(played)).toContain('paused');
    expect(cuesIn(played, 20_001, 21_000)).toEqual([]);
  });
});
