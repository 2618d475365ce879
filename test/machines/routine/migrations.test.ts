import { describe, expect, it } from 'vitest';
import { type Migration, migrated } from '../../../machines/routine/migrations.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import { rootFile } from '../../support/files.ts';

/** As a later program would have them. */
const steps: readonly Migration[] = [
  { from: 1, migrate: ({ title, ...rest }) => ({ ...rest, name: title }) },
  { from: 2, migrate: value => ({ ...value, tags: [] }) },
];

describe('a file of another version', () => {
  it('goes through every step between its own and the present one, in order', () => {
    expect(migrated({ schemaVersion: 1, title: 'A' }, steps, 3)).toEqual({
      ok: true,
      from: 1,
      value: { schemaVersion: 3, name: 'A', tags: [] },
    });
    expect(migrated({ schemaVersion: 2, name: 'A' }, steps, 3)).toMatchObject({
      value: { name: 'A', tags: [] },
    });
  });

  it('of the present version stays as it is', () => {
    const value = { schemaVersion: 3, name: 'A' };
    expect(migrated(value, steps, 3)).toEqual({ ok: true, from: 3, value });
  });

  it('that is newer, older than any step, or between two versions is refused', () => {
    for (const version of [4, 0, -1, 1.5])
      expect(migrated({ schemaVersion: version }, steps, 3)).toEqual({
        ok: false,
        message: `version ${version} is not supported: this program reads versions 1 to 3`,
      });
  });

  it('is refused where a step is missing', () => {
    expect(migrated({ schemaVersion: 1 }, steps.slice(0, 1), 3)).toEqual({
      ok: false,
      message: 'there is no way from version 2 to 3',
    });
  });

  it('changes nothing of the file it was given', () => {
    const value = Object.freeze({ schemaVersion: 1, title: 'A' });
    migrated(value, steps, 3);
    expect(value).toEqual({ schemaVersion: 1, title: 'A' });
  });

  it('without a version is left for the schema to refuse', () => {
    for (const value of [{}, [], null, 'x', { schemaVersion: '1' }])
      expect(migrated(value, steps, 3)).toMatchObject({ ok: true, value });
  });
});

it('this program reads version 1, and says so of any other', () => {
  expect(parseRoutine(rootFile({ schemaVersion: 1 })).ok).toBe(true);
  const parsed = parseRoutine(rootFile({ schemaVersion: 2 }));
  expect(parsed.ok ? [] : parsed.issues).toMatchObject([
    { path: '$.schemaVersion', message: 'version 2 is not supported: this program reads version 1' },
  ]);
});
