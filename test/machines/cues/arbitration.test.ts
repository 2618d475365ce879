import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dropped, PlannedCues } from '../../../machines/cues/arbitration.ts';
import { expand } from '../../../machines/cues/expand.ts';
import { frameAt } from '../../../machines/cues/frame.ts';
import { cues } from '../../../machines/cues/library.ts';
import { motorLimits } from '../../../machines/limits.ts';
import {
  type CueId,
  type CueWhy,
  cueIds,
  type Motor,
  type Ms,
  motors,
  type Order,
  type Pulse,
} from '../../../machines/vocabulary.ts';
import { isLong } from '../../support/length.ts';

type Play = Extract<Order, { type: 'play' }>;
const play = (cue: CueId, at: Ms, more: Partial<Play> = {}): Play => ({
  type: 'play',
  cue,
  at,
  from: 'left',
  times: 1,
  // No reason of a session's: a name of its own tells each from the others.
  why: `${cue} at ${at}` as CueWhy,
  answer: false,
  ...more,
});
const pulsesOf = (planned: PlannedCues): Pulse[] => [...planned.pulses()];
const cuesOf = (planned: PlannedCues, now: Ms = Number.MAX_SAFE_INTEGER - 1): string[] =>
  planned.begin(now).map(({ why }) => why);

/** Beginnings of the two motors nearer than they may be; a motor that goes on has not begun. */
function tooNear(driven: Readonly<Record<Motor, readonly { at: Ms; on: boolean }[]>>): readonly string[] {
  const begun = motors.flatMap(motor =>
    driven[motor].flatMap(({ at, on }, index) =>
      on && !driven[motor][index - 1]?.on ? [{ motor, at }] : [],
    ),
  );
  return begun.flatMap(one =>
    begun
      .filter(
        other => other.motor !== one.motor && other.at >= one.at && other.at - one.at < motorLimits.staggerMs,
      )
      .map(other => `${one.motor} at ${one.at}, ${other.motor} at ${other.at}`),
  );
}

describe('planned cues', () => {
  it('are the pulses of what was asked', () => {
    const planned = new PlannedCues();
    expect(planned.add(play('GLIDE', 1000))).toEqual([]);
    expect(pulsesOf(planned)).toEqual(expand(cues.GLIDE, 1000));
  });

  it('begin once, at their time, those that began unnoticed too while they still last', () => {
    const planned = new PlannedCues();
    planned.add(play('GLIDE', 1000));
    planned.add(play('TAP', 2000));
    expect(planned.begin(999)).toEqual([]);
    expect(planned.begin(1100).map(({ cue }) => cue)).toEqual(['GLIDE']);
    expect(planned.begin(1200)).toEqual([]);
    expect(planned.begin(2000).map(({ cue }) => cue)).toEqual(['TAP']);
  });

  it('that are over before anyone looked have never begun', () => {
    const planned = new PlannedCues();
    planned.add(play('TAP', 1000));
    expect(planned.begin(1150)).toEqual([]);
  });

  it('are forgotten when they are over', () => {
    const planned = new PlannedCues();
    planned.add(play('TAP', 1000));
    planned.forget(1149);
    expect(pulsesOf(planned)).toHaveLength(1);
    planned.forget(1150);
    expect(pulsesOf(planned)).toEqual([]);
  });

  it('can be dropped by name', () => {
    const planned = new PlannedCues();
    planned.add(play('ASK', 1000));
    planned.add(play('TAP', 3000));
    planned.drop('ASK', 1000);
    expect(pulsesOf(planned)).toEqual(expand(cues.TAP, 3000));
  });
});

describe('two cues that meet', () => {
  it.each([
    ['TAP', 'GLIDE', 'GLIDE'],
    ['GLIDE', 'TAP', 'GLIDE'],
    ['GLIDE', 'NEXT', 'NEXT'],
    ['ASK', 'GLIDE', 'ASK'],
    ['EASE', 'ASK', 'EASE'],
    ['EASE', 'STOP', 'STOP'],
  ] as const)('%s, then %s: %s is played', (first, second, stays) => {
    const planned = new PlannedCues();
    planned.add(play(first, 1000));
    const dropped = planned.add(play(second, 1100));
    expect(cuesOf(planned, 1100)).toEqual([`${stays} at ${stays === second ? 1100 : 1000}`]);
    const gone = stays === second ? first : second;
    expect(dropped).toEqual([
      { cue: gone, why: `${gone} at ${gone === second ? 1100 : 1000}`, limit: 'rank' },
    ]);
  });

  it('of one rank: the earlier is played', () => {
    const planned = new PlannedCues();
    planned.add(play('TAP', 1000));
    expect(planned.add(play('TAP', 1100))).toMatchObject([{ limit: 'rank' }]);
    expect(planned.add(play('TAP', 1150))).toEqual([]);
  });

  it('an answer to a press goes before anything', () => {
    const planned = new PlannedCues();
    planned.add(play('EASE', 1000));
    expect(planned.add(play('TAP', 1100, { answer: true }))).toEqual([
      { cue: 'EASE', why: 'EASE at 1000', limit: 'rank' },
    ]);
    expect(pulsesOf(planned)).toEqual(expand(cues.TAP, 1100));
  });
});

describe('the share of a motor', () => {
  it('is kept: what would be too much gives way or is not played, and says so', () => {
    const planned = new PlannedCues();
    // 500 ms on A each; four of them are the 2 s of ten that it may have.
    for (let index = 0; index < 4; index++) expect(planned.add(play('NEXT', index * 1000))).toEqual([]);
    expect(planned.add(play('NEXT', 4000))).toEqual([
      { cue: 'NEXT', why: 'NEXT at 4000', limit: 'cueShare' },
    ]);
    expect(planned.add(play('TAP', 9000))).toMatchObject([{ limit: 'cueShare' }]);
    // Ten seconds after the first there is just room for another, and no millisecond sooner.
    expect(planned.add(play('NEXT', 9999))).toMatchObject([{ limit: 'cueShare' }]);
    expect(planned.add(play('NEXT', 10_000))).toEqual([]);
  });

  it('lets the lowest rank that has not begun give way, the latest first', () => {
    const planned = new PlannedCues();
    for (let index = 0; index < 3; index++) planned.add(play('NEXT', index * 1000));
    planned.add(play('TAP', 4000));
    planned.add(play('TAP', 5000));
    planned.add(play('TAP', 6000));
    expect(planned.add(play('GLIDE', 3500))).toMatchObject([{ why: 'TAP at 6000', limit: 'cueShare' }]);
  });

  it('remembers what was played, dropped halfway, or cleared', () => {
    for (const end of ['played', 'dropped', 'cleared'] as const) {
      const planned = new PlannedCues();
      planned.add(play('STOP', 0));
      planned.clear(0);
      for (let index = 0; index < 4; index++) planned.add(play('NEXT', index * 1000));
      if (end === 'played') for (let now = 0; now <= 5000; now += 100) planned.forget(now);
      if (end === 'dropped') planned.drop('NEXT', 5000);
      if (end === 'cleared') planned.clear(5000);
      expect(planned.add(play('NEXT', 6000))).toMatchObject([{ limit: 'cueShare' }]);
    }
  });

  it('counts haste as driving: cues begun and cut by the hundred', () => {
    const planned = new PlannedCues();
    let played = 0;
    for (let now = 0; now < 4000; now += 2) {
      if (planned.add(play('TAP', now)).length === 0) played += 1;
      planned.clear(now + 1);
    }
    expect(played).toBeGreaterThan(500);
    // At most two of the ten seconds were driven, rests between included.
    expect(played).toBeLessThanOrEqual(1001);
    expect(planned.add(play('TAP', 4000))).toMatchObject([{ limit: 'cueShare' }]);
  });

  it('does not count what was planned and never driven', () => {
    const planned = new PlannedCues();
    for (let index = 0; index < 4; index++) planned.add(play('NEXT', 5000 + index * 1000));
    planned.clear(4000);
    expect(planned.add(play('NEXT', 5000))).toEqual([]);
  });

  it('has STOP reserved beside it: neither does STOP wait for a share nor does it use one up', () => {
    const planned = new PlannedCues();
    for (let index = 0; index < 4; index++) planned.add(play('NEXT', index * 1000));
    expect(planned.add(play('STOP', 4500))).toEqual([]);
    for (let now = 0; now <= 11_000; now += 50) planned.forget(now);
    const after = new PlannedCues();
    after.add(play('STOP', 0));
    for (let now = 0; now <= 3000; now += 50) after.forget(now);
    expect(after.add(play('GLIDE', 3000))).toEqual([]);
  });
});

/** On-time of a motor in any ten seconds, by looking at every millisecond. */
function worstOnMs(driven: readonly { at: Ms; on: boolean }[]): number {
  const on = driven.map(one => (one.on ? 1 : 0));
  let sum = 0;
  let worst = 0;
  for (const [index, value] of on.entries()) {
    sum += value - (on[index - motorLimits.shareWindowMs] ?? 0);
    worst = Math.max(worst, sum);
  }
  return worst;
}

it.each([
  // GLIDE begins A at 1000 and B at 1111. What breaks it off on A finds A running.
  ['TAP', 'left', 1030, 1030],
  ['EASE', 'left', 1170, 1170],
  // What begins on B waits until A's start current is over, and so does all that follows in it.
  ['TAP', 'right', 1001, 1060],
  ['GLIDE', 'right', 1030, 1060],
  ['EASE', 'right', 1059, 1060],
  ['TAP', 'right', 1060, 1060],
  // B runs, and goes on; the other half of the cue begins on A as long after as ever.
  ['EASE', 'right', 1120, 1120],
] as const)(
  '%s from %s at %i within a GLIDE begins at %i, apart from the other motor',
  (cue, from, at, begins) => {
    const planned = new PlannedCues();
    planned.add(play('GLIDE', 1000));
    planned.begin(at);
    planned.add(play(cue, at, { from, answer: true }));
    expect(pulsesOf(planned)).toEqual(expand(cues[cue], begins, from));
  },
);

it('a cue waits for what was dropped or cleared just after it began, too', () => {
  for (const gone of [(p: PlannedCues) => p.drop('GLIDE', 1030), (p: PlannedCues) => p.clear(1030)]) {
    const planned = new PlannedCues();
    planned.add(play('GLIDE', 1000));
    gone(planned);
    planned.add(play('TAP', 1030, { from: 'right' }));
    expect(planned.begin(1059)).toEqual([]);
    expect(planned.begin(1060).map(({ cue, at }) => `${cue} ${at}`)).toEqual(['TAP 1060']);
  }
});

it('never drives a motor for more than its share of any ten seconds, nor two starts too near, whatever is asked', () => {
  const deed = fc.record({
    wait: fc.integer({ min: 0, max: 900 }),
    cue: fc.constantFrom<CueId>(...cueIds.filter(id => id !== 'STOP')),
    ahead: fc.integer({ min: 0, max: 4000 }),
    from: fc.constantFrom(...motors),
    times: fc.integer({ min: 1, max: 3 }),
    answer: fc.boolean(),
    what: fc.constantFrom('add', 'add', 'add', 'add', 'drop', 'clear'),
  });
  fc.assert(
    fc.property(fc.array(deed, { minLength: 20, maxLength: 60 }), deeds => {
      const planned = new PlannedCues();
      const driven = { left: [] as { at: Ms; on: boolean }[], right: [] as { at: Ms; on: boolean }[] };
      let now = 0;
      const pass = (ms: Ms): void => {
        for (const until = now + ms; now < until; now++) {
          const frame = frameAt(planned.pulses(), now);
          for (const motor of motors) driven[motor].push({ at: now, on: frame[motor] > 0 });
          planned.begin(now);
          planned.forget(now);
        }
      };
      for (const { wait, cue, ahead, from, times, answer, what } of deeds) {
        pass(wait);
        if (what === 'drop') planned.drop(cue, now);
        else if (what === 'clear') planned.clear(now);
        else planned.add(play(cue, now + (answer ? 0 : ahead), { from, times, answer }));
      }
      pass(6000);
      expect(tooNear(driven)).toEqual([]);
      for (const motor of motors)
        expect(worstOnMs(driven[motor])).toBeLessThanOrEqual(
          motorLimits.shareWindowMs * motorLimits.cueShare,
        );
    }),
    { numRuns: isLong ? 60 : 12 },
  );
});

it('a cue that is to be broken off goes on until then, and what comes at that moment knows what runs', () => {
  const planned = new PlannedCues();
  planned.add(play('GLIDE', 911, { from: 'right' }));
  planned.begin(1023);
  planned.add(play('EASE', 1040));
  expect([frameAt(planned.pulses(), 1039), frameAt(planned.pulses(), 1040)]).toEqual([
    { left: 0.8, right: 0.8 },
    { left: 1, right: 0 },
  ]);
  // B has run all the while: going on is no start.
  planned.add(play('TAP', 1040, { from: 'right', answer: true }));
  expect(frameAt(planned.pulses(), 1040)).toEqual({ left: 0, right: 0.8 });
});

it('STOP is broken off by nothing that is played, not even by an answer to a press', () => {
  const planned = new PlannedCues();
  planned.add(play('STOP', 0));
  planned.begin(0);
  for (const cue of cueIds.filter(id => id !== 'STOP'))
    expect(planned.add(play(cue, 700, { answer: true }))).toEqual([
      { cue, why: `${cue} at 700`, limit: 'rank' },
    ]);
  expect(pulsesOf(planned)).toEqual(expand(cues.STOP, 0));
});

it('what comes just after a STOP that was let go waits until the motor it began is over its start', () => {
  const planned = new PlannedCues();
  planned.add(play('STOP', 1000));
  planned.begin(1030);
  planned.clear(1030);
  planned.add(play('GLIDE', 1030, { from: 'right' }));
  expect(planned.begin(1059)).toEqual([]);
  expect(planned.begin(1060).map(({ cue, at }) => `${cue} ${at}`)).toEqual(['GLIDE 1060']);
});

it('holds 64 cues at most; one more is not played, and says so', () => {
  const planned = new PlannedCues();
  for (let index = 0; index < 64; index++) expect(planned.add(play('TAP', index * 2000))).toEqual([]);
  expect(planned.add(play('TAP', 200_000))).toEqual([{ cue: 'TAP', why: 'TAP at 200000', limit: 'queue' }]);
  planned.forget(150);
  expect(planned.add(play('TAP', 200_000))).toEqual([]);
});

describe('where a motor has run for its share of ten seconds', () => {
  /** EASE upon EASE, until one finds no time to run any more. */
  const spentBy = (
    more: Partial<Play>,
  ): Readonly<{ planned: PlannedCues; at: Ms; gone: readonly Dropped[] }> => {
    const planned = new PlannedCues();
    for (let at = 0; at < 10_000; at += 50) {
      const gone = planned.add(play('EASE', at, more));
      if (gone.some(({ limit }) => limit === 'cueShare')) return { planned, at, gone };
      planned.begin(at);
      planned.forget(at);
    }
    throw new Error('its share never ran out');
  };

  it('an EASE that answers a press becomes a TAP: no press is met with silence', () => {
    const { planned, at, gone } = spentBy({ answer: true });
    const left = { cue: 'EASE', why: `EASE at ${at}`, limit: 'cueShare' };
    expect(gone.filter(({ limit }) => limit === 'cueShare')).toEqual([left]);
    expect(planned.begin(at + 60).map(({ cue, why }) => `${cue} ${why}`)).toEqual([`TAP EASE at ${at}`]);
  });

  it('an EASE that answers nobody is left out', () => {
    const { planned, at, gone } = spentBy({});
    expect(gone).toEqual([{ cue: 'EASE', why: `EASE at ${at}`, limit: 'cueShare' }]);
    expect(planned.begin(at + 60).filter(({ why }) => why === `EASE at ${at}`)).toEqual([]);
  });
});

it('a question that is told again leaves room for an EASE, on the motor that it takes most of', () => {
  const planned = new PlannedCues();
  planned.add(play('ASK', 0));
  planned.add(play('NEXT', 2000));
  // 600 and 500 ms on A: another 600 and EASE’s 650 are more than 2 s of ten.
  expect(planned.add(play('ASK', 6000, { again: true }))).toMatchObject([{ cue: 'ASK', limit: 'cueShare' }]);
  expect(planned.add(play('EASE', 6000, { answer: true }))).toEqual([]);
  const other = new PlannedCues();
  other.add(play('ASK', 0));
  expect(other.add(play('ASK', 6000, { again: true }))).toEqual([]);
  expect(other.add(play('EASE', 8000, { answer: true }))).toEqual([]);
});

it('an EASE that answers a press is an EASE wherever it fits', () => {
  const planned = new PlannedCues();
  expect(planned.add(play('EASE', 1000, { answer: true }))).toEqual([]);
  expect(planned.begin(1000).map(({ cue }) => cue)).toEqual(['EASE']);
});

it('an EASE that a STOP keeps silent is no TAP either', () => {
  const planned = new PlannedCues();
  planned.add(play('STOP', 1000));
  expect(planned.add(play('EASE', 1100, { answer: true }))).toEqual([
    { cue: 'EASE', why: 'EASE at 1100', limit: 'rank' },
  ]);
});
