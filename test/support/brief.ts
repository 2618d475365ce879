/**
 * What the routines were made for, sentence by sentence, and where each of them stands: held to the files by
 * `test/machines/routine/library.test.ts`, shown as a table in `machines/routine/README.md`.
 */
import type { Intent } from '../../machines/intent.ts';
import type { QuestionId } from '../../machines/screening.questions.ts';
import type { PreparationStep } from '../../machines/session.lists.ts';
import type { CueId } from '../../machines/vocabulary.ts';

export type Stands =
  | Readonly<{ kind: 'question'; of: QuestionId }>
  | Readonly<{ kind: 'step'; of: PreparationStep }>
  /** A phase of `leg-and-back`, which has the whole of it. */
  | Readonly<{ kind: 'phase'; of: string }>
  | Readonly<{ kind: 'cue'; of: CueId }>
  | Readonly<{ kind: 'intent'; of: Intent['intent'] }>;

export type Sentence = Readonly<{ point: number; asks: string; stands: readonly Stands[] }>;

const question = (of: QuestionId): Stands => ({ kind: 'question', of });
const step = (of: PreparationStep): Stands => ({ kind: 'step', of });
const phase = (of: string): Stands => ({ kind: 'phase', of });
const cue = (of: CueId): Stands => ({ kind: 'cue', of });
const intent = (of: Intent['intent']): Stands => ({ kind: 'intent', of });

export const brief: readonly Sentence[] = [
  {
    point: 1,
    asks: 'the complaint is understood before any hand touches it',
    stands: [question('C10'), question('C11'), question('K8'), step('baseline')],
  },
  {
    point: 1,
    asks: 'what makes it worse is left alone',
    stands: [question('K9'), question('K2'), step('places'), step('position')],
  },
  {
    point: 1,
    asks: 'a physician comes first, for waiting can harm the spinal cord',
    stands: [question('S1'), question('S2'), question('S4'), question('C10')],
  },
  {
    point: 2,
    asks: 'warm sesame oil with nutmeg',
    stands: [step('oil'), question('K3'), question('giverK3'), phase('warmUpLegs')],
  },
  {
    point: 3,
    asks: 'a hot bath before the legs',
    stands: [step('bath'), question('C8'), question('K1'), question('K6')],
  },
  { point: 4, asks: 'gentle pressure on the lower back', stands: [phase('lowerBack')] },
  { point: 4, asks: '… on the buttocks', stands: [phase('buttocks')] },
  { point: 4, asks: '… on the thighs', stands: [phase('thighBack')] },
  {
    point: 5,
    asks: 'the back of the leg, from the back of the thigh down to the lower leg',
    stands: [phase('thighToCalf')],
  },
  {
    point: 6,
    asks: 'a hand at each outer knee, thumbs in front, fingers behind',
    stands: [phase('kneeToHip')],
  },
  {
    point: 6,
    asks: 'small pulls outward, each a little higher, up to the hip',
    stands: [phase('kneeToHip'), cue('GLIDE'), cue('TAP')],
  },
  { point: 6, asks: 'for 15 minutes at least', stands: [phase('kneeToHip')] },
  {
    point: 6,
    asks: 'firmer as the legs get used to it',
    stands: [phase('kneeToHip'), cue('ASK')],
  },
  {
    point: 7,
    asks: 'pressure follows how sensitive somebody is',
    stands: [question('K1'), question('K5'), cue('ASK'), cue('EASE')],
  },
  {
    point: 8,
    asks: 'deep vibration now and then',
    stands: [phase('shakingButtocks'), phase('shakingThighs')],
  },
  { point: 9, asks: 'the piriformis', stands: [phase('piriformis')] },
  {
    point: 9,
    asks: 'along the edge of the sacral bone, the triangle at the base of the spine',
    stands: [phase('sacralEdge')],
  },
  {
    point: 10,
    asks: 'pressure changes with the person and the response',
    stands: [cue('ASK'), cue('EASE'), intent('less')],
  },
  { point: 10, asks: '… and so does the technique', stands: [intent('switchTechnique')] },
  {
    point: 10,
    asks: '… a place is left, or it ends',
    stands: [intent('leaveOut'), intent('skip'), intent('stop'), cue('STOP')],
  },
];

const code = (text: string): string => `\`${text}\``;
const kinds = { question: 'question', step: 'step', phase: 'phase', cue: 'cue', intent: 'intent' } as const;

/** One cell: what is alike stands together. */
function cell(stands: readonly Stands[]): string {
  return Object.values(kinds)
    .flatMap(kind => {
      const names = stands.flatMap(one => (one.kind === kind ? [code(one.of)] : []));
      return names.length === 0 ? [] : [`${kind} ${names.join(', ')}`];
    })
    .join('; ');
}

export const briefTable: readonly string[] = [
  '| | what is asked | where it stands |',
  '|---|---|---|',
  ...brief.map(({ point, asks, stands }) => `| ${point} | ${asks} | ${cell(stands)} |`),
];
