/** The lighter technique of a place: offered after what was too much, taken by a press of its own, never by silence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf } from '../../machines/response.ts';
import { library } from '../../machines/routine/library.ts';
import type { Technique } from '../../machines/routine/names.ts';
import type { Phase, Routine } from '../../machines/routine/schema.ts';
import { lessTakesLighter, offersLighter } from '../../machines/session.lighter.ts';
import { paceNow } from '../../machines/session.time.ts';
import type { SessionContext } from '../../machines/session.types.ts';
import { opened, Play } from '../../machines/touch/play.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { inputOf, started, TestSession, type Wish } from '../support/session.ts';

// What is offered and taken depends on no lease: only the long run renews it.
if (!isLong) withoutLease();

const gliding: readonly Technique[] = ['effleurage', 'broadPress'];
/** Kneading instead of gliding is no relief. */
const isDeeper = ({ technique, otherTechnique }: Phase): boolean =>
  gliding.includes(technique) && otherTechnique !== undefined && !gliding.includes(otherTechnique.technique);

const less: Wish = { type: 'session.less' };
const score = (local: number, of: Routine): Wish => ({
  type: 'session.checkIn',
  ...bandsOf({ local, leg: 0 }, { local: 0, leg: 0 }, of),
  firmer: false,
});

/** A press of LESS by a hand, so long after what was before, and the session as it has left it. */
function pressed(session: TestSession, of: Routine, afterMs: number): TestSession {
  const play = new Play({ ...opened(inputOf(of)), session: session.snapshot, at: session.at }).for(afterMs);
  const at = Math.ceil(play.place.at / 20) * 20;
  play.until(at).move(
    [
      { afterMs: 0, button: 'less', down: true },
      { afterMs: 140, button: 'less', down: false },
    ],
    500,
  );
  session.snapshot = play.place.session;
  session.at = play.place.at;
  return session;
}

const ways: Readonly<Record<string, (session: TestSession, of: Routine) => void>> = {
  'a score of 4': (session, of) => void session.send(score(4, of)),
  'a score of 5': (session, of) => void session.send(score(5, of)),
  'a second less on the page': session => {
    session.send(less);
    session.for(2000).send(less);
  },
  'a second LESS by touch': (session, of) => {
    pressed(session, of, 1000);
    pressed(session, of, 2000);
  },
};
const takings: Readonly<Record<string, (session: TestSession, of: Routine) => void>> = {
  'on the page': session => void session.for(2000).send({ type: 'session.tryLighter' }),
  'by touch': (session, of) => void pressed(session, of, 2000),
};

const phases = library().flatMap(of =>
  of.phases
    .filter(({ stage, otherTechnique }) => otherTechnique && stage !== 'warmUp' && stage !== 'cooldown')
    .map(phase => ({ of, phase, name: `${of.id} ${phase.id}` })),
);
const sides = ['left', 'right'] as const;
const isNoFirmer = (context: SessionContext, than: SessionContext): boolean =>
  sides.every(side => (context.pressure[side] ?? 0) <= (than.pressure[side] ?? 0));

/** Each phase as it is 3 s after it began. A routine is played once: to each of its phases from the one before. */
const inPhase = new Map<Phase, TestSession>();
const playedTo = new Map<Routine, TestSession>();
function threeSecondsIn(of: Routine, phase: Phase): TestSession {
  const known = inPhase.get(phase);
  if (known) return known.twin();
  const session = (playedTo.get(of) ?? started(of)).toPhase(phase.id);
  playedTo.set(of, session.twin());
  inPhase.set(phase, session.for(3000));
  return session.twin();
}

describe('the lighter technique of a built-in phase', () => {
  it('is there to be offered in several routines', () => {
    expect(
      new Set(phases.filter(({ phase }) => !isDeeper(phase)).map(({ of }) => of.id)).size,
    ).toBeGreaterThan(3);
  });

  describe.each(phases)('in $name', ({ of, phase }) => {
    it.each(Object.keys(ways))('is offered after %s, where it is no deeper', way => {
      const session = threeSecondsIn(of, phase);
      expect(offersLighter(session.context)).toBe(false);
      ways[way]?.(session, of);
      expect(offersLighter(session.context)).toBe(!isDeeper(phase));
    });

    it.each(Object.keys(ways).flatMap(way => Object.keys(takings).map(taking => [way, taking] as const)))(
      'after %s is taken %s, where it is offered, and nothing gets firmer',
      (way, taking) => {
        const session = threeSecondsIn(of, phase);
        ways[way]?.(session, of);
        const before = session.context;
        takings[taking]?.(session, of);
        expect(session.context.usesOtherTechnique).toBe(!isDeeper(phase));
        expect(offersLighter(session.context)).toBe(false);
        expect(isNoFirmer(session.context, before)).toBe(true);
        const technique = isDeeper(phase) ? phase.technique : phase.otherTechnique?.technique;
        expect(paceNow(session.context)?.technique).toBe(technique);
      },
    );
  });
});

const glide = {
  technique: 'effleurage',
  instruction: 'Slide.',
  strokeCm: 30,
  speedCmPerS: 5,
  returnMs: 1000,
};
const kneads = { technique: 'kneading', otherTechnique: glide };
/** Two places that knead and could glide, with questions, and a turn between them. */
const kneading = routine(
  [
    warmUp({ durationS: 40, pressureStart: 2, pressureMax: 2 }),
    phaseFields({ id: 'one', durationS: 150, pressureStart: 2, pressureMax: 2, ...kneads }),
    ramp({ side: 'left', durationS: 60, ...kneads }),
    cooldown({ durationS: 40 }),
  ],
  { checkIn: { everyS: 60, timeoutS: 15 } },
);
const atWork = (): TestSession => {
  const session = started(kneading).toPhase('one');
  return session.for(5000);
};
/** At pressure 3, so that there are two steps down. */
const firm = (): TestSession => {
  const rising = routine(
    [
      warmUp({ durationS: 180, pressureStart: 2, pressureMax: 2 }),
      ramp({ id: 'one', durationS: 240, pressureStart: 2, pressureMax: 3, ...kneads }),
      cooldown({ durationS: 180 }),
    ],
    { kind: 'full', riseDwellS: 120, checkIn: { everyS: 60, timeoutS: 15 } },
  );
  return started(rising).attended(({ context }) => context.pressure.left === 3, true);
};
const isOffered = ({ context }: TestSession): boolean => offersLighter(context);

describe('the offer', () => {
  it('comes with the answer to a question, by touch and on the page', () => {
    for (const answer of [less, score(4, kneading), score(5, kneading)]) {
      const session = started(kneading).untilState('strokes.checkIn').for(2000);
      session.send(answer);
      expect([session.state, isOffered(session)]).toEqual(['eased', true]);
    }
  });

  it('does not come with an answer that eases nothing, nor with one less', () => {
    const session = atWork();
    session.send(score(3, kneading));
    expect(isOffered(session)).toBe(false);
    session.send(less);
    expect(isOffered(session)).toBe(false);
  });

  it('comes after a second less at the lightest pressure, where nothing else is left to give', () => {
    const session = atWork();
    session.send(less);
    session.for(3000).send(less);
    expect(session.context.pressure).toEqual({ left: 1, right: 1 });
    expect(isOffered(session)).toBe(true);
  });

  it('is nowhere where the place has no other technique, or only a deeper one', () => {
    const deeper = { otherTechnique: { ...glide, technique: 'kneading', strokeCm: 10 } };
    for (const fields of [{}, { technique: 'kneading' }, deeper]) {
      const session = started(
        routine([warmUp(), phaseFields({ id: 'one', durationS: 100, ...fields }), ramp(), cooldown()]),
      );
      session.toPhase('one').for(2000).send(score(5, kneading));
      session.send(less);
      session.send(less);
      expect(isOffered(session)).toBe(false);
      session.send({ type: 'session.tryLighter' });
      expect(session.context.usesOtherTechnique).toBe(false);
    }
  });

  it.each([
    ['longer strokes', { strokeCm: 40 }, false],
    ['faster strokes', { speedCmPerS: 10 }, false],
    ['less rest', { returnMs: 500 }, false],
    ['shorter but faster strokes', { strokeCm: 20, speedCmPerS: 10 }, false],
    ['shorter strokes', { strokeCm: 20 }, true],
    ['slower strokes and more rest', { speedCmPerS: 4, returnMs: 2000 }, true],
  ])('of the same technique with %s comes only where that is lighter', (_, change, is) => {
    const same = { ...glide, technique: 'kneading' };
    const session = started(
      routine([
        warmUp(),
        phaseFields({ id: 'one', durationS: 100, ...same, otherTechnique: { ...same, ...change } }),
        ramp(),
        cooldown(),
      ]),
    );
    session.toPhase('one').for(2000).send(score(5, kneading));
    expect(isOffered(session)).toBe(is);
    // From the other one, where somebody has changed to it, the lighter is the first.
    session.send({ type: 'session.switchTechnique' });
    session.for(2000).send(score(5, kneading));
    expect(isOffered(session)).toBe(!is && !('strokeCm' in change && 'speedCmPerS' in change));
  });

  it('leads back from a deeper technique that somebody has changed to', () => {
    const other = { otherTechnique: { ...glide, technique: 'kneading', strokeCm: 10 } };
    const session = started(
      routine([warmUp(), phaseFields({ id: 'one', durationS: 100, ...other }), ramp(), cooldown()]),
    );
    session.toPhase('one').for(2000).send({ type: 'session.switchTechnique' });
    session.for(2000).send(score(4, kneading));
    expect(isOffered(session)).toBe(true);
    session.send({ type: 'session.tryLighter' });
    expect(paceNow(session.context)?.technique).toBe('effleurage');
  });

  it('is not taken by a less that comes before it can have been felt: that is one step less', () => {
    const session = atWork();
    session.send(less);
    session.send(less);
    session.for(session.context.rules.cueMs.EASE + 599).send(less);
    expect([session.context.usesOtherTechnique, isOffered(session)]).toEqual([false, true]);
    session.for(1).send(less);
    expect([session.context.usesOtherTechnique, isOffered(session)]).toEqual([true, false]);
  });

  it('is answered by EASE where LESS takes it, and begins a stroke of its own', () => {
    const session = atWork();
    session.send(score(4, kneading));
    session.for(5000);
    const told = session.send(less);
    expect(told).toContainEqual(expect.objectContaining({ type: 'play', cue: 'EASE', answer: true }));
    expect(session.context.gridAt).toBe(session.at);
    expect(session.context.stroke).toBe(0);
  });

  it('takes a step of pressure as well, where LESS takes it and there is a step to take', () => {
    const session = firm();
    session.for(3000).send(score(4, kneading));
    session.for(3000).send(less);
    expect(session.context).toMatchObject({ usesOtherTechnique: true, pressure: { left: 1, right: 1 } });
  });

  it('gives the question the word first: LESS there is its answer', () => {
    const session = atWork();
    session.send(score(4, kneading));
    session.untilState('strokes.checkIn').for(2500).send(less);
    expect([session.state, session.context.usesOtherTechnique, isOffered(session)]).toEqual([
      'eased',
      false,
      true,
    ]);
  });

  it.each<readonly [string, (session: TestSession) => void]>([
    ['an answer that all is well', session => void session.send(score(2, kneading))],
    ['a change of technique by hand', session => void session.send({ type: 'session.switchTechnique' })],
    ['the next phase', session => void session.send({ type: 'session.next' })],
    ['leaving the place', session => void session.send({ type: 'session.skip' })],
    ['a stop', session => void session.send({ type: 'session.stop' })],
    ['a fault', session => void session.send({ type: 'session.fault', fault: 'linkLost' })],
  ])('is over with %s', (_, how) => {
    const session = started(kneading).untilState('strokes.checkIn').for(2000);
    session.send(score(4, kneading));
    session.untilState('strokes.checkIn').for(2000);
    expect(isOffered(session)).toBe(true);
    how(session);
    expect(session.context.lighterOfferedAt).toBe(null);
  });

  it('is over with silence, and with the end of the phase', () => {
    const session = atWork();
    session.send(score(4, kneading));
    session.untilState('strokes.checkIn');
    session.untilState('paused');
    expect(session.context.lighterOfferedAt).toBe(null);
    const other = atWork();
    other.send(score(4, kneading));
    while (other.context.passIndex === 1) other.attended(({ context }) => context.passIndex !== 1);
    expect(other.context.lighterOfferedAt).toBe(null);
  });

  it('is not opened by LESS in a pause, where no EASE can tell of it', () => {
    const session = atWork();
    session.for(3000).send({ type: 'session.pause' });
    for (let count = 0; count < 3; count++) session.for(1000).send({ type: 'session.less' });
    session.for(1000).send({ type: 'session.resume' });
    session.for(3000);
    expect([isOffered(session), session.context.usesOtherTechnique]).toEqual([false, false]);
    session.send({ type: 'session.less' });
    expect([isOffered(session), session.context.usesOtherTechnique]).toEqual([true, false]);
  });

  it('rests with the hands in a pause, and is there again with them', () => {
    const session = atWork();
    session.send(score(4, kneading));
    session.for(2000).send({ type: 'session.pause' });
    expect(isOffered(session)).toBe(false);
    session.for(5000).send({ type: 'session.tryLighter' });
    expect(session.context.usesOtherTechnique).toBe(false);
    session.send({ type: 'session.resume' });
    expect(isOffered(session)).toBe(true);
  });

  it('is open again, technique and pressure as they were, where the less that took it is undone', () => {
    for (const wish of [
      { type: 'session.undo' },
      { type: 'session.takeBack', button: 'less', pressedAt: 0 },
    ] as const) {
      const session = atWork();
      session.send(less);
      session.send(less);
      session.for(5000);
      const before = session.context;
      session.send(less);
      expect(session.context.usesOtherTechnique).toBe(true);
      session.for(200).send(wish);
      expect(session.context).toMatchObject({
        usesOtherTechnique: false,
        lighterOfferedAt: before.lighterOfferedAt,
        easesHere: before.easesHere,
        pressure: before.pressure,
        ceiling: before.ceiling,
      });
    }
  });

  it.each<readonly [string, Wish, Wish]>([
    ['taken on the page', { type: 'session.tryLighter' }, { type: 'session.undo' }],
    ['changed to by hand', { type: 'session.switchTechnique' }, { type: 'session.undo' }],
    [
      'taken between two buttons',
      { type: 'session.tryLighter' },
      { type: 'session.takeBack', button: 'less', pressedAt: 0 },
    ],
  ])('is not opened by taking back a less, where the lighter technique was %s since', (_, taking, back) => {
    const session = firm();
    session.send(score(4, kneading));
    session.for(500).send(less);
    session.for(100).send(taking);
    session.for(100).send(back);
    expect([session.context.usesOtherTechnique, isOffered(session)]).toEqual([true, false]);
    session.for(5000).send(less);
    session.send({ type: 'session.tryLighter' });
    expect(paceNow(session.context)?.technique).toBe('effleurage');
  });

  it('leaves the technique alone where a less that was an answer is undone', () => {
    const session = atWork();
    session.send(score(4, kneading));
    session.untilState('strokes.checkIn').for(2500).send(less);
    session.for(500).send({ type: 'session.tryLighter' });
    session.for(500).send({ type: 'session.undo' });
    expect(paceNow(session.context)?.technique).toBe('effleurage');
  });

  it.each<readonly [string, Wish]>([
    ['undone', { type: 'session.undo' }],
    ['taken back', { type: 'session.takeBack', button: 'less', pressedAt: 0 }],
  ])('has no end told of the stroke that is broken off where the less that took it is %s', (_, back) => {
    const session = firm();
    // Where the technique stays, the stroke goes on and its end is told.
    session.send(less);
    expect(session.for(200).send(back)).not.toContainEqual(expect.objectContaining({ type: 'drop' }));
    session.send(score(4, kneading));
    session.for(5000).send(less);
    expect(session.context.usesOtherTechnique).toBe(true);
    const told = session.for(200).send(back);
    expect(session.context.usesOtherTechnique).toBe(false);
    expect(told.flatMap(one => (one.type === 'drop' ? [one.cue] : []))).toEqual(['GLIDE', 'TAP']);
  });

  it('does not come of a press that was the first of two buttons', () => {
    const session = atWork();
    for (let count = 0; count < 3; count++) {
      session.send(less);
      session.for(200).send({ type: 'session.takeBack', button: 'less', pressedAt: session.at - 200 });
      session.for(2000);
    }
    expect([session.context.easesHere, isOffered(session)]).toEqual([0, false]);
  });
});

const wishes: readonly Wish[] = [
  less,
  less,
  { type: 'session.less', byReceiver: true },
  { type: 'session.tryLighter' },
  { type: 'session.switchTechnique' },
  { type: 'session.go', felt: true },
  { type: 'session.resume' },
  { type: 'session.pause' },
  { type: 'session.next' },
  { type: 'session.skip' },
  { type: 'session.undo' },
  { type: 'session.stop' },
  { type: 'session.afterStop', why: 'slip' },
  { type: 'session.fault', fault: 'linkLost' },
  { type: 'session.acknowledge' },
  { type: 'session.checkIn', here: 'strong', leg: 'same', firmer: false },
  { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true },
];
const steps = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.constantFrom(0, 20, 200, 1847, 1848), fc.integer({ min: 0, max: 40_000 })),
    wish: fc.constantFrom(null, ...wishes),
  }),
  { maxLength: 40 },
);

describe('over scripts of chance the lighter technique', () => {
  const mayOffer = new Set(['session.less', 'session.checkIn', 'session.undo', 'session.takeBack']);
  const mayTake = new Set(['session.less', 'session.tryLighter', 'session.switchTechnique']);

  it('is never offered unasked, never outlives its phase, is never taken by silence and never firmer', () => {
    fc.assert(
      fc.property(steps, script => {
        const session = new TestSession(inputOf(kneading)).start();
        let offeredIn = -1;
        const follow = (before: SessionContext, what: string | null): void => {
          const { context, state } = session;
          const opens = before.lighterOfferedAt === null && context.lighterOfferedAt !== null;
          if (opens) {
            expect(what !== null && mayOffer.has(what)).toBe(true);
            offeredIn = context.passIndex;
          }
          if (context.lighterOfferedAt !== null) expect(context.passIndex).toBe(offeredIn);
          if (['halting', 'stopped', 'faulted'].includes(state) && what !== 'session.checkIn' && opens)
            expect(what).toBe('session.less');
          if (offersLighter(context)) expect(session.snapshot.hasTag('moving')).toBe(true);
          if (lessTakesLighter(context, session.at)) expect(offersLighter(context)).toBe(true);
          if (context.usesOtherTechnique && !before.usesOtherTechnique) {
            expect(what !== null && (mayTake.has(what) || what === 'session.undo')).toBe(true);
            expect(isNoFirmer(context, before) || what === 'session.undo').toBe(true);
          }
          if (what === 'session.tryLighter') expect(context.pressure).toEqual(before.pressure);
          if (what === 'session.less') expect(isNoFirmer(context, before)).toBe(true);
        };
        for (const { afterMs, wish } of script) {
          const before = session.context;
          session.for(afterMs);
          // What time alone has done.
          follow(before, null);
          if (wish === null || session.outcome !== null) continue;
          const then = session.context;
          session.send(wish);
          follow(then, wish.type);
        }
      }),
      { numRuns: isLong ? 400 : 100 },
    );
  });
});
