/** What `--help` says of each command and of what it can be told. */
import en from './en/commands.json' with { type: 'json' };

export const commandWords = en;
