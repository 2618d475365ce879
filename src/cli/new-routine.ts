/** `tactus routines new`: a routine from a few answers, said as options or asked for one by one. */
import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { mostOwn } from '../../machines/limits.ts';
import { type ComposeAnswers, composed } from '../../machines/routine/compose.ts';
import { fromLibrary } from '../../machines/routine/library.ts';
import { users, zones } from '../../machines/routine/names.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { hasControlSigns, hasHiddenSigns } from '../../machines/text/signs.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { Exit, shown } from '../app/exit.ts';
import { whole } from '../app/options.ts';
import { saidNotices } from '../app/said-notices.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { OwnRoutines } from '../storage/own-routines.ts';

const { asked, refused } = terminalWords;

type NewOptions = Readonly<{
  title?: string;
  for?: readonly string[];
  zones?: readonly string[];
  minutes?: number;
  pressure?: number;
  oil?: string;
  out?: string;
  keep?: true;
}>;

/** One of several words, or several of them; asked again until it is. */
const words =
  <const T extends readonly string[]>(known: T, most = known.length) =>
  (text: string): readonly T[number][] => {
    const list = text.split(/[\s,]+/).filter(word => word !== '');
    const wrong = list.find(word => !known.includes(word));
    if (list.length === 0 || list.length > most || wrong !== undefined)
      throw new InvalidArgumentError(
        `${wrong === undefined ? '' : `${shown(wrong)} is none of them: `}must be ${most === 1 ? 'one' : 'some'} of ${known.join(', ')}`,
      );
    return list as T[number][];
  };

const oils = ['none', 'plain', 'sesameNutmeg'] as const;
const title = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 60 || hasControlSigns(trimmed) || hasHiddenSigns(trimmed))
    throw new InvalidArgumentError(refused.titleWrong);
  return trimmed;
};

/** More wrong answers to one question than this are no conversation. */
const mostAttempts = 5;

/** Asks what has not been said, one question at a time, on standard error; answers come from standard input. */
class Asking {
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;

  constructor(input: NodeJS.ReadableStream) {
    this.#lines = createInterface({ input });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  async of<T>(given: T | undefined, question: string, usual: string, read: (text: string) => T): Promise<T> {
    if (given !== undefined) return given;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      process.stderr.write(`${question} [${usual}] `);
      const next = await this.#answers.next();
      if (next.done) break;
      try {
        return read(next.value.trim() || usual);
      } catch (error) {
        if (!(error instanceof InvalidArgumentError)) throw error;
        process.stderr.write(`${error.message}\n`);
      }
    }
    throw new Exit('usage', fill(refused.noAnswer, { question }));
  }

  close(): void {
    this.#lines.close();
  }
}

/** A routine from answers: right as it stands, and a beginning to be worked on. */
async function make(options: NewOptions, { input }: Surroundings): Promise<void> {
  // Before six questions, not after them.
  if (options.out !== undefined) refuseExisting(options.out);
  const asking = new Asking(input);
  let answers: ComposeAnswers;
  try {
    answers = {
      title: await asking.of(options.title, asked.title, asked.untitled, title),
      for: await asking.of(
        options.for as ComposeAnswers['for'] | undefined,
        fill(asked.hands, { names: users.join(', ') }),
        'partner',
        words(users),
      ),
      zones: await asking.of(
        options.zones as ComposeAnswers['zones'] | undefined,
        fill(asked.places, { names: zones.join(', ') }),
        'thighFront',
        words(zones),
      ),
      minutes: await asking.of(options.minutes, asked.minutes, '20', whole(8, 90)),
      pressureMax: await asking.of(options.pressure, asked.pressure, '2', whole(1, 3)),
      oil: (await asking.of(
        options.oil,
        fill(asked.oil, { names: oils.join(', ') }),
        'plain',
        text => words(oils, 1)(text)[0] ?? 'plain',
      )) as ComposeAnswers['oil'],
    };
  } finally {
    asking.close();
  }
  const made = composed(answers);
  if (!made.ok) throw new Exit('content', made.why);
  const { routine } = made;
  const text = `${JSON.stringify({ $schema: './tactus-routine.schema.json', ...routine }, null, 2)}\n`;
  const own = options.keep ? withRoomFor(routine) : null;
  if (options.out !== undefined) newFile(options.out, text);
  if (own) {
    own.keep(routine);
    process.stdout.write(`${routine.id}\n`);
  } else if (options.out === undefined) process.stdout.write(text);
  if (options.out !== undefined)
    process.stderr.write(`${fill(refused.written, { path: shown(options.out) })}\n`);
}

/** Puts a text in a file that is not there yet; nothing of it stays where that fails. */
function newFile(path: string, text: string): void {
  refuseExisting(path);
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'EEXIST') rmSync(path, { force: true });
    throw new Exit('cannotWrite', fill(refused.notWritten, { path: shown(path), code }));
  }
}

function refuseExisting(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }))
    throw new Exit('cannotWrite', fill(refused.isThere, { path: shown(path) }));
}

function withRoomFor({ id }: Routine): OwnRoutines {
  const own = new OwnRoutines(stateFolder(), saidNotices.say);
  if (fromLibrary(id)) throw new Exit('cannotWrite', fill(refused.inLibrary, { id }));
  if (own.has(id)) throw new Exit('cannotWrite', fill(refused.inOwn, { id }));
  if (own.isFull) throw new Exit('cannotWrite', fill(refused.ownFull, { most: mostOwn }));
  return own;
}

export function addNewRoutine(routines: Command, around: Surroundings): void {
  routines
    .command('new')
    .description(commandWords.routines.new.does)
    .option('--title <text>', commandWords.routines.new.title, title)
    .option('--for <whom>', users.join(', '), words(users))
    .option('--zones <list>', commandWords.routines.new.zones, words(zones))
    .option('--minutes <n>', commandWords.routines.new.minutes, whole(8, 90))
    .option('--pressure <n>', commandWords.routines.new.pressure, whole(1, 3))
    .addOption(new Option('--oil <which>', commandWords.routines.new.oil).choices([...oils]))
    .option('--out <file>', commandWords.routines.new.out)
    .option('--keep', commandWords.routines.new.keep)
    .action((options: NewOptions) => make(options, around));
}
