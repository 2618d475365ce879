/** What a page is told in words: preparation as screening has it, pauses by their length, cues, the end. */
import { describe, expect, it } from 'vitest';
import { sessionLimits } from '../../../machines/limits.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Answers } from '../../../machines/screening.questions.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { restAfter, viewOf } from '../../../src/server/view.ts';
import { cooldown, ramp, routine, warmUp } from '../../support/routines.ts';
import { TestRun } from '../../support/run.ts';

const bathed = routine([warmUp(), ramp({ durationS: 120 }), cooldown()], {
  preparation: {
    bath: { tempC: 38, minutes: 12, restMin: 5 },
    oil: { blend: 'sesameNutmeg', tempC: 38 },
  },
});
const emulated = { emulated: true, faults: [], rate: 1, resumesRate: null, steerable: false };
const stepsWith = (answers: Answers) => {
  const test = new TestRun({ routine: bathed });
  test.intend({ intent: 'screen', complaint: true, answers, others: 'no' });
  return viewOf(test.run, emulated).preparation.steps;
};
const sentence = (answers: Answers, step: string): string =>
  stepsWith(answers).find(one => one.step === step)?.sentence ?? 'none';

describe('preparation', () => {
  it.each<[string, Answers, string, RegExp]>([
    ['a warm bath', {}, 'bath', /^A warm bath if you like: 12 minutes, at most 38 °C/],
    ['a lukewarm bath for whoever gets dizzy', { K6: 'yes' }, 'bath', /^A lukewarm bath if you like/],
    ['no bath for reduced feeling', { K1: 'yes' }, 'bath', /^none$/],
    ['no bath after alcohol', { K5: 'unsure' }, 'bath', /^none$/],
    ['the blend', {}, 'oil', /^Warm the bottle of sesame oil .* a pinch .* never undiluted/],
    ['plain oil for an allergy of the receiver', { K3: 'yes' }, 'oil', /^Take an oil you both know/],
    ['plain oil for an allergy of the giver', { giverK3: 'unsure' }, 'oil', /^Take an oil you both know/],
    [
      'nothing warmed for reduced feeling',
      { K1: 'yes' },
      'oil',
      /^Use an oil you both know, or none. Do not warm it/,
    ],
    [
      'the strictest of two',
      { K1: 'yes', K3: 'yes' },
      'oil',
      /^Use an oil you both know, or none. Do not warm it/,
    ],
  ])('has %s', (_, answers, step, wanted) => {
    expect(sentence(answers, step)).toMatch(wanted);
  });

  it('has a fact beside each step', () => {
    for (const { step, fact } of stepsWith({})) expect([step, fact.length > 20]).toEqual([step, true]);
  });
});

describe('lying on the side', () => {
  const inPreparation = (answers: Answers, id = 'evening-legs') => {
    const test = new TestRun({ routine: fromLibrary(id) ?? routine() });
    return test.intend({ intent: 'screen', complaint: false, answers, others: 'no' });
  };
  const preparation = (test: TestRun) => viewOf(test.run, emulated).preparation;
  const lies = (test: TestRun) => preparation(test).steps.find(({ step }) => step === 'position')?.sentence;

  it('is offered where the routine has words for it, and said once it is chosen', () => {
    const test = inPreparation({});
    expect([preparation(test).liesOnSide, lies(test)]).toEqual([
      false,
      catalogue.preparation['position.prone'],
    ]);
    test.intend({ intent: 'lie', onSide: true });
    expect([preparation(test).liesOnSide, lies(test)]).toEqual([
      true,
      catalogue.preparation['position.sideLying'],
    ]);
  });

  it('is no choice of whoever cannot lie face down, nor where there are no words for it', () => {
    const test = inPreparation({ K9: 'yes' });
    expect([preparation(test).liesOnSide, lies(test)]).toEqual([
      null,
      catalogue.preparation['position.sideLying'],
    ]);
    expect(preparation(inPreparation({}, 'first-touch')).liesOnSide).toBeNull();
  });

  it('wants a turn onto the other side between the two legs', () => {
    const test = inPreparation({ K9: 'yes' });
    for (const step of ['bath', 'oil', 'position'] as const) test.intend({ intent: 'confirm', step });
    test.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' });
    test.for(95_000);
    expect(test.run.state).toBe('transition');
    expect(viewOf(test.run, emulated).session.sentence).toContain(catalogue.turns.otherSide);
  });
});

describe('a stop', () => {
  it.each(['screening', 'preparation'] as const)(
    'in %s asks nobody whether it hurt: nothing had begun',
    state => {
      const test = new TestRun();
      if (state === 'preparation') test.intend({ intent: 'screen', complaint: true, others: 'no' });
      test.intend({ intent: 'stop' }).for(1000);
      expect(viewOf(test.run, emulated)).toMatchObject({
        session: { state: 'stopped', sentence: catalogue.states['stopped.before'] },
        time: { startedAt: null },
      });
      test.intend({ intent: 'afterStop', why: 'slip' });
      expect(test.run.state).toBe(state);
    },
  );

  it('of hands that moved asks what happened', () => {
    const test = new TestRun().start().for(5000).intend({ intent: 'stop' }).for(1000);
    expect(viewOf(test.run, emulated).session.sentence).toMatch(/What happened\?$/);
  });
});

describe('a pause', () => {
  const paused = (ms: number, why?: 'cramp' | 'toilet' | 'call') => {
    const test = new TestRun().start().for(5000);
    test.intend(why ? { intent: 'pause', why } : { intent: 'pause' }).for(ms);
    return viewOf(test.run, emulated);
  };
  it.each([
    [40_000, undefined, catalogue.states.paused, false],
    [
      121_000,
      undefined,
      'Paused for 2:01. Anything new? If not, press GO to continue, one step lighter.',
      true,
    ],
    [601_000, undefined, 'Paused for 10:01. Only the cooldown remains. Press GO to begin it.', true],
    [10_000, 'cramp', catalogue.states['paused.cramp'], false],
    [10_000, 'toilet', catalogue.states['paused.toilet'], false],
    [130_000, 'call', catalogue.states['paused.call'], true],
  ] as const)('of %i ms for %s says what it asks', (ms, why, wanted, asks) => {
    const { session, interruption } = paused(ms, why);
    expect(session.sentence).toBe(wanted);
    expect(interruption).toMatchObject({ why: why ?? null, asksAnythingNew: asks });
  });

  it('that was long begins with three light strokes, in words', () => {
    const test = new TestRun({
      routine: routine([warmUp({ durationS: 60 }), ramp({ durationS: 120 }), cooldown()]),
    });
    test.start().for(5000).intend({ intent: 'pause' }).for(150_000).intend({ intent: 'resume' }).for(1000);
    expect(viewOf(test.run, emulated).session.sentence).toBe(catalogue.states.beginLightly);
    test.for(13_000);
    expect(viewOf(test.run, emulated).session.sentence).toBe(catalogue.states.warmUp);
  });
});

describe('the lighter technique', () => {
  const kneads = {
    technique: 'kneading',
    otherTechnique: {
      technique: 'effleurage',
      instruction: 'Slide.',
      strokeCm: 30,
      speedCmPerS: 5,
      returnMs: 1000,
    },
  };
  const kneading = routine([warmUp(), ramp({ durationS: 120, ...kneads }), cooldown()]);

  it('is offered in words while it is, and taken by its own word or by LESS once more', () => {
    const offer = 'Is it too much here? Another Less takes what is lighter: Slide.';
    const test = new TestRun({ routine: kneading }).start().intend({ intent: 'next' }).for(5000);
    const said = () => viewOf(test.run, emulated).session;
    expect(said().lighter).toBe(null);
    test.intend({ intent: 'checkIn', local: 4, leg: 0, firmer: false }).for(3000);
    expect(said()).toMatchObject({ lighter: offer, now: { technique: 'kneading' } });
    test.intend({ intent: 'tryLighter' });
    expect(said()).toMatchObject({ lighter: null, now: { technique: 'effleurage' } });
    test.intend({ intent: 'switchTechnique' }).for(3000);
    for (let count = 0; count < 2; count++) test.press('less').for(1000);
    expect(said()).toMatchObject({ lighter: offer, now: { technique: 'kneading' } });
    test.for(2000).press('less').for(100);
    expect(said()).toMatchObject({ lighter: null, now: { technique: 'effleurage' } });
  });

  it('is refused where it is not offered, and nothing changes', () => {
    const test = new TestRun({ routine: kneading }).start().intend({ intent: 'next' }).for(5000);
    test.intend({ intent: 'tryLighter' });
    expect(test.of('refusal')).toMatchObject([{ asked: 'tryLighter', limit: 'notNow' }]);
    expect(viewOf(test.run, emulated).session.now?.technique).toBe('kneading');
  });
});

it('says each cue in words as it begins', () => {
  const test = new TestRun().start().for(100);
  expect(viewOf(test.run, emulated).cue).toMatchObject({
    cue: 'GLIDE',
    sentence: catalogue.cues.why.strokeBegins,
  });
  test.intend({ intent: 'checkIn', local: 4, leg: 0, firmer: false }).for(20);
  expect(viewOf(test.run, emulated).cue).toMatchObject({ cue: 'EASE', sentence: catalogue.cues.why.eased });
  test.for(2000).intend({ intent: 'less' }).for(20);
  expect(viewOf(test.run, emulated).cue).toMatchObject({
    cue: 'EASE',
    sentence: catalogue.cues.why.lightest,
  });
});

it('says where warm-up and cooldown go when their own place is left out', () => {
  const evening = fromLibrary('evening-legs');
  if (!evening) throw new Error('the library has lost evening-legs');
  const test = new TestRun({ routine: evening });
  const notes = () => viewOf(test.run, emulated).preparation.notes.filter(note => /other places/.test(note));
  test.intend({ intent: 'screen', complaint: true, others: 'no' });
  expect(notes()).toEqual([]);
  test.intend({ intent: 'leaveOut', zones: ['calf'] });
  expect(notes()).toEqual([
    'Warm-up uses other places today: back of the thigh.',
    'Cooldown uses other places today: back of the thigh.',
  ]);
  test.intend({ intent: 'bringBack', zones: ['calf'] });
  expect(notes()).toEqual([]);
});

describe('less', () => {
  const at2 = routine([
    warmUp({ pressureStart: 2, pressureMax: 2 }),
    ramp({ durationS: 120 }),
    cooldown({ pressureStart: 2, pressureMax: 2 }),
  ]);
  const eased = (byReceiver = false) => {
    const test = new TestRun({ routine: at2 }).start().for(5000);
    test.run.intend({ intent: 'less' }, byReceiver);
    return test;
  };
  const undoOf = (test: TestRun) => viewOf(test.run, emulated).undo;

  it.each([false, true])('can be taken back for 5 s by whoever said it (the receiver: %s)', byReceiver => {
    const test = eased(byReceiver);
    const until = test.at + sessionLimits.undoMs;
    expect(undoOf(test)).toEqual({ until, byReceiver });
    expect(undoOf(test.until(until))).toEqual({ until, byReceiver });
    expect(undoOf(test.for(1))).toBeNull();
  });

  it.each<[string, (test: TestRun) => TestRun]>([
    ['nothing was said', () => new TestRun({ routine: at2 }).start().for(5000)],
    ['it has been taken back', test => test.intend({ intent: 'undo' })],
    ['it changed nothing', test => test.for(6000).intend({ intent: 'less' })],
    ['it was stopped since', test => test.intend({ intent: 'stop' })],
    ['it is over', test => test.intend({ intent: 'end' })],
  ])('offers nothing where %s', (_, then) => {
    expect(undoOf(then(eased()))).toBeNull();
  });

  it('can be taken back in a pause, too', () => {
    const test = eased().intend({ intent: 'pause' });
    expect(undoOf(test)).not.toBeNull();
    test.intend({ intent: 'undo' });
    expect(test.of('pressure').at(-1)).toMatchObject({ pressure: 2, why: 'undo' });
  });
});

describe('after the end', () => {
  const ended = (baseline: { local: number; leg: number }) => {
    const test = new TestRun();
    test
      .intend({ intent: 'screen', complaint: true, others: 'no' })
      .intend(
        { intent: 'confirm', step: 'position' },
        { intent: 'baseline', ...baseline },
        { intent: 'start' },
      )
      .for(5000)
      .intend({ intent: 'end' })
      .for(100);
    return test;
  };

  it.each([
    [{ local: 2, leg: 1 }, { local: 2, leg: 1 }, 'same'],
    [{ local: 2, leg: 1 }, { local: 1, leg: 0 }, 'same'],
    [{ local: 2, leg: 1 }, { local: 3, leg: 1 }, 'more'],
    [{ local: 2, leg: 1 }, { local: 2, leg: 2 }, 'more'],
    [{ local: 2, leg: 1 }, { local: 4, leg: 1 }, 'worse'],
    [{ local: 2, leg: 1 }, { local: 2, leg: 3 }, 'worse'],
    [{ local: 5, leg: 1 }, { local: 6, leg: 1 }, 'tooMuch'],
  ] as const)('from %j to %j is %s', (baseline, after, wanted) => {
    const test = ended(baseline);
    expect(viewOf(test.run, emulated).ending).toMatchObject({ answer: null });
    test.intend({ intent: 'after', ...after });
    expect(viewOf(test.run, emulated).ending?.answer).toBe(catalogue.endings[wanted]);
    // The answer is compared and told; it stands in no journal and no trace.
    expect(test.journal).not.toContain('"after"');
    expect(test.lines.at(-1)?.type).toBe('outcome');
  });

  it('is told once to rest and to get up slowly, whatever it ended by', () => {
    const reasons = ['routineDone', 'endedEarly', 'enough', 'pain', 'checkInsMissed'] as const;
    for (const reason of reasons) {
      const told = `${catalogue.outcomes[reason]} ${restAfter(reason)}`;
      expect([reason, told.match(/\bRest\b/g)?.length, told.match(/up slowly/g)?.length]).toEqual([
        reason,
        1,
        1,
      ]);
    }
    const { run } = ended({ local: 2, leg: 1 });
    expect(viewOf(run, emulated).ending?.rest).toBe(restAfter(run.outcome?.reason ?? ''));
  });

  it('is asked only once it is over', () => {
    const test = new TestRun().start().for(1000);
    test.intend({ intent: 'after', local: 0, leg: 0 });
    expect(test.of('refusal').at(-1)).toMatchObject({ asked: 'after', limit: 'notNow' });
    expect(viewOf(test.run, emulated).ending).toBeNull();
  });
});
