import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StateName, stateNames } from '../../../machines/session.states.ts';
import { type LedPattern, ledAt, ledPatternOf } from '../../../machines/touch/led.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { Led } from '../../../src/session/led.ts';

it.each<[LedPattern, readonly StateName[]]>([
  ['going', ['warmUp', 'strokes', 'pressureRamp', 'cooldown', 'eased']],
  ['steady', ['paused', 'pausing', 'transition', 'preparation']],
  ['asking', ['strokes.checkIn', 'pressureRamp.checkIn', 'finishing']],
  ['stopped', ['stopped', 'halting', 'faulted']],
  ['dark', ['screening', 'completed', 'declined', 'interrupted']],
])('is %s in %j', (pattern, some) => {
  for (const state of some) expect(ledPatternOf(state)).toBe(pattern);
});

it.each<[LedPattern, Ms]>([
  ['going', 4000],
  ['asking', 1000],
  ['stopped', 500],
])('%s blinks once in %i ms, lit first', (pattern, period) => {
  expect(ledAt(pattern, 1000, 1000, false)).toEqual({ lit: true, until: 1000 + period / 2 });
  expect(ledAt(pattern, 1000, 1000 + period / 2 - 1, false).lit).toBe(true);
  expect(ledAt(pattern, 1000, 1000 + period / 2, false)).toEqual({ lit: false, until: 1000 + period });
  expect(ledAt(pattern, 1000, 1000 + 7 * period, false).lit).toBe(true);
});

it('is steady or dark only, for whoever must not see light flash', () => {
  for (const state of stateNames) {
    const { lit, until } = ledAt(ledPatternOf(state), 0, 12_345, true);
    expect([lit, until]).toEqual([ledPatternOf(state) !== 'dark', null]);
  }
});

/** A light through a list of states with their lengths; when it changed. */
function shone(stays: readonly (readonly [StateName, Ms])[], steadyOnly = false) {
  const changes: { at: Ms; lit: boolean }[] = [];
  let at = 0;
  const light = new Led(lit => changes.push({ at, lit }));
  for (const [state, forMs] of stays) {
    const until = at + forMs;
    for (let next = light.shine(state, at, steadyOnly); next !== null && next < until; ) {
      expect(next).toBeGreaterThan(at);
      at = next;
      next = light.shine(state, at, steadyOnly);
    }
    at = until;
  }
  return { changes, light };
}

describe('the light', () => {
  it('is dark until something is to be shown, and told only when it changes', () => {
    const { changes } = shone([
      ['screening', 1000],
      ['preparation', 5000],
      ['paused', 1000],
      ['warmUp', 5000],
    ]);
    expect(changes).toEqual([
      { at: 1000, lit: true },
      { at: 9000, lit: false },
      { at: 11_000, lit: true },
    ]);
  });

  it('says what it shows', () => {
    const { light } = shone([['stopped', 300]]);
    expect([light.pattern, light.lit]).toEqual(['stopped', false]);
  });

  it('never flashes faster than three times a second, however fast the states follow each other', () => {
    const restless = fc.constantFrom('screening', 'stopped', 'paused');
    const stay = fc.oneof(
      fc.tuple(restless, fc.integer({ min: 1, max: 120 })),
      fc.tuple(fc.constantFrom(...stateNames), fc.integer({ min: 1, max: 700 })),
    );
    fc.assert(
      fc.property(fc.array(stay, { minLength: 5, maxLength: 80 }), fc.boolean(), (stays, steadyOnly) => {
        const { changes } = shone(stays, steadyOnly);
        // A flash is a pair of opposing changes: four times lit within a second would be more than three flashes.
        const lit = changes.filter(change => change.lit).map(({ at }) => at);
        for (const [index, at] of lit.entries()) {
          const third = lit[index - 3];
          if (third !== undefined) expect(at - third).toBeGreaterThanOrEqual(1000);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('shows at last what it should, once things are quiet', () => {
    const stay = fc.tuple(fc.constantFrom(...stateNames), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(
        fc.array(stay, { maxLength: 20 }),
        fc.constantFrom('paused', 'screening'),
        (stays, last) => {
          const { light } = shone([...stays, [last, 1000]]);
          expect(light.lit).toBe(last === 'paused');
        },
      ),
    );
  });
});

describe('counting', () => {
  it('is so many blinks a second apart, after a dark half, and then what it was', () => {
    const shown: [number, boolean][] = [];
    let at = 0;
    const light = new Led(lit => shown.push([at, lit]));
    // Before screening nothing else blinks; a count is asked for by a press.
    light.shine('screening', at, true);
    light.count(3, at);
    for (let until = light.shine('screening', at, true); until !== null; ) {
      at = until;
      until = light.shine('screening', at, true);
    }
    expect(shown).toEqual([
      [500, true],
      [1000, false],
      [1500, true],
      [2000, false],
      [2500, true],
      [3000, false],
    ]);
  });
});
