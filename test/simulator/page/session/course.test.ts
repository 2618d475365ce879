/** The bar of the whole session, and how often its countdown is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, toldLeft } from '../../../../simulator/page/session/course.ts';

const passes = fc.array(
  fc.record({
    stage: fc.constantFrom('warmUp', 'strokes', 'cooldown'),
    durationMs: fc.integer({ min: 0, max: 600_000 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('the bar of a session', () => {
  it('fills its length, in order, without one piece on another', () => {
    fc.assert(
      fc.property(
        passes,
        fc.integer({ min: -1, max: 41 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, at, share) => {
          const pieces = piecesOf(all, at, share);
          for (const [place, piece] of pieces.entries()) {
            const before = pieces[place - 1];
            expect(piece.from).toBeGreaterThanOrEqual(before ? before.from + before.length : 0);
            expect(piece.length).toBeGreaterThanOrEqual(0);
            expect(piece.gone).toBe(place < at ? 1 : place === at ? share : 0);
          }
          const last = pieces.at(-1);
          expect((last?.from ?? 0) + (last?.length ?? 0)).toBeLessThanOrEqual(100.001);
        },
      ),
    );
  });

  it('is as long for a pass as that lasts', () => {
    const [one, two] = piecesOf(
      [
        { stage: 'strokes', durationMs: 60_000 },
        { stage: 'strokes', durationMs: 180_000 },
      ],
      0,
      0.5,
    );
    expect((two?.length ?? 0) / (one?.length ?? 1)).toBeCloseTo(3);
  });
});

it('a countdown is told at most each fifteen seconds, and never as more than is rounded up to the next telling', () => {
  let told = Number.NaN;
  let toldAt = Number.NEGATIVE_INFINITY;
  for (let leftMs = 600_000; leftMs >= 0; leftMs -= 250) {
    const now = toldLeft(leftMs);
    expect(now).toBeGreaterThanOrEqual(leftMs);
    if (now === told) continue;
    const at = 600_000 - leftMs;
    expect(at - toldAt).toBeGreaterThanOrEqual(14_750);
    told = now;
    toldAt = at;
  }
});
