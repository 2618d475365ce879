/** What is said of a session's end, by its reason. */

import type { Reason, Symptom } from '../session.lists.ts';
import { catalogue } from './text.ts';

/** Of a symptom its own advice is told, of a screening that locked out the advice of its question. */
type Told = Exclude<Reason, Symptom | 'urgent' | 'clinician'>;

const told: Readonly<Record<Told, string>> = { ...catalogue.faults, ...catalogue.outcomes };
const ofSymptoms: Readonly<Record<Symptom, string>> = catalogue.symptoms;

const isTold = (reason: Reason): reason is Told => Object.hasOwn(told, reason);
const isSymptom = (reason: Reason): reason is Symptom => Object.hasOwn(ofSymptoms, reason);

/** The sentence of an end itself; null where another one says all there is to say. */
export const endSentence = (reason: Reason): string | null => (isTold(reason) ? told[reason] : null);

/** What to do about a symptom that ended it; null for every other reason. */
export const symptomAdvice = (reason: Reason): string | null =>
  isSymptom(reason) ? ofSymptoms[reason] : null;
