/** The closed lists of a session: steps, reasons, symptoms, questions. On the wire and in a journal these and no others. */

import { faults } from './vocabulary.ts';

export const preparationSteps = ['places', 'bath', 'oil', 'position', 'receiver', 'baseline'] as const;
export type PreparationStep = (typeof preparationSteps)[number];

/** What the person being massaged can stop with, beside the agreed word. */
export const receiverMeans = ['squeeze', 'switch', 'page'] as const;
export type ReceiverMeans = (typeof receiverMeans)[number];

/** Why hands come to rest for a while, where somebody says so. */
export const pauseReasons = ['cramp', 'toilet', 'call'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const symptoms = [
  'numbness',
  'weakness',
  'bladderOrBowel',
  'bothLegs',
  'saddle',
  'calfSwelling',
  'chestPain',
  'faint',
  'allergy',
  'furtherDown',
  'electric',
  'dizziness',
  'skin',
] as const;
export type Symptom = (typeof symptoms)[number];

export const afterStops = ['slip', 'enough', 'pain', 'symptom'] as const;

/** What a check-in asks, in order: how it is here, how down the leg, whether it may be firmer. */
export const questions = ['here', 'leg', 'firmer'] as const;
export type Question = (typeof questions)[number];

/** Why a session ended; with the catalogue it becomes the advice a person reads. */
export const endReasons = [
  'routineDone',
  'enough',
  'checkInsMissed',
  'sessionCap',
  'longPause',
  'pain',
  'symptom',
  'scoreTooHigh',
  'legWorse',
  'unanswered',
  'left',
  'noDeadlineLeft',
  'pausedTooLong',
  'urgent',
  'clinician',
  ...symptoms,
  ...faults,
] as const;
/** Why a session has ended. */
export type Reason = (typeof endReasons)[number];
