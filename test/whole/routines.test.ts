import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { scratch } from '../support/cli.ts';
import { phaseFile, rootFile } from '../support/files.ts';
import { tactusHere } from '../support/in-process.ts';
import { cooldown, phaseFields, warmUp } from '../support/routines.ts';

const { path, file } = scratch();

/** Without a rise, so that nothing is to be warned of. */
const goodFile = rootFile({ phases: [warmUp(), phaseFields(), cooldown()] });

describe('tactus routines', () => {
  it('list names all there are, the default among them', async () => {
    const { code, out } = await tactusHere(['routines', 'list']);
    expect(code).toBe(0);
    for (const { id, title } of library()) expect(out).toMatch(new RegExp(`^${id} .*${title}`, 'm'));
    expect(out.match(/the default/g)).toHaveLength(1);
  });

  it('list --json is the same for a program', async () => {
    const { out } = await tactusHere(['routines', 'list', '--json']);
    const listed = JSON.parse(out) as { id: string; minutes: number; default: boolean }[];
    expect(listed.map(({ id }) => id)).toEqual(library().map(({ id }) => id));
    expect(listed.find(({ id }) => id === 'leg-and-back')?.minutes).toBe(65);
    expect(listed.filter(one => one.default)).toHaveLength(1);
  });

  it('show tells each phase and side, with its words', async () => {
    const { code, out } = await tactusHere(['routines', 'show', 'leg-and-back']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Leg and back, the whole routine \(leg-and-back\), 65 min, for partner, therapist\n/,
    );
    // Both legs at once, and each of its pulls.
    expect(out.match(/Outer thigh, knee to hip/g)).toHaveLength(1);
    expect(out).toContain('8 pulls up in 30 s, one each 3.5 s, pressure 1, up to 3');
    expect(out).toContain('pressure 1, up to 3');
  });

  it('show --json is the routine as it is used', async () => {
    const { out } = await tactusHere(['routines', 'show', 'first-touch', '--json']);
    expect(JSON.parse(out)).toEqual(library().find(({ id }) => id === 'first-touch'));
  });

  it('check says of each file whether it is right', async () => {
    const good = file('good.json', goodFile);
    const ended = await tactusHere(['routines', 'check', good, good]);
    expect([ended.code, ended.out, ended.err]).toEqual([0, `${good}: right\n${good}: right\n`, '']);
  });

  it('check tells every fault of every file at once, with path and line: 65', async () => {
    const good = file('good2.json', goodFile);
    const bad = file('bad.json', phaseFile({ strokeCm: 1, loud: true, louder: 1 }));
    const worse = file('worse.json', '{');
    const ended = await tactusHere(['routines', 'check', good, bad, worse]);
    expect([ended.code, ended.out]).toEqual([65, `${good}: right\n`]);
    const [first, ...details] = ended.err.trimEnd().split('\n');
    expect(first).toMatch(/^tactus: \d+ faults$/);
    expect(details.filter(line => line.startsWith(`${bad}:`))).toHaveLength(3);
    expect(details.some(line => line.startsWith(`${worse}:1: $ is not JSON`))).toBe(true);
  });

  it('check of what cannot be read says so, and tells the others all the same', async () => {
    const good = file('good3.json', goodFile);
    const bad = file('bad3.json', phaseFile({ strokeCm: 1 }));
    const latin = path('latin.json');
    writeFileSync(latin, Buffer.from(rootFile({ title: 'Für' }), 'latin1'));
    const ended = await tactusHere(['routines', 'check', path('.'), bad, path('none.json'), latin, good]);
    expect([ended.code, ended.out]).toEqual([65, `${good}: right\n`]);
    const [first, ...told] = ended.err.trimEnd().split('\n');
    expect(first).toBe('tactus: 4 faults');
    expect(told.map(line => line.replace(/^.*?([^/]*: )/, '$1'))).toEqual([
      expect.stringContaining('is not a regular file'),
      expect.stringContaining('$.phases[1].strokeCm is 1'),
      'none.json: does not exist',
      'latin.json: is not UTF-8 text: save it as UTF-8',
    ]);
    const two = await tactusHere(['routines', 'check', path('none.json'), path('.')]);
    expect(two.code).toBe(66);
    const json = await tactusHere(['routines', 'check', path('none.json'), good, '--json']);
    expect([json.code, JSON.parse(json.out)]).toEqual([
      66,
      [
        {
          file: path('none.json'),
          ok: false,
          issues: [],
          warnings: [],
          unread: `${path('none.json')}: does not exist`,
        },
        { file: good, ok: true, issues: [], warnings: [] },
      ],
    ]);
  });

  it('check --json is the same for a program', async () => {
    const bad = file('bad2.json', phaseFile({ strokeCm: 1 }));
    const ended = await tactusHere(['routines', 'check', bad, '--json']);
    expect(ended.code).toBe(65);
    expect(JSON.parse(ended.out)).toEqual([
      {
        file: bad,
        ok: false,
        issues: [
          {
            path: '$.phases[1].strokeCm',
            line: expect.any(Number),
            message: 'must be 5 to 90 cm',
            value: '1',
          },
        ],
        warnings: [],
      },
    ]);
  });

  it('schema is JSON Schema of what check accepts, bounds included', async () => {
    const { code, out } = await tactusHere(['routines', 'schema']);
    expect(code).toBe(0);
    const schema = JSON.parse(out);
    expect(schema.$schema).toContain('json-schema.org');
    expect(schema.required).toEqual(expect.arrayContaining(['schemaVersion', 'id', 'phases']));
    expect(schema.additionalProperties).toBe(false);
    const phase = schema.properties.phases.items;
    expect(phase.properties.strokeCm).toMatchObject({ type: 'number', minimum: 5, maximum: 90 });
    expect(phase.properties.zone.enum).not.toContain('spine');
    expect(schema.properties.phases.maxItems).toBe(180);
  });

  it('show and check of what is not there: 66', async () => {
    for (const args of [
      ['show', 'no-such'],
      ['check', path('none.json')],
    ])
      expect((await tactusHere(['routines', ...args])).code).toBe(66);
    expect((await tactusHere(['routines', 'check'])).code).toBe(64);
  });
});

describe('help', () => {
  it.each([['--help'], ['simulate', '--help'], ['routines', '--help'], ['replay', '--help']])(
    '%s %s is there',
    async (...args) => {
      const { code, out } = await tactusHere(args.filter(Boolean));
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: tactus/);
    },
  );
});
