import { type Command, InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { whole } from '../../../src/app/options.ts';
import { tactus } from '../../../src/app/program.ts';
import { thisMachine } from '../../../src/app/surroundings.ts';

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

/** Every option of every command that takes a number, by what its help calls its value. */
const numbers = (command: Command, path = ''): readonly (readonly [string, (text: string) => unknown])[] => [
  ...command.options.flatMap(option => {
    const read = option.parseArg;
    if (!/<(n|port)>/.test(option.flags)) return [];
    return [[`${path} ${option.long}`, (text: string) => read?.(text, undefined)] as const];
  }),
  ...command.commands.flatMap(one => numbers(one, `${path} ${one.name()}`.trim())),
];
const all = numbers(tactus(thisMachine()));

it('commands that take a number are looked at, all of them', () => {
  expect(all.map(([name]) => name)).toEqual(
    expect.arrayContaining(['start --http', 'bringup --http', 'phone --http']),
  );
});

it.each(all)('%s takes nothing that is no number', (_, read) => {
  for (const text of [
    'abc',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e3',
    '0x50',
    '',
    ' ',
    '80 ',
    '8,0',
    '-1',
    '1.5',
  ])
    expect(() => read(text), text).toThrow(InvalidArgumentError);
});
