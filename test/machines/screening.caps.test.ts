import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asksPlaces, capsOf, cautionsOf, noCaution, strictest } from '../../machines/screening.caps.ts';
import type { Answer, Answers, Caps, QuestionId } from '../../machines/screening.questions.ts';
import { catalogue } from '../../machines/text/text.ts';
import { isLong } from '../support/length.ts';

const cautions = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'giverK3'] as const;

/** Every value of every cap, from the freest to the strictest, as the documents have it. */
const scale = {
  pressureMax: [4, 3, 2, 1],
  bath: ['warm', 'cool', 'none'],
  oil: ['any', 'plain', 'plainUnwarmed'],
  light: ['blinking', 'steady'],
  cues: ['full', 'gentle'],
  places: ['any', 'noDeep', 'noButtock'],
  position: ['any', 'notProne'],
} as const;
const keys = Object.keys(scale) as (keyof Caps)[];
const rank = (key: keyof Caps, caps: Caps): number =>
  (scale[key] as readonly (string | number)[]).indexOf(caps[key]);

const subsets = Array.from({ length: 2 ** cautions.length }, (_, bits) =>
  cautions.filter((_, index) => bits & (1 << index)),
);
const answered = (ids: readonly QuestionId[], answer: Answer = 'yes'): Answers =>
  Object.fromEntries(ids.map(id => [id, answer]));

describe('caps', () => {
  it('are 3, a warm bath, any oil, a blinking light and full cues where nothing asks for caution', () => {
    expect(capsOf({})).toEqual({
      pressureMax: 3,
      bath: 'warm',
      oil: 'any',
      light: 'blinking',
      cues: 'full',
      places: 'any',
      position: 'any',
    });
    expect(capsOf(answered(cautions, 'no'))).toEqual(noCaution);
  });

  it.each([
    ['K1', { pressureMax: 2, bath: 'none', oil: 'plainUnwarmed' }],
    ['K2', { bath: 'none', oil: 'plain' }],
    ['K3', { oil: 'plain' }],
    ['giverK3', { oil: 'plain' }],
    ['K4', { light: 'steady' }],
    ['K5', { pressureMax: 2, bath: 'none' }],
    ['K6', { pressureMax: 3, bath: 'cool' }],
    ['K7', { cues: 'gentle' }],
    ['K8', { pressureMax: 1, places: 'noButtock' }],
    ['K9', { position: 'notProne' }],
  ] as const)('of %s alone', (id, change) => {
    expect(capsOf({ [id]: 'yes' })).toEqual({ ...noCaution, ...change });
    expect(capsOf({ [id]: 'unsure' })).toEqual({ ...noCaution, ...change });
  });

  it('of any combination are the strictest of each of its parts, in whatever order', () => {
    const alone = new Map(cautions.map(id => [id, capsOf({ [id]: 'yes' })]));
    const wrong: string[] = [];
    for (const ids of subsets) {
      const together = capsOf(answered(ids));
      const reversed = capsOf(answered(ids.toReversed(), 'unsure'));
      for (const key of keys) {
        const parts = ids.map(id => rank(key, alone.get(id) ?? noCaution));
        if (rank(key, together) !== Math.max(rank(key, noCaution), ...parts)) wrong.push(`${key} of ${ids}`);
      }
      if (!isDeepStrictEqual(reversed, together)) wrong.push(`${ids} in another order`);
    }
    expect(wrong).toEqual([]);
    expect(subsets).toHaveLength(1024);
  });

  // Of all 59,049 ways to answer; a step that shares no factor with 3 meets each answer to each question.
  it(`are those of the cautions answered other than no, for each${isLong ? '' : ' fortieth'} way to answer them`, () => {
    const answers = ['no', 'yes', 'unsure'] as const;
    const wrong: string[] = [];
    for (let way = 0; way < 3 ** cautions.length; way += isLong ? 1 : 40) {
      const given = Object.fromEntries(
        cautions.map((id, index) => [id, answers[Math.floor(way / 3 ** index) % 3] ?? 'no']),
      ) as Answers;
      const some = cautions.filter(id => given[id] !== 'no');
      if (!isDeepStrictEqual(capsOf(given), capsOf(answered(some)))) wrong.push(some.join());
      if (cautionsOf(given).length !== some.length) wrong.push(`${some.join()}: ${cautionsOf(given).join()}`);
    }
    expect(wrong).toEqual([]);
  });

  it('never grow by one more caution', () => {
    const grown: string[] = [];
    for (const ids of subsets) {
      const before = capsOf(answered(ids));
      for (const id of cautions) {
        const after = capsOf(answered([...ids, id]));
        for (const key of keys)
          if (!(rank(key, after) >= rank(key, before))) grown.push(`${key} by ${id} after ${ids.join(', ')}`);
      }
    }
    expect(grown).toEqual([]);
  });

  it('keep what is stricter already', () => {
    const strict: Caps = {
      pressureMax: 1,
      bath: 'none',
      oil: 'plainUnwarmed',
      light: 'steady',
      cues: 'gentle',
      places: 'noButtock',
      position: 'notProne',
    };
    expect(strictest(strict, noCaution)).toEqual(strict);
    expect(strictest(noCaution, strict)).toEqual(strict);
    expect(strictest(noCaution, {})).toEqual(noCaution);
  });
});

describe('places are asked for', () => {
  it.each(cautions)('where the advice of %s says to skip some, and nowhere else', id => {
    const words: Readonly<Record<string, string>> = catalogue.care;
    expect(asksPlaces([id])).toBe(/\bskip\b/i.test(words[id] ?? ''));
  });
});

it('lists as cautions what was answered yes or unsure, and nothing that locks out', () => {
  expect(cautionsOf({ K1: 'yes', K2: 'no', K7: 'unsure', giverK3: 'yes', S1: 'no', C1: 'no' })).toEqual([
    'K1',
    'K7',
    'giverK3',
  ]);
});
