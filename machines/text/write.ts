/** Sentences of the look in which a routine is written, apart so that the first view does not carry them. */
import en from './en/write.json' with { type: 'json' };

export const writeWords = en;
