import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { whole } from '../../../src/cli/options.ts';

it.each([
  ['0', 0],
  ['7', 7],
  ['007', 7],
  ['100', 100],
])('%s is a whole number from 0 to 100', (text, value) => {
  expect(whole(0, 100)(text)).toBe(value);
});

it.each(['101', '-1', '1.5', '1e1', '0x10', '', ' 7', '7 ', 'seven', 'NaN', 'Infinity', '٣'])(
  '%j is none, and the bounds are named',
  text => {
    expect(() => whole(0, 100)(text)).toThrow(InvalidArgumentError);
    expect(() => whole(0, 100)(text)).toThrow('must be a whole number from 0 to 100.');
  },
);
