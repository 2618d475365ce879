/** `tactus messages`: what page and controller say to each other, as JSON Schema. */
import type { Command } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { messageCatalogue } from '../server/catalogue.ts';

export function addMessages(program: Command): void {
  program
    .command('messages')
    .description(commandWords.messages.does)
    .action(() => {
      process.stdout.write(`${JSON.stringify(messageCatalogue(), null, 2)}\n`);
    });
}
