import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ComposeAnswers, composed } from '../../../machines/routine/compose.ts';
import { zones } from '../../../machines/routine/names.ts';
import { timeline, totalMs } from '../../../machines/routine/timeline.ts';
import { faultsOf, fileOf } from '../../support/files.ts';
import { isLong } from '../../support/length.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

const answers = (change: Partial<ComposeAnswers> = {}): ComposeAnswers => ({
  title: 'My evening',
  for: ['partner'],
  zones: ['lowerBack', 'thighOuter', 'buttocks'],
  minutes: 25,
  pressureMax: 2,
  oil: 'plain',
  ...change,
});

describe('a routine from answers', () => {
  it('is right as it stands, as long as asked, with one turn at most', () => {
    const made = composed(answers());
    if (!made.ok) throw new Error(made.why);
    expect(faultsOf(fileOf(made.routine))).toEqual([]);
    expect(made.routine.id).toBe('my-evening');
    const passes = timeline(made.routine);
    expect(totalMs(passes) / 60_000).toBeCloseTo(25, 0);
    const turns = passes.filter((pass, index) => index > 0 && pass.position !== passes[index - 1]?.position);
    expect(turns).toHaveLength(1);
    expect(made.routine.phases.map(({ zone }) => zone)).toEqual(
      expect.arrayContaining(['lowerBack', 'buttocks']),
    );
  });

  it('plans no rise where the firmest pressure is the lightest', () => {
    const made = composed(answers({ pressureMax: 1 }));
    expect(made.ok && made.routine.phases.every(({ stage }) => stage !== 'pressureRamp')).toBe(true);
  });

  it('is named by what stands in its title, accents left out', () => {
    const idOf = (title: string): string => {
      const made = composed(answers({ title }));
      if (!made.ok) throw new Error(made.why);
      return made.routine.id;
    };
    expect(idOf('Für Björn & Zoë')).toBe('fur-bjorn-zoe');
    expect(idOf('夜')).toBe('own-routine');
  });

  it('works no stroke over the hollow of the knee firmly, whatever is asked', () => {
    const ramps = (zones: ComposeAnswers['zones']) => {
      const made = composed(answers({ zones, pressureMax: 3, minutes: 30 }));
      if (!made.ok) throw new Error(made.why);
      return made.routine.phases
        .filter(({ stage }) => stage === 'pressureRamp')
        .map(({ zone, pressureMax }) => [zone, pressureMax]);
    };
    expect(ramps(['thighBack', 'legBack'])).toEqual([['thighBack', 3]]);
    expect(ramps(['legBack', 'sacralEdge'])).toEqual([['legBack', 2]]);
  });

  it('says what is out of reach, too long or too short', () => {
    expect(composed(answers({ for: ['self'], zones: ['sacralEdge'] }))).toEqual({
      ok: false,
      why: 'for self: nobody can reach sacralEdge on themselves',
    });
    expect(composed(answers({ zones: ['lowerBack'], minutes: 80 }))).toMatchObject({
      why: expect.stringMatching(/fill at most \d+ minutes/),
    });
    expect(composed(answers({ zones: [...zones], minutes: 8 }))).toMatchObject({
      why: expect.stringMatching(/need at least \d+ minutes/),
    });
  });

  it('is right, or says why not, whatever is answered', () => {
    let made = 0;
    fc.assert(
      fc.property(
        fc.record({
          title: fc.constantFrom('A', 'Grüße!', '---', 'x'.repeat(60)),
          for: fc.constantFrom<ComposeAnswers['for']>(['partner'], ['partner', 'therapist'], ['self']),
          zones: fc.array(fc.constantFrom(...zones), { minLength: 0, maxLength: 9 }),
          minutes: fc.integer({ min: 8, max: 45 }),
          pressureMax: fc.integer({ min: 1, max: 3 }),
          oil: fc.constantFrom('none', 'plain', 'sesameNutmeg'),
        }),
        given => {
          const result = composed(given);
          if (!result.ok) {
            expect(result.why).toMatch(/nobody can reach|at (most|least) \d+ minutes|at least one place/);
            return;
          }
          made += 1;
          expect(faultsOf(fileOf(result.routine))).toEqual([]);
        },
      ),
      { numRuns: isLong ? 500 : 80 },
    );
    expect(made).toBeGreaterThan(isLong ? 50 : 20);
  });
});
