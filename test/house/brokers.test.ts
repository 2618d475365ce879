/** The page about brokers says what the last figures say, and so does its chart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import type { KeptFigures } from '../faults/hazard-page.ts';
import { brokerChart, brokerPage, chartFile } from '../faults/support/broker-page.ts';
import { type Growth, growthChart, growthSteps } from '../faults/support/growth.ts';

const read = (name: string): string => readFileSync(join(packageRoot, 'test', 'faults', name), 'utf8');

test('the page about brokers and its chart are written from the figures that stand beside them', () => {
  const figures = JSON.parse(read('figures.json')) as KeptFigures;
  expect(read('BROKERS.md')).toBe(brokerPage(figures));
  expect(read(chartFile)).toBe(brokerChart(figures));
});

describe('the chart of how a broker grows', () => {
  const growth: readonly Growth[] = growthSteps.map((devices, index) => ({
    devices,
    p50: 2 + index,
    p99: 10 * (1 + index),
    worst: 40 * (1 + index),
    of: '',
  }));
  const heightsOf = (svg: string, name: string): readonly number[] =>
    [...svg.matchAll(new RegExp(`<circle class="${name}" cx="([0-9.]+)" cy="([0-9.]+)"`, 'g'))].map(found =>
      Number(found[2]),
    );

  it('is the same each time, and names what it shows', () => {
    expect(growthChart(growth, 'A & B')).toBe(growthChart(growth, 'A & B'));
    expect(growthChart(growth, 'A & B')).toContain('aria-label="A &amp; B"');
  });

  it('has what takes longer further up, within its frame, and no name upon another', () => {
    const svg = growthChart(growth, 'x');
    for (const name of ['p50', 'p99', 'worst']) {
      const heights = heightsOf(svg, name);
      expect(heights).toHaveLength(growthSteps.length);
      expect(heights).toEqual(heights.toSorted((one, other) => other - one));
      for (const y of heights) expect(y > 40 && y < 280).toBe(true);
    }
    const flat = growth.map(one => ({ ...one, p50: 5, p99: 5, worst: 5 }));
    const names = [
      ...growthChart(flat, 'x').matchAll(/<text class="(?:p50|p99|worst)" x="[0-9.]+" y="([0-9.]+)"/g),
    ];
    const lines = names.map(([, y]) => Number(y));
    expect(lines).toHaveLength(3);
    expect((lines[1] ?? 0) - (lines[0] ?? 0)).toBeGreaterThanOrEqual(16);
    expect((lines[2] ?? 0) - (lines[1] ?? 0)).toBeGreaterThanOrEqual(16);
  });

  it('shows what takes less than a tenth of a millisecond at its lower edge', () => {
    const svg = growthChart([{ devices: 1, p50: 0, p99: 0.01, worst: 1, of: '' }], 'x');
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('Infinity');
  });
});
