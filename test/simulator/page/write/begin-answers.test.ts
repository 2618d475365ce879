/** The answers that a routine is begun from. */
import { describe, expect, it } from 'vitest';
import { routineLimits } from '../../../../machines/limits.ts';
import { type BeginAnswers, begunFrom } from '../../../../simulator/page/write/begin-answers.ts';

const usual: BeginAnswers = {
  name: '',
  whom: ['partner'],
  places: ['calf'],
  minutes: '20',
  firmest: 2,
  oil: 'plain',
};
const whyOf = (answers: Partial<BeginAnswers>): string | null => {
  const begun = begunFrom({ ...usual, ...answers });
  return begun.ok ? null : begun.why;
};

describe('the answers of a new routine', () => {
  it('make one, under a name of its own where none was given', () => {
    expect(begunFrom(usual)).toMatchObject({ ok: true, routine: { title: 'My routine', for: ['partner'] } });
    expect(begunFrom({ ...usual, name: ' Legs ' })).toMatchObject({ ok: true, routine: { title: 'Legs' } });
  });

  it('make none without a place, or without anybody whom it is for', () => {
    expect(whyOf({ places: [] })).toBe('Choose at least one place.');
    expect(whyOf({ whom: [] })).toBe('Choose who it is for.');
  });

  it.each(['', ' ', '2', '2.5', '-20', 'twenty', String(routineLimits.sessionMaxMin + 1)])(
    'make none of “%s” minutes, and say which are possible',
    minutes => {
      expect(whyOf({ minutes })).toBe(
        `${minutes.trim() || '–'} does not work. Use whole minutes from 3 to ${routineLimits.sessionMaxMin}.`,
      );
    },
  );

  it('that make none have the reason told in the words of people, not in those of a file', () => {
    const why = whyOf({ whom: ['self'], places: ['lowerBack'] });
    expect(why).toContain('“Lower back”');
    expect(why).not.toMatch(/lowerBack|\bself\b/);
  });
});
