/** `tactus sessions`: the local history. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { beganWord } from '../../machines/text/began.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { historyWords } from '../../machines/text/history.ts';
import { clockFace, minutesWord } from '../../machines/text/minutes.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { keepings } from '../../machines/vocabulary.ts';
import { takePlayed } from '../app/alone/take-played.ts';
import { visit } from '../app/alone/visit.ts';
import { Exit, shown } from '../app/exit.ts';
import { writer } from '../app/files.ts';
import { onlyUsbPort } from '../app/open-port.ts';
import { whole } from '../app/options.ts';
import { saidNotices } from '../app/said-notices.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { historyIn, retentionIn } from '../history/history-folder.ts';
import { clientPattern, noteLength } from '../history/records.ts';
import { htmlReport } from '../history/report.ts';
import { SessionMissing, SessionUnderWay } from '../history/session-place.ts';
import type { HistoryStore } from '../history/store.ts';
import { summaryOf } from '../history/summary.ts';
import { csvReport, csvTrends, jsonReport, jsonTrends, type Listed } from '../history/tables.ts';
import { htmlTrends } from '../history/trends.ts';
import { noteToPaste, outcomeWord, stageLine } from '../history/words.ts';
import type { Preferences } from '../server/api-messages.ts';
import { PreferencesFile } from '../storage/preferences.ts';
import { whenWord } from '../time/calendar.ts';

const { refused } = terminalWords;

const words = historyWords;

const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

/** The history. Looking erases nothing: what cannot be read is said. */
const opened = (): HistoryStore => historyIn(stateFolder(), () => Date.now(), saidNotices.say);

/** A session that is not there, or that is still going on, in plain words. */
function told<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof SessionMissing)
      throw new Exit('noInput', fill(refused.noSession, { id: shown(error.message) }));
    if (error instanceof SessionUnderWay)
      throw new Exit('busy', fill(refused.sessionUnderWay, { id: shown(error.message) }));
    throw error;
  }
}

/** Every session at a glance, or those of one client. */
const listedOf = (client: string | undefined): readonly Listed[] =>
  opened()
    .glances()
    .map(({ listed }) => listed)
    .filter(one => client === undefined || one.client === client);

function list({ json, client }: { json?: true; client?: string }): void {
  const sessions = listedOf(client);
  if (json) {
    print(JSON.stringify(sessions));
    return;
  }
  if (sessions.length === 0) print(words.empty);
  const outcomes: Readonly<Record<Listed['outcome'], string>> = words.outcomes;
  for (const one of sessions)
    print(
      `${one.id}  ${beganWord(one, whenWord)}  ${one.client ?? ' '}  ${String(one.minutes).padStart(5)} min  ${one.title}, ${outcomes[one.outcome]}${one.practice ? `, ${words.practice.by}` : ''}`,
    );
}

function show(id: string, { json }: { json?: true }): void {
  const kept = told(() => opened().read(id));
  if (json) {
    print(jsonReport(kept));
    return;
  }
  const summary = summaryOf(kept);
  const { header } = kept;
  print(
    `${header.routine.title} (${header.id})${header.alone ? `, ${words.alone.by}` : ''}${summary.practice ? `, ${words.practice.by}` : ''}`,
  );
  print(
    `${beganWord(header, whenWord)}, ${minutesWord(summary.movedMs)} of ${minutesWord(summary.lastedMs)}, ${outcomeWord(summary)}`,
  );
  for (const stretch of summary.stretches)
    print(
      `  ${clockFace(stretch.from, 'nearest').padStart(6)}  ${clockFace(stretch.movedMs, 'nearest').padStart(6)}  ${stretch.title}, ${catalogue.sides[stretch.side]}, ${stretch.strokes} strokes, pressure ${stretch.pressureMax ?? '–'}`,
    );
  for (const stage of summary.stages ?? []) print(`  ${stageLine(stage)}`);
  for (const { text, writtenAt } of summary.notes) print(`  ${whenWord(writtenAt)}  ${text}`);
}

/** What a board has played by itself. Where nothing is kept its port is not even opened. */
async function fetchPlayed(
  port: string | undefined,
  { client: letter = null, json }: { client?: string | null; json?: true },
  around: Surroundings,
): Promise<void> {
  const folder = stateFolder();
  const { keeping } = new PreferencesFile(folder, saidNotices.say);
  let count = 0;
  if (keeping && keeping.keep !== 'off') {
    const path = port ?? (await onlyUsbPort(around)).path;
    const at = await visit(path, 'tactus sessions fetch', around);
    try {
      const sessions = await at.kept(keeper => keeper.fetchSessions());
      count = takePlayed({ folder, id: at.id, sessions }, letter, saidNotices.say);
    } finally {
      at.close();
    }
  }
  if (json) {
    print(JSON.stringify({ fetched: count }));
    return;
  }
  // Where that is in doubt it has been said.
  if (keeping)
    print(
      keeping.keep === 'off'
        ? words.alone.off
        : count === 0
          ? words.alone.none
          : fill(words.alone.fetched, { count }),
    );
}

type Format = 'html' | 'csv' | 'json';

/** To standard output, or to a new file that is nobody else's. */
function deliver(text: string, out: string | undefined): void {
  if (out === undefined) {
    print(text);
    return;
  }
  const file = writer(out);
  file.write(text);
  file.close();
}

function report(id: string, { format, out }: { format: Format; out?: string }): void {
  const kept = told(() => opened().read(id));
  const made = { html: htmlReport, csv: csvReport, json: jsonReport }[format](kept);
  deliver(made, out);
}

function trends({ format, out, client }: { format: Format; out?: string; client?: string }): void {
  deliver({ html: htmlTrends, csv: csvTrends, json: jsonTrends }[format](listedOf(client)), out);
}

function note(id: string, text: readonly string[]): void {
  const store = opened();
  const added = text
    .join(' ')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  if (added.length > noteLength)
    throw new Exit('content', fill(refused.longNote, { most: noteLength, length: added.length }));
  if (added !== '') told(() => store.note(id, added));
  print(noteToPaste(told(() => store.read(id))));
}

function erase(id: string | undefined, { all }: { all?: true }): void {
  if ((id === undefined) === (all === undefined)) throw new Exit('usage', refused.idOrAll);
  const store = opened();
  if (all) {
    const count = store.eraseAll();
    print(`${count} ${count === 1 ? 'session' : 'sessions'} erased`);
    return;
  }
  print(`${told(() => store.erase(id ?? ''))} erased`);
}

/** Erases what is older than what has just been agreed to, and says how much that was. */
function erased(stateFolder: string, keepDays: number): void {
  const store = opened();
  const wallNow = (): number => Date.now();
  const { count } = retentionIn(stateFolder, {
    store,
    wallNow,
    keepDays: () => keepDays,
    say: saidNotices.say,
  }).asked();
  if (count > 0) process.stderr.write(`${count} ${count === 1 ? 'session' : 'sessions'} erased by age\n`);
}

function keep(what: string | undefined, { days, json }: { days?: number; json?: true }): void {
  const folder = stateFolder();
  const preferences = new PreferencesFile(folder, saidNotices.say);
  const known = keepings.find(one => one === what);
  if (what !== undefined && !known)
    throw new Exit('usage', fill(refused.notOneOf, { value: shown(what), names: keepings.join(', ') }));
  const now: Preferences = preferences.change({
    ...(known && { keep: known }),
    ...(days !== undefined && { keepDays: days }),
  });
  const agreed = preferences.keeping;
  // Somebody has just said for how long: what is older goes now.
  if (days !== undefined && agreed) erased(folder, agreed.keepDays);
  if (json) print(JSON.stringify({ keep: now.keep, keepDays: now.keepDays }));
  else print(`${words.keeping[now.keep]} ${now.keep === 'off' ? '' : `For ${now.keepDays} days.`}`.trim());
}

/** A letter of a receiver. */
export function client(text: string): string {
  if (!clientPattern.test(text)) throw new Exit('usage', fill(refused.client, { value: shown(text) }));
  return text;
}

const format = () =>
  new Option('--format <which>', commandWords.sessions.format)
    .choices(['html', 'csv', 'json'])
    .default('html');

const help = `
An id may be "latest". Nothing leaves this machine. What is kept: phases, minutes, pressure, timing and how it ended;
"keep bands" or "keep scores" adds the check-ins; "keep off" keeps nothing. Names have no place here: use a letter.`;

export function addSessions(program: Command, around: Surroundings): void {
  const sessions = program
    .command('sessions')
    .description(commandWords.sessions.does)
    .addHelpText('after', help);
  sessions
    .command('list')
    .description(commandWords.sessions.list.does)
    .option('--client <letter>', commandWords.sessions.list.client, client)
    .option('--json')
    .action(list);
  sessions
    .command('show')
    .description(commandWords.sessions.show.does)
    .argument('<id>')
    .option('--json')
    .action(show);
  sessions
    .command('report')
    .description(commandWords.sessions.report.does)
    .argument('<id>')
    .addOption(format())
    .option('--out <file>', commandWords.sessions.report.out)
    .action(report);
  sessions
    .command('trends')
    .description(commandWords.sessions.trends.does)
    .addOption(format())
    .option('--client <letter>', commandWords.sessions.trends.client, client)
    .option('--out <file>', commandWords.sessions.trends.out)
    .action(trends);
  sessions
    .command('fetch')
    .description(commandWords.sessions.fetch.does)
    .argument('[port]', commandWords.sessions.fetch.port)
    .option('--client <letter>', commandWords.sessions.fetch.client, client)
    .option('--json')
    .action((port: string | undefined, options: { client?: string; json?: true }) =>
      fetchPlayed(port, options, around),
    );
  sessions
    .command('note')
    .description(commandWords.sessions.note.does)
    .argument('<id>')
    .argument('[text...]')
    .action(note);
  sessions
    .command('erase')
    .description(commandWords.sessions.erase.does)
    .argument('[id]')
    .option('--all')
    .action(erase);
  sessions
    .command('keep')
    .description(fill(commandWords.sessions.keep.does, { keepings: keepings.join(', ') }))
    .argument('[what]')
    .option('--days <n>', commandWords.sessions.keep.days, whole(1, 365))
    .option('--json')
    .action(keep);
}
