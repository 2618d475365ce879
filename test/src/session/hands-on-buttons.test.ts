/** What `machines/touch/README.md` says of buttons and answers, and `src/README.md` of scripts, each sentence followed as a person would: by a script, whole. */
import { describe, expect, it } from 'vitest';
import {
  began,
  cuesIn,
  down,
  eased,
  file,
  lived,
  over,
  press,
  pressures,
  question,
  refusals,
  stateAt,
  statesOf,
  steady,
  up,
} from '../../support/hands-on.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from '../../support/simulated.ts';

describe('GO', () => {
  it('pauses, and goes on', async () => {
    const played = await lived(press('go', { at: 20_000 }), press('go', { at: 30_000 }), over(35_000));
    expect([stateAt(played, 25_000), stateAt(played, 31_000)]).toEqual(['paused', 'warmUp']);
  });

  it('twice within 0.4 s gives one more minute here', async () => {
    const played = await lived(press('go', { at: 20_000 }), press('go', { at: 20_300 }), over(245_000));
    expect(stateAt(played, 21_000)).toBe('warmUp');
    expect(Math.floor((began(played, 'strokes') ?? 0) / 1000)).toBe(240);
  });

  it('held for 1 s goes to the next phase', async () => {
    const played = await lived(press('go', { at: 20_000 }, 1100), over(25_000));
    expect(began(played, 'strokes')).toBe(21_020);
  });
});

describe('LESS', () => {
  it('is one step lighter; at 1 it says that it is the lightest', async () => {
    const played = await lived(press('less', { at: 20_000 }), press('less', { at: 30_000 }), over(35_000));
    expect(pressures(played).slice(0, 4)).toEqual(eased);
    const said = linesOf(played, 'refusal').filter(({ asked }) => asked === 'less');
    expect(said.map(({ at, limit }) => [at, limit])).toEqual([[30_020, 'lightest']]);
    expect(linesOf(played, 'cue').find(({ why }) => why === 'lightest')?.cue).toBe('EASE');
  });

  it('held for 1 s leaves this place today, in a pause, too', async () => {
    for (const paused of [false, true]) {
      const played = await lived(
        paused ? [{ at: 189_000, intent: 'pause' }] : [],
        press('less', { at: 190_000 }, 1100),
        paused ? [{ at: 195_000, intent: 'resume' }] : [],
        over(215_000),
      );
      const phases = [...new Set(linesOf(played, 'stroke').map(({ phase }) => phase))];
      expect(phases).toEqual(expect.arrayContaining(['warmUp', 'b']));
      const last = linesOf(played, 'stroke').findLast(({ phase }) => phase === 'a')?.at ?? 0;
      expect(last).toBeLessThan(192_000);
    }
  });

  it('pressed twice within 0.4 s is two steps', async () => {
    const yes = [1, 2, 3].flatMap(nth => [2000, 5000, 8000].map(ms => press('go', question(nth, ms))));
    // Two answers a question, and to the third the yes to the offer; then twice less.
    const answers = yes.filter((_, index) => index % 3 < 2 || index === 8);
    const played = await lived(...answers, press('less', { at: 340_000 }), press('less', { at: 340_300 }), [
      { at: 345_000, intent: 'stop' },
    ]);
    const left = pressures(played).filter(line => line.startsWith('left'));
    expect(left).toEqual(['left 2 start', 'left 3 rise', 'left 2 ease', 'left 1 ease']);
  });

  it('held in the cooldown leaves it, too: no place is left, and the end is told', async () => {
    const next = [21_000, 22_000, 23_000].map(at => ({ at, intent: 'next' }));
    const played = await lived(next, press('less', { at: 30_000 }, 1100));
    expect(stateAt(played, 30_900)).toBe('cooldown');
    expect(stateAt(played, 31_500)).toBe('finishing');
  });

  it('held lets the cooldown go where hands were last', async () => {
    // The warm-up’s place is the cooldown’s; the last place before it has longer strokes.
    const longer = routine(
      [
        warmUp({ durationS: 180, zone: 'thighBack' }),
        phaseFields({ id: 'a', zone: 'thighOuter', durationS: 60, strokeCm: 50 }),
        cooldown({ durationS: 180, zone: 'thighBack' }),
      ],
      { kind: 'full' },
    );
    const steps = [...begun, ...press('less', { at: 20_000 }, 1100), { at: 100_000, intent: 'stop' }];
    const played = await simulated({ routine: longer, steps });
    const periods = new Map(linesOf(played, 'stroke').map(({ phase, period }) => [phase, period]));
    expect([...periods]).toEqual([
      ['warmUp', 4000],
      ['a', 6000],
      ['cooldown', 6000],
    ]);
  });

  it('is taken back by `undo` within 5 s, and not after that', async () => {
    const less: readonly RawStep[] = [{ at: 20_000, intent: 'less' }];
    const soon = await lived(less, [{ at: 24_900, intent: 'undo' }], over(30_000));
    expect(pressures(soon).slice(0, 6)).toEqual([...eased, 'left 2 undo', 'right 2 undo']);
    const late = await lived(less, [{ at: 25_100, intent: 'undo' }], over(30_000));
    expect(pressures(late)).not.toContain('left 2 undo');
    expect(linesOf(late, 'refusal').map(({ asked }) => asked)).toContain('undo');
  });
});

describe('STOP', () => {
  it('is all off, and GO and LESS together for 3 s say that it was a slip: paused, then GO', async () => {
    const played = await lived(
      press('stop', { at: 20_000 }),
      press('go', { at: 22_000 }),
      press('go', { at: 25_000 }, 3100),
      press('less', { at: 25_100 }, 3100),
      press('go', { at: 32_000 }),
      over(35_000),
    );
    const off = linesOf(played, 'frame').find(({ at, motors }) => at >= 20_000 && motors === null);
    expect(off?.at).toBeLessThanOrEqual(20_020);
    expect([stateAt(played, 24_000), stateAt(played, 30_000), stateAt(played, 33_000)]).toEqual([
      'stopped',
      'paused',
      'warmUp',
    ]);
  });

  it('is all that counts while it is down', async () => {
    const played = await lived(
      [down('stop', { at: 20_000 })],
      press('go', { at: 21_000 }, 3500),
      press('less', { at: 21_100 }, 3500),
      [up('stop', { at: 26_000 })],
    );
    expect(stateAt(played, 27_000)).toBe('stopped');
  });
});

describe('a contact', () => {
  it('that bounces was not let go: up for 20 ms it is no second press', async () => {
    const bouncing = [0, 40, 80].flatMap(ms => press('go', { at: 20_000 + ms }, 20));
    const played = await lived(bouncing, press('go', { at: 20_120 }, 140), over(25_000));
    expect(stateAt(played, 21_000)).toBe('paused');
    expect(cuesIn(played, 20_000, 21_000).filter(cue => cue === 'TAP heard')).toHaveLength(1);
  });

  it.each([
    [960, 'warmUp'],
    [1000, 'strokes'],
    [1040, 'strokes'],
  ])('held for %i ms, of 1 s, leads to %s', async (forMs, state) => {
    const played = await lived(press('less', { at: 20_000 }, forMs), [{ at: 30_000, intent: 'stop' }]);
    expect(stateAt(played, 25_000)?.replace('eased', 'warmUp')).toBe(state);
  });
});

describe('pressure', () => {
  it('rises by nothing but a yes that was asked for: no press, hold or firmer word beside a question does', async () => {
    const played = await lived(
      press('go', { at: 20_000 }, 1100),
      [{ at: 30_000, intent: 'checkIn', local: 0, leg: 0, firmer: true }],
      press('go', { at: 40_000 }),
      press('go', { at: 40_300 }),
      press('go', { at: 50_000 }),
      press('go', { at: 55_000 }),
      [{ at: 58_000, intent: 'stop' }],
    );
    expect(pressures(played)).toEqual(steady);
    expect(refusals(played)).toContain('firmer unasked');
  });
});

describe('two buttons', () => {
  it.each([
    ['go', 'less'],
    ['less', 'go'],
  ] as const)(
    'are one gesture, and one that means nothing is answered by EASE: %s first',
    async (one, other) => {
      for (const gapMs of [0, 120, 280]) {
        const played = await lived(
          press(one, { at: 20_000 }, 1500 + gapMs),
          press(other, { at: 20_000 + gapMs }, 1500),
          over(185_000),
        );
        expect(stateAt(played, 25_000)).toMatch(/^(warmUp|eased)$/);
        const kept = linesOf(played, 'pressure').filter(({ at }) => at < 30_000);
        expect(kept.filter(({ side }) => side === 'left').at(-1)?.pressure).toBe(2);
        expect(linesOf(played, 'cue').some(({ at, why }) => at < 25_000 && why === 'refused')).toBe(true);
        const phases = linesOf(played, 'stroke').map(({ phase }) => phase);
        expect(phases).toContain('a');
      }
    },
  );
});

describe('GO where two buttons mean something', () => {
  const stopped: readonly RawStep[] = [
    { at: 20_000, intent: 'stop' },
    { at: 21_000, intent: 'afterStop', why: 'enough' },
  ];
  const driven = (played: Played, from: number, to: number) =>
    linesOf(played, 'frame').filter(
      ({ at, motors }) => at >= from && at < to && (motors?.left || motors?.right),
    );

  it('runs no motor sooner than 0.3 s, and none where LESS comes to it', async () => {
    for (const gapMs of [0, 60, 280]) {
      const played = await lived(
        stopped,
        press('go', { at: 25_000 }, 3300 + gapMs),
        press('less', { at: 25_000 + gapMs }, 3300),
        over(36_000),
      );
      expect(driven(played, 25_000, 35_000)).toEqual([]);
      expect(stateAt(played, 30_000)).toBe('paused');
    }
    const alone = await lived(stopped, press('go', { at: 25_000 }), over(27_000));
    expect(stateAt(alone, 25_020)).toBe('cooldown');
    expect(driven(alone, 25_000, 25_320)).toEqual([]);
    expect(driven(alone, 25_320, 25_400).length).toBeGreaterThan(0);
  });
});

describe('an answer', () => {
  const two = [press('go', question(1, 2000)), press('go', question(1, 5000))];

  it('by GO, GO and GO within 4 s is firmer by one, where that is planned', async () => {
    const silent = await lived(...two, [{ on: 'checkIn', nth: 2, afterMs: 500, intent: 'stop' }]);
    expect(pressures(silent)).toEqual(steady);
    // The rise needs its two minutes at this place: the third question comes with them.
    const yes = [1, 2, 3].flatMap(nth => [
      press('go', question(nth, 2000)),
      press('go', question(nth, 5000)),
    ]);
    yes.push(press('go', question(3, 8000)));
    const played = await lived(...yes, [{ at: 330_000, intent: 'stop' }]);
    expect(pressures(played)).toEqual([...steady, 'left 3 rise', 'right 3 rise']);
  });

  it('is none in haste: GO at 60, 720 and 1370 ms raises nothing and is no answer', async () => {
    const hasty = [1, 2, 3, 4].flatMap(nth =>
      [60, 720, 1370].map(afterMs => press('go', question(nth, afterMs))),
    );
    const played = await lived(...hasty);
    expect(pressures(played)).toEqual(steady);
    expect(linesOf(played, 'outcome')[0]?.outcome).toBe('interrupted');
    expect(statesOf(played)).toContain('halting');
  });

  it('by LESS eases; by LESS held it stops', async () => {
    const less = await lived(press('less', question(1, 2500)), over(260_000));
    expect(pressures(less).slice(0, 4)).toEqual(eased);
    const held = await lived(press('less', question(1, 2500), 1100));
    expect(linesOf(held, 'outcome')[0]).toMatchObject({ outcome: 'stopped', reason: 'scoreTooHigh' });
  });

  it('that does not come pauses, and the second time ends the session gently', async () => {
    const played = await lived(press('go', { on: 'paused', nth: 1, afterMs: 5000 }));
    const states = statesOf(played);
    expect(states.filter(state => state === 'halting')).toHaveLength(1);
    expect(states.indexOf('cooldown')).toBeGreaterThan(states.indexOf('halting'));
    expect(linesOf(played, 'outcome')[0]).toMatchObject({ reason: 'checkInsMissed' });
  });
});

describe('the end', () => {
  it('is announced three times unless somebody says so', async () => {
    const skip = [21_000, 22_000, 23_000].map(at => ({ at, intent: 'next' }));
    const told = (played: Played) => linesOf(played, 'cue').filter(({ why }) => why === 'finished').length;
    expect(told(await lived(skip))).toBe(3);
    expect(told(await lived(skip, press('go', { on: 'finishing', afterMs: 5000 })))).toBe(1);
  });
});

describe('a script', () => {
  it('leaves places out before the start, and brings them back', async () => {
    const first = begun.slice(0, 1);
    const rest = [...begun.slice(1), { at: 200_000, intent: 'next' }, ...over(210_000)];
    const out: RawStep = { at: 0, intent: 'leaveOut', zones: ['calf'] };
    const back: RawStep = { at: 0, intent: 'bringBack', zones: ['calf'] };
    const phasesOf = async (...between: readonly RawStep[]) => {
      const played = await simulated({ routine: file, steps: [...first, ...between, ...rest] });
      return new Set(linesOf(played, 'stroke').map(({ phase }) => phase));
    };
    expect((await phasesOf(out)).has('a')).toBe(false);
    expect((await phasesOf(out, back)).has('a')).toBe(true);
  });
});
