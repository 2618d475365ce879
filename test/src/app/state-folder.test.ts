import { expect, it } from 'vitest';
import { statePath } from '../../../src/app/state-folder.ts';

const at = (env: Record<string, string>, platform: NodeJS.Platform = 'linux'): string =>
  statePath({ env, platform, home: '/home/one' });
const usual = '/home/one/.local/state/tactus';

it.each(['', 'state', './state', '~/state'])('an XDG_STATE_HOME of %j counts as if unset', path => {
  expect(at({ XDG_STATE_HOME: path })).toBe(usual);
});

it('a whole path is taken, and TACTUS_STATE before it', () => {
  expect(at({ XDG_STATE_HOME: '/state' })).toBe('/state/tactus');
  expect(at({ XDG_STATE_HOME: '/state', TACTUS_STATE: '/mine' })).toBe('/mine');
});

it('an empty TACTUS_STATE counts as if unset, a relative one is refused', () => {
  expect(at({ TACTUS_STATE: '' })).toBe(usual);
  expect(at({ TACTUS_STATE: ' ' })).toBe(usual);
  expect(() => at({ TACTUS_STATE: 'here' })).toThrow(/give its whole path/);
});

it('an empty or relative LOCALAPPDATA is none', () => {
  for (const path of ['', 'Local'])
    expect(at({ LOCALAPPDATA: path }, 'win32')).toBe('/home/one/AppData/Local/tactus');
});
