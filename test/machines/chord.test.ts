import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import {
  type ChordEvent,
  chordLimits,
  chordMachine,
  hasCounted,
  nextChordDue,
} from '../../machines/chord.ts';
import type { Ms } from '../../machines/vocabulary.ts';

/** Edges at their times, everything due in between; what was told, and whether the light would say so at the end. */
function played(...events: readonly (readonly [ChordEvent['type'], Ms])[]): { told: string[]; lit: boolean } {
  const actor = createActor(chordMachine);
  const told: string[] = [];
  actor.on('chord', ({ kind, at }) => told.push(`${kind} ${at}`));
  actor.start();
  for (const [type, at] of events) {
    for (let due = nextChordDue(actor.getSnapshot()); due !== null && due <= at; ) {
      actor.send({ type: 'due', at: due });
      const next = nextChordDue(actor.getSnapshot());
      due = next === due ? null : next;
    }
    actor.send({ type, at });
  }
  return { told, lit: hasCounted(actor.getSnapshot()) };
}

describe('GO and LESS together', () => {
  it('count after three seconds of both, in whatever order they went down, while they are held', () => {
    expect(played(['go.down', 0], ['less.down', 200], ['due', 3200])).toEqual({
      told: ['together 3200'],
      lit: true,
    });
    expect(played(['less.down', 0], ['go.down', 200], ['due', 3200])).toEqual({
      told: ['together 3200'],
      lit: true,
    });
  });

  it.each([
    ['GO', 'go.up'],
    ['LESS', 'less.up'],
  ] as const)('do not count where %s leaves before that', (_, up) => {
    expect(played(['go.down', 0], ['less.down', 0], [up, 2980], ['due', 9000]).told).toEqual([]);
  });

  it.each([
    ['GO', 'go.up', 'go.down'],
    ['LESS', 'less.up', 'less.down'],
  ] as const)('are counted from when %s came back, not from before it left', (_, up, down) => {
    const begun = [
      ['go.down', 0],
      ['less.down', 0],
      [up, 2000],
      [down, 2500],
    ] as const;
    expect(played(...begun, ['due', 5499]).told).toEqual([]);
    expect(played(...begun, ['due', 5500]).told).toEqual(['together 5500']);
  });

  it('count once, however long they are held, and again only when both were held anew', () => {
    expect(
      played(
        ['go.down', 0],
        ['less.down', 0],
        ['due', 9000],
        ['less.up', 9000],
        ['less.down', 9500],
        ['due', 12_400],
      ).told,
    ).toEqual(['together 3000']);
    expect(
      played(['go.down', 0], ['less.down', 0], ['less.up', 4000], ['less.down', 4500], ['due', 7500]).told,
    ).toEqual(['together 3000', 'together 7500']);
  });
});

describe('LESS alone', () => {
  it('counts after three seconds when it is let go, and the light says so before', () => {
    expect(played(['less.down', 0], ['due', chordLimits.holdMs])).toEqual({ told: [], lit: true });
    expect(played(['less.down', 0], ['less.up', 3100])).toEqual({ told: ['lessLong 3100'], lit: false });
  });

  it('counts as well where GO joins it, before both count', () => {
    expect(played(['less.down', 0], ['go.down', 4000], ['due', 7000]).told).toEqual([
      'lessLong 4000',
      'together 7000',
    ]);
  });

  it('is nothing before three seconds, nor after GO has been with it', () => {
    expect(played(['less.down', 0], ['less.up', 2980]).told).toEqual([]);
    expect(played(['go.down', 0], ['less.down', 0], ['go.up', 500], ['less.up', 9000]).told).toEqual([]);
  });
});

it('GO alone is nothing, however long', () => {
  expect(played(['go.down', 0], ['due', 9000], ['go.up', 9000])).toEqual({ told: [], lit: false });
});
