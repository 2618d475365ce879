import { describe, expect, it } from 'vitest';
import { routineLimits } from '../../../machines/limits.ts';
import { defaultRoutineId, fromLibrary, library } from '../../../machines/routine/library.ts';
import { timeline, totalMs } from '../../../machines/routine/timeline.ts';
import { cards } from '../../../machines/screening.questions.ts';
import { catalogue } from '../../../machines/text/text.ts';
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

describe('what the brief asks of the routines', () => {
  const whole = fromLibrary('leg-and-back');
  const phases = whole?.phases ?? [];
  const inStage = (stage: string) => phases.filter(phase => phase.stage === stage);
  const zonesOf = (stage: string) => inStage(stage).map(({ zone }) => zone);
  const questions = catalogue.screening.questions;

  it('1. the complaint is understood and a physician comes first: screening with lock-out and advice', () => {
    expect(catalogue.screening.opening).toMatch(/pain or complaint today/);
    expect(questions.C10.ask).toMatch(/never examined/);
    expect(catalogue.screening.advice.S1).toMatch(/nerves low in the spine/i);
    expect(cards.flatMap(({ questions: ids }) => ids as readonly string[])).toContain('S4');
  });

  it('2. warm sesame oil with nutmeg: a preparation step, with an allergy gate and temperature advice', () => {
    expect(whole?.preparation.oil).toEqual({ blend: 'sesameNutmeg', tempC: 38 });
    expect(questions.K3.ask).toMatch(/sesame.*nutmeg/);
    expect(questions.giverK3.ask).toMatch(/sesame.*nutmeg/);
    expect(catalogue.preparation['oil.sesameNutmeg']).toMatch(/inner wrist/);
  });

  it('3. a hot bath before: a preparation step of 40 degrees at most', () => {
    expect(whole?.preparation.bath).toMatchObject({ tempC: 38, restMin: 5 });
    expect(routineLimits.bathC.max).toBe(40);
  });

  it('4. gentle pressure on lower back, buttocks and thighs: strokes', () => {
    expect(zonesOf('strokes')).toEqual(expect.arrayContaining(['lowerBack', 'buttocks', 'thighBack']));
    for (const { pressureStart, pressureMax } of inStage('strokes'))
      expect([pressureStart, pressureMax <= 2]).toEqual([1, true]);
  });

  it('5. the back of the leg, from the thigh down to the lower leg: strokes away from the heart', () => {
    const down = inStage('strokes').find(({ zone }) => zone === 'legBack');
    expect(down).toMatchObject({ direction: 'awayFromHeart' });
    expect(down?.instruction).toMatch(/back of the thigh down to the lower leg/);
  });

  it('6. hands at the outer upper knee, inching up to the hip, 15 minutes, firmer as the legs get used to it', () => {
    const [pull] = inStage('pressureRamp');
    expect(pull).toMatchObject({ technique: 'kneeToHipPull', zone: 'thighOuter', side: 'both' });
    expect(pull?.durationS).toBeGreaterThanOrEqual(15 * 60);
    expect(pull?.pressureMax).toBeGreaterThan(pull?.pressureStart ?? 9);
    expect(pull?.instruction).toMatch(/above the outer knee, thumbs in front, fingers behind/);
    expect(pull?.instruction).toMatch(/outward while inching up to the hip/);
  });

  it('7. pressure follows the person: caps from screening, a low start, check-ins within three minutes', () => {
    expect(questions.K1.ask).toMatch(/Less feeling/);
    expect(whole?.checkIn?.everyS ?? routineLimits.checkInEveryS.usual).toBeLessThanOrEqual(180);
    for (const { pressureStart } of phases) expect(pressureStart).toBe(1);
  });

  it('8. deep vibration, occasionally: a technique by hand with its own short limit', () => {
    const vibration = phases.filter(({ technique }) => technique === 'vibration');
    expect(vibration.map(({ durationS }) => durationS <= 120)).toEqual([true]);
    expect(vibration[0]?.instruction).toMatch(/Your hands do it, not the device/);
  });

  it('9. the piriformis, and along the edge of the sacral bone: two phases', () => {
    expect(zonesOf('strokes')).toEqual(expect.arrayContaining(['piriformis', 'sacralEdge']));
    expect(phases.find(({ zone }) => zone === 'sacralEdge')?.instruction).toMatch(
      /triangle at the base of the spine/,
    );
    expect(phases.find(({ zone }) => zone === 'piriformis')?.technique).toBe('broadPress');
  });

  it('10. pressure and technique change with the response: another technique in the long phases', () => {
    const others = phases
      .filter(({ otherTechnique }) => otherTechnique !== undefined)
      .map(({ zone }) => zone);
    expect(others).toEqual(expect.arrayContaining(['lowerBack', 'buttocks', 'thighBack', 'thighOuter']));
  });
});
