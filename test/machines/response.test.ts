import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf, hereBands, legBands, type Scores, verdictOf } from '../../machines/response.ts';
import { routine } from '../support/routines.ts';

const usual = routine();
const strict = routine(undefined, { checkIn: { raiseAtMost: 0, easeAt: 3, stopAt: 5, legWorse: 1 } });
const none: Scores = { local: 0, leg: 0 };

describe('a score where the hands are', () => {
  it.each([
    [0, 'light'],
    [1, 'light'],
    [2, 'light'],
    [3, 'fine'],
    [4, 'strong'],
    [5, 'strong'],
    [6, 'tooMuch'],
    [7, 'tooMuch'],
    [10, 'tooMuch'],
  ])('of %i is %s', (local, here) => {
    expect(bandsOf({ local, leg: 0 }, none, usual).here).toBe(here);
  });

  it.each([
    [0, 'light'],
    [1, 'fine'],
    [2, 'fine'],
    [3, 'strong'],
    [4, 'strong'],
    [5, 'tooMuch'],
  ])('of %i is %s under a stricter routine', (local, here) => {
    expect(bandsOf({ local, leg: 0 }, none, strict).here).toBe(here);
  });
});

describe('a score down the leg', () => {
  it.each([
    [0, 0, 'same'],
    [0, 1, 'more'],
    [0, 2, 'worse'],
    [3, 2, 'same'],
    [3, 3, 'same'],
    [3, 4, 'more'],
    [3, 5, 'worse'],
  ])('from %i to %i is %s', (baseline, leg, band) => {
    expect(bandsOf({ local: 0, leg }, { local: 0, leg: baseline }, usual).leg).toBe(band);
  });

  it('counts from nothing where no baseline was given', () => {
    expect(bandsOf({ local: 0, leg: 1 }, null, usual).leg).toBe('more');
    expect(bandsOf({ local: 0, leg: 2 }, null, usual).leg).toBe('worse');
  });

  it('is worse by one point already under a stricter routine', () => {
    expect(bandsOf({ local: 0, leg: 1 }, none, strict).leg).toBe('worse');
  });

  it.each([
    [3, 'light'],
    [4, 'strong'],
    [5, 'strong'],
    [6, 'tooMuch'],
  ])('of %i weighs as a score here does, however it began: %s', (leg, here) => {
    expect(bandsOf({ local: 1, leg }, { local: 0, leg }, usual).here).toBe(here);
  });
});

describe('what an answer asks for', () => {
  it.each([
    ['light', 'same', 'rise', 'hold'],
    ['light', 'more', 'hold', 'hold'],
    ['light', 'worse', 'stop', 'stop'],
    ['fine', 'same', 'hold', 'hold'],
    ['fine', 'more', 'hold', 'hold'],
    ['fine', 'worse', 'stop', 'stop'],
    ['strong', 'same', 'ease', 'ease'],
    ['strong', 'more', 'ease', 'ease'],
    ['strong', 'worse', 'stop', 'stop'],
    ['tooMuch', 'same', 'stop', 'stop'],
    ['tooMuch', 'more', 'stop', 'stop'],
    ['tooMuch', 'worse', 'stop', 'stop'],
  ] as const)(
    '%s here and %s down the leg: %s where firmer is wanted, else %s',
    (here, leg, firmer, else_) => {
      expect(verdictOf(here, leg, true)).toBe(firmer);
      expect(verdictOf(here, leg, false)).toBe(else_);
    },
  );

  it('knows every pair of bands', () => {
    expect(hereBands.length * legBands.length).toBe(12);
  });
});

it('rises only at 2 or less here and no more than at the start down the leg, eases from 4, stops from 6 or leg +2', () => {
  const score = fc.integer({ min: 0, max: 10 });
  fc.assert(
    fc.property(score, score, score, fc.boolean(), (local, leg, baseline, firmer) => {
      const { here, leg: band } = bandsOf({ local, leg }, { local: 0, leg: baseline }, usual);
      const verdict = verdictOf(here, band, firmer);
      const worst = Math.max(local, leg);
      if (worst >= 6 || leg - baseline >= 2) expect(verdict).toBe('stop');
      else if (worst >= 4) expect(verdict).toBe('ease');
      else if (verdict === 'rise') expect([firmer, local <= 2, leg <= baseline]).toEqual([true, true, true]);
      else expect(verdict).toBe('hold');
    }),
  );
});
