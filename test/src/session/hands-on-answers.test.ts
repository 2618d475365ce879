/** What `machines/touch/README.md` says of answers by touch and of pauses, each sentence followed as a person would: by buttons alone. */
import { describe, expect, it } from 'vitest';
import { sessionLimits } from '../../../machines/limits.ts';
import {
  both,
  cards,
  cuesIn,
  down,
  eased,
  file,
  lived,
  outcomeOf,
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
import { TestRun } from '../../support/run.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from '../../support/simulated.ts';

const played = (...steps: readonly (readonly RawStep[])[]): Promise<Played> =>
  simulated({ routine: file, steps: steps.flat() });
/** Two steps that GO confirms, with a second between. */
const confirmed = [press('go', { at: 30_000 }), press('go', { at: 31_500 })];
const capsOf = ({ journal }: Played): string => /"caps":\{[^}]*\}/.exec(journal)?.[0] ?? '';

describe('before, with the printed card', () => {
  it('GO and LESS for 3 s, six times, then GO for each step and once more begin it, at 2 at most', async () => {
    const session = await played(cards(1000), ...confirmed, press('go', { at: 33_000 }), [
      { at: 40_000, intent: 'stop' },
    ]);
    expect(statesOf(session).slice(0, 3)).toEqual(['screening', 'preparation', 'warmUp']);
    expect(session.journal).toContain('"by":"touch"');
    expect(capsOf(session)).toContain('"pressureMax":2');
    expect(capsOf(session)).toContain('"bath":"warm"');
  });

  it('five cards are not six', async () => {
    expect(statesOf(await played(cards(1000).slice(0, 20), ...confirmed))).toEqual([
      'screening',
      'interrupted',
    ]);
  });

  it('LESS alone for 3 s before it is some caution: no heat either', async () => {
    const session = await played(press('less', { at: 500 }, 3200), cards(5000), [
      { at: 40_000, intent: 'stop' },
    ]);
    expect(capsOf(session)).toMatch(/"pressureMax":1,"bath":"none","oil":"plainUnwarmed"/);
  });

  it('STOP is a yes: no session', async () => {
    const session = await played(cards(1000).slice(0, 8), press('stop', { at: 12_000 }));
    expect(outcomeOf(session)).toBe('stopped unanswered');
    expect(linesOf(session, 'stroke')).toEqual([]);
  });

  it('GO and LESS for 3 s begin what is prepared, too', async () => {
    const session = await played(cards(1000), ...confirmed, both({ at: 34_000 }), [
      { at: 40_000, intent: 'stop' },
    ]);
    // What GO did is taken back with the second button; the 3 s are counted from there, on the grid.
    expect(stateAt(session, 34_100)).toBe('preparation');
    const began = linesOf(session, 'state').findLast(({ state }) => state === 'warmUp')?.at ?? 0;
    expect(began).toBe(37_080);
    const driven = linesOf(session, 'frame').find(({ motors }) => motors?.left || motors?.right);
    expect(driven?.at).toBe(began);
  });
});

describe('haste', () => {
  it('confirms one step of the preparation, and starts nothing: five GOs 120 ms apart', async () => {
    const hasty = [0, 1, 2, 3, 4].map(index => press('go', { at: 30_000 + 120 * index }, 60));
    const session = await played(cards(1000), ...hasty, [{ at: 33_000, intent: 'start' }]);
    expect(statesOf(session)).not.toContain('warmUp');
    expect(refusals(session).filter(line => line === 'go haste').length).toBeGreaterThan(0);
    // One step is left of two.
    expect(refusals(session)).toContain('start preparation');
    const later = await played(
      cards(1000),
      ...hasty,
      press('go', { at: 32_000 }),
      press('go', { at: 33_500 }),
      [{ at: 36_000, intent: 'stop' }],
    );
    expect(statesOf(later)).toContain('warmUp');
  });

  it('acknowledges a fault and does not go on: that is a GO a second later', async () => {
    const fault: readonly RawStep[] = [
      { at: 20_000, fault: 'unplug' },
      { at: 22_000, fault: 'replug' },
    ];
    const hasty = [press('go', { at: 30_000 }), press('go', { at: 30_500 })];
    const session = await lived(fault, ...hasty, press('go', { at: 32_000 }), [
      { at: 33_000, intent: 'stop' },
    ]);
    expect([stateAt(session, 31_900), stateAt(session, 32_100)]).toEqual(['faulted', 'warmUp']);
  });

  it('LESS before a question can have been felt eases, and the question comes again', async () => {
    const session = await lived(press('less', question(1, 200)), [
      { on: 'checkIn', nth: 2, afterMs: 100, intent: 'stop' },
    ]);
    expect(pressures(session)).toEqual(eased);
    expect(statesOf(session).filter(state => state === 'strokes.checkIn')).toHaveLength(2);
  });
});

describe('ASK', () => {
  const here = press('go', question(1, 2500));
  it.each<[string, readonly (readonly RawStep[])[], string, readonly string[]]>([
    ['0 to 3 and no more than at the start', [here, press('go', question(1, 6000))], 'strokes', steady],
    ['a bit more down the leg', [here, press('less', question(1, 6000))], 'eased', eased],
    ['4 to 5 here', [press('less', question(1, 2500))], 'eased', eased],
  ])('answered by buttons: %s', async (_, presses, state, wanted) => {
    const session = await lived(...presses, [{ on: 'checkIn', nth: 1, afterMs: 12_000, intent: 'stop' }]);
    const states = statesOf(session);
    expect(states.slice(0, states.indexOf('stopped')).at(-1)).toBe(state);
    expect(pressures(session)).toEqual(wanted);
  });

  it.each<[string, readonly (readonly RawStep[])[], string]>([
    ['LESS held here: 6 or more', [press('less', question(1, 2500), 1100)], 'stopped scoreTooHigh'],
    [
      'LESS held at the leg: clearly more',
      [here, press('less', question(1, 6000), 1100)],
      'stopped legWorse',
    ],
    ['STOP here', [press('stop', question(1, 2500))], 'stopped unanswered'],
    ['STOP at the leg', [here, press('stop', question(1, 6000))], 'stopped unanswered'],
  ])('%s ends it', async (_, presses, outcome) => {
    expect(outcomeOf(await lived(...presses))).toBe(outcome);
  });

  it('comes on A for here, on B for the leg', async () => {
    const session = await lived(here, [{ on: 'checkIn', nth: 1, afterMs: 5000, intent: 'stop' }]);
    const asked = linesOf(session, 'cue').filter(({ cue }) => cue === 'ASK');
    expect(asked.map(({ why }) => why)).toEqual(['howIsItHere', 'howIsTheLeg']);
  });

  it.each([
    [3900, 'rise'],
    [4200, 'start'],
  ])('after two GOs offers a rise for 4 s: GO %i ms later leaves it at %s', async (ms, why) => {
    const answers = [1, 2, 3].flatMap(nth => [
      press('go', question(nth, 2000)),
      press('go', question(nth, 5000)),
    ]);
    // The press counts at the next point of the grid.
    const session = await lived(...answers, press('go', question(3, 5000 + ms)), [
      { at: 340_000, intent: 'stop' },
    ]);
    expect(pressures(session).at(-1)).toBe(`right ${why === 'rise' ? 3 : 2} ${why}`);
  });
});

describe('a question', () => {
  const prone = { position: 'prone', pressureStart: 2, pressureMax: 2 };
  const bordering = (side: string) =>
    routine(
      [
        warmUp({ ...prone, durationS: 180 }),
        phaseFields({ ...prone, id: 'a', zone: 'calf', side: 'left', durationS: 100 }),
        phaseFields({ ...prone, id: 'b', zone: 'thighBack', side, durationS: 200 }),
        cooldown({ ...prone, durationS: 180, side }),
      ],
      { kind: 'full', checkIn: { everyS: 80, timeoutS: 60 } },
    );
  const go = { on: 'transition', afterMs: 1000, intent: 'go' };

  it('is open across the border of two phases', async () => {
    const session = await simulated({
      routine: bordering('left'),
      steps: [...begun, go, { at: 300_000, intent: 'stop' }],
    });
    const asked = linesOf(session, 'state').filter(({ state }) => state === 'strokes.checkIn');
    const border = linesOf(session, 'stroke').find(({ phase }) => phase === 'b')?.at ?? 0;
    expect(asked[0]?.at).toBeLessThan(border);
    expect(stateAt(session, border + 5000)).toBe('strokes.checkIn');
    // It is told again as it would have been, not anew.
    const told = linesOf(session, 'cue').filter(({ cue, at }) => cue === 'ASK' && at < 300_000);
    expect([told.some(({ at }) => at < border), told.some(({ at }) => at > border)]).toEqual([true, true]);
    expect([...new Set(told.map(({ at }) => (at - (told[0]?.at ?? 0)) % sessionLimits.askEveryMs))]).toEqual([
      0,
    ]);
    // Where EASE would find no room to answer it is left out, as among the first strokes of a place, told in full.
    const gaps = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
    expect(gaps.length).toBeGreaterThan(1);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * sessionLimits.askEveryMs);
  });

  it('is asked anew after a turn, for what is left of its time', async () => {
    const session = await simulated({
      routine: bordering('right'),
      steps: [...begun, go, { on: 'halting', afterMs: 100, intent: 'stop' }],
    });
    const asked = linesOf(session, 'state').filter(({ state }) => state === 'strokes.checkIn');
    const turn = linesOf(session, 'state').findLast(({ state }) => state === 'transition')?.at ?? 0;
    const [first, second] = asked.map(({ at }) => at);
    expect([first !== undefined && first < turn, second !== undefined && second > turn]).toEqual([
      true,
      true,
    ]);
    const missed = linesOf(session, 'state').find(({ state }) => state === 'halting')?.at ?? 0;
    expect(missed - (second ?? 0)).toBe(60_000 - (turn - (first ?? 0)));
  });
});

describe('a pause', () => {
  const rests = (ms: number) =>
    lived(press('go', { at: 20_000 }), press('go', { at: 20_000 + ms }), [
      { at: 20_000 + ms + 30_000, intent: 'stop' },
    ]);

  it('of up to two minutes goes on at the same place as firmly', async () => {
    const session = await rests(119_000);
    expect(pressures(session)).toEqual(steady);
    expect(stateAt(session, 140_000)).toBe('warmUp');
  });

  it('that was longer begins one step lower; after ten minutes the cooldown is what is left', async () => {
    expect(pressures(await rests(122_000)).slice(2)).toEqual(['left 1 pause', 'right 1 pause']);
    expect(stateAt(await rests(602_000), 623_000)).toBe('cooldown');
  });

  it('for a cramp begins one step lower, once', async () => {
    const session = await lived(
      [20_000, 25_000].map(at => ({ at, intent: 'pause', why: 'cramp' })),
      [
        { at: 60_000, intent: 'resume' },
        { at: 70_000, intent: 'stop' },
      ],
    );
    expect(pressures(session).slice(2)).toEqual(['left 1 pause', 'right 1 pause']);
  });
});

describe('the person being massaged, with a squeeze', () => {
  const squeezing = (): TestRun => new TestRun({ routine: file }, { receiver: 'squeeze' });
  const prepared = (test: TestRun): TestRun => {
    test.intend({ intent: 'screen', complaint: true, others: 'no' }, { intent: 'confirm', step: 'position' });
    test.press('receiver').for(500);
    return test.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' }).for(5000);
  };

  it('has to try it before the start', () => {
    const test = squeezing();
    test.intend({ intent: 'screen', complaint: true, others: 'no' }, { intent: 'confirm', step: 'position' });
    test.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' }).for(1000);
    expect(test.run.state).toBe('preparation');
    expect(prepared(squeezing()).run.state).toBe('warmUp');
  });

  it.each<[string, (test: TestRun) => unknown, string]>([
    ['a press is less', test => test.press('receiver', 200).for(100), 'eased'],
    ['a long one is stop', test => test.press('receiver', 900).for(100), 'stopped'],
    [
      'three within 3 s are stop',
      test =>
        test.press('receiver', 200).for(900).press('receiver', 200).for(900).press('receiver', 200).for(100),
      'stopped',
    ],
  ])('%s', (_, squeeze, state) => {
    const test = prepared(squeezing());
    squeeze(test);
    expect(test.run.state).toBe(state);
  });

  it('after a stop going on needs their squeeze', () => {
    const test = prepared(squeezing()).press('stop').for(1000);
    test.intend({ intent: 'afterStop', why: 'slip' }).press('go').for(1000);
    expect(test.run.state).toBe('paused');
    test.press('receiver', 200).for(1000).press('go').for(1000);
    expect(test.run.state).toBe('warmUp');
  });
});

describe('before the start', () => {
  it('6 of 10 or more: nothing begins', async () => {
    for (const [local, leg] of [
      [6, 0],
      [0, 6],
    ]) {
      const session = await played([
        { at: 0, intent: 'screen', complaint: true, others: 'no' },
        { at: 0, intent: 'confirm', step: 'position' },
        { at: 0, intent: 'baseline', local, leg },
        { at: 0, intent: 'start' },
      ]);
      expect([outcomeOf(session), linesOf(session, 'stroke')]).toEqual(['stopped scoreTooHigh', []]);
    }
  });

  it('without any work left nothing begins, and that is said', async () => {
    const session = await played([
      ...begun.slice(0, 1),
      { at: 0, intent: 'leaveOut', zones: ['calf', 'thighOuter'] },
      ...begun.slice(1),
    ]);
    expect(statesOf(session)).not.toContain('warmUp');
    expect(refusals(session)).toEqual(['leaveOut places', 'start places']);
  });

  it('nothing moves while a question is open, whatever is pressed', async () => {
    const session = await played(
      press('go', { at: 1000 }),
      both({ at: 3000 }),
      press('go', { at: 8000 }, 1200),
      [{ at: 9500, intent: 'start' }],
    );
    expect(statesOf(session)).toEqual(['screening', 'interrupted']);
  });
});

describe('where no motor may run', () => {
  it.each([
    ['preparation', 0],
    ['paused', 1],
  ] as const)('the light answers a press: %s', (state, index) => {
    const test = new TestRun({ routine: file });
    test.intend({ intent: 'screen', complaint: true, others: 'no' });
    if (index === 1) test.start().for(3000).intend({ intent: 'pause' });
    test.for(500);
    expect(test.run.state).toBe(state);
    const { lit } = test.driver;
    test.driver.press('less', true);
    test.for(60);
    expect([lit, test.driver.lit]).toEqual([true, false]);
    test.driver.press('less', false);
  });
});

describe('silence of a hand', () => {
  it('is never a yes: the offer of a rise passes, and the strokes go on as they were', async () => {
    const answers = [1, 2, 3].flatMap(nth => [
      press('go', question(nth, 2000)),
      press('go', question(nth, 5000)),
    ]);
    const session = await lived(...answers, [{ at: 335_000, intent: 'stop' }]);
    const offered = linesOf(session, 'cue').find(({ why }) => why === 'mayBeFirmer');
    expect(stateAt(session, (offered?.at ?? 0) + sessionLimits.firmerMs + 100)).toBe('strokes');
    expect(pressures(session)).toEqual(steady);
  });

  it('STOP is told only where it stopped by itself; what somebody says to stop is silence', async () => {
    const asked = await lived([{ at: 400_000, intent: 'stop' }]);
    const halted = linesOf(asked, 'state').find(({ state }) => state === 'halting')?.at ?? 0;
    expect(cuesIn(asked, halted, halted + 10)).toEqual(['STOP byItself']);
    const said = await lived([down('stop', { at: 21_000 }), up('stop', { at: 21_200 })]);
    expect(cuesIn(said, 21_000, 400_000)).toEqual([]);
  });
});
