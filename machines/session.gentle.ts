/**
 * Places to be gentle with today: what somebody has said of what brings a complaint on, as far as it is kept. There hands
 * begin with the lighter technique, where the routine has one, and go no firmer than 1. All pure.
 */
import type { Spared } from './causes.ts';
import type { Pace, Pass } from './routine/timeline.ts';
import { touchesAny } from './routine/zones.ts';
import { strictest } from './screening.caps.ts';
import { lighterPace } from './session.lighter.ts';
import { preparationSteps } from './session.lists.ts';
import type { SessionContext } from './session.types.ts';

type Context = SessionContext;

/** The lightest there is. */
const gentlePressure = 1;

export const isGentle = ({ gentle }: Pick<Context, 'gentle'>, { zone }: Pick<Pass, 'zone'>): boolean =>
  touchesAny(zone, gentle);

/** What a pass may come to at most, whatever its routine plans: by the screening, and by its place. */
export const pressureCapIn = (context: Pick<Context, 'caps' | 'gentle'>, pass: Pass): number =>
  Math.min(
    context.caps?.pressureMax ?? 1,
    isGentle(context, pass) ? gentlePressure : Number.POSITIVE_INFINITY,
  );

/** The technique with which hands begin at a pass that is entered, or would be. */
export function beginsLighter(context: Context, passIndex: number): boolean {
  const pass = context.passes[passIndex];
  if (!pass || !isGentle(context, pass)) return false;
  return lighterPace({ ...context, passIndex, usesOtherTechnique: false }) !== null;
}

/** The pace of a pass that is yet to come. */
export const paceAhead = (context: Context, passIndex: number): Pace | undefined => {
  const pass = context.passes[passIndex];
  return beginsLighter(context, passIndex) ? (pass?.otherPace ?? pass?.pace) : pass?.pace;
};

/**
 * Under these caps as well, and gentle in these places too. Whoever has got ready to lie otherwise gets ready anew; no
 * press can take it back.
 */
export function sparing(context: Context, { caps, gentle }: Spared): Context {
  if (context.caps === null) return context;
  const stricter = strictest(context.caps, caps);
  const liesOtherwise = stricter.position !== context.caps.position;
  return {
    ...context,
    caps: stricter,
    gentle: [...new Set([...context.gentle, ...gentle])],
    steps: preparationSteps.filter(
      step => context.steps.includes(step) || (step === 'position' && liesOtherwise),
    ),
    before: { go: null, less: null },
  };
}
