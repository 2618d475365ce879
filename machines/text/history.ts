/** Sentences about sessions that are over, wherever they are told. */
import en from './en/history.json' with { type: 'json' };

export const historyWords = en;
