/** What brings a complaint on: from answers to what is spared, which is only ever stricter, place by place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cause,
  type CausesSaid,
  causes,
  type Spared,
  sparedBy,
  sparedFor,
} from '../../machines/causes.ts';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import type { Zone } from '../../machines/routine/names.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { touchesAny } from '../../machines/routine/zones.ts';
import { noCaution, strictest } from '../../machines/screening.caps.ts';
import type { Caps } from '../../machines/screening.questions.ts';
import { isGentle, pressureCapIn } from '../../machines/session.gentle.ts';
import { offersLighter } from '../../machines/session.lighter.ts';
import type { PreparationStep } from '../../machines/session.lists.ts';
import { paceNow } from '../../machines/session.time.ts';
import type { SessionContext } from '../../machines/session.types.ts';
import { unfinishedOf } from '../../machines/session.view.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, TestSession } from '../support/session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const builtIn = (id: string): Routine => {
  const found = fromLibrary(id);
  if (!found) throw new Error(`the library has lost ${id}`);
  return found;
};
const both = (...said: readonly Cause[]): CausesSaid => ({ bringsOn: said, worsens: [] });
const sparing = (said: CausesSaid) => ({ type: 'session.spare', ...sparedFor(said) }) as const;

/** Screened, with these answers, and nothing confirmed yet. */
function ready(of: Routine, said: CausesSaid, caps: Partial<Caps> = {}): TestSession {
  const session = new TestSession(inputOf(of));
  session.send({ type: 'screening.cleared', caps: { ...noCaps, ...caps } });
  session.send(sparing(said));
  return session;
}
function begun(session: TestSession): TestSession {
  for (const step of [...session.context.steps]) session.send({ type: 'session.confirm', step });
  session.send({ type: 'session.start' });
  return session;
}

describe('what follows from an answer', () => {
  const table: readonly (readonly [Cause, Spared])[] = [
    ['longSitting', { caps: {}, gentle: ['buttocks'] }],
    ['bendingOrLifting', { caps: {}, gentle: ['lowerBack'] }],
    ['longStandingOrWalking', { caps: {}, gentle: ['thighBack', 'calf'] }],
    ['lyingOnTheFront', { caps: { position: 'notProne' }, gentle: [] }],
    ['beingCold', { caps: {}, gentle: [] }],
    ['afterEffort', { caps: { pressureMax: 2 }, gentle: [] }],
  ];

  it('has a line for every cause there is', () => {
    expect(table.map(([cause]) => cause)).toEqual([...causes]);
  });

  it.each(table)('of %s is the same to either question', (cause, spared) => {
    expect(sparedFor({ bringsOn: [cause], worsens: [] })).toEqual(spared);
    expect(sparedFor({ bringsOn: [], worsens: [cause] })).toEqual(spared);
    expect(sparedFor({ bringsOn: [cause], worsens: [cause] })).toEqual(spared);
  });

  it('of none of these, or not sure, is nothing', () => {
    expect(sparedFor(both())).toEqual({ caps: {}, gentle: [] });
  });

  /** Of each cause the places of the whole routine in which hands are light, and how one lies there. */
  it.each<readonly [Cause, readonly Zone[]]>([
    ['longSitting', ['buttocks', 'piriformis', 'sacralEdge']],
    ['bendingOrLifting', ['lowerBack']],
    ['longStandingOrWalking', ['legBack', 'thighBack']],
    ['lyingOnTheFront', []],
  ])('of %s are light hands in %j of the whole routine', (cause, wanted) => {
    const { context } = ready(builtIn('leg-and-back'), both(cause));
    const gentle = new Set(context.passes.filter(pass => isGentle(context, pass)).map(({ zone }) => zone));
    expect([...gentle].toSorted()).toEqual([...wanted].toSorted());
    const isProne = context.passes.some(({ position }) => position === 'prone');
    expect(isProne).toBe(cause !== 'lyingOnTheFront');
  });
});

const zonesIn = ({ passes }: SessionContext) => passes.map(({ phase, side, zone }) => [phase, side, zone]);
const said = fc.record({
  bringsOn: fc.uniqueArray(fc.constantFrom(...causes)),
  worsens: fc.uniqueArray(fc.constantFrom(...causes)),
});
const anyCaps = fc.record({
  pressureMax: fc.constantFrom(1, 2, 3),
  position: fc.constantFrom<Caps['position']>('any', 'notProne'),
  places: fc.constantFrom<Caps['places']>('any', 'noDeep', 'noButtock'),
});

describe('whatever is said', () => {
  it('caps only tighten, in every built-in routine, and no place is left for it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...library()), said, said, anyCaps, (of, one, other, caps) => {
        const session = ready(of, both(), caps);
        const before = session.context;
        session.send(sparing(one));
        const first = session.context;
        session.send(sparing(other));
        for (const [was, is] of [
          [before, first],
          [first, session.context],
        ] as const) {
          if (!was.caps || !is.caps) throw new Error('no caps');
          expect(strictest(was.caps, is.caps)).toEqual(is.caps);
          expect(is.gentle).toEqual(expect.arrayContaining([...was.gentle]));
          expect(zonesIn(is)).toEqual(zonesIn(was));
          for (const [index, pass] of is.passes.entries()) {
            const planned = was.passes[index];
            if (!planned) throw new Error('a pass more');
            expect(pressureCapIn(is, pass)).toBeLessThanOrEqual(pressureCapIn(was, planned));
          }
        }
      }),
      { numRuns: isLong ? 200 : 40 },
    );
  });

  it('both answers together spare no less than each of them', () => {
    fc.assert(
      fc.property(said, ({ bringsOn, worsens }) => {
        const all = sparedFor({ bringsOn, worsens });
        for (const cause of [...bringsOn, ...worsens]) {
          const { caps, gentle } = sparedBy[cause];
          expect(strictest({ ...noCaution, ...all.caps }, caps)).toEqual({ ...noCaution, ...all.caps });
          expect(all.gentle).toEqual(expect.arrayContaining([...gentle]));
        }
      }),
    );
  });

  it('hands that are asked for more all the way go no firmer than 1 in a gentle place', () => {
    const of = builtIn('leg-and-back');
    const session = begun(ready(of, both('bendingOrLifting', 'longSitting')));
    session.attended(({ context }) => {
      const pass = context.passes[context.passIndex];
      if (pass && touchesAny(pass.zone, ['lowerBack', 'buttocks']) && context.movingSince !== null)
        for (const side of ['left', 'right'] as const) {
          const isHere = pass.side === side || pass.side === 'together';
          if (isHere && context.pressure[side] !== 1) expect(context.pressure[side]).toBe(1);
        }
      return pass?.stage === 'cooldown';
    }, true);
    // Elsewhere it may rise, as ever.
    expect(session.all('pressure').some(({ pressure }) => pressure > 1)).toBe(true);
  });
});

const kneading = routine(
  [
    warmUp({ durationS: 180 }),
    phaseFields({
      id: 'one',
      zone: 'calf',
      position: 'prone',
      durationS: 100,
      pressureStart: 2,
      pressureMax: 3,
      technique: 'kneading',
      otherTechnique: {
        technique: 'effleurage',
        instruction: 'Slide.',
        strokeCm: 30,
        speedCmPerS: 5,
        returnMs: 1000,
      },
    }),
    ramp({ durationS: 60 }),
    cooldown({ durationS: 180 }),
  ],
  { kind: 'full' },
);

describe('a gentle place', () => {
  it('begins with its lighter technique, at pressure 1, and may be changed by hand', () => {
    const session = begun(ready(kneading, both('longStandingOrWalking'))).toPhase('one');
    expect(paceNow(session.context)?.technique).toBe('effleurage');
    expect(session.context.pressure.left).toBe(1);
    session.send({ type: 'session.checkIn', here: 'strong', leg: 'same', firmer: false });
    expect(offersLighter(session.context)).toBe(false);
    session.send({ type: 'session.switchTechnique' });
    expect(paceNow(session.context)?.technique).toBe('kneading');
    expect(session.context.pressure.left).toBe(1);
  });

  it('goes on being one where a session that broke off is taken up', () => {
    const session = begun(ready(kneading, both('longStandingOrWalking', 'lyingOnTheFront', 'afterEffort')));
    const unfinished = unfinishedOf(session.for(5000).snapshot, session.at, 60_000);
    if (!unfinished) throw new Error('nothing was left');
    const again = new TestSession(inputOf(kneading, { unfinished }));
    again.send({ type: 'screening.cleared', caps: noCaps });
    expect(again.context).toMatchObject({
      gentle: ['thighBack', 'calf'],
      caps: { pressureMax: 2, position: 'notProne' },
    });
  });

  it('is asked for before the start alone', () => {
    const session = begun(ready(kneading, both())).for(5000);
    const told = session.send(sparing(both('longStandingOrWalking')));
    expect(told).toMatchObject([{ type: 'refusal', asked: 'spare', limit: 'notNow' }]);
    expect(session.context.gentle).toEqual([]);
  });

  it('is none any more where the questions are asked anew', () => {
    const session = ready(kneading, both('longStandingOrWalking', 'lyingOnTheFront'));
    session.send({ type: 'screening.reopened' });
    session.send({ type: 'screening.cleared', caps: noCaps });
    expect(session.context).toMatchObject({ gentle: [], caps: { position: 'any' } });
  });
});

describe('how one lies', () => {
  const steps = ({ context }: TestSession): readonly PreparationStep[] => context.steps;

  it('is got ready anew where the answer changes it, and only there', () => {
    const session = ready(kneading, both());
    session.send({ type: 'session.confirm', step: 'position' });
    session.send(sparing(both('bendingOrLifting')));
    expect(steps(session)).not.toContain('position');
    session.send(sparing(both('lyingOnTheFront')));
    expect(steps(session)).toEqual(['position', 'baseline']);
  });

  it('is not taken back by the press that came just before', () => {
    const session = ready(kneading, both());
    session.send({ type: 'session.go', felt: true });
    session.for(100).send(sparing(both('lyingOnTheFront')));
    session.for(100).send({ type: 'session.takeBack', button: 'go', pressedAt: session.at - 200 });
    expect(session.context.caps?.position).toBe('notProne');
  });
});
