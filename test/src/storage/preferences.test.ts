import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { usualPreferences } from '../../../src/server/api-messages.ts';
import { PreferencesFile } from '../../../src/storage/preferences.ts';

let state: string;
let file: PreferencesFile;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-preferences-'));
  file = new PreferencesFile(state);
});
afterEach(() => rmSync(state, { recursive: true, force: true }));
const path = (): string => join(state, 'preferences.json');

it('nothing remembered is the usual: sessions kept without answers, for 30 days', () => {
  expect(file.read()).toEqual(usualPreferences);
  expect(usualPreferences).toMatchObject({ keep: 'plain', keepDays: 30, quiet: 'full', firstSide: 'left' });
});

it('what is remembered is there for the next process, for this account alone', () => {
  file.change({
    routine: 'lower-back',
    minutes: 20,
    firstSide: 'right',
    quiet: 'phases',
    orientation: 'turned',
  });
  expect(new PreferencesFile(state).read()).toMatchObject({
    routine: 'lower-back',
    minutes: 20,
    firstSide: 'right',
    quiet: 'phases',
    orientation: 'turned',
  });
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

it('a change that changes nothing writes nothing', () => {
  file.change({ firstSide: 'left' });
  expect(() => statSync(path())).toThrow();
});

it.each(['', '{', '[]', '{"routine":"../x"}', '{"minutes":1}', '{"S1":"yes"}', 'null'])(
  'a file that says %j is as good as none',
  text => {
    writeFileSync(path(), text);
    expect(file.read()).toEqual(usualPreferences);
  },
);

it('has no place for an answer, a score or a name', () => {
  file.change({ routine: 'evening-legs' });
  expect(Object.keys(JSON.parse(readFileSync(path(), 'utf8'))).toSorted()).toEqual(
    [
      'v',
      'routine',
      'minutes',
      'for',
      'firstSide',
      'quiet',
      'orientation',
      'favourites',
      'keep',
      'keepDays',
    ].toSorted(),
  );
});
