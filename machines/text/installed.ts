/** Sentences of the page as something to install and keep: its manifest's, and what is told of new versions. */
import en from './en/installed.json' with { type: 'json' };

export const installedWords = en;
