/** What the parser found, in plain words. */
import { describe, expect, it } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { parseRoutine } from '../../../../machines/routine/parse.ts';
import {
  type Draft,
  draftOf,
  type Path,
  Typed,
  textOf,
  withValue,
} from '../../../../simulator/page/write/draft.ts';
import { advised, pathOf, told } from '../../../../simulator/page/write/issue-words.ts';

const base = (id: string): Draft => {
  const draft = draftOf(fromLibrary(id));
  if (!draft) throw new Error(`no routine ${id}`);
  return draft;
};
const saidOf = (id: string, path: Path, value: unknown): string[] => {
  const parsed = parseRoutine(textOf(withValue(base(id), path, value)));
  return parsed.ok ? [] : parsed.issues.map(issue => `${told(issue).where}: ${told(issue).text}`);
};

describe('a fault', () => {
  it.each<[string, Path, unknown, string]>([
    [
      'evening-legs',
      ['phases', 1, 'strokeCm'],
      new Typed('95'),
      'Phase 2, Length of a stroke: 95 does not work: must be 5 to 90 cm.',
    ],
    [
      'evening-legs',
      ['phases', 1, 'strokeCm'],
      new Typed(''),
      'Phase 2, Length of a stroke: This is still empty.',
    ],
    [
      'evening-legs',
      ['phases', 1, 'strokeCm'],
      new Typed('ten'),
      'Phase 2, Length of a stroke: Ten does not work: must be a number of cm.',
    ],
    [
      'evening-legs',
      ['phases', 1, 'returnMs'],
      new Typed('12', 1000),
      'Phase 2, Rest between strokes: 12 does not work: must be 0.5 to 10 s.',
    ],
    ['evening-legs', ['phases', 1, 'title'], '', 'Phase 2, Title: This is still empty.'],
    ['evening-legs', ['phases', 1, 'zone'], 'spine', 'Phase 2, Place: Choose one of these.'],
    [
      'evening-legs',
      ['phases', 1, 'durationS'],
      241,
      'Phase 2, Time: 241 does not work: must be even: both sides get equal time.',
    ],
    [
      'evening-legs',
      ['phases', 1, 'stage'],
      'cooldown',
      'Phase 3, Stage: “Strokes” does not work: “Strokes” must not follow “Cooldown”.',
    ],
    [
      'evening-legs',
      ['phases', 1, 'technique'],
      'kneeToHipPull',
      'Phase 2, Place: “Back of the thigh” does not work: “knee-to-hip pull” runs over “Outer thigh”.',
    ],
    [
      'leg-and-back',
      ['phases', 10, 'ascent', 'pulls'],
      new Typed('20'),
      'Phase 11, Pulls up to the hip: 20 does not work: 20 pulls of 5 cm climb 100 cm: from the knee to the hip they climb 20 to 50 cm.',
    ],
    [
      'leg-and-back',
      ['phases', 10, 'ascent', 'returnMs'],
      new Typed('0.5', 1000),
      'Phase 11, Back to the knee: 0.5 does not work: must be 1 to 10 s.',
    ],
    [
      'leg-and-back',
      ['phases', 10, 'ascent'],
      undefined,
      'Phase 11, Ascent: “inching up” needs an ascent: how many pulls, how high each step is, and the time back to the knee.',
    ],
    ['evening-legs', ['title'], '', 'Title: This is still empty.'],
    [
      'evening-legs',
      ['for'],
      ['self', 'partner'],
      'Phase 1, Place: “Back of the leg” does not work: for yourself: your own hands do not reach there.',
    ],
    [
      'evening-legs',
      ['preparation', 'oil', 'tempC'],
      new Typed('50'),
      'Oil temperature: 50 does not work: must be 30 to 42 °C.',
    ],
    [
      'piriformis-and-sacral-edge',
      ['phases', 2, 'technique'],
      'friction',
      'Phase 3, Technique: “small circles” does not work: “Deep in the buttock”: “broad press” only, no point pressure near the nerve.',
    ],
  ])('of %s at %j is told as it is', (id, path, value, sentence) => {
    expect(saidOf(id, path, value)).toContain(sentence);
  });

  it('names nothing as a file does, whatever single field is spoilt', () => {
    const spoilt = [undefined, '', 'nothing', 0, -1, 1e9, {}, [], true];
    const names =
      /\b(durationS|durationM\w+|strokeCm|speedCmPerS|returnMs|pressure(?:Start|Max)|warmUp|pressureRamp|broadPress|legBack)\b/;
    const draft = base('evening-legs');
    const fields = Object.keys(draft.phases[1] ?? {}).filter(name => name !== 'otherTechnique');
    const paths: Path[] = [
      ...fields.map(name => ['phases', 1, name]),
      ...Object.keys(draft)
        .filter(name => name !== 'phases')
        .map(name => [name]),
    ];
    for (const path of paths)
      for (const value of spoilt)
        for (const sentence of saidOf('evening-legs', path, value)) expect(sentence).not.toMatch(names);
  });
});

describe('a path', () => {
  it.each<[string, Path]>([
    ['$', []],
    ['$.title', ['title']],
    ['$.phases[12].otherTechnique.strokeCm', ['phases', 12, 'otherTechnique', 'strokeCm']],
    ['$["a b"].c', ['a b', 'c']],
  ])('%s is read as %j', (text, path) => {
    expect(pathOf(text)).toEqual(path);
  });
});

describe('what may stand so', () => {
  it('is told where it stands, in plain words, and not as wrong', () => {
    const parsed = parseRoutine(textOf(withValue(base('evening-legs'), ['phases', 3, 'durationS'], 180)));
    expect(parsed.ok && parsed.warnings.map(advised)).toEqual([
      {
        path: ['phases', 3, 'pressureMax'],
        where: 'Phase 4, Highest pressure',
        text: expect.stringMatching(
          /^The rise to 2 can hardly be reached: it needs \d+ s a side, .* and there are 90 s\.$/,
        ),
      },
    ]);
  });
});
