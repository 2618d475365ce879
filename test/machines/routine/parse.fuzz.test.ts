import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routineLimits as limits } from '../../../machines/limits.ts';
import { library } from '../../../machines/routine/library.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../../machines/routine/timeline.ts';
import { fileOf } from '../../support/files.ts';
import { isLong } from '../../support/length.ts';
import { routineFields, shortPhases } from '../../support/routines.ts';

const texts = [...library().map(routine => fileOf(routine)), fileOf(routineFields(shortPhases))];

const values = [
  'null',
  'true',
  '-1',
  '0',
  '1e999',
  '1e12',
  '0.1',
  '3',
  '7',
  '600',
  '1201',
  '"x"',
  '"both"',
  '"piriformis"',
  '"vibration"',
  '[]',
  '{}',
  '{"__proto__": {"durationS": 1}}',
  '"\\u0000"',
  '5.5',
];

type Mutation = (text: string, random: number) => string;
const at = (text: string, random: number): number => Math.floor(random * text.length);
const mutations: readonly Mutation[] = [
  // Another byte, one byte less, one byte more.
  (text, random) =>
    text.slice(0, at(text, random)) +
    String.fromCharCode((random * 1e6) % 127) +
    text.slice(at(text, random) + 1),
  (text, random) => text.slice(0, at(text, random)) + text.slice(at(text, random) + 1),
  (text, random) =>
    text.slice(0, at(text, random)) +
    '{}[],:"\\0 '[Math.floor((random * 1e6) % 10)] +
    text.slice(at(text, random)),
  // Cut off; a stretch twice.
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(0, at(text, random)) + text.slice(Math.floor(at(text, random) / 2)),
  // Another value for some field.
  (text, random) => {
    const fields = [...text.matchAll(/: ("[^"]*"|-?[\d.]+|\[|\{)/g)];
    const field = fields[Math.floor(random * fields.length)];
    const value = values[Math.floor((random * 1e6) % values.length)] ?? '0';
    if (!field || field[1] === '[' || field[1] === '{') return text;
    return text.slice(0, field.index + 2) + value + text.slice(field.index + field[0].length);
  },
  // One line less, one line twice.
  (text, random) =>
    text
      .split('\n')
      .filter((_, index, lines) => index !== Math.floor(random * lines.length))
      .join('\n'),
  (text, random) =>
    text
      .split('\n')
      .flatMap((line, index, lines) => (index === Math.floor(random * lines.length) ? [line, line] : [line]))
      .join('\n'),
];

/** What must hold of every routine that is accepted, from the documents' bounds alone. */
function expectWithinLimits(routine: Routine): void {
  const passes = timeline(routine);
  expect(totalMs(passes)).toBeLessThanOrEqual(limits.sessionMaxMin * 60_000);
  for (const pass of passes) {
    expect(pass.pressureStart).toBeGreaterThanOrEqual(1);
    expect(pass.pressureStart).toBeLessThanOrEqual(2);
    expect(pass.pressureMax).toBeGreaterThanOrEqual(pass.pressureStart);
    expect(pass.pressureMax).toBeLessThanOrEqual(4);
    expect(pass.durationMs).toBeGreaterThanOrEqual(30_000);
    expect(pass.durationMs).toBeLessThanOrEqual(1_200_000);
    expect(pass.leastMs).toBeLessThanOrEqual(pass.durationMs);
    expect(pass.mostMs).toBeGreaterThanOrEqual(pass.durationMs);
    for (const pace of [pass.pace, ...(pass.otherPace ? [pass.otherPace] : [])]) {
      expect(Number.isInteger(pace.periodMs)).toBe(true);
      expect(pace.periodMs).toBeGreaterThanOrEqual(750);
      expect(pace.periodMs).toBeLessThanOrEqual(90_000);
    }
    if (pass.zone === 'piriformis') expect(pass.mostMs).toBeLessThanOrEqual(180_000);
    if (pass.pace.technique === 'vibration') expect(pass.mostMs).toBeLessThanOrEqual(120_000);
  }
  expect(passes[0]?.stage).toBe('warmUp');
  expect(passes.at(-1)?.stage).toBe('cooldown');
}

describe('a mutated file', () => {
  it('is refused with a path, a line and a reason, or is within every limit; never a throw', {
    timeout: 120_000,
  }, () => {
    const runs = isLong ? 10_000 : 400;
    let refused = 0;
    const mutation = fc.tuple(
      fc.nat(mutations.length - 1),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (text, changes) => {
          const mutated = changes.reduce(
            (before, [index, random]) => mutations[index]?.(before, random) ?? before,
            text,
          );
          const parsed = parseRoutine(mutated);
          if (parsed.ok) {
            expectWithinLimits(parsed.routine);
            return;
          }
          refused += 1;
          const lines = mutated.split('\n').length;
          expect(parsed.issues.length).toBeGreaterThan(0);
          for (const { path, line, message } of parsed.issues) {
            expect(path.startsWith('$')).toBe(true);
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines);
            expect(message.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: runs },
    );
    // Both kinds have been met.
    expect(refused).toBeGreaterThan(runs / 4);
    expect(refused).toBeLessThan(runs);
  });

  it('of pure noise is refused without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), noise => {
        expect(parseRoutine(noise).ok).toBe(false);
      }),
      { numRuns: isLong ? 100 : 25 },
    );
  });

  it('of any JSON at all is refused without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
        expect(parseRoutine(JSON.stringify(value)).ok).toBe(false);
      }),
    );
  });
});
