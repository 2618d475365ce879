import { describe, expect, it } from 'vitest';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import { faultsOf, fileOf, lineWith, phaseFile, rootFile } from '../../support/files.ts';
import {
  cooldown,
  type Fields,
  phaseFields,
  routineFields,
  shortPhases,
  warmUp,
} from '../../support/routines.ts';

/** Every fault a change of the second phase makes, all told at the right path and line. */
const atPhase = (field: string, value: unknown): readonly string[] => faultsOf(phaseFile({ [field]: value }));

describe('a text that is no JSON', () => {
  it.each([
    [
      '{"a": 1,\n}',
      "$@2 is not JSON: a field's name in double quotes is expected here, or there is one comma t",
    ],
    ['{\n"a" 1}', '$@2 is not JSON: a colon is missing before this'],
    ['{"a": 1\n"b": 2}', '$@2 is not JSON: a comma is missing before this'],
    ['{"a": [1\n', '$@2 is not JSON: a closing ] is missing before this'],
    ['{"a": "x\n}', '$@1 is not JSON: a closing quote is missing'],
    ["{\n'a': 1}", '$@2 is not JSON: a value here is neither text in quotes, a number, true, false nor null'],
    ['// first\n{}', '$@1 is not JSON: comments are not allowed in it'],
    ['{"a": 1.}', '$@1 is not JSON: this number breaks off'],
    ['{}\n{}', '$@2 is not JSON: nothing can follow the end of the value'],
  ])('%j is told in words', (text, told) => {
    expect(faultsOf(text)[0]?.slice(0, told.length)).toBe(told);
  });
});

describe('a phase', () => {
  it.each([
    ['strokeCm', 4.99],
    ['strokeCm', 90.01],
    ['strokeCm', -1],
    ['speedCmPerS', 0.99],
    ['speedCmPerS', 15.01],
    ['speedCmPerS', 0],
    ['returnMs', 499],
    ['returnMs', 10_001],
    ['returnMs', 1000.5],
    ['durationS', 29],
    ['durationS', 1201],
    ['durationS', 40.5],
    ['durationMinS', 29],
    ['durationMinS', 1201],
    ['durationMaxS', 29],
    ['durationMaxS', 1201],
    ['pressureStart', 0],
    ['pressureStart', 3],
    ['pressureStart', 1.5],
    ['pressureMax', 0],
    ['pressureMax', 5],
    ['id', 'Steady'],
    ['id', '9lives'],
    ['id', 'a'.repeat(41)],
    ['title', ''],
    ['title', '   '],
    ['title', 'x'.repeat(61)],
    ['instruction', 'x'.repeat(201)],
    ['stage', 'preparation'],
    ['zone', 'behindKnee'],
    ['zone', 'spine'],
    ['side', 'middle'],
    ['position', 'standing'],
    ['direction', 'down'],
    ['technique', 'elbow'],
    ['strokeCm', '30'],
    ['strokeCm', null],
    ['strokeCm', true],
    ['strokeCm', []],
    ['title', 7],
    ['otherTechnique', {}],
    ['otherTechnique', 'kneading'],
  ])('is refused with %s %j, at that field and its line', (field, value) => {
    const text = phaseFile({ [field]: value });
    const issues = faultsOf(text);
    const path = field === 'otherTechnique' ? `$.phases[1].${field}` : `$.phases[1].${field}@`;
    expect(issues.filter(issue => issue.startsWith(path)).length).toBeGreaterThan(0);
    const parsed = parseRoutine(text);
    const [issue] = parsed.ok ? [] : parsed.issues.filter(one => one.path.startsWith(`$.phases[1].${field}`));
    // The second phase's own line, not the first phase's field of the same name.
    const lines = text.split('\n');
    expect(lines[(issue?.line ?? 0) - 1]).toContain(`"${field}"`);
    expect(issue?.line).toBeGreaterThan(lineWith(text, '"stage": "warmUp"'));
  });

  it.each([
    ['strokeCm', 20],
    ['strokeCm', 80],
    ['speedCmPerS', 10.5],
    ['returnMs', 500],
    ['returnMs', 10_000],
    ['durationS', 30],
    ['pressureStart', 1],
    ['title', '  trimmed  '],
    ['id', 'a1B2'],
  ])('is accepted with %s %j, at its bound or within', (field, value) => {
    expect(atPhase(field, value)).toEqual([]);
  });

  it.each([
    'id',
    'title',
    'stage',
    'zone',
    'side',
    'position',
    'direction',
    'technique',
    'strokeCm',
    'speedCmPerS',
    'returnMs',
    'instruction',
    'durationS',
    'pressureStart',
    'pressureMax',
  ])('is refused without %s, told at the phase that lacks it', field => {
    const text = phaseFile({ [field]: undefined });
    const line = lineWith(text, '"id": "warmUp"') + Object.keys(warmUp()).length + 1;
    expect(faultsOf(text)).toContain(`$.phases[1].${field}@${line} is missing`);
  });

  it('has its text trimmed', () => {
    const parsed = parseRoutine(phaseFile({ title: '  Steady on  ' }));
    expect(parsed.ok && parsed.routine.phases[1]?.title).toBe('Steady on');
  });

  it.each(['Beep\u0007', 'Red \u001b[31m', 'Two\nlines', 'C1 \u009b31m'])(
    'is refused with control characters in its text: %j',
    text => {
      expect(atPhase('title', text)[0]).toMatch(
        /^\$\.phases\[1\]\.title@\d+ must not contain control characters/,
      );
      expect(atPhase('instruction', text)[0]).toMatch(/^\$\.phases\[1\]\.instruction@/);
    },
  );
});

describe('the root', () => {
  it.each([
    ['id', 'Small'],
    ['id', 'a--b'],
    ['id', 'x'.repeat(49)],
    ['title', ''],
    ['summary', 'x'.repeat(301)],
    ['kind', 'half'],
    ['for', []],
    ['for', 'self'],
    ['for', ['nobody']],
    ['sessionMaxMin', 4],
    ['sessionMaxMin', 91],
    ['riseDwellS', 119],
    ['riseDwellS', 601],
    ['checkIn', { everyS: 59 }],
    ['checkIn', { everyS: 301 }],
    ['checkIn', { timeoutS: 14 }],
    ['checkIn', { timeoutS: 61 }],
    ['checkIn', { raiseAtMost: 3 }],
    ['checkIn', { raiseAtMost: -1 }],
    ['checkIn', { easeAt: 5 }],
    ['checkIn', { easeAt: 2 }],
    ['checkIn', { stopAt: 7 }],
    ['checkIn', { stopAt: 4 }],
    ['checkIn', { legWorse: 3 }],
    ['checkIn', { legWorse: 0 }],
    ['preparation', { bath: { tempC: 40.1, minutes: 12, restMin: 5 } }],
    ['preparation', { bath: { tempC: 35.9, minutes: 12, restMin: 5 } }],
    ['preparation', { bath: { tempC: 38, minutes: 16, restMin: 5 } }],
    ['preparation', { bath: { tempC: 38, minutes: 12, restMin: 4 } }],
    ['preparation', { bath: { tempC: 38, minutes: 12, restMin: 16 } }],
    ['preparation', { oil: { blend: 'plain', tempC: 42.1 } }],
    ['preparation', { oil: { blend: 'plain', tempC: 29.9 } }],
    ['preparation', { oil: { blend: 'nutmeg', tempC: 38 } }],
    ['preparation', []],
    ['phases', {}],
    ['phases', []],
    ['schemaVersion', '1'],
    ['schemaVersion', null],
    ['$schema', 7],
  ])('is refused with %s %j, at that field', (field, value) => {
    const issues = faultsOf(rootFile({ [field]: value }));
    expect(issues.some(issue => issue.startsWith(`$.${field}`))).toBe(true);
  });

  it.each(['schemaVersion', 'id', 'title', 'summary', 'for', 'preparation', 'phases'])(
    'is refused without %s',
    field => {
      expect(faultsOf(rootFile({ [field]: undefined }))).toContain(`$.${field}@1 is missing`);
    },
  );

  it('may name a schema, and is full where it does not say', () => {
    expect(faultsOf(rootFile({ $schema: './routine.schema.json' }))).toEqual([]);
    const parsed = parseRoutine(rootFile({ kind: undefined }));
    expect(parsed.ok).toBe(false);
  });
});

describe('a file', () => {
  const good = rootFile({});

  it('tells every fault at once, in the order of its lines', () => {
    const text = phaseFile({ strokeCm: 1, zone: 'spine', title: '' }, { id: 'BAD', checkIn: { easeAt: 9 } });
    const parsed = parseRoutine(text);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues.map(({ path }) => path)).toEqual([
      '$.id',
      '$.phases[1].title',
      '$.phases[1].zone',
      '$.phases[1].strokeCm',
      '$.checkIn.easeAt',
    ]);
    const lines = issues.map(({ line }) => line);
    expect(lines).toEqual(lines.toSorted((one, other) => one - other));
  });

  it('tells every unknown field, several in one place too', () => {
    const text = phaseFile({ loud: 1, louder: 2 }, { force: 3, checkIn: { sometimes: true, never: false } });
    const issues = faultsOf(text).map(issue => issue.replace(/@\d+/, ''));
    for (const path of ['phases[1].loud', 'phases[1].louder', 'force', 'checkIn.sometimes', 'checkIn.never'])
      expect(issues).toContain(`$.${path} is not a field of a routine`);
    expect(issues).toHaveLength(5);
  });

  it('tells what spans several fields beside what is wrong in one', () => {
    const issues = faultsOf(phaseFile({ pressureStart: 2, pressureMax: 1 }, { title: '' }));
    expect(issues.map(issue => issue.split('@')[0])).toEqual(['$.title', '$.phases[1].pressureMax']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
    'is refused with a field named %s, at the root, in a phase and within it',
    name => {
      const poisoned = (before: string): string =>
        good.replace(before, `"${name}": {"strokeCm": 9}, ${before}`);
      const shownAs = `.${name}`;
      expect(faultsOf(poisoned('"id": "small"'))[0]).toMatch(
        new RegExp(`^\\$\\${shownAs}@\\d+ is not a field of a routine$`),
      );
      expect(faultsOf(poisoned('"id": "steady"'))[0]).toContain(`$.phases[1]${shownAs}@`);
      expect(Object.hasOwn(Object.prototype, 'strokeCm')).toBe(false);
    },
  );

  it('is refused with a key that stands twice, at the second of them', () => {
    const text = good.replace('"durationS": 40,', '"durationS": 40,\n"durationS": 41,');
    expect(faultsOf(text)).toEqual([
      `$.phases[0].durationS@${lineWith(text, '"durationS": 41')} appears twice`,
    ]);
  });

  it('is refused with a key that stands twice under another spelling of the same name', () => {
    const text = good.replace('"id": "small"', '"id": "small", "\\u0069d": "other"');
    expect(faultsOf(text)).toEqual([`$.id@${lineWith(text, '"small"')} appears twice`]);
  });

  it.each(['1e999', '-1e999'])('is refused with a number beyond all numbers: %s', number => {
    expect(faultsOf(good.replace('"strokeCm": 30', `"strokeCm": ${number}`))[0]).toMatch(
      /^\$\.phases\[0\]\.strokeCm@\d+ must be/,
    );
  });

  it.each(['NaN', 'Infinity', '0x10', '.5', '1.', '+1', '01', "'30'", 'undefined'])(
    'is no JSON with a value %s',
    value => {
      const text = good.replace('"strokeCm": 30', `"strokeCm": ${value}`);
      const line = lineWith(text, `"strokeCm": ${value}`);
      const parsed = parseRoutine(text);
      expect(parsed.ok).toBe(false);
      expect(parsed.ok || parsed.issues.some(issue => issue.line === line)).toBe(true);
    },
  );

  it.each([
    ['a comment', (text: string) => text.replace('{', '{ // hello\n')],
    ['a trailing comma', (text: string) => text.replace(/\}\s*$/, ',}')],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['something after its end', (text: string) => `${text} {}`],
    ['nothing at all', () => ''],
    ['only white space', () => ' \n\t'],
    ['a list', () => '[]'],
    ['a word', () => 'null'],
    ['a number', () => '7'],
  ])('is refused with %s', (_, broken) => {
    expect(faultsOf(broken(good)).length).toBeGreaterThan(0);
  });

  it('may begin with a byte-order mark and end its lines with CRLF, with the same lines told', () => {
    expect(faultsOf(`\uFEFF${good}`)).toEqual([]);
    expect(faultsOf(good.replaceAll('\n', '\r\n'))).toEqual([]);
    const bad = phaseFile({ strokeCm: 1 });
    expect(faultsOf(`\uFEFF${bad.replaceAll('\n', '\r\n')}`)).toEqual(faultsOf(bad));
  });

  it('has its path and line told where a key is no plain name', () => {
    expect(faultsOf(good.replace('"id": "small"', '"a b": 1, "id": "small"'))[0]).toContain('$["a b"]@');
  });

  it.each([2, 0, -1, 1.5, 99])('of version %d is refused alone for that, without a guess', version => {
    const text = fileOf({ ...routineFields(shortPhases), schemaVersion: version, title: '' });
    expect(faultsOf(text)).toEqual([
      `$.schemaVersion@2 version ${version} is not supported: this program reads version 1`,
    ]);
  });

  it('is refused beyond 256 KB, counted in bytes, and accepted at just that', () => {
    const filled = (bytes: number): string => good + ' '.repeat(bytes - Buffer.byteLength(good));
    expect(faultsOf(filled(256 * 1024))).toEqual([]);
    expect(faultsOf(filled(256 * 1024 + 1))).toEqual(['$@1 is larger than 256 KB']);
    // Three bytes each in UTF-8, one unit each in the text.
    const wide = rootFile({ summary: '€'.repeat(90_000) });
    expect(wide.length).toBeLessThan(256 * 1024);
    expect(faultsOf(wide)).toEqual(['$@1 is larger than 256 KB']);
  });

  it('is refused when nested deeper than 16 levels, before anything descends into it', () => {
    const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(faultsOf(nested(17))).toEqual(['$@1 is nested deeper than 16 levels']);
    expect(faultsOf(nested(16))[0]).not.toContain('nested');
    expect(faultsOf('['.repeat(100_000))).toEqual(['$@1 is nested deeper than 16 levels']);
    expect(faultsOf(rootFile({ title: '[[[[[[[[[[[[[[[[[[[[{"\\' }))).toEqual([]);
  });

  it('holds at most as many phases as a session of 90 minutes can come to, at 30 s each', () => {
    const many = (count: number): Fields[] => [
      warmUp(),
      ...Array.from({ length: count - 2 }, (_, index) => phaseFields({ id: `p${index}` })),
      cooldown(),
    ];
    const compact = (count: number): string => JSON.stringify(routineFields(many(count)));
    expect(faultsOf(compact(181)).join()).toContain('must have at most 180 phases');
    expect(faultsOf(compact(180)).join()).not.toContain('must have at most 180 phases');
  });

  it.each([
    ['preparation', []],
    ['preparation', 7],
    ['preparation', null],
    ['checkIn', []],
    ['checkIn', 'often'],
    ['phases', [[]]],
    ['phases', [7]],
  ])('is refused with %s %j: it must be an object', (field, value) => {
    const path = field === 'phases' ? '$.phases[0]' : `$.${field}`;
    expect(faultsOf(rootFile({ [field]: value })).map(issue => issue.replace(/@\d+/, ''))).toContain(
      `${path} must be an object`,
    );
  });

  it('is judged quickly however many unknown fields it has', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 1]));
    const issues = faultsOf(JSON.stringify({ ...many, ...routineFields(shortPhases) }));
    expect(issues).toHaveLength(200);
    expect(issues[0]).toBe('$.k0@1 is not a field of a routine');
  });

  it('tells at most 200 faults', () => {
    const phases = Array.from({ length: 499 }, (_, index) => phaseFields({ id: `P${index}` }));
    expect(faultsOf(JSON.stringify(routineFields(phases)))).toHaveLength(200);
  });
});
