/** Sentences of the look that leads a new board through its first steps, fetched with it. */
import en from './en/board.json' with { type: 'json' };

export const boardWords = en;
