import { describe, expect, it } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, type Fields, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

/** One long phase of strokes with a rise planned in it: asked every 180 s, 30 s to answer. */
const long = routine(
  [
    warmUp({ durationS: 180 }),
    phaseFields({ durationS: 1200, pressureMax: 2 }),
    cooldown({ durationS: 180 }),
  ],
  { kind: 'full' },
);

/** The same without a rise. */
const flat = routine(
  [warmUp({ durationS: 180 }), phaseFields({ durationS: 1200 }), cooldown({ durationS: 180 })],
  { kind: 'full' },
);

/** The same at pressure 2, so that there is something to ease. */
const firm = (fields: Fields = {}) => {
  const pressure = { pressureStart: 2, pressureMax: 2 };
  return routine(
    [
      warmUp({ durationS: 180, ...pressure }),
      phaseFields({ durationS: 1200, ...pressure }),
      cooldown({ durationS: 180, ...pressure }),
    ],
    { kind: 'full', ...fields },
  );
};

/** From the beginning of ASK until an answer to it counts: its 1.2 s, and 600 ms. */
const feltMs = 1800;

const asked = (session: TestSession): TestSession => session.untilState('strokes.checkIn');

describe('a check-in', () => {
  it('is asked with ASK 600 ms after a stroke begins, and the strokes go on', () => {
    const session = asked(started(long));
    const at = session.at;
    expect((at - 180_000 - 600) % 4000).toBe(0);
    const before = session.all('stroke').length;
    session.for(12_000);
    expect(session.state).toBe('strokes.checkIn');
    expect(session.all('stroke').length).toBe(before + 3);
    expect(
      session
        .all('play')
        .filter(({ cue }) => cue === 'ASK')
        .map(({ at: begins }) => begins - at),
    ).toEqual([0, 6000, 12_000]);
  });

  it('repeats ASK each 6 s up to its timeout, then says by STOP that it pauses by itself', () => {
    const session = asked(started(long));
    const { at } = session;
    session.until(at + 29_999);
    expect(session.state).toBe('strokes.checkIn');
    expect(session.all('play').filter(({ cue }) => cue === 'ASK')).toHaveLength(5);
    session.until(at + 30_000);
    expect([session.state, session.engaged]).toEqual(['halting', true]);
    expect(session.told.findLast(({ type }) => type === 'play')).toMatchObject({
      cue: 'STOP',
      at: at + 30_000,
      why: 'byItself',
    });
    session.until(at + 31_999);
    expect([session.state, session.engaged]).toEqual(['halting', true]);
    session.until(at + 32_000);
    expect([session.state, session.engaged]).toEqual(['paused', false]);
    expect(session.told.at(-1)).toMatchObject({ type: 'hush' });
  });

  it('missed a second time ends through the cooldown, without anyone having to turn', () => {
    const session = asked(started(long));
    session.untilState('paused').for(5000);
    session.send({ type: 'session.resume' });
    asked(session);
    session.for(30_000);
    expect(session.state).toBe('cooldown');
    expect(session.engaged).toBe(true);
    session.untilState('finishing').untilState('completed');
    expect([session.outcome, session.reason]).toEqual(['completed', 'checkInsMissed']);
  });

  it('missed once and answered later is still the first of two', () => {
    const session = asked(started(long));
    session.untilState('paused').send({ type: 'session.resume' });
    asked(session).answer('light');
    asked(session).for(30_000);
    expect(session.state).toBe('cooldown');
  });

  it('is asked again soon after a miss, once the strokes have gone on for ten seconds', () => {
    const session = asked(started(long));
    session.untilState('paused');
    const { movedMs } = session.context;
    session.for(60_000).send({ type: 'session.resume' });
    const resumed = session.at;
    asked(session);
    expect(session.at - resumed).toBeGreaterThanOrEqual(10_000);
    expect(session.at - resumed).toBeLessThanOrEqual(10_000 + 4600);
    expect(session.context.movedMs).toBe(movedMs);
  });

  it('answered is not asked again for its time', () => {
    const session = asked(started(long));
    session.answer('fine');
    const answered = session.at;
    expect(session.state).toBe('strokes');
    asked(session);
    expect(session.at - answered).toBeGreaterThanOrEqual(180_000);
    expect(session.at - answered).toBeLessThanOrEqual(184_000);
  });

  it('dropped by a pause is asked again after it', () => {
    const session = asked(started(long)).for(3000);
    session.send({ type: 'session.pause' });
    session.for(10_000).send({ type: 'session.resume' });
    const resumed = session.at;
    asked(session);
    expect(session.at - resumed).toBe(600);
  });

  it('is silent the moment it is answered', () => {
    const session = asked(started(long));
    expect(session.answer('fine')).toContainEqual({ type: 'drop', cue: 'ASK' });
  });

  it('is not asked in the warm-up, nor in the cooldown', () => {
    const session = started(long);
    while (session.outcome === null) {
      session.for(500);
      if (session.state.endsWith('checkIn')) {
        expect(session.context.passIndex).toBe(1);
        session.answer('light');
      }
      if (session.state === 'transition') session.send({ type: 'session.go', felt: false });
    }
    expect(session.outcome).toBe('completed');
  });

  it('goes on into the next phase where hands simply move there, with its time and its answer', () => {
    // 20 s of settling and 30 s for an answer do not fit into 40 s.
    const short = routine(
      [warmUp({ durationS: 60 }), ...['a', 'b', 'c'].map(id => phaseFields({ id })), cooldown()],
      {
        checkIn: { everyS: 60 },
      },
    );
    const session = asked(started(short));
    const { at } = session;
    expect(at).toBe(60_000 + 40_000 + 20_600);
    session.until(at + 29_999);
    expect([session.state, session.context.passIndex]).toEqual(['strokes.checkIn', 3]);
    // One question, not two.
    expect(session.states.filter(({ state }) => state.endsWith('checkIn'))).toHaveLength(1);
    const silent = session.snapshot;
    session.until(at + 30_000);
    expect(session.state).toBe('halting');
    session.snapshot = silent;
    session.at = at + 29_999;
    session.answer('light');
    expect(session.state).toBe('strokes');
    expect(session.context.missed).toBe(0);
  });

  it('is asked anew after a turn that came over it, for what is left of its time, fifteen seconds at least', () => {
    const turning = routine(
      [
        warmUp({ durationS: 60 }),
        ...['left', 'right', 'left', 'right'].map((side, index) =>
          phaseFields({ id: `p${index}`, side, durationS: 30 }),
        ),
        cooldown(),
      ],
      { checkIn: { everyS: 60, timeoutS: 50 } },
    );
    const session = started(turning);
    const goOn = (): TestSession => {
      session.untilState('transition').for(40_000);
      session.send({ type: 'session.go', felt: false });
      return session;
    };
    goOn();
    goOn();
    goOn();
    const first = asked(session).at;
    expect(first).toBe(session.context.gridAt + 600);
    goOn();
    const again = asked(session).at;
    expect(again).toBe(session.context.gridAt + 600);
    // 29.4 s had gone before the turn, and no silence in the turn counts.
    expect(session.untilState('halting').at - again).toBe(50_000 - 29_400);
  });

  it('is never asked of nobody: answered while the hands turn it is answered', () => {
    const turning = routine(
      [
        warmUp({ durationS: 60 }),
        ...['left', 'right'].map(side => phaseFields({ id: side, side, durationS: 76 })),
        cooldown(),
      ],
      { checkIn: { everyS: 60, timeoutS: 50 } },
    );
    const session = started(turning);
    session.untilState('transition').send({ type: 'session.go', felt: false });
    asked(session).untilState('transition');
    session.answer('strong');
    expect(session.context.openForMs).toBe(0);
  });
});

describe('a check-in of a whole routine', () => {
  it.each(library().map(one => [one.id, one] as const))(
    'in %s leaves nobody unasked for longer than the routine says, but for ends of phases',
    (_, one: Routine) => {
      const session = started(one);
      const everyMs = session.context.rules.checkInEveryMs;
      const longest: Ms[] = [];
      let since: Ms | null = null;
      const moved = (): Ms => {
        const { movedMs, movingSince } = session.context;
        return movedMs + (movingSince === null ? 0 : session.at - movingSince);
      };
      while (session.outcome === null) {
        session.for(100);
        const stage = session.context.passes[session.context.passIndex]?.stage;
        if (since === null && stage !== 'warmUp') since = moved();
        if (session.state.endsWith('checkIn')) {
          longest.push(moved() - (since ?? 0));
          since = moved();
          session.answer('light', true);
        }
        if (session.state === 'transition') session.send({ type: 'session.go', felt: false });
        if (session.state === 'finishing') session.send({ type: 'session.acknowledge' });
      }
      // A question that comes due within an answer's time of the phase's end waits until the next has settled.
      const longestStroke = Math.max(...session.context.passes.map(({ pace }) => pace.periodMs));
      const spareMs = session.context.rules.checkInTimeoutMs + 20_000 + longestStroke + 700;
      expect(longest.length).toBeGreaterThan(0);
      for (const gap of longest) expect(gap).toBeLessThanOrEqual(everyMs + spareMs);
    },
  );
});

describe('a check-in', () => {
  it('is not put off beyond what a file says by a phase that plans a rise', () => {
    const often = routine(
      [
        warmUp({ durationS: 180 }),
        ...['a', 'b', 'c', 'd'].map(id => ramp({ id, durationS: 150 })),
        cooldown({ durationS: 180 }),
      ],
      { kind: 'full', checkIn: { everyS: 60 }, riseDwellS: 300 },
    );
    const session = started(often).until(180_000);
    const gaps: Ms[] = [];
    for (let last = session.at; session.at < 180_000 + 500_000; last = session.at) {
      session.untilState('pressureRamp.checkIn');
      gaps.push(session.at - last);
      session.answer('light');
    }
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000 + 30_000 + 20_000 + 4700);
  });

  it('is not asked late into a phase because an easing ended there', () => {
    const session = started(firm({ checkIn: { everyS: 60, timeoutS: 30 } }));
    // The phase ends at 1380 s: the next question falls due while the pressure is eased, until 5 s before that.
    session.attended(({ at, state }) => at >= 1_315_000 && state === 'strokes');
    const asked = session.states.length;
    session.until(1_317_000).send({ type: 'session.less' });
    expect(session.until(1_376_999).state).toBe('eased');
    expect(session.context.checkInDueMoved).toBeLessThan(1_377_000);
    expect(session.until(1_379_999).state).toBe('strokes');
    expect(session.states.slice(asked).some(({ state }) => state.endsWith('checkIn'))).toBe(false);
  });

  it('that fell due while the pressure was eased is asked beside the next stroke, not into one', () => {
    const session = started(firm()).until(355_000);
    session.send({ type: 'session.less' });
    session.untilState('strokes');
    expect(session.at).toBe(415_000);
    asked(session);
    expect((session.at - 180_000 - 600) % 4000).toBe(0);
    expect(session.at - 415_000).toBeLessThanOrEqual(4000);
  });
});

describe('an answer', () => {
  it.each([
    ['light', 'same', 'strokes', null],
    ['fine', 'same', 'strokes', null],
    ['fine', 'more', 'strokes', null],
    ['strong', 'same', 'eased', null],
    ['tooMuch', 'same', 'stopped', 'scoreTooHigh'],
    ['light', 'worse', 'stopped', 'legWorse'],
  ] as const)('of %s and %s leads to %s', (here, leg, state, reason) => {
    const session = asked(started(long));
    session.send({ type: 'session.checkIn', here, leg, firmer: false });
    expect(session.state).toBe(state);
    expect(session.reason).toBe(reason);
    if (reason) expect(session.outcome).toBe('stopped');
  });

  it('by touch: GO here, GO down the leg, and the strokes go on', () => {
    const session = asked(started(flat)).for(feltMs);
    const [quiet, ask] = session.send({ type: 'session.go', felt: true });
    expect([quiet, ask]).toMatchObject([
      { type: 'drop', cue: 'ASK' },
      { type: 'play', cue: 'ASK', from: 'right' },
    ]);
    session.for(2000);
    session.send({ type: 'session.go', felt: true });
    expect(session.state).toBe('strokes');
    expect(session.all('play').at(-1)).toMatchObject({ cue: 'TAP', answer: true });
  });

  it('by touch: LESS eases at either question', () => {
    for (const goes of [0, 1]) {
      const session = asked(started(long)).for(feltMs);
      for (let count = 0; count < goes; count++) session.send({ type: 'session.go', felt: true });
      session.for(feltMs).send({ type: 'session.less' });
      expect(session.state).toBe('eased');
    }
  });

  it('by touch: two GOs where a rise is allowed offer it with one GLIDE, for four seconds', () => {
    const offered = (): TestSession => {
      const session = asked(started(long)).for(feltMs);
      session.send({ type: 'session.go', felt: true });
      session.for(feltMs);
      const emitted = session.send({ type: 'session.go', felt: true });
      expect(emitted).toContainEqual(
        expect.objectContaining({ type: 'play', cue: 'GLIDE', why: 'mayBeFirmer' }),
      );
      return session;
    };
    const silent = offered();
    expect(silent.for(3999).state).toBe('strokes.checkIn');
    expect(silent.for(1).state).toBe('strokes');
    expect(silent.context.pressure).toEqual({ left: 1, right: 1 });
    const firmer = offered().for(3000);
    firmer.send({ type: 'session.go', felt: true });
    expect(firmer.state).toBe('strokes');
    expect(firmer.context.pressure).toEqual({ left: 2, right: 2 });
  });

  it('by touch: what comes before a question can have been felt and weighed answers nothing, and is heard', () => {
    const session = asked(started(long));
    const go = () => session.send({ type: 'session.go', felt: true });
    for (const [question, cueMs] of [
      ['here', 1200],
      ['leg', 1200],
      ['firmer', 311],
    ] as const) {
      const from = session.at;
      expect(session.context.question).toBe(question);
      for (const early of [0, 60, cueMs, cueMs + 599]) {
        session.until(from + early);
        // The question is told to its end, whatever comes meanwhile.
        expect(go()).toEqual([
          expect.objectContaining({ type: 'play', cue: 'TAP', answer: true, why: 'heard' }),
        ]);
        expect(session.all('play').at(-1)?.at).toBe(Math.max(session.at, from + cueMs + 60));
        expect([session.state, session.context.question]).toEqual(['strokes.checkIn', question]);
      }
      expect(session.context.pressure).toEqual({ left: 1, right: 1 });
      session.until(from + cueMs + 600);
      go();
    }
    expect([session.state, session.context.pressure]).toEqual(['strokes', { left: 2, right: 2 }]);
  });

  it('by touch: haste at a question is heard, however late', () => {
    const session = asked(started(long)).for(5000);
    expect(session.send({ type: 'session.hasty' })).toMatchObject([{ cue: 'TAP', why: 'heard' }]);
    expect([session.state, session.context.question]).toEqual(['strokes.checkIn', 'here']);
  });

  it('by touch: LESS before the question can have been felt eases, and the question comes again', () => {
    const session = started(
      routine(
        [
          warmUp({ durationS: 180, pressureStart: 2, pressureMax: 2 }),
          phaseFields({ durationS: 1200, pressureStart: 2, pressureMax: 2 }),
          cooldown({ durationS: 180 }),
        ],
        { kind: 'full' },
      ),
    );
    asked(session).for(300);
    session.send({ type: 'session.less' });
    expect([session.state, session.context.pressure.left]).toEqual(['eased', 1]);
    const { at } = session;
    asked(session);
    expect(session.at - at).toBeLessThan(60_000 + 10_000);
    // At 1 there is nothing to ease, and the question stands.
    session.for(300).send({ type: 'session.less' });
    expect(session.state).toBe('strokes.checkIn');
  });

  it('on the leg has its own time, and its silence is a miss too', () => {
    const session = asked(started(long)).for(20_000);
    session.send({ type: 'session.go', felt: true });
    session.for(29_999);
    expect(session.state).toBe('strokes.checkIn');
    expect(session.for(1).state).toBe('halting');
    expect(session.context.missed).toBe(1);
  });
});

describe('an answer to no question', () => {
  const places: readonly (readonly [string, () => TestSession])[] = [
    ['warmUp', () => started(long).for(5000)],
    ['strokes', () => started(long).until(200_000)],
    ['cooldown', () => started(long).until(181_000)],
    ['eased', () => started(long).until(200_000)],
    ['transition', () => started(turning).untilState('transition')],
    ['pausing', () => started(long).until(200_000)],
    ['paused', () => started(long).until(200_000)],
    ['stopped', () => started(long).until(200_000)],
    ['faulted', () => started(long).until(200_000)],
    ['finishing', () => started(routine()).untilState('strokes')],
  ];
  const turning = routine([warmUp(), phaseFields({ side: 'left' }), cooldown()]);
  const reach = (name: string): TestSession => {
    const session = places.find(([place]) => place === name)?.[1]();
    if (!session) throw new Error(name);
    if (name === 'cooldown') session.send({ type: 'session.next' });
    if (name === 'eased') session.answer('strong');
    if (name === 'pausing') session.send({ type: 'session.go', felt: true });
    if (name === 'paused') session.send({ type: 'session.pause' });
    if (name === 'stopped') session.send({ type: 'session.stop' });
    if (name === 'faulted') session.send({ type: 'session.fault', fault: 'linkLost' });
    if (name === 'finishing') for (let count = 0; count < 4; count++) session.send({ type: 'session.next' });
    return session;
  };

  it.each(places.map(([name]) => name))('of 6 or more stops in %s, for good', name => {
    const session = reach(name);
    expect(session.state).toBe(name === 'cooldown' ? 'cooldown' : name);
    session.answer('tooMuch');
    expect([session.outcome, session.reason]).toEqual(['stopped', 'scoreTooHigh']);
  });

  it.each(places.map(([name]) => name))('that the leg is worse stops in %s, for good', name => {
    const session = reach(name);
    session.send({ type: 'session.checkIn', here: 'light', leg: 'worse', firmer: false });
    expect([session.outcome, session.reason]).toEqual(['stopped', 'legWorse']);
  });

  it.each(['strokes', 'transition', 'paused', 'pausing', 'faulted'])('of 4 or 5 eases in %s', name => {
    const session = reach(name);
    const { left, right } = session.context.ceiling;
    session.answer('strong');
    expect(Math.min(session.context.ceiling.left, session.context.ceiling.right)).toBe(1);
    expect([left, right]).toEqual([4, 4]);
    expect(session.outcome).toBeNull();
  });

  it.each(places.map(([name]) => name))('never raises in %s, and says so where firmer was wanted', name => {
    const session = reach(name);
    const before = session.context.pressure;
    const emitted = session.answer('light', true);
    expect(session.context.pressure).toEqual(before);
    expect(emitted.some(({ type }) => type === 'refusal')).toBe(true);
  });

  it('names the pressure of the side that is worked on', () => {
    const right = routine(
      [
        warmUp({ side: 'left', durationS: 180 }),
        phaseFields({ side: 'right', pressureStart: 2, pressureMax: 2, durationS: 300 }),
        cooldown({ durationS: 180 }),
      ],
      { kind: 'full' },
    );
    const session = started(right).untilState('transition');
    session.send({ type: 'session.go', felt: false });
    expect(session.context.pressure).toEqual({ left: 1, right: 2 });
    expect(session.answer('light', true)).toContainEqual(
      expect.objectContaining({ type: 'refusal', gave: 'pressure 2', limit: 'unasked' }),
    );
  });
});
