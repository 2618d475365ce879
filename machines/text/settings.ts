/** Sentences of the sheet of looks and sounds, fetched with it. */
import en from './en/settings.json' with { type: 'json' };

export const settingsWords = en;
