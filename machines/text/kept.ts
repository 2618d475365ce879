/** Sentences about what a browser keeps for the page that runs with no server. */
import en from './en/kept.json' with { type: 'json' };

export const keptWords = en;
