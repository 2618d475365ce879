/** `tactus card`: the screening as a page to print. */
import type { Command } from 'commander';
import { screeningCard } from '../../machines/text/card.ts';
import { writer } from './files.ts';

function print(file: string | undefined): void {
  const out = writer(file ?? '-');
  out.write(screeningCard());
  out.close();
}

export function addCard(program: Command): void {
  program
    .command('card')
    .description('the screening as an HTML page to print, for use without a screen')
    .argument('[file]', 'where to write it; standard output where it is left out')
    .action(print);
}
