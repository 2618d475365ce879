/** A question whose cue gave way to another, or was broken off: nobody can have felt it. */
import { describe, expect, it } from 'vitest';
import { sessionLimits } from '../../machines/limits.ts';
import type { Question } from '../../machines/session.lists.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

/** Asked as soon as a rise is allowed, after two minutes. */
const rising = routine(
  [
    warmUp({ durationS: 40, zone: 'calf' }),
    ramp({ durationS: 220, zone: 'calf' }),
    cooldown({ durationS: 40, zone: 'calf' }),
  ],
  { riseDwellS: 120, checkIn: { everyS: 180, timeoutS: 30 } },
);

/** From the beginning of ASK until an answer to it counts, and of GLIDE. */
const feltMs = { here: 1800, leg: 1800, firmer: 911 } as const;
const whyOf = { here: 'howIsItHere', leg: 'howIsTheLeg', firmer: 'mayBeFirmer' } as const;

const go = (session: TestSession) => session.send({ type: 'session.go', felt: true });
const unfelt = (session: TestSession, question: Question) =>
  session.send({ type: 'session.unfelt', question });

/** Where this question has just been told. */
function asked(question: Question): TestSession {
  const session = started(rising).untilState('pressureRamp.checkIn');
  if (question !== 'here') go(session.for(2000));
  if (question === 'firmer') go(session.for(2000));
  expect([session.state, session.context.question]).toEqual(['pressureRamp.checkIn', question]);
  return session;
}
/** When it was told, from a moment on. */
const toldAt = (session: TestSession, question: Question, from: Ms): readonly Ms[] =>
  session
    .all('play')
    .filter(({ why, told }) => why === whyOf[question] && told > from)
    .map(({ told }) => told - from);

const questions = ['here', 'leg', 'firmer'] as const;
const { toldAnewMs } = sessionLimits;

describe.each(questions)('the question "%s", where its cue was not felt', question => {
  it('is told anew a second later, and answered only once that can have been felt', () => {
    const session = asked(question);
    const at = session.at;
    session.for(20);
    expect(unfelt(session, question)).toEqual([]);
    const answers = 1020 + feltMs[question];
    for (const afterMs of [feltMs[question], 1000, answers - 20]) {
      go(session.until(at + afterMs));
      expect([afterMs, session.state, session.context.question]).toEqual([
        afterMs,
        'pressureRamp.checkIn',
        question,
      ]);
      expect(session.context.pressure.left).toBe(1);
    }
    expect(toldAt(session, question, at)).toEqual([1020]);
    go(session.until(at + answers));
    expect([session.context.question, session.state]).not.toEqual([question, 'pressureRamp.checkIn']);
  });

  it('has its whole time from then on', () => {
    const session = asked(question);
    const waitMs = question === 'firmer' ? 4000 : 30_000;
    unfelt(session.for(20), question);
    const at = session.at + 1000;
    expect(session.until(at + waitMs - 1).state).toBe('pressureRamp.checkIn');
    expect(session.until(at + waitMs).state).toBe(question === 'firmer' ? 'pressureRamp' : 'halting');
  });

  it('answers what comes before it is told anew at once, where there is time for that', () => {
    const session = asked(question);
    unfelt(session.for(20), question);
    expect(go(session.for(100))).toMatchObject([{ cue: 'TAP', at: session.at, answer: true }]);
    const [later] = go(session.for(800));
    expect(later).toMatchObject({ cue: 'TAP' });
    expect(later?.type === 'play' && later.at > session.at + 100).toBe(true);
  });

  it('is not told anew for ever: then it counts as not asked, without a rise, held against nobody', () => {
    const session = asked(question);
    for (const waitMs of toldAnewMs) {
      unfelt(session, question);
      expect(session.state).toBe('pressureRamp.checkIn');
      session.for(waitMs);
    }
    unfelt(session, question);
    expect([session.state, session.context.pressure.left, session.context.missed]).toEqual([
      question === 'firmer' ? 'pressureRamp' : 'halting',
      1,
      0,
    ]);
    if (question === 'firmer') return;
    go(session.untilState('paused'));
    const at = session.at;
    expect(session.untilState('pressureRamp.checkIn').at - at).toBeLessThan(15_000);
  });

  it('hears nothing of a repetition that was not played, nor of another question, nor twice of one', () => {
    const session = asked(question);
    for (const other of questions) if (other !== question) unfelt(session, other);
    expect(session.context.questionAt).toBe(session.at);
    session.for(20);
    unfelt(session, question);
    const { questionAt } = session.context;
    unfelt(session, question);
    expect(session.context.questionAt).toBe(questionAt);
    session.until(questionAt + feltMs[question]);
    unfelt(session, question);
    expect([session.state, session.context.questionAt]).toEqual(['pressureRamp.checkIn', questionAt]);
  });
});

it('a cue that was not felt means nothing where nobody is asked', () => {
  const session = started(rising).for(5000);
  const before = session.snapshot;
  for (const question of questions) expect(unfelt(session, question)).toEqual([]);
  expect([session.state, session.context]).toEqual(['warmUp', before.context]);
});

it('LESS while a question waits to be told anew eases, and the question comes again', () => {
  const firm = { pressureStart: 2, pressureMax: 2 };
  const session = started(
    routine(
      [
        warmUp({ durationS: 40, ...firm }),
        phaseFields({ durationS: 200, ...firm }),
        cooldown({ durationS: 40, ...firm }),
      ],
      { checkIn: { everyS: 60, timeoutS: 30 } },
    ),
  ).untilState('strokes.checkIn');
  unfelt(session, 'here');
  session.for(400).send({ type: 'session.less' });
  expect([session.state, session.context.pressure.left]).toEqual(['eased', 1]);
  expect(session.untilState('strokes.checkIn', 90_000).context.unfelt).toBeUndefined();
});

it('a less that is taken back while the question waited tells it once, not twice', () => {
  const session = asked('leg');
  unfelt(session.for(20), 'leg');
  const at = session.at;
  session.for(100).send({ type: 'session.go', felt: true });
  session.send({ type: 'session.less' });
  session.for(100).send({ type: 'session.takeBack', button: 'less', pressedAt: at });
  session.for(5000);
  expect(toldAt(session, 'leg', at)).toHaveLength(1);
});

it('a question in the middle of whose cue hands go on to the next place is told there', () => {
  const onward = routine(
    [
      warmUp({ durationS: 180 }),
      phaseFields({ id: 'one', durationS: 80 }),
      phaseFields({ id: 'other', zone: 'calf', durationS: 100 }),
      cooldown({ durationS: 180 }),
    ],
    { kind: 'full', checkIn: { everyS: 60, timeoutS: 30 } },
  );
  for (const beforeMs of [100, 700, 1100]) {
    const session = started(onward).untilState('strokes.checkIn');
    const ends = 180_000 + 80_000;
    go(session.until(ends - beforeMs));
    expect([session.state, session.context.question]).toEqual(['strokes.checkIn', 'leg']);
    go(session.until(ends - beforeMs + 1900));
    expect([beforeMs, session.state, session.context.question]).toEqual([beforeMs, 'strokes.checkIn', 'leg']);
    expect(toldAt(session, 'leg', ends)).toEqual([600]);
    go(session.until(ends + 600 + 1800));
    expect(session.state).toBe('strokes');
  }
});
