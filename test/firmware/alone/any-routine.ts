/** Routines of any phases within the limits, also such as no parser would let pass: what is kept of them is to hold anyway. */
import fc from 'fast-check';
import type { RoutineChoice } from '../../../hardware/alone/routine-bytes.ts';
import { routineLimits as limits } from '../../../machines/limits.ts';
import { directions, positions, techniques, zones } from '../../../machines/routine/names.ts';
import type { Phase } from '../../../machines/routine/schema.ts';
import { receiverMeans } from '../../../machines/session.lists.ts';
import { movingStages } from '../../../machines/vocabulary.ts';

const within = ({ min, max }: Readonly<{ min: number; max: number }>) => fc.integer({ min, max });

const pace = {
  technique: fc.constantFrom(...techniques),
  strokeCm: within(limits.strokeCm),
  speedCmPerS: fc.integer({ min: 10, max: 150 }).map(tenths => tenths / 10),
  returnMs: within(limits.returnMs),
  ascent: fc.option(
    fc.record({
      pulls: within(limits.inching.pulls),
      stepCm: within(limits.inching.stepCm),
      returnMs: within(limits.inching.returnMs),
    }),
    { nil: undefined },
  ),
};

const phase = fc
  .record({
    stage: fc.constantFrom(...movingStages),
    zone: fc.constantFrom(...zones),
    side: fc.constantFrom('left', 'right', 'both', 'together'),
    position: fc.constantFrom(...positions),
    direction: fc.constantFrom(...directions),
    ...pace,
    durationS: within(limits.phaseS),
    pressureStart: within(limits.pressureStart),
    pressureMax: within({ min: 2, max: 4 }),
    sideLying: fc.option(fc.constant({ instruction: 'On the side.' }), { nil: undefined }),
    otherTechnique: fc.option(fc.record({ ...pace }), { nil: undefined }),
  })
  .map(
    (one): Omit<Phase, 'id'> => ({
      ...one,
      title: 'Any',
      instruction: 'Slide.',
      otherTechnique: one.otherTechnique && { ...one.otherTechnique, instruction: 'Other.' },
    }),
  );

/** Of each two phases one may be of the same place as the other, as a routine's are. */
export const anyRoutine: fc.Arbitrary<RoutineChoice> = fc
  .record({
    phases: fc.array(phase, { minLength: 2, maxLength: 12 }),
    easierSide: fc.constantFrom('left', 'right'),
    strokeCues: fc.boolean(),
    receiver: fc.option(fc.constantFrom(...receiverMeans), { nil: undefined }),
    everyS: within(limits.checkInEveryS),
    timeoutS: within(limits.checkInTimeoutS),
    riseDwellS: within(limits.riseDwellS),
    sessionMaxMin: fc.integer({ min: 5, max: limits.sessionMaxMin }),
  })
  .map(({ phases, easierSide, strokeCues, receiver, everyS, timeoutS, riseDwellS, sessionMaxMin }) => ({
    routine: {
      schemaVersion: 1,
      id: 'any',
      title: 'Any',
      summary: 'For tests.',
      kind: 'full',
      for: ['partner'],
      preparation: {},
      checkIn: { everyS, timeoutS },
      riseDwellS,
      sessionMaxMin,
      phases: phases.map((one, index) => ({
        ...one,
        id: `phase${index}`,
        instruction: `Slide ${index}.`,
        ...(one.sideLying && { sideLying: { instruction: `On the side ${index}.` } }),
      })),
    },
    easierSide,
    strokeCues,
    receiver,
  }));
