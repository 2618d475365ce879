/** What the program says of itself, and of a word that it does not know. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nearest } from '../../../src/app/nearest.ts';
import { tactus } from '../../../src/app/program.ts';
import { thisMachine } from '../../../src/app/surroundings.ts';
import { replyTo } from '../../../src/cli/board.ts';
import { tactusHere } from '../../support/in-process.ts';

const program = tactus(thisMachine());
const names = program.commands.map(command => command.name());

describe('--help', () => {
  const help = (): string => {
    let text = '';
    program.configureOutput({
      writeOut: part => {
        text += part;
      },
    });
    program.outputHelp();
    return text;
  };

  it('has every command in a group of its own kind, and none left over', () => {
    const groups = help().split(/\n\n/);
    const grouped = groups.filter(
      group => /^[A-Z][^\n]*:\n {2}[a-z]/.test(group) && !/^(Options|Examples):/.test(group),
    );
    expect(grouped.length).toBeGreaterThan(3);
    const listed = grouped.flatMap(group => [...group.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name));
    expect(listed.toSorted()).toEqual([...names, 'help'].toSorted());
    expect(help()).not.toMatch(/^Commands:/m);
  });

  it('shows three examples, each of a command that there is', () => {
    const [, examples = ''] = help().split('Examples:\n');
    const shown = [...examples.matchAll(/^ {2}tactus (\w+)/gm)].map(([, name]) => name);
    expect(shown).toHaveLength(3);
    for (const name of shown) expect(names).toContain(name);
  });
});

test.each([
  [['simluate', 'x'], "unknown command 'simluate' (Did you mean simulate?)"],
  [['sessions', 'lits'], "unknown command 'lits' (Did you mean list?)"],
  [['simulate', 'x', '--chrat', 'y'], "unknown option '--chrat' (Did you mean --chart?)"],
  [['fondue'], "unknown command 'fondue' (see --help)"],
])('%j is told with the word that may have been meant: 64', async (words, said) => {
  const { code, err } = await tactusHere(words);
  expect([code, err]).toEqual([64, `tactus: ${said}\n`]);
});

describe('the emulated board', () => {
  it('lists its words on help', () => {
    for (const word of ['press', 'release', 'reset', 'short', 'switch', 'supply', 'unplug', 'mark', 'help'])
      expect(replyTo('help')).toMatch(new RegExp(`^ {2}${word}\\b`, 'm'));
  });

  it.each([
    ['pres stop', 'press stop'],
    ['reset!', 'reset'],
    ['helo', 'help'],
    ['tear  a', 'tear A'],
  ])('says of %j that %j may have been meant', (line, meant) => {
    expect(replyTo(line)).toBe(`${line}: is not a word of this board; did you mean ${meant}?`);
  });

  it('says of anything else where its words are, without painting the terminal', () => {
    expect(replyTo('dance \u001b[31m')).toBe('dance ?[31m: is not a word of this board; help lists them');
  });
});

describe('the nearest word', () => {
  it.each(names.filter(name => name.length > 4))('of one letter wrong in %s is %s', name => {
    fc.assert(
      fc.property(fc.nat(name.length - 1), fc.constantFrom('swap', 'leave', 'double', 'other'), (at, how) => {
        const letters = [...name];
        const letter = letters[at] ?? '';
        if (how === 'leave') letters.splice(at, 1);
        else if (how === 'double') letters.splice(at, 0, letter);
        else if (how === 'other') letters[at] = '#';
        else letters.splice(at, 2, ...letters.slice(at, at + 2).toReversed());
        const typed = letters.join('');
        // One that could as well be another command is whichever comes first.
        fc.pre(
          nearest(
            typed,
            names.filter(other => other !== name),
          ) === null,
        );
        expect(nearest(typed, names)).toBe(name);
      }),
      { numRuns: 20 },
    );
  });

  it('is none for a word that is far from all, nor for a very long one', () => {
    expect(nearest('qqqqqq', names)).toBeNull();
    expect(nearest('', names)).toBeNull();
    expect(nearest('simulate'.repeat(1000), names)).toBeNull();
  });
});
