/** `tactus card`: the screening as a page to print. */
import type { Command } from 'commander';
import { screeningCard } from '../../machines/text/card.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { writer } from '../app/files.ts';

function print(file: string | undefined): void {
  const out = writer(file ?? '-');
  out.write(screeningCard());
  out.close();
}

export function addCard(program: Command): void {
  program
    .command('card')
    .description(commandWords.card.does)
    .argument('[file]', commandWords.card.file)
    .action(print);
}
