import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { intentSchema } from '../../../machines/intent.ts';
import { routineLimits } from '../../../machines/limits.ts';
import { defaultRoutineId, fromLibrary, library } from '../../../machines/routine/library.ts';
import { isLighter } from '../../../machines/routine/lighter.ts';
import { kneeToHip } from '../../../machines/routine/names.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../../machines/routine/timeline.ts';
import { isWithin } from '../../../machines/routine/zones.ts';
import { cards } from '../../../machines/screening.questions.ts';
import { preparationSteps } from '../../../machines/session.lists.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { cueIds } from '../../../machines/vocabulary.ts';
import { packageRoot } from '../../../src/installed.ts';
import { brief, briefTable, type Stands } from '../../support/brief.ts';
import { faultsOf, fileOf } from '../../support/files.ts';

const minutes = (id: string): number => {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(`no routine ${id}`);
  return totalMs(timeline(routine)) / 60_000;
};

describe('the library', () => {
  it('holds a default for an evening, the whole routine, a trial and one for every use, each of them right', () => {
    expect(library().map(({ id }) => id)).toEqual([
      'evening-legs',
      'leg-and-back',
      'first-touch',
      'lower-back',
      'knee-to-hip-alone',
      'piriformis-and-sacral-edge',
      'partner-half-hour',
      'therapist-pacer',
    ]);
    expect(library()[0]?.id).toBe(defaultRoutineId);
    for (const routine of library()) expect(faultsOf(fileOf(routine))).toEqual([]);
  });

  it.each([
    ['leg-and-back', 60, 70],
    ['evening-legs', 19, 21],
    ['first-touch', 3, 3.6],
    ['lower-back', 24, 26],
    ['knee-to-hip-alone', 24, 26],
    ['piriformis-and-sacral-edge', 18, 22],
    ['partner-half-hour', 30, 30],
    ['therapist-pacer', 50, 50],
  ])('%s lasts %d to %d minutes', (id, least, most) => {
    expect(minutes(id)).toBeGreaterThanOrEqual(least);
    expect(minutes(id)).toBeLessThanOrEqual(most);
  });

  it('knows no other routine', () => {
    expect(fromLibrary('no-such')).toBeUndefined();
    expect(fromLibrary('constructor')).toBeUndefined();
  });

  it('needs one turn at most, apart from changes of side', () => {
    for (const routine of library()) {
      const positions = timeline(routine).map(({ position }) => position);
      const turns = positions.filter((position, index) => index > 0 && position !== positions[index - 1]);
      expect(turns.length).toBeLessThanOrEqual(1);
    }
  });

  it('never plans more than a lay hand may press, and begins at 1 or 2', () => {
    for (const { phases } of library())
      for (const { pressureStart, pressureMax } of phases) {
        expect(pressureMax).toBeLessThanOrEqual(routineLimits.layPressureMax);
        expect([1, 2]).toContain(pressureStart);
      }
  });

  it('offers whoever is alone only what they reach with their own hands', () => {
    const reach = new Set(['thighFront', 'thighOuter', 'calf']);
    for (const routine of library().filter(({ for: users }) => users.includes('self')))
      for (const { zone } of routine.phases) expect(reach.has(zone)).toBe(true);
  });

  it('has something for everyone: alone, with a partner, for a therapist', () => {
    const ids = (user: 'self' | 'partner' | 'therapist'): readonly string[] =>
      library().flatMap(({ id, for: users }) => (users.includes(user) ? [id] : []));
    expect(ids('self')).toEqual(['first-touch', 'knee-to-hip-alone']);
    expect(ids('partner').length).toBeGreaterThanOrEqual(5);
    expect(ids('therapist')).toContain('therapist-pacer');
  });

  it('gives every zone the same time on both sides', () => {
    for (const routine of library()) {
      const spentMs = new Map<string, { left: number; right: number }>();
      for (const { zone, side, durationMs } of timeline(routine)) {
        const spent = spentMs.get(zone) ?? { left: 0, right: 0 };
        for (const one of ['left', 'right'] as const)
          if (side === one || side === 'together') spent[one] += durationMs;
        spentMs.set(zone, spent);
      }
      for (const [zone, { left, right }] of spentMs)
        expect([routine.id, zone, left]).toEqual([routine.id, zone, right]);
    }
  });

  it('claims nothing, names no disease and prescribes no dose', () => {
    const claims =
      /\b(treat\w*|relie\w+|cure\w*|heal(s|ed|ing)?|sciatic\w*|pinched|decompress\w*|clinical\w*|medical\w*|therap(y|eutic)\w*|prescri\w+|proven|safe for)\b/i;
    for (const { id, title, summary, phases } of library())
      for (const text of [title, summary, ...phases.flatMap(phase => [phase.title, phase.instruction])])
        expect([id, claims.exec(text)?.[0]]).toEqual([id, undefined]);
  });

  it('lifts the hands over the hollow behind the knee wherever a stroke passes it', () => {
    for (const { phases } of library())
      for (const { zone, pressureStart, instruction } of phases)
        if (zone === 'legBack')
          expect([pressureStart, /hollow behind the knee/.test(instruction)]).toEqual([1, true]);
  });
});

const paced = ({ phases }: Routine) =>
  phases.filter(({ stage }) => stage === 'strokes' || stage === 'pressureRamp');

describe('the work of every routine', () => {
  it.each(library().map(one => [one.id, one] as const))(
    '%s offers something lighter for each phase',
    (_, one) => {
      for (const phase of paced(one)) {
        const { id, otherTechnique } = phase;
        expect([id, otherTechnique !== undefined && isLighter(otherTechnique, phase)]).toEqual([id, true]);
      }
    },
  );

  it('is lifted over the hollow of the knee and kept off the tailbone by the lighter hands too', () => {
    for (const { phases } of library())
      for (const { zone, otherTechnique } of phases) {
        const said = otherTechnique?.instruction;
        if (said === undefined) continue;
        if (zone === 'legBack') expect(said).toMatch(/hollow behind the knee/);
        if (zone === 'sacralEdge') expect(said).toMatch(/Stop above the tailbone/);
        if (zone === 'piriformis') expect(said).toMatch(/No thumbs, no elbow, no point/);
      }
  });

  it('has a bath offered before it where it is on the back of the leg', () => {
    const onLeg = (one: Routine): boolean => paced(one).some(({ zone }) => isWithin(zone, 'legBack'));
    for (const one of library()) {
      const { bath } = one.preparation;
      expect([one.id, bath !== undefined]).toEqual([one.id, onLeg(one)]);
    }
    expect(catalogue.preparation.bath).toMatch(
      /^A warm bath if you like: \{minutes\} minutes, at most \{tempC\} °C\./,
    );
    expect(catalogue.preparationFacts.bath).toMatch(/^Skip it with a weak heart, poor circulation/);
  });

  it('has deep vibration now and then: short, between other work, in three routines at least', () => {
    const shaking = library().flatMap(({ id, phases }) =>
      phases.flatMap((phase, index) =>
        phase.technique === 'vibration' ? [{ id, phase, index, phases }] : [],
      ),
    );
    expect(new Set(shaking.map(({ id }) => id)).size).toBeGreaterThanOrEqual(3);
    for (const { phase, index, phases } of shaking) {
      expect(phase.durationS).toBeLessThanOrEqual(routineLimits.vibrationS);
      for (const beside of [phases[index - 1], phases[index + 1]])
        expect(beside && beside.technique !== 'vibration' && beside.stage !== 'cooldown').toBe(true);
    }
  });

  it('runs as far as a leg is long, where it runs from the heel to the buttock', () => {
    const swept = library().flatMap(({ phases }) =>
      phases.filter(({ zone, instruction }) => zone === 'legBack' && /heel|lower leg/.test(instruction)),
    );
    expect(swept.length).toBeGreaterThan(2);
    for (const { strokeCm, speedCmPerS } of swept) {
      expect(strokeCm).toBeGreaterThanOrEqual(70);
      expect(speedCmPerS).toBeLessThanOrEqual(10);
    }
  });

  it('goes from knee to hip inching up both legs at once, and says which hand is where and how far it goes', () => {
    const climbing = library().flatMap(({ phases }) =>
      phases.filter(({ technique }) => kneeToHip.includes(technique)),
    );
    expect(climbing.length).toBe(2);
    for (const {
      technique,
      side,
      stage,
      durationS,
      durationMinS,
      pressureMax,
      ascent,
      instruction,
    } of climbing) {
      expect({ technique, side, stage }).toEqual({
        technique: 'inching',
        side: 'together',
        stage: 'pressureRamp',
      });
      expect(Math.min(durationS, durationMinS ?? 0)).toBeGreaterThanOrEqual(15 * 60);
      expect(pressureMax).toBe(3);
      expect(instruction).toMatch(
        /right hand on (the|their) (right|left) leg.*left on (the|their) (right|left)/i,
      );
      expect(instruction).toMatch(/above the outer knee, thumbs in front, fingers behind/);
      expect(instruction).toContain(`${ascent?.stepCm} cm higher each time, up to the hip`);
    }
  });
});

describe('whoever cannot lie face down', () => {
  const offering = library().filter(({ phases }) => phases.some(({ sideLying }) => sideLying !== undefined));

  it('has two routines at least with words of their own for lying on the side, each phase of them', () => {
    expect(offering.length).toBeGreaterThanOrEqual(2);
    for (const { id, phases } of offering)
      for (const { id: phase, position, sideLying } of phases)
        expect([id, phase, sideLying !== undefined]).toEqual([id, phase, position === 'prone']);
  });

  it('is touched with the same care there', () => {
    for (const { phases } of offering)
      for (const { zone, technique, sideLying } of phases) {
        const said = sideLying?.instruction ?? '';
        if (zone === 'legBack') expect(said).toMatch(/hollow behind the knee/);
        if (zone === 'sacralEdge') expect(said).toMatch(/never on bone\. Stop above the tailbone/);
        if (zone === 'lowerBack' && technique === 'kneading')
          expect(said).toMatch(/off the soft sides under the ribs/);
        expect(said).not.toMatch(/face down/);
      }
  });
});

describe('what the brief asks of the routines', () => {
  const whole = fromLibrary('leg-and-back');
  if (!whole) throw new Error('no leg-and-back');
  const { phases } = whole;
  const phaseOf = (id: string) => phases.find(phase => phase.id === id);
  const questions = catalogue.screening.questions;

  /** Whether there is such a thing at all. */
  const isThere = ({ kind, of }: Stands): boolean => {
    if (kind === 'question') return cards.some(card => (card.questions as readonly string[]).includes(of));
    if (kind === 'step') return preparationSteps.includes(of);
    if (kind === 'phase') return phaseOf(of) !== undefined;
    if (kind === 'cue') return cueIds.includes(of);
    return v.is(intentSchema, of === 'leaveOut' ? { intent: of, zones: [] } : { intent: of });
  };

  it.each(brief.map(one => [one.point, one.asks, one.stands] as const))('%i. %s', (_, __, stands) => {
    for (const one of stands) expect([one, isThere(one)]).toEqual([one, true]);
    expect(stands.length).toBeGreaterThan(0);
  });

  it('has all ten points, each in its place', () => {
    const points = brief.map(({ point }) => point);
    expect(points).toEqual(points.toSorted((one, other) => one - other));
    expect([...new Set(points)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('stands as a table in the README of the routines', () => {
    expect(readFileSync(join(packageRoot, 'machines/routine/README.md'), 'utf8')).toContain(
      briefTable.join('\n'),
    );
  });

  it('1. asks after the complaint, and locks out with advice', () => {
    expect(catalogue.screening.opening).toMatch(/pain or complaint today/);
    expect(questions.C10.ask).toMatch(/never examined/);
    expect(catalogue.screening.advice.S1).toMatch(/nerves low in the spine/i);
  });

  it('2. warms sesame oil with nutmeg, with an allergy gate and a test of its warmth', () => {
    expect(whole.preparation.oil).toEqual({ blend: 'sesameNutmeg', tempC: 38 });
    expect(questions.K3.ask).toMatch(/sesame.*nutmeg/);
    expect(questions.giverK3.ask).toMatch(/sesame.*nutmeg/);
    expect(catalogue.preparation['oil.sesameNutmeg']).toMatch(/inner wrist/);
  });

  it('3. has a bath of 40 degrees at most, and time to sit after it', () => {
    expect(whole.preparation.bath).toMatchObject({ tempC: 38, restMin: 5 });
    expect(routineLimits.bathC.max).toBe(40);
  });

  it('4. is gentle on lower back, buttocks and thighs', () => {
    for (const id of ['lowerBack', 'buttocks', 'thighBack'])
      expect(phaseOf(id)).toMatchObject({ stage: 'strokes', zone: id, pressureStart: 1, pressureMax: 2 });
  });

  it('5. goes down the back of the leg, a leg long', () => {
    const down = phaseOf('thighToCalf');
    expect(down).toMatchObject({ zone: 'legBack', direction: 'awayFromHeart', strokeCm: 80 });
    expect(down?.instruction).toMatch(/back of the thigh down to the lower leg/);
  });

  it('6. inches up both legs in small pulls (its figures are read off a trace: test/src/knee-to-hip.test.ts)', () => {
    expect(phaseOf('kneeToHip')).toMatchObject({
      stage: 'pressureRamp',
      technique: 'inching',
      side: 'together',
    });
  });

  it('7. begins lightly and asks within three minutes', () => {
    expect(questions.K1.ask).toMatch(/Less feeling/);
    expect(whole.checkIn?.everyS ?? routineLimits.checkInEveryS.usual).toBeLessThanOrEqual(180);
    for (const { pressureStart } of phases) expect(pressureStart).toBe(1);
  });

  it('8. has it vibrate by hand', () => {
    for (const id of ['shakingButtocks', 'shakingThighs'])
      expect(phaseOf(id)?.instruction).toMatch(/Your hands do it, not the device/);
  });

  it('9. works the piriformis broadly, and the edge of the sacrum along its triangle', () => {
    expect(phaseOf('sacralEdge')?.instruction).toMatch(/triangle at the base of the spine/);
    expect(phaseOf('piriformis')?.technique).toBe('broadPress');
  });
});
