import { describe, expect, it } from 'vitest';
import { routineLimits } from '../../../machines/limits.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline } from '../../../machines/routine/timeline.ts';
import { titleOf } from '../../../machines/routine/titles.ts';

const routine = fromLibrary('evening-legs') as Routine;
const [first, ...others] = routine.phases;
const parsed = (titles: unknown, ofPhase: unknown = undefined) =>
  parseRoutine(
    JSON.stringify({ ...routine, titles, phases: [{ ...first, titles: ofPhase }, ...others] }, null, 1),
  );
const faults = (titles: unknown, ofPhase?: unknown): readonly string[] => {
  const result = parsed(titles, ofPhase);
  return result.ok ? [] : result.issues.map(({ path, message }) => `${path} ${message}`);
};

describe('a title in another language', () => {
  it('stands beside the one of the file, of the routine and of each phase', () => {
    const result = parsed(
      [{ language: 'de', title: 'Abendbeine' }],
      [{ language: 'pt-BR', title: 'Aquecimento' }],
    );
    expect(result).toMatchObject({
      ok: true,
      routine: { titles: [{ language: 'de', title: 'Abendbeine' }] },
    });
  });

  it('is shown where that language is spoken, else the title itself', () => {
    const titled = {
      title: 'Evening legs',
      titles: [
        { language: 'de', title: 'Abendbeine' },
        { language: 'de-CH', title: 'Abigbei' },
      ],
    };
    expect(['de', 'de-CH', 'de-AT', 'fr', 'en'].map(tag => titleOf(titled, tag))).toEqual([
      'Abendbeine',
      'Abigbei',
      'Abendbeine',
      'Evening legs',
      'Evening legs',
    ]);
    expect(titleOf({ title: 'Calves' }, 'de')).toBe('Calves');
  });

  it('is what a pass is called', () => {
    const phases = [
      { ...first, titles: [{ language: 'en', title: 'Easy now' }] },
      ...others,
    ] as Routine['phases'];
    expect(timeline({ ...routine, phases })[0]?.title).toBe('Easy now');
  });

  it('is refused where it has no language, no text, a twin, or too many beside it', () => {
    const one = { language: 'de', title: 'Beine' };
    expect(faults([{ ...one, language: 'German!' }])).toEqual([
      '$.titles[0].language must be the tag of a language, such as de or pt-BR',
    ]);
    expect(faults([{ ...one, title: ' ' }])).toEqual(['$.titles[0].title must not be empty']);
    expect(faults([{ ...one, more: 1 }])).toEqual(['$.titles[0].more is not a field of a routine']);
    expect(faults([one, one], [one, one])).toEqual([
      '$.phases[0].titles[1].language "de" has a title here already',
      '$.titles[1].language "de" has a title here already',
    ]);
    const many = Array.from({ length: routineLimits.titles + 1 }, (_, index) => ({
      ...one,
      language: `a${String.fromCharCode(97 + index)}`,
    }));
    expect(faults(many)).toEqual(['$.titles must have at most 12 titles']);
  });
});
