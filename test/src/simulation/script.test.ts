import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { library } from '../../../machines/routine/library.ts';
import { assumedPerson, parseScript, scriptFaults, unanswerable } from '../../../src/simulation/script.ts';

const steps = (...list: unknown[]) => parseScript(JSON.stringify(list));
const issuesOf = (text: string): readonly string[] => {
  const parsed = parseScript(text);
  return parsed.ok ? [] : parsed.issues;
};
const issues = (...list: unknown[]): readonly string[] => issuesOf(JSON.stringify(list));

const right: readonly object[] = [
  { at: 0, intent: 'screen', complaint: true, answers: { S1: 'no' }, others: 'no' },
  { at: 0, intent: 'screen', complaint: false },
  { at: 5, intent: 'confirm', step: 'bath' },
  { at: 5, intent: 'baseline', local: 0, leg: 10 },
  { at: 5, intent: 'checkIn', local: 2, leg: 1, firmer: true },
  { at: 5, intent: 'checkIn', local: 2, leg: 1 },
  { at: 5, intent: 'symptom', id: 'numbness' },
  { at: 5, intent: 'afterStop', why: 'slip' },
  ...[
    'start',
    'go',
    'pause',
    'resume',
    'less',
    'next',
    'extend',
    'skip',
    'switchTechnique',
    'tryLighter',
    'stop',
    'acknowledge',
    'end',
  ].map(intent => ({ at: 5, intent })),
  { on: 'checkIn', intent: 'less' },
  { on: 'strokes.checkIn', nth: 2, intent: 'less' },
  { on: 'transition', afterMs: 2500, intent: 'go' },
  { at: 40, button: 'less', down: true },
  { at: 40, button: 'receiver', down: false },
  ...scriptFaults.map(fault => ({ at: 40, fault })),
  { at: 40, fault: 'stall', forMs: 3000 },
  { at: 40, fault: 'loseBytes', bytes: 3, toward: 'host' },
  { at: 40, expect: 'paused' },
  { at: 40, expect: { state: 'strokes', phase: 'steady', side: 'left', pressure: 2 } },
];

describe('a script', () => {
  it.each(right.map(step => [step]))('may hold %j', step => {
    expect(issues(step)).toEqual([]);
  });

  it.each([
    ['neither at nor on', { intent: 'start' }, 'step 1: needs either "at" or "on"'],
    ['both at and on', { at: 0, on: 'paused', intent: 'start' }, 'step 1: needs either "at" or "on"'],
    ['an expectation of nothing', { at: 0, expect: {} }, 'step 1: expect expects nothing'],
    ['nth without on', { at: 0, nth: 1, intent: 'start' }, 'step 1: "nth" and "afterMs" go with "on"'],
    [
      'afterMs without on',
      { at: 0, afterMs: 1, intent: 'start' },
      'step 1: "nth" and "afterMs" go with "on"',
    ],
    ['a time before the beginning', { at: -1, intent: 'start' }, 'step 1: at must be 0 or more'],
    ['half a millisecond', { at: 0.5, intent: 'start' }, 'step 1: at must be a whole number'],
    ['a time in words', { at: '5', intent: 'start' }, 'step 1: at must be a number'],
    ['a time beyond a day', { at: 86_400_001, intent: 'start' }, 'step 1: at must be at most 86400000'],
    ['an empty event', { on: '', intent: 'start' }, 'step 1: on must not be empty'],
    ['an event that never comes', { on: 'checkin', intent: 'less' }, 'step 1: on "checkin" is no state'],
    ['a zeroth time', { on: 'paused', nth: 0, intent: 'resume' }, 'step 1: nth counts from 1'],
    ['nothing to do', { at: 0 }, 'step 1: needs one of "intent", "button", "fault", "expect"'],
    [
      'two things to do',
      { at: 0, intent: 'start', fault: 'stall' },
      'step 1: needs one of "intent", "button", "fault", "expect"',
    ],
    ['an unknown intent', { at: 0, intent: 'fly' }, 'step 1: intent "fly" is not an intent'],
    ['an intent with something more', { at: 0, intent: 'start', now: true }, 'step 1: now'],
    [
      'a score of eleven',
      { at: 0, intent: 'checkIn', local: 11, leg: 0 },
      'step 1: local local must be 0 to 10',
    ],
    [
      'half a score',
      { at: 0, intent: 'checkIn', local: 1.5, leg: 0 },
      'step 1: local local must be a whole number',
    ],
    ['a score left out', { at: 0, intent: 'checkIn', local: 1 }, 'step 1: leg'],
    [
      'an unknown question',
      { at: 0, intent: 'screen', answers: { S10: 'no' } },
      'step 1: answers.S10 is not a question',
    ],
    [
      'an unknown answer',
      { at: 0, intent: 'screen', answers: { S1: 'maybe' } },
      'step 1: answers.S1 must be yes, no or unsure',
    ],
    ['answers in a list', { at: 0, intent: 'screen', answers: [] }, 'step 1: answers must be an object'],
    ['an unknown symptom', { at: 0, intent: 'symptom', id: 'boredom' }, 'step 1: id must be one of numbness'],
    ['an unknown reason', { at: 0, intent: 'afterStop', why: 'bored' }, 'step 1: why must be one of slip'],
    [
      'an unknown step',
      { at: 0, intent: 'confirm', step: 'tea' },
      'step 1: step must be bath, oil or position',
    ],
    [
      'an unknown button',
      { at: 0, button: 'more', down: true },
      'step 1: button button must be one of go, less, stop, receiver',
    ],
    ['a button neither up nor down', { at: 0, button: 'go' }, 'step 1: down'],
    ['an unknown fault', { at: 0, fault: 'fire' }, 'step 1: fault fault must be one of unplug'],
    ['an expectation of nothing', { at: 0, expect: '' }, 'step 1: expect'],
    ['an expectation of anything else', { at: 0, expect: { mood: 'good' } }, 'step 1: expect'],
    ['an expectation in a list', { at: 0, expect: [] }, 'step 1: expect'],
    ['something else in its place', 7, 'step 1: must be an object'],
    ['a list in its place', [], 'step 1: must be an object'],
    ['null in its place', null, 'step 1: must be an object'],
  ])('is refused with %s', (_, step, issue) => {
    const [found = '', ...more] = issues(step);
    expect(found.startsWith(issue)).toBe(true);
    expect(more).toEqual([]);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'])(
    'is refused with a field named %s like with any other unknown one',
    name => {
      for (const step of [
        `{"at": 0, "intent": "start", "${name}": 1}`,
        `{"at": 0, "expect": {"${name}": 1}}`,
        `{"at": 0, "intent": "screen", "answers": {"${name}": "no"}}`,
        `{"at": 0, "fault": "stall", "${name}": 1}`,
      ])
        expect(issuesOf(`[${step}]`)).toHaveLength(1);
    },
  );

  it('tells every faulty step at once, counted from 1', () => {
    expect(issues({ at: 0, intent: 'start' }, { intent: 'go' }, { at: 1, intent: 'go' }, { at: 1 })).toEqual([
      expect.stringMatching(/^step 2: /),
      expect.stringMatching(/^step 4: /),
    ]);
  });

  it.each([
    ['{', /^is not JSON: /],
    ['', /^is not JSON: /],
    ['{}', /^must be a list of steps$/],
    ['"start"', /^must be a list of steps$/],
    ['null', /^must be a list of steps$/],
  ])('is none where it is %j', (text, why) => {
    expect(issuesOf(text)).toEqual([expect.stringMatching(why)]);
  });

  it('may be empty, and may begin with a byte-order mark', () => {
    expect(parseScript('[]')).toEqual({ ok: true, steps: [] });
    expect(issuesOf('\uFEFF[]')).toEqual([]);
  });

  it('has 10,000 steps at most', () => {
    const many = (count: number): string =>
      JSON.stringify(Array.from({ length: count }, () => ({ at: 0, intent: 'go' })));
    expect(issuesOf(many(10_001))).toEqual(['has more than 10000 steps']);
    expect(issuesOf(many(10_000))).toEqual([]);
  });

  it('is sorted by time, ties in the order of the file', () => {
    const parsed = steps(
      { at: 50, intent: 'pause' },
      { at: 10, intent: 'less' },
      { at: 50, intent: 'resume' },
      { at: 0, intent: 'start' },
    );
    expect(parsed.ok && parsed.steps.map(({ index }) => index)).toEqual([4, 2, 1, 3]);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        const parsed = parseScript(JSON.stringify([value]));
        expect(parsed.ok ? parsed.steps.length : parsed.issues.length).toBe(1);
      }),
    );
  });

  it('does not assume that a check-in without a word wants it firmer', () => {
    const parsed = steps({ at: 0, intent: 'checkIn', local: 0, leg: 0 });
    expect(parsed.ok && parsed.steps[0]?.deed).toMatchObject({ intent: { firmer: false } });
  });
});

describe('an answer that nobody asks for in this run', () => {
  const screen = (fields: object): object => ({ at: 0, intent: 'screen', ...fields });
  const found = (returns: boolean, ...list: object[]): readonly string[] => {
    const parsed = steps(...list);
    if (!parsed.ok) throw new Error(parsed.issues.join('; '));
    return unanswerable(parsed.steps, { returns });
  };
  const short = 'is asked only where all was clear lately (simulate --returning)';

  it.each<[string, boolean, readonly object[], readonly string[]]>([
    [
      'what has not changed, of somebody of whom nothing is known',
      false,
      [screen({ complaint: false, unchanged: ['health'] })],
      [`step 1: unchanged ${short}`],
    ],
    [
      'whether anything is new, of them',
      false,
      [{ at: 0, intent: 'start' }, screen({ anythingNew: 'yes' })],
      [`step 2: anythingNew ${short}`],
    ],
    [
      'what has not changed, where it is left open whether anything is new',
      true,
      [screen({ complaint: false, unchanged: ['health'] })],
      ['step 1: unchanged counts only with "anythingNew": "no"'],
    ],
    [
      'that nothing has changed on a stop card',
      true,
      [screen({ complaint: false, anythingNew: 'no', unchanged: ['urgent', 'health', 'unwell'] })],
      [
        'step 1: unchanged: urgent is always asked in full',
        'step 1: unchanged: unwell is always asked in full',
      ],
    ],
    [
      'a question about a complaint, where there is none',
      false,
      [screen({ complaint: false }), screen({ answers: { C10: 'yes', S1: 'no', K8: 'no' } })],
      [
        'step 2: answers.C10 is asked only where there is a complaint',
        'step 2: answers.K8 is asked only where there is a complaint',
      ],
    ],
  ])('is refused by its step: %s', (_, returns, list, issues) => {
    expect(found(returns, ...list)).toEqual(issues);
  });

  it('is none of those that are asked', () => {
    const short = { complaint: false, anythingNew: 'no', unchanged: ['health', 'care'] };
    expect(found(true, screen(short))).toEqual([]);
    expect(found(true, screen({ anythingNew: 'no' }), screen({ unchanged: ['giver'] }))).toEqual([]);
    expect(found(false, screen({ complaint: true, answers: { C10: 'no', K8: 'no' } }))).toEqual([]);
    expect(found(false, screen({ answers: { C10: 'no' } }))).toEqual([]);
    for (const routine of library())
      expect(unanswerable(assumedPerson(routine), { returns: false })).toEqual([]);
  });
});

describe('the assumed person', () => {
  it.each(library().map(one => [one.id, one] as const))(
    'of %s has a complaint, answers no to all, confirms what there is, starts, goes on and answers at once',
    (_, routine) => {
      const told = assumedPerson(routine).map(({ when, deed }) => ({
        ...when,
        ...(deed.kind === 'intent' && deed.intent),
      }));
      expect(told[0]).toEqual({ at: 0, intent: 'screen', complaint: true, others: 'no' });
      const confirmed = told.flatMap(step => ('step' in step ? [step.step] : []));
      expect(confirmed).toEqual([
        ...(routine.preparation.bath ? ['bath'] : []),
        ...(routine.preparation.oil ? ['oil'] : []),
        'position',
      ]);
      expect(told).toContainEqual({ at: 0, intent: 'baseline', local: 0, leg: 0 });
      expect(told).toContainEqual({ at: 0, intent: 'start' });
      expect(told).toContainEqual({ on: 'checkIn', intent: 'checkIn', local: 1, leg: 0, firmer: true });
      expect(told.some(step => step.on === 'transition' && 'intent' in step && step.intent === 'go')).toBe(
        true,
      );
    },
  );
});
