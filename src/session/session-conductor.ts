/** The conductor of a session: it plays what the machine orders, as this hand feels it, and tells what came of it. */
import { withOwn } from '../../machines/cues/library.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { Conductor, type ConductorPorts } from '../motors/conductor.ts';
import { shapedFor } from './cue-shape.ts';
import type { RunOptions } from './run-options.ts';

type Told = Pick<ConductorPorts, 'played' | 'dropped' | 'framed' | 'stalled'>;

export type SessionConductorPorts = Told &
  Readonly<{
    /** When the present moment is handled, or now; whole ms. */
    now(): Ms;
    snapshot(): SessionSnapshot;
  }>;

export function sessionConductor(
  { clock, driver, cues = [], glideMs }: RunOptions,
  { now, snapshot, ...told }: SessionConductorPorts,
): Conductor {
  const hasOwnGlide = cues.some(({ id }) => id === 'GLIDE');
  return new Conductor({
    ...told,
    clock,
    now,
    driver,
    engaged: () => {
      const now = snapshot();
      return now.status === 'active' && now.hasTag('engaged');
    },
    cues: withOwn(cues),
    shaped: (pulses, cue) =>
      shapedFor(pulses, cue, {
        glideMs: hasOwnGlide ? null : (glideMs?.() ?? null),
        isGentle: snapshot().context.caps?.cues === 'gentle',
      }),
  });
}
