/** The names that a routine's file has for places, people, hands and ways. */

/** Where hands may work. Zones that must not be pressed have no name here, so no file can name them. */
export const zones = [
  'lowerBack',
  'buttocks',
  'thighBack',
  'thighFront',
  'thighOuter',
  'calf',
  'legBack',
  'piriformis',
  'sacralEdge',
] as const;
/** A place on the body. */
export type Zone = (typeof zones)[number];

/** What hands reach on the body they belong to: nobody reaches their own sacrum. [D] */
export const ownReach: readonly Zone[] = ['thighFront', 'thighOuter', 'calf'];

/** Who gives the massage. */
export const users = ['self', 'partner', 'therapist'] as const;
/** Who gives the massage: themselves, a partner, or a therapist. */
export type User = (typeof users)[number];

/** What hands can do. */
export const techniques = [
  'effleurage',
  'kneading',
  'friction',
  'kneeToHipPull',
  'inching',
  'broadPress',
  'edgeStroke',
  'vibration',
] as const;
/** What hands do. */
export type Technique = (typeof techniques)[number];

/** What goes from the knee up to the hip: in one long glide, or in small pulls, each a little higher. */
export const kneeToHip: readonly Technique[] = ['kneeToHipPull', 'inching'];

/** Which ways a stroke can run. */
export const directions = ['towardsHeart', 'awayFromHeart', 'outward', 'inward', 'circles', 'still'] as const;
/** Which way a stroke runs. */
export type Direction = (typeof directions)[number];

/** How the receiver can lie or sit. */
export const positions = ['prone', 'supine', 'sideLying', 'seated'] as const;
/** How the receiver lies or sits. */
export type Position = (typeof positions)[number];
