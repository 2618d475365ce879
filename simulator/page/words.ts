/** Sentences of the page that are no one state's, and small ways to write numbers. */
import { catalogue } from '../../machines/text/text.ts';

const lookup = (table: Readonly<Record<string, string>>, key: string): string => table[key] ?? key;

export const zoneWord = (zone: string): string => lookup(catalogue.zones, zone);
/** `both` is a phase's: on one side of the body after the other. */
export const sideWord = (side: string): string =>
  side === 'both' ? catalogue.routines.bothSides : lookup(catalogue.sides, side);
export const directionWord = (direction: string): string => lookup(catalogue.directions, direction);
export const stageWord = (stage: string): string => lookup(catalogue.stages, stage);
export const pressureWord = (pressure: number): string => lookup(catalogue.pressure, String(pressure));
export const careWord = (question: string): string => lookup(catalogue.care, question.replace('giver', ''));

/** Minutes and seconds, never below 0:00. */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Where a stroke of this zone begins and ends on the body, lower end first. */
const endsOf: Readonly<Record<string, readonly [string, string]>> = {
  lowerBack: ['spine', 'sides'],
  buttocks: ['middle', 'hips'],
  thighBack: ['knee', 'buttock'],
  thighFront: ['knee', 'hip'],
  thighOuter: ['knee', 'hip'],
  calf: ['heel', 'knee'],
  legBack: ['heel', 'buttock'],
  piriformis: ['sacrum', 'hip'],
  sacralEdge: ['tailbone', 'lower back'],
};

/** From where to where a stroke runs. */
export function strokeEnds(zone: string, direction: string): { from: string; to: string } {
  const [low, high] = endsOf[zone] ?? ['start', 'end'];
  const reversed = direction === 'awayFromHeart' || direction === 'inward';
  return reversed ? { from: high, to: low } : { from: low, to: high };
}

type Where = Readonly<{ zone: string; side: string; direction: string }>;

/** Place as people say it. */
export const placeWord = ({ zone, side }: Pick<Where, 'zone' | 'side'>): string =>
  `${zoneWord(zone)}, ${sideWord(side)}`;

/** Which way, as from where to where; circles and stillness have no ends. */
export function wayWord({ zone, direction }: Where): string {
  if (direction === 'circles' || direction === 'still') return directionWord(direction);
  const { from, to } = strokeEnds(zone, direction);
  return `${from} to ${to}`;
}
