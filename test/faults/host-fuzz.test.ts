/** The firmware's pure parts on this machine, under address and undefined-behaviour sanitizers, at full speed. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { motorLimits } from '../../machines/limits.ts';
import { built, hasSanitizers } from '../firmware/host/build.ts';
import { note, sized } from './figures.ts';
import { seed } from './support/chance.ts';

const run = (program: string, words: readonly (string | number)[]): unknown => {
  const { status, stdout, stderr } = spawnSync(program, words.map(String), { encoding: 'utf8' });
  expect(stderr, stdout).toBe('');
  expect(status, stdout).toBe(0);
  return JSON.parse(stdout);
};

type Fuzzed = {
  streams: number;
  bytes: number;
  everDriven: number;
  drivenAtStop: number;
  lost: number;
  byDeadMan: number;
  worstStopUs: number;
  worstDeadManUs: number;
};

describe('the firmware on the host', () => {
  let fuzz = '';
  let values = '';
  beforeAll(() => {
    if (!hasSanitizers) return;
    fuzz = built(['fuzz.cpp'], ['-O2']);
    values = built(['values.cpp'], ['-O2']);
  }, 120_000);

  it.skipIf(!hasSanitizers)(
    'is off within 5 ms of STOP, or by the dead-man, after any mutated stream',
    () => {
      const streams = sized(1_000_000, 20_000);
      const found = run(fuzz, [seed, streams]) as Fuzzed;
      expect(found.streams).toBe(streams);
      // There was something to stop, and something for the dead-man to do.
      expect(found.drivenAtStop).toBeGreaterThan(streams / 3);
      expect(found.byDeadMan).toBeGreaterThan(streams / 50);
      expect(found.worstStopUs).toBeLessThanOrEqual(5000);
      expect(found.worstDeadManUs).toBeLessThanOrEqual(250_000);
      const of = `${streams} streams of ${found.bytes} bytes, ${found.drivenAtStop} driven at STOP, seed ${seed}`;
      note({
        id: 'host-fuzz-stop-worst',
        what: 'mutated streams on the host: first bit of STOP → off',
        value: found.worstStopUs / 1000,
        unit: 'ms',
        bound: 5,
        of,
      });
      note({
        id: 'host-fuzz-dead-man-worst',
        what: 'mutated streams on the host: last byte before a STOP that was lost → off',
        value: found.worstDeadManUs / 1000,
        unit: 'ms',
        bound: 250,
        of: `${found.byDeadMan} streams`,
      });
    },
  );

  it.skipIf(!hasSanitizers)('never goes above a ceiling for any value of 14 bits on any pin', () => {
    const found = run(values, [sized(1, 37)]) as { messages: number; kickMost: number; runningMost: number };
    expect(found).toMatchObject({ kickMost: motorLimits.kickDuty, runningMost: motorLimits.runningDuty });
    const of = `${found.messages} analog and extended analog messages, pins 0 to 127`;
    note({
      id: 'host-values-kick',
      what: 'highest duty at an onset, of all 14-bit values on all pins',
      value: found.kickMost,
      unit: 'of 255',
      bound: motorLimits.kickDuty,
      of,
    });
    note({
      id: 'host-values-running',
      what: 'highest duty while running, of all 14-bit values on all pins',
      value: found.runningMost,
      unit: 'of 255',
      bound: motorLimits.runningDuty,
      of,
    });
  });
});
