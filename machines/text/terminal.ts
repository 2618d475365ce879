/** Sentences of the commands, and of the controller about its files and ports. */
import en from './en/terminal.json' with { type: 'json' };

export const terminalWords = en;
