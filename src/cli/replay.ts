/** `tactus replay`: folds a journal into the state it leads to. */
import type { Command } from 'commander';
import { type SessionSnapshot, stateName } from '../../machines/session.view.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { Exit, shown } from '../app/exit.ts';
import { readText } from '../app/files.ts';
import { readJournal, stateHash } from '../journal/journal.ts';
import { folded } from '../journal/recovery.ts';

/** A day of sessions would not fill this. */
const journalBytes = 64 * 1024 * 1024;

/** A record that is well formed and still says what no session ever heard is bad content, not our fault. */
function stateOf(path: string, ...journal: Parameters<typeof folded>): SessionSnapshot {
  const snapshot = folded(...journal);
  if (snapshot) return snapshot;
  throw new Exit('content', `${shown(path)}: its records lead to no state that a session can be in`);
}

function run(path: string, { json }: { json?: true }): void {
  const journal = readJournal(readText(path, journalBytes, { whole: true }));
  if (!journal.ok)
    throw new Exit(
      'content',
      `${shown(path)}: record ${journal.record} (line ${journal.record + 1}) ${journal.message}`,
    );
  const snapshot = stateOf(path, journal.header.input, journal.events);
  const result = {
    stateHash: stateHash(snapshot),
    state: stateName(snapshot),
    outcome: snapshot.output?.outcome ?? null,
    records: journal.events.length,
    tailDropped: journal.tailDropped,
    wentBackAt: journal.wentBackAt,
  };
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  if (journal.tailDropped)
    process.stderr.write(`${shown(path)}: the last record was cut off and is left out\n`);
  if (journal.wentBackAt !== null)
    process.stderr.write(`${shown(path)}: time goes back at record ${journal.wentBackAt}\n`);
  process.stdout.write(`${result.stateHash}\n`);
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(commandWords.replay.does)
    .argument('<journal>')
    .option('--json', commandWords.replay.json)
    .action(run);
}
