import { describe, expect, it } from 'vitest';
import type { TraceLine } from '../../../src/session/trace.ts';
import { rememberedStage } from '../../../src/simulation/recorded-stage.ts';
import { assumedHands, notByHands } from '../../../src/simulation/script-by-touch.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { playedWhole } from '../../support/sampled.ts';

describe('hands that have nothing but the buttons', () => {
  it.each(playedWhole.map(routine => [routine.id, routine] as const))('complete %s', async (_, routine) => {
    const lines: TraceLine[] = [];
    const steps = assumedHands(routine);
    const { outcome } = await simulate(rememberedStage(), {
      routine,
      steps,
      product: 'test',
      trace: line => lines.push(line),
    });
    expect(outcome).toMatchObject({ outcome: 'completed', reason: 'routineDone' });
    const states = lines.flatMap(line => (line.type === 'state' ? [line.state] : []));
    // Every question is answered, and no press was one too many.
    expect(states.filter(state => state.endsWith('.checkIn')).length).toBeGreaterThan(0);
    expect(states).not.toContain('paused');
    expect(states).not.toContain('eased');
    expect(notByHands(steps)).toEqual([]);
  });
});
