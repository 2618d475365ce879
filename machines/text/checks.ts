/** Sentences of what reads a routine's file or a cue's and says what is wrong with it. */
import en from './en/checks.json' with { type: 'json' };

export const checkWords = en;
