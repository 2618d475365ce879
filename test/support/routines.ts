/** Small routines for tests, each as a file would be: read by the very parser, so that they are always valid. */
import { parseRoutine } from '../../machines/routine/parse.ts';
import type { Routine } from '../../machines/routine/schema.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One phase's fields, as a file has them: 30 cm at 10 cm/s and back in 1 s, so a stroke each 4 s. */
export const phaseFields = (fields: Fields = {}): Fields => ({
  id: 'steady',
  title: 'Steady',
  stage: 'strokes',
  zone: 'thighFront',
  side: 'together',
  position: 'seated',
  direction: 'towardsHeart',
  technique: 'effleurage',
  strokeCm: 30,
  speedCmPerS: 10,
  returnMs: 1000,
  instruction: 'Slide.',
  durationS: 40,
  pressureStart: 1,
  pressureMax: 1,
  ...fields,
});

export const warmUp = (fields: Fields = {}): Fields =>
  phaseFields({ id: 'warmUp', title: 'Warm up', stage: 'warmUp', ...fields });
export const ramp = (fields: Fields = {}): Fields =>
  phaseFields({ id: 'ramp', title: 'Ramp', stage: 'pressureRamp', pressureMax: 2, ...fields });
export const cooldown = (fields: Fields = {}): Fields =>
  phaseFields({ id: 'cooldown', title: 'Cool down', stage: 'cooldown', ...fields });

/** Small pulls from knee to hip: 2 s each and 1.5 s to the next, five of them, then 4 s back to the knee. */
export const inching = (fields: Fields = {}): Fields =>
  phaseFields({
    id: 'inching',
    title: 'Inching',
    zone: 'thighOuter',
    technique: 'inching',
    strokeCm: 10,
    speedCmPerS: 5,
    returnMs: 1500,
    ascent: { pulls: 5, stepCm: 8, returnMs: 4000 },
    ...fields,
  });

/** A whole file's fields. A trial by default, because its phases may be short. */
export const routineFields = (phases: readonly Fields[], fields: Fields = {}): Fields => ({
  schemaVersion: 1,
  id: 'small',
  title: 'Small',
  summary: 'For tests.',
  kind: 'trial',
  for: ['partner'],
  preparation: {},
  phases,
  ...fields,
});

export const shortPhases: readonly Fields[] = [warmUp(), phaseFields(), ramp({ durationS: 120 }), cooldown()];

/** The fields as a routine; throws with every issue where they are none. */
export function routineOf(fields: Fields): Routine {
  const parsed = parseRoutine(JSON.stringify(fields, null, 2));
  if (!parsed.ok) throw new Error(parsed.issues.map(({ path, message }) => `${path} ${message}`).join('; '));
  return parsed.routine;
}

export const routine = (phases: readonly Fields[] = shortPhases, fields: Fields = {}): Routine =>
  routineOf(routineFields(phases, fields));
