/** `tactus messages`: what page and controller say to each other, as JSON Schema. */
import type { Command } from 'commander';
import { messageCatalogue } from '../wire/catalogue.ts';

export function addMessages(program: Command): void {
  program
    .command('messages')
    .description("the socket's messages as JSON Schema")
    .action(() => {
      process.stdout.write(`${JSON.stringify(messageCatalogue(), null, 2)}\n`);
    });
}
