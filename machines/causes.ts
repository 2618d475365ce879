/**
 * What brings a complaint on and what makes it worse: asked of whoever has one, and what follows for this session.
 *
 * An answer only ever makes a session stricter, and nothing remembers it: what goes on from here is what follows, one
 * table for both questions, since what brings it on is spared like what makes it worse. All of it is our own decision. [D]
 */
import type { Zone } from './routine/names.ts';
import type { Caps } from './screening.questions.ts';

export const causes = [
  'longSitting',
  'bendingOrLifting',
  'longStandingOrWalking',
  'lyingOnTheFront',
  'beingCold',
  'afterEffort',
] as const;
export type Cause = (typeof causes)[number];

/** None of them: none of these, or not sure. */
export type CausesSaid = Readonly<{ bringsOn: readonly Cause[]; worsens: readonly Cause[] }>;

/** What a session spares: caps that hold all over, and zones where hands are light and go no firmer than 1. */
export type Spared = Readonly<{
  caps: Readonly<Partial<Pick<Caps, 'pressureMax' | 'position'>>>;
  gentle: readonly Zone[];
}>;

/**
 * Sitting loads the buttock and what lies deep in it; bending and lifting load the lower back; standing and walking the
 * legs. Whoever is worse for lying on the front lies on the side. After effort muscles are sore: 2 at most. Cold wants
 * a cover, which no cap can give: that is said, and nothing else changes. [D]
 */
export const sparedBy: Readonly<Record<Cause, Spared>> = {
  longSitting: { caps: {}, gentle: ['buttocks'] },
  bendingOrLifting: { caps: {}, gentle: ['lowerBack'] },
  longStandingOrWalking: { caps: {}, gentle: ['thighBack', 'calf'] },
  lyingOnTheFront: { caps: { position: 'notProne' }, gentle: [] },
  beingCold: { caps: {}, gentle: [] },
  afterEffort: { caps: { pressureMax: 2 }, gentle: [] },
};

/** All that follows from both answers together. */
export function sparedFor({ bringsOn, worsens }: CausesSaid): Spared {
  const said = [...bringsOn, ...worsens].map(cause => sparedBy[cause]);
  let caps: Spared['caps'] = {};
  for (const one of said) caps = { ...caps, ...one.caps };
  return { caps, gentle: [...new Set(said.flatMap(({ gentle }) => gentle))] };
}
