/** Sentences of the look with the board that plays by itself, fetched with it. */
import en from './en/alone.json' with { type: 'json' };

export const aloneWords = en;
