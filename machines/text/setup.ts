/** Sentences of what the page does with a board, beside flashing it: fetched with it. */
import en from './en/setup.json' with { type: 'json' };

export const setupWords = en;
