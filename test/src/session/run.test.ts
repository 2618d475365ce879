import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../machines/intent.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { questionIds, weightOf } from '../../../machines/screening.questions.ts';
import { symptoms } from '../../../machines/session.lists.ts';
import { riseNow } from '../../../machines/session.pressure.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { buttons, type Frame } from '../../../machines/vocabulary.ts';
import { readJournal, replay, stateHash } from '../../../src/journal/journal.ts';
import { isLong } from '../../support/length.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { TestRun } from '../../support/run.ts';

const evening = fromLibrary('evening-legs');
const whole = fromLibrary('leg-and-back');
if (!evening || !whole) throw new Error('the library has lost a routine');

const riseIsAllowed = (run: TestRun): boolean => riseNow(run.run.snapshot.context, run.at).allowed;

describe('a run', () => {
  it('opens in screening, at 0', () => {
    const run = new TestRun();
    expect(run.lines).toEqual([{ at: 0, type: 'state', state: 'screening' }]);
    expect(run.run.conductor.frame).toBeNull();
  });

  it('begins with a person’s start: state, pressure, stroke, cue and frame at that very instant', () => {
    const run = new TestRun().until(700).start();
    const now = run.lines.filter(({ at }) => at === 700);
    expect(now.map(({ type }) => type)).toEqual([
      'state',
      'state',
      'pressure',
      'pressure',
      'stroke',
      'cue',
      'frame',
    ]);
    expect(run.driver.orders.slice(0, 2).map(({ type }) => type)).toEqual(['arm', 'apply']);
  });

  it('has its outcome as the last line, once the motors have had time to be off', () => {
    const run = new TestRun().start().until(1_000).intend({ intent: 'symptom', id: 'faint' });
    expect(run.run.outcome).toBeNull();
    run.for(5_000);
    expect(run.lines.slice(-3)).toMatchObject([
      { at: 1_000, type: 'state', state: 'stopped' },
      { at: 1_000, type: 'frame', motors: null },
      { at: 1_020, type: 'outcome', outcome: 'stopped', reason: 'faint', advice: catalogue.symptoms.faint },
    ]);
  });

  it('says so at once where nothing was driven', () => {
    const run = new TestRun().until(50).intend({ intent: 'screen', complaint: true, answers: { S1: 'yes' } });
    expect(run.lines.at(-1)).toMatchObject({
      at: 50,
      type: 'outcome',
      outcome: 'declined',
      reason: 'urgent',
    });
  });

  it('goes on no more after its outcome', () => {
    const run = new TestRun().start().intend({ intent: 'end' }).for(1000);
    const { length } = run.lines;
    run.intend({ intent: 'start' }, { intent: 'resume' }, { intent: 'stop' }).for(60_000);
    expect(run.lines.slice(length).filter(({ type }) => type !== 'refusal')).toEqual([]);
    expect(run.driver.orders.filter(({ type }) => type === 'arm')).toHaveLength(1);
  });
});

describe('screening', () => {
  it.each(
    questionIds
      .filter(id => weightOf(id) !== 'caution')
      .flatMap(
        id =>
          [
            [id, 'yes'],
            [id, 'unsure'],
          ] as const,
      ),
  )('declines for %s %s, with that advice, and never drives anything', (id, answer) => {
    const run = new TestRun();
    run.intend(
      { intent: 'screen', complaint: true, answers: { [id]: answer }, others: 'no' },
      { intent: 'start' },
      { intent: 'go' },
      { intent: 'resume' },
    );
    run.press('go').for(5_000);
    expect(run.run.outcome).toMatchObject({
      outcome: 'declined',
      advice: catalogue.screening.advice[id as 'S1'],
    });
    expect(run.of('frame')).toEqual([]);
    expect(run.driver.orders.filter(({ type }) => type !== 'hush')).toEqual([]);
  });

  it('drives nothing while a question is open, whatever is pressed', () => {
    const run = new TestRun().intend({ intent: 'screen', complaint: true, answers: { S1: 'no' } });
    for (const intent of ['start', 'go', 'resume', 'next', 'acknowledge'] as const) run.intend({ intent });
    for (const button of ['go', 'less'] as const) run.press(button, 1200);
    expect(run.of('frame')).toEqual([]);
    expect(run.of('refusal').length).toBeGreaterThan(5);
    expect(run.run.state).toBe('screening');
  });

  it('is answered once: afterwards it is refused', () => {
    const run = new TestRun().start().intend({ intent: 'screen', complaint: true, answers: { S1: 'yes' } });
    expect(run.of('refusal').at(-1)).toMatchObject({ asked: 'screen', limit: 'notNow' });
    expect(run.run.state).toBe('warmUp');
  });

  it('caps the pressure of the session', () => {
    const run = new TestRun({ routine: evening });
    run.intend({ intent: 'screen', complaint: true, answers: { K5: 'yes' }, others: 'no' });
    expect(run.run.snapshot.context.caps).toMatchObject({ pressureMax: 2, bath: 'none' });
  });
});

describe('a card that is asked again', () => {
  const cleared = () => new TestRun().intend({ intent: 'screen', complaint: true, others: 'no' });

  it('leads back from getting ready, where nothing stays of what followed from the answers', () => {
    const run = cleared().intend(
      { intent: 'confirm', step: 'position' },
      { intent: 'baseline', local: 0, leg: 0 },
      { intent: 'reopen', card: 'comfort' },
    );
    expect(run.run.state).toBe('screening');
    expect(run.run.snapshot.context).toMatchObject({ caps: null, steps: [] });
    run.intend({ intent: 'start' }).press('go').for(5000);
    expect([run.run.state, run.of('frame')]).toEqual(['screening', []]);
    run.intend({ intent: 'screen', answers: { K5: 'yes' }, others: 'no' });
    expect(run.run.state).toBe('preparation');
    expect(run.run.snapshot.context.caps).toMatchObject({ pressureMax: 2 });
    expect(run.run.snapshot.context.steps).toEqual(['position', 'baseline']);
  });

  it('can lock out, as if it had been answered so at once', () => {
    const run = cleared().intend(
      { intent: 'reopen', card: 'urgent' },
      { intent: 'screen', answers: { S1: 'yes' } },
    );
    expect(run.run.outcome).toMatchObject({ outcome: 'declined', reason: 'urgent' });
  });

  it('leaves out what was left out', () => {
    const run = new TestRun({ routine: evening }).intend(
      { intent: 'screen', complaint: true, answers: { K2: 'yes' }, others: 'no' },
      { intent: 'leaveOut', zones: ['buttocks'] },
      { intent: 'reopen', card: 'giver' },
      { intent: 'screen', others: 'no' },
    );
    expect(run.run.snapshot.context.leftOut).toEqual(['buttocks']);
    expect(run.run.snapshot.context.passes.some(({ zone }) => zone === 'buttocks')).toBe(false);
    expect(run.run.snapshot.context.steps).not.toContain('places');
  });

  it('is refused once something has begun', () => {
    const run = new TestRun().start().intend({ intent: 'reopen', card: 'urgent' });
    expect(run.of('refusal').at(-1)).toMatchObject({ asked: 'reopen', limit: 'notNow' });
    expect(run.run.state).toBe('warmUp');
  });

  it('is told, wherever it was answered, and not where it stays as it was', () => {
    const told = (run: TestRun): number => {
      let times = 0;
      run.run.listen({ reopened: () => void times++ });
      run.intend({ intent: 'reopen', card: 'urgent' });
      return times;
    };
    expect(told(cleared())).toBe(1);
    expect(told(new TestRun().intend({ intent: 'screen', complaint: true, answers: { S1: 'no' } }))).toBe(1);
    expect(told(new TestRun().start())).toBe(0);
  });

  it('is in no journal, and the journal replays to the same state', () => {
    const run = cleared().intend(
      { intent: 'reopen', card: 'urgent' },
      { intent: 'screen', answers: { S1: 'no' }, others: 'no' },
    );
    expect(run.journal).not.toContain('urgent');
    const read = readJournal(run.journal);
    if (!read.ok) throw new Error(read.message);
    expect(stateHash(replay(read.header.input, read.events))).toBe(run.run.stateHash);
  });
});

it.each([
  ['that was asked for', 'page', ['receiver']],
  ['that merely came', undefined, []],
] as const)(
  "a receiver's page %s and is gone before it was tried leaves to be tried: %s",
  (_, receiver, left) => {
    const run = new TestRun({}, receiver ? { receiver } : {});
    run.intend({ intent: 'screen', complaint: true, others: 'no' }, { intent: 'confirm', step: 'position' });
    run.run.receiverIsHere(true);
    run.intend({ intent: 'baseline', local: 0, leg: 0 });
    expect(run.run.snapshot.context.steps).toEqual(['receiver']);
    run.run.receiverIsHere(false);
    expect(run.run.snapshot.context.steps).toEqual(left);
  },
);

describe('the baseline', () => {
  const answered = (...before: Intent[]): string => {
    const run = new TestRun();
    run.intend({ intent: 'screen', complaint: true, others: 'no' }, { intent: 'confirm', step: 'position' });
    run.intend(...before);
    if (run.run.state === 'preparation') run.intend({ intent: 'go' });
    run.intend({ intent: 'start' }).for(1000);
    run.intend(
      { intent: 'baseline', local: 0, leg: 9 },
      { intent: 'checkIn', local: 1, leg: 3, firmer: false },
    );
    return run.run.snapshot.output?.reason ?? 'goes on';
  };

  it('is what the leg is compared with', () => {
    expect(answered({ intent: 'baseline', local: 0, leg: 3 })).toBe('goes on');
    expect(answered({ intent: 'baseline', local: 0, leg: 1 })).toBe('legWorse');
  });
  it('stands once it is confirmed: another one is refused and changes nothing', () => {
    expect(answered({ intent: 'baseline', local: 0, leg: 1 }, { intent: 'baseline', local: 0, leg: 3 })).toBe(
      'legWorse',
    );
  });
  it('counts as nothing where GO confirmed it without a word, and cannot be given later', () => {
    expect(answered()).toBe('legWorse');
  });
});

describe('buttons', () => {
  it('count on the input grid', () => {
    const run = new TestRun().start().until(5_003).press('go').until(6_000);
    expect(run.of('state').slice(-2)).toMatchObject([
      { at: 5_020, state: 'pausing' },
      { at: 5_230, state: 'paused' },
    ]);
  });

  it.each([
    ['just after the other motor has begun', 3_970],
    ['long after either has', 14_000],
  ])('GO is answered by a whole TAP %s', (_, from) => {
    for (let at = from; at < from + 70; at += 10) {
      const down = routine([warmUp({ direction: 'awayFromHeart' }), phaseFields(), cooldown()]);
      const run = new TestRun({ routine: down }).start().until(at);
      run.press('go', 100).for(1_000);
      const pressed = run.of('cue').find(({ why }) => why === 'heard')?.at ?? 0;
      const frames = run.of('frame').filter(frame => frame.at >= pressed);
      const begins = frames.find(({ motors }) => (motors?.left ?? 0) > 0)?.at ?? 0;
      const ends = frames.find(frame => frame.at > begins && !(frame.motors?.left ?? 0))?.at ?? 0;
      expect([at, run.run.state, ends - begins]).toEqual([at, 'paused', 150]);
    }
  });

  it('GO twice is a minute more, without a pause', () => {
    const run = new TestRun({ routine: evening }).start().until(30_000);
    run.intend({ intent: 'checkIn', local: 4, leg: 0, firmer: false }).for(1_000);
    const before = run.run.snapshot.context.passEndsMoved;
    run.press('go', 100).for(100);
    run.press('go', 100).for(1_000);
    expect(run.run.snapshot.context.passEndsMoved).toBe(before + 60_000);
    expect(run.run.state).toBe('eased');
  });

  it.each([100, 200, 300, 390, 450, 500, 580])(
    'GO again and again, each %i ms after the one before, is no wish for more pressure',
    everyMs => {
      const rising = routine(
        [
          warmUp({ durationS: 180 }),
          phaseFields({ durationS: 600, pressureMax: 3 }),
          cooldown({ durationS: 180 }),
        ],
        { kind: 'full', riseDwellS: 120 },
      );
      const run = new TestRun({ routine: rising }).start();
      for (let count = 0; run.run.state !== 'strokes.checkIn' || !riseIsAllowed(run); count++) {
        expect(count).toBeLessThan(60);
        run.for(10_000);
        if (run.run.state === 'strokes.checkIn' && !riseIsAllowed(run))
          run.intend({ intent: 'checkIn', local: 1, leg: 0, firmer: false });
      }
      const before = run.run.snapshot.context.pressure;
      for (let count = 0; count < 12; count++) run.press('go', everyMs / 2).for(everyMs / 2);
      expect(run.of('pressure').some(({ why }) => why === 'rise')).toBe(false);
      expect(run.run.snapshot.context.pressure).toEqual(before);
    },
  );

  it('GO held is the next phase, without a pause', () => {
    const run = new TestRun().start().until(5_000).press('go', 1_200).for(100);
    expect(run.run.snapshot.context.passIndex).toBe(1);
    expect(run.run.state).toBe('strokes');
  });

  it('GO held to begin does not skip the warm-up', () => {
    const run = new TestRun();
    run
      .intend({ intent: 'screen', complaint: true, others: 'no' })
      .press('go')
      .for(1_000)
      .press('go')
      .for(1_000);
    expect(run.run.state).toBe('preparation');
    run.press('go', 1_500).for(100);
    expect([run.run.state, run.run.snapshot.context.passIndex]).toEqual(['warmUp', 0]);
  });

  it('LESS held leaves the zone for today', () => {
    const run = new TestRun({
      routine: routine([warmUp(), phaseFields({ zone: 'calf' }), phaseFields({ id: 'b' }), cooldown()]),
    }).start();
    run.until(45_000).press('less', 1_200).for(100);
    expect(run.run.snapshot.context.passIndex).toBe(2);
  });

  it('STOP is silence within 40 ms, and stays', () => {
    const run = new TestRun().start().until(100);
    run.driver.press('stop', true);
    run.for(40);
    expect(run.of('frame').at(-1)).toEqual({ at: 120, type: 'frame', motors: null });
    expect(run.run.state).toBe('stopped');
  });

  it('STOP held down lets nothing be armed until it is let go', () => {
    const run = new TestRun().start().until(100);
    run.driver.press('stop', true);
    run.for(100).intend({ intent: 'afterStop', why: 'slip' }, { intent: 'resume' });
    expect(run.of('refusal').at(-1)).toMatchObject({ asked: 'resume', limit: 'stopButton' });
    run.driver.press('stop', false);
    run.for(40).intend({ intent: 'resume' });
    expect(run.run.state).toBe('warmUp');
  });

  it('START and STOP at one instant: stopped', () => {
    const run = new TestRun();
    run.intend(
      { intent: 'screen', complaint: true, others: 'no' },
      { intent: 'confirm', step: 'position' },
      { intent: 'baseline', local: 0, leg: 0 },
    );
    run.driver.press('go', true);
    run.driver.press('stop', true);
    run.for(40);
    expect(run.run.state).toBe('stopped');
    expect(run.of('frame')).toEqual([]);
  });

  it('the receiver’s three squeezes stop', () => {
    const run = new TestRun().start().until(1_000);
    for (let count = 0; count < 3; count++) run.press('receiver', 100).for(800);
    expect(run.run.state).toBe('stopped');
  });
});

describe('a person’s stop', () => {
  it('reaches the board before the machine is told, at any time', () => {
    const heard: string[] = [];
    const run = new TestRun().start().until(1_000);
    const orders = run.driver.orders.length;
    run.run.listen({ entered: state => heard.push(`${state} after ${run.driver.orders.length - orders}`) });
    run.intend({ intent: 'stop' });
    expect(heard).toEqual(['stopped after 1']);
    expect(run.driver.orders.at(-1)).toEqual({ type: 'hush' });
  });

  it('reaches the board even while nothing is driven', () => {
    const run = new TestRun().intend({ intent: 'stop' });
    expect(run.driver.orders).toEqual([{ type: 'hush' }]);
  });
});

describe('the board', () => {
  it('unplugged: silence and a fault; replugged: nothing by itself', () => {
    const run = new TestRun().start().until(1_000);
    run.driver.unplug();
    expect(run.run.state).toBe('faulted');
    expect(run.of('frame').at(-1)).toEqual({ at: 1_000, type: 'frame', motors: null });
    run.driver.replug();
    run.driver.ready();
    run.for(60_000);
    expect(run.run.state).toBe('faulted');
    run.intend({ intent: 'acknowledge' }, { intent: 'resume' });
    expect(run.run.state).toBe('warmUp');
  });

  it('restarted in mid-session: over, at the next point of the grid', () => {
    const run = new TestRun().start().until(1_005);
    run.driver.restart();
    run.for(100);
    expect(run.run.outcome).toMatchObject({ outcome: 'faulted', reason: 'boardReset' });
    expect(run.of('state').at(-1)).toMatchObject({ at: 1_020, state: 'faulted' });
  });

  it('restarted before anything began: nothing is lost', () => {
    const run = new TestRun().until(1_000);
    run.driver.restart();
    run.for(100).start();
    expect(run.run.state).toBe('warmUp');
  });

  it('reset by a fault of ours: what is broken ends the session', () => {
    const run = new TestRun().start().until(1_000);
    run.run.fault('invariantBroken');
    expect(run.for(50).run.outcome).toMatchObject({ outcome: 'faulted', reason: 'invariantBroken' });
  });
});

describe('a stall of the loop', () => {
  it('keeps the place at which it began: no stroke and no phase happens meanwhile', () => {
    const run = new TestRun().start().until(38_000);
    run.clock.pass(98_000);
    run.until(99_000);
    expect(run.of('state').at(-1)).toMatchObject({ at: 98_000, state: 'faulted', phase: 'warmUp' });
    expect(run.lines.filter(({ at, type }) => at > 38_100 && type !== 'frame' && type !== 'state')).toEqual(
      [],
    );
    run.intend({ intent: 'acknowledge' }, { intent: 'resume' });
    expect(run.for(1_800).run.snapshot.context.passIndex).toBe(0);
    expect(run.for(200).run.snapshot.context.passIndex).toBe(1);
  });

  it('is noticed also where a person is the first to come after it', () => {
    const run = new TestRun().start().until(5_000);
    run.clock.pass(7_000);
    run.intend({ intent: 'next' });
    expect(run.run.state).toBe('faulted');
    expect(run.run.snapshot.context.passIndex).toBe(0);
  });

  it('of hours is one fault, not a thousand deadlines', () => {
    const run = new TestRun({ routine: whole }).start().until(5_000);
    run.clock.pass(8 * 3_600_000);
    run.until(8 * 3_600_000 + 100);
    expect(run.of('state').at(-1)).toMatchObject({ state: 'faulted' });
  });
});

describe('something that throws within', () => {
  it('lets the motors go before anyone hears of it', () => {
    const run = new TestRun().start().until(1_000);
    run.run.listen({
      entered: () => {
        throw new Error('ours');
      },
    });
    expect(() => run.intend({ intent: 'pause' })).toThrow('ours');
    expect(run.driver.orders.at(-1)).toEqual({ type: 'hush' });
    expect(run.run.conductor.frame).toBeNull();
    const { length } = run.driver.orders;
    run.intend({ intent: 'resume' }).for(60_000);
    expect(run.driver.orders.slice(length).filter(({ type }) => type !== 'hush')).toEqual([]);
  });

  it('is thrown on where it is the session that breaks, and nothing begins any more', () => {
    const run = new TestRun();
    run.intend({ intent: 'screen', complaint: false, others: 'no' });
    // No schema lets this through: it stands for a fault of our own.
    expect(() => run.intend({ intent: 'leaveOut', zones: null as never })).toThrow(TypeError);
    expect(run.run.snapshot.status).toBe('error');
    const { length } = run.driver.orders;
    run.intend({ intent: 'start' }).for(60_000);
    expect(run.driver.orders.slice(length).filter(({ type }) => type !== 'hush')).toEqual([]);
  });

  it('does so too where the journal cannot be written', () => {
    let full = false;
    const run = new TestRun(
      {},
      {
        journal: () => {
          if (full) throw new Error('no space');
        },
      },
    ).start();
    run.until(1_000);
    full = true;
    expect(() => run.for(1_000)).toThrow('no space');
    expect(run.run.conductor.frame).toBeNull();
    expect(run.driver.orders.at(-1)).toEqual({ type: 'hush' });
  });

  it('does so too where someone answers themselves without end', () => {
    const run = new TestRun().start().until(1_000);
    run.run.listen({
      entered: state => run.run.intend({ intent: state === 'paused' ? 'resume' : 'pause' }),
    });
    expect(() => run.intend({ intent: 'pause' })).toThrow('more than 1000 things at one instant');
    expect(run.run.conductor.frame).toBeNull();
  });
});

describe('closing', () => {
  it('is silence and no more deadlines', () => {
    const run = new TestRun().start().until(1_000);
    run.run.close();
    const { length } = run.driver.orders;
    run.for(60_000);
    expect(run.driver.orders).toHaveLength(length);
    expect(run.driver.orders.at(-1)).toEqual({ type: 'hush' });
  });
});

describe('the light', () => {
  const lit = (answers: object): boolean[] => {
    const run = new TestRun();
    run.intend({ intent: 'screen', complaint: true, answers, others: 'no' }, { intent: 'stop' });
    const seen = new Set<boolean>();
    for (let count = 0; count < 20; count++) seen.add(run.for(100).driver.lit);
    return [...seen].toSorted();
  };
  it('blinks for whoever may see it blink', () => {
    expect(lit({})).toEqual([false, true]);
  });
  it('does not for whoever must not, nor before anyone was asked', () => {
    expect(lit({ K4: 'unsure' })).toEqual([true]);
    const unasked = new TestRun().intend({ intent: 'stop' });
    const seen = new Set<boolean>();
    for (let count = 0; count < 20; count++) seen.add(unasked.for(100).driver.lit);
    expect([...seen]).toEqual([true]);
  });
});

it('under jitter the strokes still come at start + (n − 1) × period, exactly', () => {
  for (const [jitterMs, seed] of [
    [5, 1],
    [40, 2],
    [90, 3],
  ] as const) {
    const run = new TestRun({ routine: evening, jitterMs, seed }).start().until(89_000);
    // 10 s of stroke and 2 s back; the pass of one side lasts 90 s.
    expect(run.of('stroke').map(({ at, stroke }) => [at, stroke])).toEqual(
      Array.from({ length: 7 }, (_, index) => [index * 12_000, index + 1]),
    );
    const begun = run.of('cue').filter(({ cue }) => cue === 'GLIDE');
    for (const [index, { at }] of begun.entries()) {
      expect(at - index * 12_000).toBeGreaterThanOrEqual(0);
      expect(at - index * 12_000).toBeLessThanOrEqual(jitterMs + 1);
    }
  }
});

it('whatever people, buttons and cables do: motors run only while engaged, pressure rises only by an answer', () => {
  const intent = fc.constantFrom<Intent>(
    { intent: 'go' },
    { intent: 'pause' },
    { intent: 'resume' },
    { intent: 'less' },
    { intent: 'next' },
    { intent: 'extend' },
    { intent: 'skip' },
    { intent: 'switchTechnique' },
    { intent: 'tryLighter' },
    { intent: 'stop' },
    { intent: 'acknowledge' },
    { intent: 'afterStop', why: 'slip' },
    { intent: 'afterStop', why: 'enough' },
    { intent: 'checkIn', local: 1, leg: 0, firmer: true },
    { intent: 'checkIn', local: 4, leg: 0, firmer: true },
    { intent: 'symptom', id: symptoms[0] },
  );
  const deed = fc.record({
    wait: fc.integer({ min: 0, max: 60_000 }),
    intent: fc.option(intent),
    button: fc.option(fc.tuple(fc.constantFrom(...buttons), fc.integer({ min: 5, max: 1500 }))),
    fate: fc.constantFrom('none', 'none', 'none', 'none', 'unplug', 'replug', 'stall'),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), deeds => {
      const run = new TestRun({ routine: evening }).start();
      for (const { wait, intent: one, button, fate } of deeds) {
        run.for(wait);
        if (fate === 'unplug') run.driver.unplug();
        if (fate === 'replug') {
          run.driver.replug();
          run.driver.ready();
        }
        if (fate === 'stall') run.clock.pass(run.clock.now() + 1_500);
        if (one) run.intend(one);
        if (button) run.press(...button);
      }
      const still = new Set([
        'screening',
        'preparation',
        'paused',
        'stopped',
        'faulted',
        'completed',
        'declined',
        'interrupted',
      ]);
      let state = '';
      let motors: Frame = null;
      let pressure = { left: 0, right: 0 };
      let at = 0;
      for (const line of run.lines) {
        if (line.at < at) expect(line.at).toBeGreaterThanOrEqual(at);
        // At the end of each moment: nothing is engaged where everything stands still.
        if (motors !== null && line.at > at && still.has(state)) expect(motors).toBeNull();
        at = line.at;
        if (line.type === 'state') state = line.state;
        if (line.type === 'frame') motors = line.motors;
        if (line.type !== 'pressure') continue;
        const rises = pressure[line.side] > 0 && line.pressure > pressure[line.side];
        if (rises) expect([line.why, line.pressure - pressure[line.side]]).toEqual(['rise', 1]);
        expect(line.pressure).toBeLessThanOrEqual(2);
        pressure = { ...pressure, [line.side]: line.pressure };
      }
      const outcomes = run.of('outcome');
      expect(outcomes.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: isLong ? 60 : 12 },
  );
});

describe('a fault', () => {
  it('reaches the board before the machine is told', () => {
    const run = new TestRun().start().until(1_000);
    const before = run.driver.orders.length;
    const atFault: string[] = [];
    run.run.listen({ heard: ({ type }) => atFault.push(type, ...newOrders()) });
    const newOrders = (): string[] => run.driver.orders.slice(before).map(({ type }) => type);
    let state = '';
    const { hush } = run.driver;
    run.driver.hush = () => {
      state ||= run.run.snapshot.hasTag('engaged') ? 'still engaged' : 'told already';
      hush.call(run.driver);
    };
    run.run.fault('linkLost');
    expect(state).toBe('still engaged');
    expect(atFault.slice(0, 2)).toEqual(['session.fault', 'hush']);
  });

  it.each(['linkLost', 'leaseLapsed', 'loopStalled', 'clockJumped', 'dutyMismatch'] as const)(
    '%s hushes the board even while nothing is driven: what should not run may',
    fault => {
      const run = new TestRun().start().until(1_000).intend({ intent: 'pause' }).for(1_000);
      const before = run.driver.orders.length;
      run.run.fault(fault);
      expect(run.driver.orders.slice(before).map(({ type }) => type)).toContain('hush');
    },
  );
});

describe('while somebody does something else with the board', () => {
  it('nothing begins, by no way of beginning, until it is over', () => {
    const run = new TestRun();
    run.intend({ intent: 'screen', complaint: true, others: 'no' }, { intent: 'confirm', step: 'position' });
    run.intend({ intent: 'baseline', local: 0, leg: 0 });
    run.run.suspend(true);
    run.intend({ intent: 'start' }, { intent: 'go' });
    expect(run.of('refusal').map(({ limit }) => limit)).toEqual(['calibrating', 'calibrating']);
    expect(run.run.state).toBe('preparation');
    run.run.suspend(false);
    run.intend({ intent: 'start' });
    expect(run.run.state).toBe('warmUp');
  });

  it('STOP still stops', () => {
    const run = new TestRun().start().until(1_000);
    run.run.suspend(true);
    run.press('less').press('stop');
    expect(run.for(100).run.state).toBe('stopped');
    expect(run.of('pressure').filter(({ why }) => why === 'ease')).toEqual([]);
  });

  it('what has begun may be gone on with', () => {
    const run = new TestRun().start().until(1_000).intend({ intent: 'pause' }).for(1_000);
    run.run.suspend(true);
    run.intend({ intent: 'resume' });
    expect(run.run.state).toBe('warmUp');
  });
});

it('a stop during the printed card’s questions begins the card anew', () => {
  const run = new TestRun();
  const answerCard = (): void => {
    run.driver.press('go', true);
    run.driver.press('less', true);
    run.for(3_100);
    run.driver.press('go', false);
    run.driver.press('less', false);
    run.for(500);
  };
  answerCard();
  expect(run.run.screening.context.touched).toBe(1);
  run.press('stop').for(500);
  expect(run.run.state).toBe('stopped');
  expect(run.run.screening.context.touched).toBeNull();
});

it('people are told what they were answered, never that a cue gave way to another', () => {
  const test = new TestRun();
  const told: string[] = [];
  test.run.listen({ refused: ({ next }) => told.push(next) });
  test.start().for(1000);
  // Each is answered by EASE, until EASE has had its share of the time.
  for (let times = 0; times < 8; times++) test.press('less').for(700);
  const dropped = test.of('refusal').filter(({ asked }) => asked.startsWith('cue '));
  expect(dropped.length).toBeGreaterThan(0);
  expect(told.length).toBeGreaterThan(0);
  expect(new Set(told)).toEqual(new Set([catalogue.refusals.next.alreadyLightest]));
});
