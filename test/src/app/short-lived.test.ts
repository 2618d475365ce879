import { expect, test } from 'vitest';
import { treatAllAsShortLived } from '../../../src/app/short-lived.ts';

const flagsWith = (nodeVersion: string): readonly string[] => {
  const flags: string[] = [];
  treatAllAsShortLived(nodeVersion, flag => flags.push(flag));
  return flags;
};

test.each(['20.19.0', '24.11.1'])('V8 of Node %s places nothing among the old from the start', version => {
  expect(flagsWith(version)).toEqual(['--no-allocation-site-pretenuring']);
});

test('a V8 that may not know the flag is not told of it: it would complain to whoever runs a command', () => {
  expect(flagsWith('25.0.0')).toEqual([]);
});
