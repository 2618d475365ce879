/** Sentences of the bench, fetched with it. */
import en from './en/bench.json' with { type: 'json' };

export const benchWords = en;
