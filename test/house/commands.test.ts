/** Every command that a Markdown page shows is read by the very program it is for: a wrong name or option is found. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { Command, Option } from 'commander';
import { describe, expect, it, test } from 'vitest';
import { tactus } from '../../src/app/program.ts';
import { thisMachine } from '../../src/app/surroundings.ts';
import { packageRoot } from '../../src/installed.ts';
import { fencesOf, markdownPages, pageText, spansOf } from '../support/markdown.ts';

const { name: ownName, scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  name: string;
  scripts: Readonly<Record<string, string>>;
};

const program = (): Command => tactus(thisMachine());
const commandNames = program().commands.map(command => command.name());

/** Takes every deed away: what is left only reads its arguments. */
function withoutDeeds(command: Command): Command {
  for (const one of command.commands) withoutDeeds(one);
  if (command.commands.length === 0) command.action(() => {});
  return command;
}

/** What stands for a number in a page. */
const numbers: Readonly<Record<string, string>> = { N: '20', S: '1', ID: 'evening-legs' };

/** Whether it is no command to type but a table of all that may be typed. */
const isSynopsis = (text: string): boolean => /[[…<]| \| |\w\|\w/.test(text);

/** Whether these words are no more than the name of a command, as a sentence has it that tells of one. */
function isNameOnly(words: readonly string[]): boolean {
  let command: Command | undefined = program();
  for (const word of words) command = command?.commands.find(one => one.name() === word);
  return command !== undefined;
}

/** What the program says of a command, or null where it takes it. */
function wrongWithCommand(words: readonly string[]): string | null {
  const args = words.map(word => numbers[word] ?? word);
  if (isNameOnly(args) || args.includes('--help') || args.includes('--version')) return null;
  try {
    withoutDeeds(program()).parse(args, { from: 'user' });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const allOptions = (command: Command): readonly Option[] => [
  ...command.options,
  ...command.commands.flatMap(allOptions),
];

/** In a synopsis every option has to be one of the command's, and every word after it one of its subcommands. */
function wrongWithSynopsis(text: string): string | null {
  const [name = '', ...rest] = text.split(/\s+/);
  if (name.startsWith('<')) return null;
  const command = program().commands.find(one => one.name() === name);
  if (!command) return `there is no command ${name}`;
  const options = allOptions(command).map(option => option.long);
  const flag = rest.flatMap(word => word.match(/--[a-z-]+/g) ?? []).find(one => !options.includes(one));
  if (flag !== undefined) return `${name} has no option ${flag}`;
  const own = new Set(command.commands.map(one => one.name()));
  const sub = text
    .slice(name.length)
    .replaceAll(/\[[^\]]*\]/g, '')
    .split(' | ')
    .map(part => part.trim().split(' ')[0] ?? '')
    .find(word => own.size > 0 && /^[a-z]/.test(word) && !own.has(word));
  return sub === undefined ? null : `${name} has no ${sub}`;
}

const wrongWithTactus = (text: string): string | null =>
  isSynopsis(text) ? wrongWithSynopsis(text) : wrongWithCommand(text.split(/\s+/).filter(Boolean));

/** The file that a script of package.json starts. */
const fileOf = (script: string): string | undefined =>
  /^node (?:--import tsx )?([\w./-]+\.[jt]s)/.exec(script)?.[1];

function wrongWithNpm(words: readonly string[]): string | null {
  const [verb = '', ...rest] = words.filter(word => word !== '-s');
  if (verb === 'ci')
    return rest.every(word => ['--omit=dev', '--ignore-scripts'].includes(word))
      ? null
      : 'npm ci takes no such word';
  if (['pack', 'audit'].includes(verb)) return rest.length === 0 ? null : `npm ${verb} takes nothing`;
  if (verb === 'install')
    return [ownName, `--global ${ownName}`].includes(rest.join(' ')) ? null : 'npm install takes our name';
  const name = verb === 'run' ? (rest.shift() ?? '') : verb;
  const script = scripts[name];
  if (script === undefined) return `there is no script ${name}`;
  const file = fileOf(script);
  if (file !== undefined && !existsSync(join(packageRoot, file))) return `${name}: there is no ${file}`;
  const own = rest[0] === '--' ? rest.slice(1) : rest;
  if (own.length === 0) return null;
  if (name === 'tactus') return wrongWithTactus(own.join(' '));
  if (name === 'start') return wrongWithTactus(['start', ...own].join(' '));
  const text = `${script} ${file === undefined ? '' : readFileSync(join(packageRoot, file), 'utf8')}`;
  const unknown = own
    .flatMap(word => word.match(/--[a-z-]+/g) ?? [])
    .find(flag => !text.includes(flag) && !text.includes(`${flag.slice(2)}: {`));
  return unknown === undefined ? null : `${name} knows no ${unknown}`;
}

/** What this house has nothing to say about; each is somebody else's program. */
const foreign = new Set([
  ...[
    'git',
    'cd',
    'systemctl',
    'journalctl',
    'cp',
    'install',
    'useradd',
    'pio',
    'env',
    'apt',
    'chmod',
    'openssl',
  ],
  ...['mosquitto_sub', 'mosquitto_pub', 'mosquitto_passwd'],
]);

/** What is wrong with one command as it is typed. */
function wrongWith(line: string): string | null {
  const words = line.trim().split(/\s+/);
  const [first = '', second = ''] = words;
  if (first === 'sudo') return wrongWith(words.slice(second === '-u' ? 3 : 1).join(' '));
  if (first === 'env')
    return wrongWith(words.slice(words.findIndex((word, at) => at > 0 && !word.includes('='))).join(' '));
  if (first === 'tactus') return wrongWithTactus(words.slice(1).join(' '));
  if (first === 'npm') return wrongWithNpm(words.slice(1));
  if (first === 'npx' && second === ownName) return wrongWithTactus(words.slice(2).join(' '));
  if (first === 'npx')
    return existsSync(join(packageRoot, 'node_modules', '.bin', second)) ? null : `no ${second}`;
  if (first === 'node') {
    const file = words.find(word => /\.[cm]?[jt]s$/.test(word));
    if (file === 'src/tactus.js') return wrongWithTactus(words.slice(words.indexOf(file) + 1).join(' '));
    return file === undefined || file === 'own.cjs' || existsSync(join(packageRoot, file))
      ? null
      : `no ${file}`;
  }
  return foreign.has(first) ? null : `what is ${first}?`;
}

/** The commands of a block of shell, one by one. What is piped or written elsewhere is not the command's. */
const commandsIn = (block: string): readonly string[] =>
  block
    .split('\n')
    .flatMap(line => line.replace(/(^|\s)#.*$/, '').split('&&'))
    .map(part => part.replace(/ >.*$/, '').trim())
    .filter(Boolean);

/** Code within lines that is a command: of ours by its name and something behind it, or by the program it starts with. */
const isCommand = (code: string): boolean =>
  /^(npm|npx|node|tactus) \S/.test(code) ||
  commandNames.some(name => code.startsWith(`${name} `) && !/^\w+ (\+|=|—)/.test(code));

const shownIn = (page: string): readonly string[] => {
  const text = pageText(page);
  const isShell = (block: { language: string; text: string }): boolean =>
    block.language === 'sh' || (block.language === '' && /^(npm|node|tactus) /.test(block.text));
  const blocks = fencesOf(text)
    .filter(isShell)
    .flatMap(block => commandsIn(block.text));
  const spans = spansOf(text)
    .filter(isCommand)
    .map(code => (commandNames.includes(code.split(' ')[0] ?? '') ? `tactus ${code}` : code))
    .flatMap(commandsIn);
  return [...blocks, ...spans];
};

describe('every command that is shown can be typed', () => {
  it.each(markdownPages)('in %s', page => {
    const wrong = shownIn(page).flatMap(line => {
      const why = wrongWith(line);
      return why === null ? [] : [`${line}: ${why}`];
    });
    expect(wrong).toEqual([]);
  });

  it('and one that cannot would be found', () => {
    for (const line of [
      'tactus sing',
      `npx ${ownName} sing`,
      'npm install --global tactus',
      'tactus start --sing',
      'tactus start --quiet loudly',
      'tactus simulate a --minutes 500',
      'tactus sessions sing latest',
      'tactus routines list | sing',
      'tactus flash [PORT] [--sing]',
      'npm run sing',
      'npm start -- --sing',
      'npm run -s tactus -- sing',
      'npm run firmware -- --sing',
      'npx sing',
      'node test/sing.ts',
      'sudo -u tactus env A=b node src/tactus.js sing',
      'sing',
    ])
      expect([line, wrongWith(line) !== null]).toEqual([line, true]);
  });

  it('is read out of the pages at all', () => {
    const all = markdownPages.flatMap(shownIn);
    expect(all).toEqual(
      expect.arrayContaining(['npm ci', 'npm test', 'npm start', 'tactus cues check FILE']),
    );
    expect(all.length).toBeGreaterThan(60);
  });
});

describe('every block of code can be read', () => {
  it.each(markdownPages)('in %s', page => {
    for (const { language, text } of fencesOf(pageText(page))) {
      if (language === 'json') expect(() => JSON.parse(text), text).not.toThrow();
      if (language === 'js') expect(() => new Script(text), text).not.toThrow();
    }
  });
});

test('the table of commands has every command, and of one that has parts every part', () => {
  const spans = spansOf(pageText('src/README.md'));
  const rows = (name: string): readonly string[] =>
    spans.filter(code => code === name || code.startsWith(`${name} `));
  const missing = program().commands.flatMap(command => {
    const name = command.name();
    if (name === 'help') return [];
    if (rows(name).length === 0) return [name];
    const told = rows(name).join(' ');
    return command.commands
      .map(part => part.name())
      .filter(part => !new RegExp(`\\b${part}\\b`).test(told))
      .map(part => `${name} ${part}`);
  });
  expect(missing).toEqual([]);
});
