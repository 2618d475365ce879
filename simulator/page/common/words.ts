/** Sentences of the page that are no one state's, and small ways to write numbers. */
export { clockFace } from '../../../machines/text/minutes.ts';

import type { Direction, Zone } from '../../../machines/routine/names.ts';
import type { QuestionId } from '../../../machines/screening.questions.ts';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Pressure, Side, stages } from '../../../machines/vocabulary.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { runsBack } from '../body/progress.ts';

export const zoneWord = (zone: string): string => sentenceIn<Zone>(catalogue.zones, zone, zone);
/** `both` is a phase's: on one side of the body after the other. */
export const sideWord = (side: string): string =>
  side === 'both' ? catalogue.routines.bothSides : sentenceIn<Side>(catalogue.sides, side, side);
export const directionWord = (direction: string): string =>
  sentenceIn<Direction>(catalogue.directions, direction, direction);
export const stageWord = (stage: string): string =>
  sentenceIn<'screening' | (typeof stages)[number]>(catalogue.stages, stage, stage);
export const pressureWord = (pressure: number): string =>
  sentenceIn<`${Pressure}`>(catalogue.pressure, String(pressure), String(pressure));
/** A caution is the same whoever has it. */
export const careWord = (question: string): string => {
  const own = question.replace('giver', '');
  return sentenceIn<Extract<QuestionId, `K${string}`> | 'noScreen'>(catalogue.care, own, own);
};

type Strokes = Readonly<{ low: string; high: string; up: string; down: string }>;

/** Where strokes of a zone begin and end on the body; the lower end, or the inner one, is `low`. */
export const strokesOf = (zone: string): Strokes | undefined =>
  (catalogue.strokes as Readonly<Record<string, Strokes>>)[zone];

type Where = Readonly<{ zone: string; side: string; direction: string; technique?: string }>;

/** Place as people say it. */
export const placeWord = ({ zone, side }: Pick<Where, 'zone' | 'side'>): string =>
  fill(catalogue.places.place, { zone: zoneWord(zone), side: sideWord(side) });

/** Which way, as from where to where; circles and stillness have no ends. */
export function wayWord({
  zone,
  direction,
  technique,
}: Pick<Where, 'zone' | 'direction' | 'technique'>): string {
  if (technique === 'inching') return fill(catalogue.places.inching, { way: wayWord({ zone, direction }) });
  if (direction === 'circles' || direction === 'still') return directionWord(direction);
  const strokes = strokesOf(zone);
  if (!strokes) return directionWord(direction);
  return runsBack(direction) ? strokes.down : strokes.up;
}

/** What happens now, in one sentence: the session's own, except while its motors are tried apart from any session. */
export const sentenceNow = ({ session, calibration }: Pick<View, 'session' | 'calibration'>): string =>
  calibration?.walk ? catalogue.page.strip.calibrating : session.sentence;
