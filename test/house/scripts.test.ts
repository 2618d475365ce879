/**
 * Every script of package.json starts in any shell: npm takes sh or cmd.exe, people set PowerShell, Yarn has its own.
 * What they have in common is one program with plain words. All else means another thing in each of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';

const { scripts, devDependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
};

/** The commands that an installation for developers brings along. */
const ownCommands = Object.keys(devDependencies).flatMap(name => {
  const file = join(packageRoot, 'node_modules', name, 'package.json');
  const { bin = {} } = JSON.parse(readFileSync(file, 'utf8')) as { bin?: string | Record<string, string> };
  return typeof bin === 'string' ? [name.replace(/^@[^/]*\//, '')] : Object.keys(bin);
});

/** A word that every shell hands on as it stands, and one in double quotes that none looks into. */
const plainWord = /^[\w./:=+-]+$/;
const quotedWord = /^"[\w ./:=+,*?{}[\]()-]+"$/;

function wrongWithScript(script: string): string | null {
  const words = script.match(/"[^"]*"|\S+/g) ?? [];
  if (words.join(' ') !== script) return 'one space between words, and whole words in quotes';
  const [program = '', ...rest] = words;
  if (program !== 'node' && !ownCommands.includes(program)) return `what is ${program} elsewhere?`;
  const word = rest.find(one => !plainWord.test(one) && !quotedWord.test(one));
  if (word !== undefined) return `${word} is not the same in every shell`;
  const file = program === 'node' ? rest.find(one => /\.[jt]s$/.test(one)) : undefined;
  return file !== undefined && !existsSync(join(packageRoot, file)) ? `there is no ${file}` : null;
}

describe('a script of package.json', () => {
  it.each(Object.entries(scripts))('%s means the same in every shell', (_name, script) => {
    expect(wrongWithScript(script)).toBeNull();
  });

  it.each([
    ['a word of one shell', 'exec node src/tactus.js'],
    ['a program of one system', 'rm -rf dist'],
    ['a shell in it', 'sh -c "node src/tactus.js"'],
    ['a script of a shell', './start.sh'],
    ['npm, which is another file on each system', 'npm run -s lint'],
    ['a variable that is set', 'A=1 node src/tactus.js'],
    ['a variable set by cmd.exe', 'set A=1 node src/tactus.js'],
    ['a variable that is read', 'node src/tactus.js $HOME'],
    ['a variable that is read in quotes', 'node src/tactus.js "$HOME"'],
    ['a variable that cmd.exe reads', 'node src/tactus.js %HOME%'],
    ['a variable that cmd.exe reads in quotes', 'node src/tactus.js "%HOME%"'],
    ['a home folder', 'node src/tactus.js ~/x'],
    ['single quotes', "node src/tactus.js 'a b'"],
    ['a quote within a word', 'node src/tactus.js --x="a b"'],
    ['a quoted program', '"node" src/tactus.js'],
    ['a backslash', 'node src\\tactus.js'],
    ['an escape', 'node src/tactus.js a^b'],
    ['files that a shell finds', 'vitest run test/*.ts'],
    ['words that a shell makes', 'vitest run test/{a,b}'],
    ['a list of PowerShell', 'vitest run a,b'],
    ['one after another', 'node src/tactus.js && node src/tactus.js'],
    ['one after another, whatever comes of it', 'node src/tactus.js; node src/tactus.js'],
    ['one beside another', 'node src/tactus.js & node src/tactus.js'],
    ['one into another', 'node src/tactus.js | node src/tactus.js'],
    ['output into a file', 'node src/tactus.js > out'],
    ['a command in a command', 'node src/tactus.js `date`'],
    ['a comment', 'node src/tactus.js # so'],
    ['a file that is not there', 'node src/gone.js'],
  ])('is refused with %s', (_what, script) => {
    expect(wrongWithScript(script)).not.toBeNull();
  });
});
