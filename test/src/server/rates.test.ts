/** How many may connect and ask, and how fast: each address by itself and all together, in times of the test's own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  Admission,
  connectionRates,
  mostOfOneAddress,
  mostStrangers,
  PacedStarts,
} from '../../../src/server/lan/admission.ts';
import { RequestRates, requestRates } from '../../../src/server/request-rates.ts';

const known = new Set(['known', 'another']);
const admission = (): Admission => new Admission(address => known.has(address), 0);

/** How many of so many connections are let in, each gone again at once. */
const letIn = (door: Admission, address: (nth: number) => string, count: number, now = 0): number =>
  Array.from({ length: count }, (_, nth) => {
    const leave = door.admit(address(nth), now);
    leave?.();
    return leave;
  }).filter(Boolean).length;

describe('connections', () => {
  const { stranger, strangers, known: returning } = connectionRates;

  test.each([
    ['one stranger', () => 'a', stranger],
    ['ever new strangers, together', (nth: number) => `s${nth}`, strangers],
    ['one that is known', () => 'known', returning],
  ])('of %s: so many at once, then so many a second', (_, address, { atOnce, perSecond }) => {
    const door = admission();
    expect(letIn(door, address, 500)).toBe(atOnce);
    expect(letIn(door, address, 500, 1000)).toBe(perSecond);
    expect(letIn(door, address, 500, 1000)).toBe(0);
    expect(letIn(door, address, 500, 3_600_000)).toBe(atOnce);
  });

  test('that strangers have used up are not those of who is known', () => {
    const door = admission();
    letIn(door, nth => `s${nth}`, 500);
    expect(door.admit('stranger', 0)).toBeNull();
    expect(letIn(door, () => 'known', 6)).toBe(6);
  });

  test('are bounded at once, of one address and of all strangers; what one leaves another takes', () => {
    const door = admission();
    const own = Array.from({ length: mostOfOneAddress + 1 }, () => door.admit('known', 0));
    expect(own.filter(Boolean).length).toBe(mostOfOneAddress);
    own[0]?.();
    expect(door.admit('known', 0)).not.toBeNull();
    const others = Array.from({ length: 200 }, (_, nth) => door.admit(`s${nth}`, nth * 1000));
    expect(others.filter(Boolean).length).toBe(mostStrangers);
    expect(door.admit('another', 200_000)).not.toBeNull();
    others[0]?.();
    expect(door.admit('s-new', 200_000)).not.toBeNull();
  });
});

describe('what begins one after another', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('begins at once where nothing has, and never two within the gap', () => {
    const begun: string[] = [];
    const paced = new PacedStarts<string>(10, one => begun.push(one));
    for (const one of ['a', 'b', 'c']) paced.add(one);
    expect(begun).toEqual(['a']);
    vi.advanceTimersByTime(10);
    expect(begun).toEqual(['a', 'b']);
    vi.advanceTimersByTime(100);
    expect(begun).toEqual(['a', 'b', 'c']);
    paced.add('d');
    expect(begun.at(-1)).toBe('d');
    paced.add('e');
    paced.clear();
    vi.advanceTimersByTime(100);
    expect(begun.at(-1)).toBe('d');
  });
});

describe('requests', () => {
  const taken = (rates: RequestRates, asking: Parameters<RequestRates['take']>[0], now = 0): number =>
    Array.from({ length: 2000 }, () => rates.take(asking, now)).filter(Boolean).length;
  const plain = { address: 'a', isStranger: false, isMade: false };

  test.each([
    ['of one address', plain, requestRates.any],
    ['for what is made anew', { ...plain, isMade: true }, requestRates.made],
    ['of strangers', { ...plain, isStranger: true }, requestRates.strangers],
  ])('%s: so many at once, then so many a second', (_, asking, { atOnce, perSecond }) => {
    const rates = new RequestRates(0);
    expect(taken(rates, asking)).toBe(atOnce);
    expect(taken(rates, asking, 1000)).toBe(perSecond);
  });

  test('of ever new strangers share one budget, which is not that of who is known', () => {
    const rates = new RequestRates(0);
    const all = Array.from({ length: 2000 }, (_, nth) =>
      rates.take({ ...plain, address: `s${nth}`, isStranger: true }, 0),
    );
    expect(all.filter(Boolean).length).toBe(requestRates.strangers.atOnce);
    expect(taken(rates, plain)).toBe(requestRates.any.atOnce);
  });
});
