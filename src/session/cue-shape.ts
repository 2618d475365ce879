/** How the orders and cues of a session are shaped for the hand that feels them. Pure. */
import { gentle } from '../../machines/cues/gentle.ts';
import { glidedBy } from '../../machines/cues/glide.ts';
import type { CueId, Motor, Ms, Order, Pulse } from '../../machines/vocabulary.ts';

const otherSide: Readonly<Record<Motor, Motor>> = { left: 'right', right: 'left' };

/** A board that is worn the other way round: what would begin on one motor begins on the other. */
export const turnedRound = (order: Order): Order =>
  order.type === 'play' ? { ...order, from: otherSide[order.from] } : order;

/** `glideMs`: from one onset of a GLIDE to the other as this hand feels it; null leaves the cue as it is written. */
export function shapedFor(
  pulses: readonly Pulse[],
  cue: CueId,
  { glideMs, isGentle }: Readonly<{ glideMs: Ms | null; isGentle: boolean }>,
): readonly Pulse[] {
  const glided = cue === 'GLIDE' && glideMs !== null ? glidedBy(pulses, glideMs) : pulses;
  return isGentle ? gentle(glided) : glided;
}
