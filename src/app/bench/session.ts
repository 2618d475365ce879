/** The sessions that are measured: who begins them, and with which hands. */
import type { Intent } from '../../../machines/intent.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Phase, Routine } from '../../../machines/routine/schema.ts';

/** A routine of the library. Throws where there is none of that id: the library is part of the program. */
export function shipped(id: string): Routine {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(`the library has lost ${id}`);
  return routine;
}

/** What leads to moving hands where nobody has a complaint. */
export const toStart: readonly Intent[] = [
  { intent: 'screen', complaint: false, answers: {}, others: 'no' },
  { intent: 'confirm', step: 'position' },
  { intent: 'baseline', local: 0, leg: 0 },
  { intent: 'start' },
];

/** Strokes of 3 s, so that a motor is driven often. */
const briskPhase = (id: string, stage: Phase['stage'], durationS: number): Phase => ({
  id,
  title: id,
  stage,
  zone: 'thighFront',
  side: 'together',
  position: 'seated',
  direction: 'towardsHeart',
  technique: 'effleurage',
  strokeCm: 15,
  speedCmPerS: 6,
  returnMs: 500,
  instruction: 'Brisk strokes.',
  durationS,
  pressureStart: 1,
  pressureMax: 1,
});

/** As long as a trial may be, most of it in one phase: nothing is asked in between. */
export const brisk: Routine = {
  schemaVersion: 1,
  id: 'brisk',
  title: 'Brisk',
  summary: 'Cues as close together as a routine allows, to be measured by.',
  kind: 'trial',
  for: ['self'],
  preparation: {},
  phases: [
    briskPhase('warmUp', 'warmUp', 210),
    briskPhase('strokes', 'strokes', 60),
    briskPhase('cooldown', 'cooldown', 30),
  ],
};

/** A routine of so many phases of 10 s: more than a file may have, to see how it grows. */
export const ofPhases = (count: number): Routine => ({
  ...brisk,
  id: `of-${count}`,
  kind: 'full',
  phases: Array.from({ length: count }, (_, nth) => ({
    ...briskPhase(`p${nth}`, nth === 0 ? 'warmUp' : nth === count - 1 ? 'cooldown' : 'strokes', 10),
    durationS: 10,
  })),
});
