/** `tactus cues`: the tactile vocabulary, one cue, a cue on a board, checks of files. */
import { type Command, Option } from 'commander';
import { expand } from '../../machines/cues/expand.ts';
import { cues } from '../../machines/cues/library.ts';
import { feltOf } from '../../machines/cues/motor-model.ts';
import { cuesPage } from '../../machines/cues/page.ts';
import { type CueRow, pairs, rowOf } from '../../machines/cues/table.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { type CueId, cueIds, type Motor, motors } from '../../machines/vocabulary.ts';
import { Exit, type exitCodes, shown } from '../app/exit.ts';
import { cueFaults, cueFiles } from '../app/files.ts';
import { whole } from '../app/options.ts';
import type { CuePlayed } from '../app/setup/cue-player.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { addCuesExport } from './cues-export.ts';

const { refused } = terminalWords;

const words = catalogue.cues.tried;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function cueOf(name: string): CueId {
  const id = cueIds.find(known => known === name.toUpperCase());
  if (!id) throw new Exit('noInput', fill(refused.noCue, { name: shown(name), ids: cueIds.join(', ') }));
  return id;
}

const bursts = ({ bursts: count, feltMs }: CueRow): string =>
  `${count} ${count === 1 ? 'burst' : 'bursts'} within ${feltMs} ms`;

function list({ json, markdown }: { json?: true; markdown?: true }): void {
  const rows = cueIds.map(id => rowOf(cues[id]));
  if (markdown) process.stdout.write(cuesPage());
  else if (json) print(JSON.stringify(rows));
  else for (const row of rows) print(`${row.id.padEnd(6)} ${row.means} (${bursts(row)})`);
}

function show(name: string, { json }: { json?: true }): void {
  const id = cueOf(name);
  const cue = cues[id];
  const row = rowOf(cue);
  const distances = pairs()
    .filter(({ one, other }) => one === id || other === id)
    .map(({ one, other, apart, asOne }) => ({ from: one === id ? other : one, apart, asOne }));
  if (json) {
    print(JSON.stringify({ ...cue, felt: row, distances }, null, 2));
    return;
  }
  print(`${id}: ${cue.means}`);
  print(`  feels like ${catalogue.cues.feels[id]}`);
  print(`  felt as ${bursts(row)}, driven for ${row.driveMs} ms`);
  const pulses = expand(cue, 0);
  for (const motor of motors)
    for (const { fromMs, untilMs } of feltOf(pulses, motor))
      print(`  ${motor === 'left' ? 'A' : 'B'} felt from ${fromMs} to ${untilMs} ms`);
  for (const { from, apart, asOne } of distances)
    print(`  from ${from.padEnd(6)} ${apart.toFixed(2)}, the motors as one ${asOne.toFixed(2)}`);
}

function check(files: readonly string[], { json }: { json?: true }): void {
  const checked = cueFiles(files);
  if (json)
    print(
      JSON.stringify(checked.map(one => ({ file: one.path, ok: one.ok, issues: one.ok ? [] : one.issues }))),
    );
  else for (const { path, ok } of checked) if (ok) print(`${shown(path)}: right`);
  const faults = cueFaults(checked, { listed: !json });
  if (faults !== null) throw new Exit('content', faults);
}

/** How a cue that was not played to its end ends the command. */
const endings: Readonly<Record<Exclude<CuePlayed, 'played'>, keyof typeof exitCodes>> = {
  stopped: 'busy',
  lost: 'noDevice',
  restarted: 'noDevice',
  stalled: 'fault',
  otherFirmware: 'noDevice',
  refused: 'noDevice',
};

/** Loaded only where it is needed: the other commands need no board. */
type Playing = Readonly<{ board: string; times: number; from: Motor }>;

async function play(name: string, options: Playing, around: Surroundings): Promise<void> {
  const id = cueOf(name);
  const { playCue } = await import('../app/setup/cue-player.ts');
  const { came, confirmed } = await playCue({ cue: id, ...options }, around);
  const row = rowOf(cues[id]);
  const off = confirmed ? words.off : words.notConfirmed;
  if (came !== 'played') throw new Exit(endings[came], `${id}: ${words[came]}; ${off}`);
  if (!confirmed) throw new Exit('noDevice', `${id}: ${off}`);
  print(`${id}: ${row.means}; ${off}`);
}

export function addCues(program: Command, around: Surroundings): void {
  const command = program.command('cues').description(commandWords.cues.does);
  command
    .command('list')
    .description(commandWords.cues.list.does)
    .option('--json')
    .option('--markdown', commandWords.cues.list.markdown)
    .action(list);
  command
    .command('gestures')
    .description(commandWords.cues.gestures.does)
    .action(async () => {
      // Made by playing sessions: only who asks for it waits.
      const { gesturesPage } = await import('../../machines/touch/page.ts');
      process.stdout.write(gesturesPage());
    });
  command
    .command('show')
    .description(commandWords.cues.show.does)
    .argument('<cue>')
    .option('--json')
    .action(show);
  command
    .command('play')
    .description(commandWords.cues.play.does)
    .argument('<cue>')
    .option('--board <which>', commandWords.cues.play.board, 'emulated')
    .option('--times <n>', commandWords.cues.play.times, whole(1, 3), 1)
    .addOption(new Option('--from <motor>', commandWords.cues.play.from).choices([...motors]).default('left'))
    .action((name: string, options: Playing) => play(name, options, around));
  command
    .command('check')
    .description(commandWords.cues.check.does)
    .argument('<file...>')
    .option('--json')
    .action(check);
  addCuesExport(command, cueOf);
}
