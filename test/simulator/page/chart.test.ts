import { describe, expect, it } from 'vitest';
import { sessionMachine } from '../../../machines/session.ts';
import { chartLayout } from '../../../simulator/page/bench/chart-layout.ts';

type Node = Readonly<{ states: Readonly<Record<string, Node>>; path: readonly string[] }>;
const idsOf = (node: Node): string[] =>
  Object.values(node.states).flatMap(child => [child.path.join('.'), ...idsOf(child)]);

describe('the statechart', () => {
  const { boxes, arrows, width, height } = chartLayout;

  it('has a box for every state of the machine', () => {
    expect(boxes.map(({ id }) => id).toSorted()).toEqual(
      idsOf(sessionMachine.root as unknown as Node).toSorted(),
    );
  });

  it('has only arrows between boxes that there are', () => {
    const ids = new Set(['', ...boxes.map(({ id }) => id)]);
    expect(arrows.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    expect(arrows.length).toBeGreaterThan(40);
  });

  it('keeps boxes apart, and all of them within the drawing', () => {
    const tops = boxes.filter(({ depth }) => depth === 0);
    for (const one of tops) {
      expect(
        one.x >= 0 && one.y >= 0 && one.x + one.width <= width + 1 && one.y + one.height <= height + 1,
      ).toBe(true);
      for (const other of tops)
        if (one !== other) {
          const apart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(apart).toBe(true);
        }
    }
  });
});
